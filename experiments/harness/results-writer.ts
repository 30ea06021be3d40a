/**
 * The final files of a sweep, written from its journal in the order of runs: so they are the same bytes whatever
 * order runs ended in, on however many threads, machines and nights. One pass, with one row in memory.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Column,
  factorColumns,
  failureColumns,
  runColumns,
  summaryColumns,
  TIMING_COLUMNS,
} from '../../results/columns.js';
import { headerLine, type Row, RowText } from '../../results/csv.js';
import { ConfigurationSummary } from '../../results/summary.js';
import type { Run } from './expand.js';
import type { FailureRecord, ResultRecord } from './journal-format.js';
import { reproducingCommand, type Span } from './manifest.js';
import { factors, failureCells, runCells, timingCells } from './rows.js';
import { Replacement, storingRuns } from './storage.js';

/** What is known of a run: its result, its failure, or nothing yet. */
export type Known = { readonly result: ResultRecord } | { readonly failure: FailureRecord };

export interface WrittenResults {
  /** Rows of runs.csv. */
  readonly rows: number;
  /** Rows of failures.csv. */
  readonly failures: number;
  readonly cpuSeconds: number;
  /** From the start of the first run to the end of the last one; null without rows. */
  readonly span: Span | null;
}

/** Cells that all runs of a configuration share. */
const FACTORS: ReadonlySet<string> = new Set(factorColumns(true).map(({ name }) => name));

export const RESULT_FILES = ['runs.csv', 'summary.csv', 'timings.csv', 'failures.csv'] as const;
export type ResultFile = (typeof RESULT_FILES)[number];

/** Where the text of a file goes. */
export interface TextSink {
  write(text: string): void;
}

/** A CSV file in the making. */
class CsvFile {
  private readonly text: RowText;
  rows = 0;

  constructor(
    private readonly file: TextSink,
    columns: readonly Column[],
  ) {
    this.text = new RowText(columns, FACTORS);
    this.file.write(headerLine(columns));
  }

  /** @param factors one object a configuration. */
  write(factors: Row, own: Row): void {
    this.rows++;
    this.file.write(this.text.line(factors, own));
  }
}

export interface WriteOptions {
  /** Name of the scenario, if any. */
  readonly scenario?: string;
  readonly scenarioPath?: string;
}

/**
 * Makes the text of runs.csv, summary.csv, timings.csv and, where runs failed, failures.csv.
 * @param runs those that the files are about, in order. @param knownOf what is known of a run.
 * @param open makes the sink of a file.
 */
export function makeResults(
  runs: Iterable<Run>,
  knownOf: (run: Run) => Known | undefined,
  { scenario, scenarioPath }: WriteOptions,
  open: (file: ResultFile) => TextSink,
): WrittenResults {
  const withScenario = scenario !== undefined;
  const runsFile = new CsvFile(open('runs.csv'), runColumns(withScenario));
  const summaryFile = new CsvFile(open('summary.csv'), summaryColumns(withScenario));
  const timingsFile = new CsvFile(open('timings.csv'), TIMING_COLUMNS);
  let failuresFile: CsvFile | undefined;
  let summary: ConfigurationSummary | undefined;
  let configuration = -1;
  let shared: Row = {};
  let cpuSeconds = 0;
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  /** A configuration has no summary when all its runs failed. */
  const closeConfiguration = () => {
    if (summary !== undefined) summaryFile.write(shared, summary.row());
    summary = undefined;
  };
  for (const run of runs) {
    if (run.configuration !== configuration) {
      closeConfiguration();
      configuration = run.configuration;
      shared = factors(run, scenario);
    }
    const known = knownOf(run);
    if (known === undefined) continue;
    if ('failure' in known) {
      failuresFile ??= new CsvFile(open('failures.csv'), failureColumns(withScenario));
      failuresFile.write(shared, failureCells(run, known.failure, reproducingCommand(run, scenarioPath)));
      continue;
    }
    const { metrics, timing } = known.result;
    runsFile.write(shared, runCells(run, metrics));
    timingsFile.write(shared, timingCells(run, runsFile.rows, timing));
    summary ??= new ConfigurationSummary({});
    summary.add(metrics);
    if (!Number.isNaN(timing.cpuS)) cpuSeconds += timing.cpuS;
    start = Math.min(start, timing.startMs);
    end = Math.max(end, timing.endMs);
  }
  closeConfiguration();
  const span = runsFile.rows === 0 ? null : { start, end };
  return { rows: runsFile.rows, failures: failuresFile?.rows ?? 0, cpuSeconds, span };
}

/**
 * Writes the files of `makeResults` into a folder.
 * @throws StorageError where the file system refuses; files of before then stay as they were.
 */
export function writeResults(
  folder: string,
  runs: Iterable<Run>,
  knownOf: (run: Run) => Known | undefined,
  options: WriteOptions = {},
): WrittenResults {
  const open: Replacement[] = [];
  return storingRuns(folder, () => {
    try {
      const written = makeResults(runs, knownOf, options, (file) => {
        const path = join(folder, file);
        const made = storingRuns(path, () => new Replacement(path));
        open.push(made);
        return made;
      });
      for (const file of open) file.commit();
      const failures = join(folder, 'failures.csv');
      if (written.failures === 0 && existsSync(failures)) rmSync(failures);
      return written;
    } catch (error) {
      for (const file of open) file.abandon();
      throw error;
    }
  });
}
