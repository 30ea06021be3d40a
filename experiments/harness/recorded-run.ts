/** A recorded run as a file: the recording, and what is needed to say which run it is and to make it again. */
import { readFileSync } from 'node:fs';
import {
  MODEL_VERSION,
  namedValues,
  type ParameterValue,
  type Recording,
  type RunMetrics,
} from '../../core/index.js';
import { METRIC_COLUMNS, PARAMETER_COLUMNS } from '../../results/columns.js';
import { type CsvRow, cellText } from '../../results/csv.js';
import { InputError } from './errors.js';
import type { Run } from './expand.js';
import { reproducingCommand } from './manifest.js';
import { replaceFile } from './storage.js';

export const RECORDING_FORMAT = 'ds2p-recording-1';

export interface RecordedRun {
  readonly format: typeof RECORDING_FORMAT;
  /** Version of the model, see MODEL_VERSION. */
  readonly model: string;
  /** Row of runs.csv, from 1. */
  readonly number: number;
  readonly experiment: string;
  readonly preset: string;
  /** Name of the scenario; null without one. */
  readonly scenario: string | null;
  readonly seed: number;
  /** From 0. */
  readonly replication: number;
  /** By dotted public name. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** By name of their columns; null where a run does not have the metric. */
  readonly metrics: Readonly<Record<keyof RunMetrics, number | null>>;
  /** The command that makes the run. */
  readonly command: string;
  readonly recording: Recording;
}

/** A scenario as recordings name it. */
export interface NamedScenario {
  readonly name?: string;
  readonly path?: string;
}

/** @param number row of runs.csv, from 1. */
export function recordedRun(
  number: number,
  run: Run,
  outcome: { readonly metrics: RunMetrics; readonly recording: Recording },
  scenario: NamedScenario = {},
): RecordedRun {
  const { experiment, preset, seed, replication, parameters } = run;
  const metrics = Object.entries(outcome.metrics).map(([name, value]) => [
    name,
    Number.isNaN(value) ? null : value,
  ]);
  return {
    format: RECORDING_FORMAT,
    model: MODEL_VERSION,
    number,
    experiment,
    preset,
    scenario: scenario.name ?? null,
    seed,
    replication,
    parameters: namedValues(parameters),
    metrics: Object.fromEntries(metrics) as RecordedRun['metrics'],
    command: reproducingCommand(run, scenario.path),
    recording: outcome.recording,
  };
}

/** Is it the recording of that row of runs.csv? Seed, preset, parameters and metrics are compared. */
export function isRecordingOf({ preset, seed, parameters, metrics }: RecordedRun, row: CsvRow): boolean {
  return (
    row.preset === preset &&
    row.seed === String(seed) &&
    PARAMETER_COLUMNS.every(({ name, parameter }) => row[name] === cellText(parameters[parameter] ?? '')) &&
    METRIC_COLUMNS.every(({ name }) => row[name] === cellText(metrics[name] ?? Number.NaN))
  );
}

/** Name of the file of run `number` in a folder of results. */
export const recordingFile = (number: number): string => `recording-${number}.json`;

/** Writes a recorded run in a piece. @throws where the file system refuses. */
export function writeRecordedRun(path: string, run: RecordedRun): void {
  replaceFile(path, `${JSON.stringify(run)}\n`);
}

const damaged = (path: string, fact: string) =>
  new InputError({ path, fact, remedy: 'Remove the file; the run is then made again.' });

/** Reads a recorded run. @throws InputError where the file is no recording, or is damaged. */
export function readRecordedRun(path: string): RecordedRun {
  let content: Partial<RecordedRun> | null;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw damaged(path, `the recording cannot be read (${(error as Error).message}).`);
  }
  if (content?.format !== RECORDING_FORMAT)
    throw damaged(path, `the file is no recording of the format ${RECORDING_FORMAT}.`);
  const { recording, parameters, metrics } = content;
  const tables = ['nodes', 'functions', 'keys', 'accesses', 'samples', 'node_samples', 'moves'] as const;
  const missing = tables.filter((table) => recording?.[table] === undefined);
  if (missing.length > 0 || parameters === undefined || metrics === undefined)
    throw damaged(path, `the recording lacks ${missing.length > 0 ? missing.join(', ') : 'its run'}.`);
  return content as RecordedRun;
}
