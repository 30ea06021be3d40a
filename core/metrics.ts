/** Accumulators of one run, and the row that they become. */
import { type PlacementMetrics, type PlacementRecord, placementMetrics } from './placement/tally.js';
import { RELATIVE_ERROR } from './quantiles.js';
import type { Sample } from './sample.js';
import { BYTES_PER_MEGABYTE } from './units.js';

/** The metrics of one run; names are those of the CSV columns (units and texts: results/columns.ts). */
export interface RunMetrics extends PlacementMetrics {
  readonly arrivals: number;
  readonly completions: number;
  readonly rejected: number;
  readonly rejected_percent: number;
  readonly slo_violations: number;
  readonly slo_violations_percent: number;
  readonly unserved_or_late_percent: number;
  readonly avg_penalty_usd_per_request: number;
  readonly migrations: number;
  readonly migrated_data_mb: number;
  readonly migration_decisions: number;
  readonly offloaded_percent: number;
  readonly cold_starts: number;
  readonly response_time_mean_s: number;
  readonly response_time_p50_s: number;
  readonly response_time_p95_s: number;
  readonly data_access_time_mean_s: number;
  readonly data_access_time_p50_s: number;
  readonly data_access_time_p95_s: number;
  readonly quantile_relative_error: number;
}

/** Data access times: few different ones, each with the number of requests that it met. */
export class DataAccessMetrics {
  violations = 0;
  /** Seconds beyond T_max, summed over requests. */
  excess = 0;
  total = 0;

  /** @param delays a weighted sample, for the times. */
  constructor(private readonly delays: Sample) {}

  /** Makes room for so many calls of `add`. */
  reserve(more: number): void {
    this.delays.reserve(more);
  }

  /** Books `count` executions with data access time `delay` (s) under the SLO `tMax` (s). */
  add(delay: number, count: number, tMax: number): void {
    this.total += delay * count;
    if (delay > tMax) {
      this.violations += count;
      this.excess += (delay - tMax) * count;
    }
    const { delays } = this;
    delays.values[delays.count] = delay;
    delays.weights![delays.count++] = count;
  }

  quantiles(probabilities: readonly number[]): readonly number[] {
    return this.delays.quantiles(probabilities);
  }
}

/** Plain counts of a run. */
export interface Counts {
  readonly arrivals: number;
  readonly completions: number;
  readonly rejected: number;
  /** Seconds, summed over completed requests. */
  readonly responseTime: number;
  readonly offloadedCompletions: number;
  readonly coldStarts: number;
  readonly migrations: number;
  readonly migratedBytes: number;
  readonly migrationDecisions: number;
  readonly placements: readonly PlacementRecord[];
}

/** Puts the accumulators together. Shares of nothing are NaN. @param rho penalty in $ per second of excess. */
export function toMetrics(
  counts: Counts,
  responses: Sample,
  access: DataAccessMetrics,
  rho: number,
): RunMetrics {
  const { completions } = counts;
  const percentOf = (part: number, whole: number): number => (100 * part) / whole;
  const [responseP50, responseP95] = responses.quantiles([0.5, 0.95]);
  const [accessP50, accessP95] = access.quantiles([0.5, 0.95]);
  return {
    arrivals: counts.arrivals,
    completions,
    rejected: counts.rejected,
    rejected_percent: percentOf(counts.rejected, counts.arrivals),
    slo_violations: access.violations,
    slo_violations_percent: percentOf(access.violations, completions),
    unserved_or_late_percent: percentOf(counts.rejected + access.violations, counts.arrivals),
    avg_penalty_usd_per_request: (rho * access.excess) / completions,
    migrations: counts.migrations,
    migrated_data_mb: counts.migratedBytes / BYTES_PER_MEGABYTE,
    migration_decisions: counts.migrationDecisions,
    offloaded_percent: percentOf(counts.offloadedCompletions, completions),
    cold_starts: counts.coldStarts,
    response_time_mean_s: completions === 0 ? Number.NaN : counts.responseTime / completions,
    response_time_p50_s: responseP50!,
    response_time_p95_s: responseP95!,
    data_access_time_mean_s: completions === 0 ? Number.NaN : access.total / completions,
    data_access_time_p50_s: accessP50!,
    data_access_time_p95_s: accessP95!,
    quantile_relative_error: responses.mode === 'exact' ? 0 : RELATIVE_ERROR,
    ...placementMetrics(counts.placements),
  };
}
