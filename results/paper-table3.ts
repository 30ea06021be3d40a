/**
 * Table 3 as the paper prints it: workload W1, Zipf popularity, means of 10 replications of one hour.
 * Source: M. Nardelli and G. Russo Russo, "Function Offloading and Data Migration for Stateful Serverless Edge
 * Computing", ICPE '24, doi:10.1145/3629526.3649293, sec. 5.2. Penalties are printed there in tenths of a dollar.
 */

/** The five metrics of Table 3, by the names of the columns of runs.csv, in its order. */
export const PAPER_METRICS = [
  'avg_penalty_usd_per_request',
  'slo_violations_percent',
  'migrated_data_mb',
  'response_time_p50_s',
  'response_time_p95_s',
] as const;
/** Replications behind a mean of the paper. */
export const PAPER_REPLICATIONS = 10;

/** Seconds of arrivals of a run of the paper: its migrated data are totals of that time. */
export const PAPER_DURATION_S = 3600;

/** Metrics that are totals of a run: they grow with its duration, and not in proportion to it. */
const TOTALS: readonly string[] = ['migrated_data_mb'];

/** Whether a metric of runs with `durationS` seconds of arrivals can be held against the paper's. */
export function comparableWithPaper(metric: string, durationS: number): boolean {
  return durationS === PAPER_DURATION_S || !TOTALS.includes(metric);
}

export type PaperMetric = (typeof PAPER_METRICS)[number];

export type PaperRow = Readonly<Record<PaperMetric, number>> & {
  readonly t_max_s: number;
  readonly migration_policy: string;
  readonly offloading_policy: string;
};

type Cells = readonly [
  tMax: number,
  migration: string,
  offloading: string,
  penalty: number,
  violations: number,
  migrated: number,
  p50: number,
  p95: number,
];

const CELLS: readonly Cells[] = [
  [0.1, 'none', 'greedy-local', 0.17522, 61.3518, 0.0, 0.5833, 1.6209],
  [0.1, 'none', 'greedy-data', 0.00093, 5.3667, 0.0, 0.3112, 1.0684],
  [0.1, 'none', 'slo-aware', 0.00087, 5.9523, 0.0, 0.3154, 1.063],
  [0.1, 'random', 'greedy-local', 0.12317, 69.8047, 384.0, 0.5783, 1.45],
  [0.1, 'random', 'greedy-data', 0.07868, 56.0006, 388.4, 0.4748, 1.28],
  [0.1, 'random', 'slo-aware', 0.00835, 15.0189, 345.9, 0.3461, 1.1689],
  [0.1, 'greedy', 'greedy-local', 0.17504, 65.7991, 254.6, 0.6242, 1.5632],
  [0.1, 'greedy', 'greedy-data', 0.00006, 0.2587, 204.2, 0.3194, 1.0763],
  [0.1, 'greedy', 'slo-aware', 0.00005, 0.3752, 232.6, 0.2834, 1.0426],
  [0.1, 'state-aware', 'greedy-local', 0.14318, 53.2727, 7.4, 0.5386, 1.5652],
  [0.1, 'state-aware', 'greedy-data', 0.00015, 0.7404, 7.4, 0.3187, 1.0765],
  [0.1, 'state-aware', 'slo-aware', 0.00004, 0.5055, 8.3, 0.29, 1.0482],
  [0.2, 'none', 'greedy-local', 0.15213, 47.2753, 0.0, 0.6083, 1.6715],
  [0.2, 'none', 'greedy-data', 0, 0.0, 0.0, 0.3337, 1.0918],
  [0.2, 'none', 'slo-aware', 0, 0.0, 0.0, 0.3188, 1.0754],
  [0.2, 'random', 'greedy-local', 0.07323, 46.5192, 339.1, 0.5797, 1.4774],
  [0.2, 'random', 'greedy-data', 0.05394, 38.8161, 390.4, 0.5113, 1.3215],
  [0.2, 'random', 'slo-aware', 0.0062, 11.87, 307.5, 0.4011, 1.2429],
  [0.2, 'greedy', 'greedy-local', 0.11246, 48.9581, 206.2, 0.6159, 1.565],
  [0.2, 'greedy', 'greedy-data', 0, 0.0, 256.3, 0.3147, 1.0715],
  [0.2, 'greedy', 'slo-aware', 0.00122, 1.4703, 225.9, 0.2928, 1.0497],
  [0.2, 'state-aware', 'greedy-local', 0.10295, 40.3417, 7.4, 0.5415, 1.5803],
  [0.2, 'state-aware', 'greedy-data', 0, 0.0, 7.9, 0.3131, 1.0699],
  [0.2, 'state-aware', 'slo-aware', 0, 0.0, 7.5, 0.2888, 1.0473],
];

/** The 24 rows of Table 3, in its order. */
export const PAPER_TABLE_3: readonly PaperRow[] = CELLS.map(
  ([tMax, migration, offloading, penalty, violations, migrated, p50, p95]) => ({
    t_max_s: tMax,
    migration_policy: migration,
    offloading_policy: offloading,
    avg_penalty_usd_per_request: penalty,
    slo_violations_percent: violations,
    migrated_data_mb: migrated,
    response_time_p50_s: p50,
    response_time_p95_s: p95,
  }),
);
