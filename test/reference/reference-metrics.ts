/** The row of metrics, computed from lists of all completed requests. */
import type { RunMetrics } from '../../core/metrics.js';
import { type PlacementRecord, placementMetrics } from '../../core/placement/tally.js';
import type { Completion } from './reference-simulator.js';

/** Quantile of type 7 (Hyndman and Fan, the default of R) by sorting. NaN of nothing. */
export function sortedQuantile(values: readonly number[], p: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const position = p * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  return below + (position - Math.floor(position)) * (above - below);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export function referenceMetrics(
  counts: {
    arrivals: number;
    rejected: number;
    coldStarts: number;
    migrations: number;
    bytes: number;
    decisions: number;
  },
  placements: readonly PlacementRecord[],
  completed: readonly Completion[],
  rho: number,
): RunMetrics {
  const n = completed.length;
  const late = completed.filter((c) => c.dataAccess > c.tMax);
  const responses = completed.map((c) => c.response);
  const accesses = completed.map((c) => c.dataAccess);
  return {
    arrivals: counts.arrivals,
    completions: n,
    rejected: counts.rejected,
    rejected_percent: (100 * counts.rejected) / counts.arrivals,
    slo_violations: late.length,
    slo_violations_percent: (100 * late.length) / n,
    unserved_or_late_percent: (100 * (counts.rejected + late.length)) / counts.arrivals,
    avg_penalty_usd_per_request: (rho * sum(late.map((c) => c.dataAccess - c.tMax))) / n,
    migrations: counts.migrations,
    migrated_data_mb: counts.bytes / 1e6,
    migration_decisions: counts.decisions,
    offloaded_percent: (100 * completed.filter((c) => c.elsewhere).length) / n,
    cold_starts: counts.coldStarts,
    response_time_mean_s: sum(responses) / n,
    response_time_p50_s: sortedQuantile(responses, 0.5),
    response_time_p95_s: sortedQuantile(responses, 0.95),
    data_access_time_mean_s: sum(accesses) / n,
    data_access_time_p50_s: sortedQuantile(accesses, 0.5),
    data_access_time_p95_s: sortedQuantile(accesses, 0.95),
    quantile_relative_error: 0,
    ...placementMetrics(placements),
  };
}
