/**
 * Results that nobody has measured: a made-up world in which every claim of the paper holds, as numbers and
 * as the files of a folder of results. For tests of what reads results; never for a figure that is shown.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expandExperiment, type Run } from '../../experiments/harness/expand.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import {
  type Column,
  METRIC_COLUMNS,
  PARAMETER_COLUMNS,
  runColumns,
  summaryColumns,
  TIMING_COLUMNS,
} from '../../results/columns.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { ConfigurationSummary } from '../../results/summary.js';

/** What decides the numbers of a configuration in the made-up world. */
export interface Place {
  readonly workload: string;
  readonly tMax: number;
  readonly migration: string;
  readonly offloading: string;
}

type ByPolicy = Readonly<Record<string, number>>;

/** Percent of completed requests at T_max = 0.1 s, by migration and offloading. */
const VIOLATIONS: Readonly<Record<string, ByPolicy>> = {
  none: { 'greedy-local': 60, 'greedy-data': 5, 'slo-aware': 5.5 },
  random: { 'greedy-local': 70, 'greedy-data': 56, 'slo-aware': 15 },
  greedy: { 'greedy-local': 66, 'greedy-data': 0.3, 'slo-aware': 0.4 },
  'state-aware': { 'greedy-local': 53, 'greedy-data': 0.7, 'slo-aware': 0.2 },
};
const MIGRATED: ByPolicy = { none: 0, random: 400, greedy: 200, 'state-aware': 8 };
const MEDIAN: ByPolicy = { 'greedy-local': 0.58, 'greedy-data': 0.32, 'slo-aware': 0.3 };

/** The metrics of a configuration in the made-up world, where no request is rejected. */
export function madeUpMetrics({ workload, tMax, migration, offloading }: Place): Record<string, number> {
  const violations = (VIOLATIONS[migration]?.[offloading] ?? 1) * (tMax > 0.15 ? 0.5 : 1);
  const local = offloading === 'greedy-local';
  const free = tMax > 0.15 && !local && migration !== 'random';
  const median =
    (MEDIAN[offloading] ?? 0.4) *
    (migration === 'state-aware' ? 0.9 : 1) *
    (local && workload === 'w2' ? 0.9 : 1);
  const metrics: Record<string, number> = Object.fromEntries(METRIC_COLUMNS.map(({ name }) => [name, 1]));
  return {
    ...metrics,
    arrivals: 1000,
    completions: 1000,
    rejected: 0,
    rejected_percent: 0,
    slo_violations: 10 * violations,
    slo_violations_percent: violations,
    unserved_or_late_percent: violations,
    avg_penalty_usd_per_request: free ? 0 : violations / 400,
    migrated_data_mb: MIGRATED[migration] ?? 0,
    offloaded_percent: workload === 'w2' ? 30 : 40,
    cold_starts: workload === 'w2' ? 100 : 300,
    response_time_p50_s: median,
    response_time_p95_s: 3 * median,
  };
}

/** A factor close to 1 that depends on the seed alone, so that paired differences have narrow intervals. */
export const seedFactor = (seed: number): number => 1 + 0.01 * Math.sin(seed);

const place = ({ parameters: p }: Run): Place => ({
  workload: p.workload,
  tMax: p.tMax,
  migration: p.migration,
  offloading: p.offloading,
});

function write(path: string, columns: readonly Column[], rows: readonly Row[]): void {
  writeFileSync(path, headerLine(columns) + rows.map((row) => rowLine(columns, row)).join(''));
}

/** Writes runs.csv, summary.csv and timings.csv of an experiment of the product, with made-up numbers. */
export function writeSynthetic(root: string, name: string, replications = 3, duration = 3600): string {
  const experiment = EXPERIMENTS.find((candidate) => candidate.name === name)!;
  const runs = expandExperiment(experiment, {
    seed: 1,
    replications,
    quick: true,
    overrides: { parameters: { duration } },
  });
  const summaries = new Map<number, ConfigurationSummary>();
  const rows: Row[] = [];
  const timings: Row[] = [];
  for (const run of runs) {
    const parameters = Object.fromEntries(
      PARAMETER_COLUMNS.map((p) => [p.name, run.parameters[p.id]]),
    ) as Row;
    const factors: Row = { experiment: run.experiment, preset: run.preset, ...parameters };
    const metrics = Object.fromEntries(
      Object.entries(madeUpMetrics(place(run))).map(([metric, value]) => [
        metric,
        value * seedFactor(run.seed),
      ]),
    );
    const summary = summaries.get(run.configuration) ?? new ConfigurationSummary(factors);
    summaries.set(run.configuration, summary);
    summary.add(metrics);
    rows.push({ ...factors, replication: run.replication, seed: run.seed, ...metrics });
    const ms = 10 * seedFactor(run.seed) * run.parameters.functionCount;
    timings.push({
      experiment: run.experiment,
      preset: run.preset,
      run: run.index + 1,
      seed: run.seed,
      ...parameters,
      wall_s: 1,
      cpu_s: 1,
      worker: 0,
      decisions: 5,
      decision_time_mean_ms: ms,
      decision_time_median_ms: ms,
      decision_time_max_ms: 2 * ms,
    });
  }
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  write(join(folder, 'runs.csv'), runColumns(), rows);
  write(
    join(folder, 'summary.csv'),
    summaryColumns(),
    [...summaries.values()].map((summary) => summary.row()),
  );
  write(join(folder, 'timings.csv'), TIMING_COLUMNS, timings);
  return folder;
}
