/** Which files of a folder of results are not what was written, so that what is made of the others does not hide it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PARAMETERS } from '../../core/index.js';
import {
  failureColumns,
  PARAMETER_COLUMNS,
  type ParameterColumn,
  runColumns,
  summaryColumns,
  TIMING_COLUMNS,
} from '../../results/columns.js';
import { type CsvRow, parseCsv } from '../../results/csv.js';
import { type Problem, shown } from './errors.js';
import { JOURNAL_FILE, journalExists } from './journal.js';
import { counted } from './words.js';

/** Columns without which a file is none of ours. */
type Needed = Readonly<Record<string, readonly string[]>>;

const FILES_OF_RUNS: Needed = {
  'runs.csv': ['preset', 'replication', 'seed', 'arrivals'],
  'summary.csv': ['experiment', 'n', 'migration_policy', 'offloading_policy', 'slo_violations_percent_mean'],
  'timings.csv': ['run', 'seed', 'wall_s'],
  'failures.csv': ['run', 'seed', 'error'],
};
const FILES_OF_PROBLEMS: Needed = {
  'solves.csv': ['nodes', 'functions', 'keys', 'outcome'],
  'summary.csv': ['nodes', 'functions', 'keys', 'n'],
};

/** A larger file is not read only to see whether it is whole. */
const LARGEST_BYTES = 100e6;

const isText = ({ id }: ParameterColumn): boolean =>
  !['number', 'integer'].includes(PARAMETERS[id].kind.type);
const TEXTS: ReadonlySet<string> = new Set([
  ...['experiment', 'preset', 'scenario', 'error', 'command'],
  ...PARAMETER_COLUMNS.filter(isText).map(({ name }) => name),
]);
const NUMBERS: readonly string[] = [
  ...new Set(
    [runColumns(true), summaryColumns(true), TIMING_COLUMNS, failureColumns(true)].flatMap((columns) =>
      columns.map(({ name }) => name),
    ),
  ),
].filter((name) => !TEXTS.has(name));

/** The first cell that is no number and should be one, in words. */
function wrongCell(columns: readonly string[], rows: readonly CsvRow[]): string | undefined {
  const numbers = NUMBERS.filter((name) => columns.includes(name));
  for (const [i, row] of rows.entries()) {
    const wrong = numbers.find((name) => Number.isNaN(Number(row[name])));
    if (wrong !== undefined) return `row ${i + 1}: ${wrong} is ${shown(row[wrong])}`;
  }
  return undefined;
}

/** What a manifest says of the rows beside it; nothing while a sweep is at work, or was killed. */
interface Told {
  readonly runs?: { readonly completed?: number; readonly failed?: number };
  readonly campaign?: { readonly finished?: string | null };
}

/** Where the rows of a file are not as many as the manifest says, in words. */
function wrongCount(name: string, rows: readonly CsvRow[], { runs, campaign }: Told): string | undefined {
  if (!campaign?.finished) return undefined;
  const told = name === 'failures.csv' ? runs?.failed : runs?.completed;
  const count = name === 'summary.csv' ? rows.reduce((sum, { n }) => sum + Number(n), 0) : rows.length;
  if (told === undefined || told === count) return undefined;
  return `it tells of ${counted(count, 'run')}, and manifest.json of ${told}`;
}

/** @throws Error where the file is not what was written. */
function check(path: string, name: string, needed: readonly string[], told: Told): void {
  const text = readFileSync(path, 'utf8');
  if (text === '') throw new Error('it is empty');
  const { columns, rows } = parseCsv(text);
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new Error(`it has no column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`);
  if (!text.endsWith('\n')) throw new Error('its last line has no end');
  const wrong = wrongCell(columns, rows) ?? wrongCount(name, rows, told);
  if (wrong !== undefined) throw new Error(wrong);
}

/** What makes the files of a folder again. */
export const remedyOf = (folder: string): string =>
  journalExists(join(folder, JOURNAL_FILE))
    ? 'Give the command that made the results again: it writes the file anew, and finished runs are kept.'
    : 'Make the results again.';

/** A problem for each file of the folder that is damaged, and for a runs.csv that is not there. */
export function damagedFiles(folder: string): readonly Problem[] {
  const remedy = remedyOf(folder);
  const problems: Problem[] = [];
  const trying = <T>(name: string, action: (path: string) => T): T | undefined => {
    const path = join(folder, name);
    if (!existsSync(path)) return undefined;
    try {
      return statSync(path).size > LARGEST_BYTES ? undefined : action(path);
    } catch (error) {
      problems.push({ path, fact: `the file is damaged (${(error as Error).message}).`, remedy });
      return undefined;
    }
  };
  const manifest = trying('manifest.json', (path): Told => JSON.parse(readFileSync(path, 'utf8')) ?? {});
  const isOfProblems = existsSync(join(folder, 'solves.csv'));
  for (const [name, needed] of Object.entries(isOfProblems ? FILES_OF_PROBLEMS : FILES_OF_RUNS))
    trying(name, (path) => check(path, name, needed, isOfProblems ? {} : (manifest ?? {})));
  const runs = join(folder, 'runs.csv');
  if (!isOfProblems && !existsSync(runs)) problems.push({ path: runs, fact: 'the file is missing.', remedy });
  return problems;
}
