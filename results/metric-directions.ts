/** Which way a metric is better. */
import type { RunMetrics } from '../core/index.js';

export type Direction = 'lower' | 'higher' | 'neither';

/** Complete by type. Sizes and counts that say nothing of quality are better neither way. */
export const DIRECTIONS: Readonly<Record<keyof RunMetrics, Direction>> = {
  arrivals: 'neither',
  completions: 'higher',
  rejected: 'lower',
  rejected_percent: 'lower',
  slo_violations: 'lower',
  slo_violations_percent: 'lower',
  unserved_or_late_percent: 'lower',
  avg_penalty_usd_per_request: 'lower',
  migrations: 'lower',
  migrated_data_mb: 'lower',
  migration_decisions: 'neither',
  offloaded_percent: 'neither',
  cold_starts: 'lower',
  response_time_mean_s: 'lower',
  response_time_p50_s: 'lower',
  response_time_p95_s: 'lower',
  data_access_time_mean_s: 'lower',
  data_access_time_p50_s: 'lower',
  data_access_time_p95_s: 'lower',
  quantile_relative_error: 'neither',
  placement_optimal: 'neither',
  placement_feasible: 'neither',
  placement_stayed: 'neither',
};
