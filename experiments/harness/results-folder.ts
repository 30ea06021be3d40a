/**
 * The folder of one experiment's results: rows are written as runs end, in the order of runs, so that the
 * files do not depend on the number of threads.
 *
 * This file is the one place where the harness imports from results/, a later stage of the pipeline: the
 * columns and the summary are also read by figures and tables, which must not depend on the harness.
 */
import { closeSync, fsyncSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Column,
  PARAMETER_COLUMNS,
  runColumns,
  summaryColumns,
  TIMING_COLUMNS,
} from '../../results/columns.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { ConfigurationSummary } from '../../results/summary.js';
import { InputError } from './errors.js';
import type { Run } from './expand.js';
import { makeFolder } from './folders.js';
import type { Outcome, Timing } from './worker.js';

/** A run that threw. */
export interface Failure {
  readonly run: Run;
  readonly error: string;
}

/** The cells of what a run's configuration sets. */
function factors({ experiment, preset, parameters }: Run, scenario: string | undefined): Row {
  const row: Record<string, Row[string]> = { experiment, preset };
  if (scenario !== undefined) row.scenario = scenario;
  for (const { id, name } of PARAMETER_COLUMNS) row[name] = parameters[id];
  return row;
}

/** A row of runs.csv: keys are the names of its columns. */
export function runRow(run: Run, metrics: Row, scenario?: string): Row {
  const { replication, seed } = run;
  return { ...factors(run, scenario), replication, seed, ...metrics };
}

function timingRow(run: Run, row: number, t: Timing): Row {
  return {
    ...factors(run, undefined),
    run: row,
    seed: run.seed,
    wall_s: t.wallS,
    cpu_s: t.cpuS,
    worker: t.worker,
    decisions: t.decisions,
    decision_time_mean_ms: t.decisionTimeMeanMs,
    decision_time_median_ms: t.decisionTimeMedianMs,
    decision_time_max_ms: t.decisionTimeMaxMs,
  };
}

/** A CSV file to which rows are appended, each handed to the system before the next. */
class RowFile {
  private readonly descriptor: number;

  constructor(
    path: string,
    private readonly columns: readonly Column[],
  ) {
    try {
      this.descriptor = openSync(path, 'w');
    } catch (error) {
      throw new InputError({
        path: '--out',
        fact: `"${path}" cannot be written (${(error as NodeJS.ErrnoException).code}).`,
        remedy: 'Give another folder with --out.',
      });
    }
    writeSync(this.descriptor, headerLine(columns));
  }

  append(row: Row): void {
    writeSync(this.descriptor, rowLine(this.columns, row));
  }

  close(): void {
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }
}

export class ResultsFolder {
  /** Rows of runs.csv so far. */
  rows = 0;
  readonly failures: Failure[] = [];
  private readonly runsFile: RowFile;
  private readonly timingsFile: RowFile;
  private readonly summaryFile: RowFile;
  private readonly waiting = new Map<number, { run: Run; outcome: Outcome }>();
  private next = 0;
  /** The configuration whose rows are being written, and which has no row of the summary yet. */
  private current: { readonly configuration: number; summary?: ConfigurationSummary } | undefined;
  /** Number of the last run of each configuration. */
  private readonly lastRun: ReadonlyMap<number, number>;

  /**
   * Opens the files. @throws InputError where they cannot be written.
   * @param runs all that will come, in their order. @param scenario its name, if any.
   */
  constructor(
    readonly folder: string,
    runs: readonly Run[],
    private readonly scenario?: string,
  ) {
    makeFolder(folder);
    this.lastRun = new Map(runs.map(({ configuration, index }) => [configuration, index]));
    this.runsFile = new RowFile(join(folder, 'runs.csv'), runColumns(scenario !== undefined));
    this.timingsFile = new RowFile(join(folder, 'timings.csv'), TIMING_COLUMNS);
    this.summaryFile = new RowFile(join(folder, 'summary.csv'), summaryColumns(scenario !== undefined));
  }

  /** Writes manifest.json, in place of the one before. */
  writeManifest(content: unknown): void {
    writeFileSync(join(this.folder, 'manifest.json'), `${JSON.stringify(content, null, 2)}\n`);
  }

  /** Takes the outcome of a run and writes every row whose turn has come. */
  accept(run: Run, outcome: Outcome): void {
    this.waiting.set(run.index, { run, outcome });
    for (let turn = this.waiting.get(this.next); turn; turn = this.waiting.get(this.next)) {
      this.waiting.delete(this.next++);
      this.write(turn.run, turn.outcome);
    }
  }

  private write(run: Run, outcome: Outcome): void {
    if (this.current?.configuration !== run.configuration) this.closeConfiguration();
    this.current ??= { configuration: run.configuration };
    this.writeRow(run, outcome, this.current);
    if (this.lastRun.get(run.configuration) === run.index) this.closeConfiguration();
  }

  /** Writes the summary of the configuration whose last row is written; it has none when all its runs failed. */
  private closeConfiguration(): void {
    if (this.current?.summary !== undefined) this.summaryFile.append(this.current.summary.row());
    this.current = undefined;
  }

  private writeRow(run: Run, outcome: Outcome, of: { summary?: ConfigurationSummary }): void {
    if ('error' in outcome) {
      this.failures.push({ run, error: outcome.error });
      return;
    }
    const metrics: Row = { ...outcome.metrics };
    this.runsFile.append(runRow(run, metrics, this.scenario));
    this.timingsFile.append(timingRow(run, ++this.rows, outcome.timing));
    of.summary ??= new ConfigurationSummary(factors(run, this.scenario));
    of.summary.add(metrics);
  }

  /**
   * Writes what is still waiting for a run that will not come, the summary of a configuration that is not
   * complete, and the manifest, and closes the files.
   */
  finish(manifest: () => unknown): void {
    for (const { run, outcome } of [...this.waiting.values()].sort((a, b) => a.run.index - b.run.index))
      this.write(run, outcome);
    this.waiting.clear();
    this.closeConfiguration();
    for (const file of [this.runsFile, this.timingsFile, this.summaryFile]) file.close();
    this.writeManifest(manifest());
  }
}
