/**
 * The journal of a sweep: one line a finished run, in the order in which runs end. A line is the CRC-32 of its
 * JSON in eight hexadecimal digits, a blank, and the JSON; so a line that was torn or damaged is known for what it
 * is, and `grep`, `tail` and `wc -l` still work. The first line tells the model and what the numbers are:
 *
 *     5a0c1f22 {"journal":"ds2p","version":1,"model":"1","metrics":["arrivals",...],"timing":["startMs",...]}
 *     90ab77d1 ["<key>",[612034,...],[1764100000000,...]]
 *     3c11d0e9 {"key":"<key>","error":"policy ... decided ...","attempts":2}
 */
import { crc32 } from 'node:zlib';
import { MODEL_VERSION } from '../../core/index.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import type { Row } from '../../results/csv.js';
import { KEY_DIGITS } from './run-key.js';
import type { Timing } from './worker.js';

const FORMAT_VERSION = 1;
const CRC_DIGITS = 8;
const RESULT_START = '["';
const FAILURE_START = '{"key":"';

export const TIMING_FIELDS = [
  'startMs',
  'endMs',
  'wallS',
  'cpuS',
  'worker',
  'decisions',
  'decisionTimeMeanMs',
  'decisionTimeMedianMs',
  'decisionTimeMaxMs',
] as const satisfies readonly (keyof Timing)[];

export interface ResultRecord {
  readonly key: string;
  /** Metrics by the names of their columns. */
  readonly metrics: Row;
  readonly timing: Timing;
}

export interface FailureRecord {
  readonly key: string;
  readonly error: string;
  readonly attempts: number;
}

/** The content of the first line: journals of equal headers may be read together. */
export interface JournalHeader {
  readonly journal: 'ds2p';
  readonly version: number;
  readonly model: string;
  readonly metrics: readonly string[];
  readonly timing: readonly string[];
}

export const currentHeader = (): JournalHeader => ({
  journal: 'ds2p',
  version: FORMAT_VERSION,
  model: MODEL_VERSION,
  metrics: METRIC_COLUMNS.map(({ name }) => name),
  timing: TIMING_FIELDS,
});

function lineOf(content: unknown): string {
  const json = JSON.stringify(content);
  return `${crc32(json).toString(16).padStart(CRC_DIGITS, '0')} ${json}\n`;
}

/** JSON knows no NaN and no Infinity: null is NaN, and infinities are words. Other doubles read back exactly. */
const numberToJson = (value: number): number | string | null =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? null : String(value);

const numberFromJson = (value: number | string | null): number =>
  value === null ? Number.NaN : Number(value);

export const headerLineOf = (header: JournalHeader): string => lineOf(header);

export function resultLine({ key, metrics, timing }: ResultRecord): string {
  return lineOf([
    key,
    METRIC_COLUMNS.map(({ name }) => numberToJson(metrics[name] as number)),
    TIMING_FIELDS.map((field) => numberToJson(timing[field])),
  ]);
}

export const failureLine = ({ key, error, attempts }: FailureRecord): string =>
  lineOf({ key, error, attempts });

/** The JSON of a line without its line feed, or undefined where the line is damaged. */
export function wholeLine(line: Buffer): Buffer | undefined {
  if (line.length <= CRC_DIGITS || line[CRC_DIGITS] !== 0x20) return undefined;
  const json = line.subarray(CRC_DIGITS + 1);
  const stated = line.toString('latin1', 0, CRC_DIGITS);
  return /^[0-9a-f]{8}$/.test(stated) && Number.parseInt(stated, 16) === crc32(json) ? json : undefined;
}

/** What a whole line says and of which run, told from its first characters. */
export function kindOf(
  json: Buffer,
): { readonly kind: 'result' | 'failure'; readonly key: string } | undefined {
  for (const [kind, start] of [
    ['result', RESULT_START],
    ['failure', FAILURE_START],
  ] as const)
    if (json.toString('latin1', 0, start.length) === start)
      return { kind, key: json.toString('latin1', start.length, start.length + KEY_DIGITS) };
  return undefined;
}

export function parseHeader(json: Buffer): JournalHeader | undefined {
  const content = JSON.parse(json.toString()) as Partial<JournalHeader>;
  return content?.journal === 'ds2p' ? (content as JournalHeader) : undefined;
}

type Numbers = readonly (number | string | null)[];

const METRIC_NAMES = METRIC_COLUMNS.map(({ name }) => name);

/** Plain loops, since a final file is made of as many calls as there are runs. */
export function parseResult(json: Buffer): ResultRecord {
  const [key, metricNumbers, timingNumbers] = JSON.parse(json.toString()) as [string, Numbers, Numbers];
  const metrics: Record<string, number> = {};
  for (let i = 0; i < METRIC_NAMES.length; i++) metrics[METRIC_NAMES[i]] = numberFromJson(metricNumbers[i]);
  const timing: Partial<Record<keyof Timing, number>> = {};
  for (let i = 0; i < TIMING_FIELDS.length; i++) timing[TIMING_FIELDS[i]] = numberFromJson(timingNumbers[i]);
  return { key, metrics, timing: timing as Timing };
}

export const parseFailure = (json: Buffer): FailureRecord => JSON.parse(json.toString());
