/**
 * Rows of the CSV files of a sweep.
 *
 * The harness imports from results/, a later stage of the pipeline, for the columns, the writer and the summary:
 * they are also read by figures and tables, which must not depend on the harness.
 */
import { PARAMETER_COLUMNS } from '../../results/columns.js';
import type { Row } from '../../results/csv.js';
import type { Run } from './expand.js';
import type { Timing } from './worker.js';

/** The cells of what a run's configuration sets. @param scenario its name, if any. */
export function factors({ experiment, preset, parameters }: Run, scenario: string | undefined): Row {
  const row: Record<string, Row[string]> = { experiment, preset };
  if (scenario !== undefined) row.scenario = scenario;
  for (const { id, name } of PARAMETER_COLUMNS) row[name] = parameters[id];
  return row;
}

/** The cells of a row of runs.csv beside its factors. */
export const runCells = ({ replication, seed }: Run, metrics: Row): Row => ({
  ...metrics,
  replication,
  seed,
});

/** A row of runs.csv: keys are the names of its columns. */
export const runRow = (run: Run, metrics: Row, scenario?: string): Row => ({
  ...factors(run, scenario),
  ...runCells(run, metrics),
});

/** The cells of a row of timings.csv beside its factors. @param row number of the row of runs.csv, from 1. */
export const timingCells = ({ seed }: Run, row: number, t: Timing): Row => ({
  run: row,
  seed,
  wall_s: t.wallS,
  cpu_s: t.cpuS,
  worker: t.worker,
  decisions: t.decisions,
  decision_time_mean_ms: t.decisionTimeMeanMs,
  decision_time_median_ms: t.decisionTimeMedianMs,
  decision_time_max_ms: t.decisionTimeMaxMs,
});

/** The cells of a row of failures.csv beside its factors. */
export const failureCells = (
  { replication, seed, index }: Run,
  { error, attempts }: { readonly error: string; readonly attempts: number },
  command: string,
): Row => ({ replication, seed, run: index + 1, attempts, error, command });
