/**
 * The folder of one experiment's results: rows are written as runs end, in the order of runs, so that the
 * files do not depend on the number of threads.
 *
 * This file is the one place where the harness imports from results/, a later stage of the pipeline: the
 * columns and the summary are also read by figures and tables, which must not depend on the harness.
 */
import { closeSync, fsyncSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PARAMETER_LIST } from '../../core/index.js';
import { type Column, runColumns, summaryColumns, TIMING_COLUMNS } from '../../results/columns.js';
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
  for (const { id, name } of PARAMETER_LIST) row[name] = parameters[id];
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
  private readonly waiting = new Map<number, { run: Run; outcome: Outcome }>();
  private next = 0;
  private readonly summaries = new Map<number, ConfigurationSummary>();

  /** Opens the files. @throws InputError where they cannot be written. @param scenario its name, if any. */
  constructor(
    readonly folder: string,
    private readonly scenario?: string,
  ) {
    makeFolder(folder);
    this.runsFile = new RowFile(join(folder, 'runs.csv'), runColumns(scenario !== undefined));
    this.timingsFile = new RowFile(join(folder, 'timings.csv'), TIMING_COLUMNS);
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
    if ('error' in outcome) {
      this.failures.push({ run, error: outcome.error });
      return;
    }
    const metrics: Row = { ...outcome.metrics };
    this.runsFile.append(runRow(run, metrics, this.scenario));
    this.timingsFile.append(timingRow(run, ++this.rows, outcome.timing));
    let summary = this.summaries.get(run.configuration);
    if (summary === undefined) {
      summary = new ConfigurationSummary(factors(run, this.scenario));
      this.summaries.set(run.configuration, summary);
    }
    summary.add(metrics);
  }

  /**
   * Writes what is still waiting for a run that will not come, then the summary and the manifest, and closes
   * the files.
   */
  finish(manifest: (failures: readonly Failure[]) => unknown): void {
    for (const { run, outcome } of [...this.waiting.values()].sort((a, b) => a.run.index - b.run.index))
      this.write(run, outcome);
    this.waiting.clear();
    this.runsFile.close();
    this.timingsFile.close();
    const columns = summaryColumns(this.scenario !== undefined);
    const lines = [...this.summaries.values()].map((summary) => rowLine(columns, summary.row()));
    writeFileSync(join(this.folder, 'summary.csv'), headerLine(columns) + lines.join(''));
    writeFileSync(
      join(this.folder, 'manifest.json'),
      `${JSON.stringify(manifest(this.failures), null, 2)}\n`,
    );
  }
}
