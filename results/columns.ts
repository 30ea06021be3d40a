/**
 * Every column of every CSV file: name, unit, meaning. The files, the summary, the tables on the terminal
 * and the documentation read this table, so that a column is described once.
 */
import {
  PARAMETER_LIST,
  PARAMETERS,
  type Parameter,
  type ParameterId,
  type RunMetrics,
} from '../core/index.js';

export interface Column {
  readonly name: string;
  readonly unit: string;
  readonly doc: string;
}

/** A metric as a column; its name is its key in RunMetrics. */
export interface MetricColumn extends Column {
  readonly name: keyof RunMetrics;
}

const metric = (unit: string, doc: string) => ({ unit, doc });

/** Complete by type; that the order is the one of RunMetrics is tested. */
const METRICS: Record<keyof RunMetrics, { readonly unit: string; readonly doc: string }> = {
  arrivals: metric('req', 'requests that arrived'),
  completions: metric('req', 'requests that were executed and answered'),
  rejected: metric(
    'req',
    'requests that were answered with an error: the policy rejected them, or no node had room',
  ),
  rejected_percent: metric('%', 'rejected requests, of arrivals'),
  slo_violations: metric('req', 'completed requests whose data access time exceeded T_max'),
  slo_violations_percent: metric('%', 'violations, of completions (as in Table 3)'),
  unserved_or_late_percent: metric('%', 'rejected requests and violations together, of arrivals'),
  avg_penalty_usd_per_request: metric(
    '$/req',
    'penalty rho_f times the excess over T_max, mean of completions',
  ),
  migrations: metric('-', 'keys moved'),
  migrated_data_mb: metric('MB', 'data moved, 1 MB being 10^6 B'),
  migration_decisions: metric('-', 'decisions of the Data Migrator'),
  offloaded_percent: metric('%', 'requests executed elsewhere than they arrived, of completions'),
  cold_starts: metric('-', 'containers started for a request'),
  response_time_mean_s: metric(
    's',
    'time from arrival until the result is back where the request arrived, mean',
  ),
  response_time_p50_s: metric(
    's',
    'time from arrival until the result is back where the request arrived, median',
  ),
  response_time_p95_s: metric(
    's',
    'time from arrival until the result is back where the request arrived, 95th percentile',
  ),
  data_access_time_mean_s: metric('s', 'time that a request spent on reaching its keys, mean of completions'),
  data_access_time_p50_s: metric(
    's',
    'time that a request spent on reaching its keys, median of completions',
  ),
  data_access_time_p95_s: metric(
    's',
    'time that a request spent on reaching its keys, 95th percentile of completions',
  ),
  quantile_relative_error: metric(
    '-',
    'largest relative error of the medians and 95th percentiles from 1 us on (less counts as 0); 0: they are exact',
  ),
  placement_optimal: metric('-', 'placement problems solved to proven optimality'),
  placement_feasible: metric('-', 'placement problems to which a heuristic gave its plan, without a proof'),
  placement_limit: metric(
    '-',
    'placement problems on which the solver stopped at its limit of work; the best checked plan was used',
  ),
  placement_infeasible: metric('-', 'placement problems proven to have no plan'),
  placement_stayed: metric(
    '-',
    'placement problems, of any status, without a checked plan that costs less than staying, so that all keys stayed',
  ),
  placement_objective_mean: metric(
    '-',
    'objective of the plans, evaluated by our own code, mean of decisions',
  ),
  placement_bound_mean: metric('-', 'proven lower bound of the objective, mean of decisions'),
  placement_gap_mean_percent: metric(
    '%',
    'gap between objective and bound, of the objective, mean of decisions',
  ),
  placement_gap_max_percent: metric(
    '%',
    'gap between objective and bound, of the objective, largest of decisions',
  ),
  placement_variables_mean: metric('-', 'variables of the placement problem as printed, mean of decisions'),
  placement_variables_reduced_mean: metric(
    '-',
    'variables that the exact reductions leave, mean of decisions',
  ),
  placement_keys_left_mean: metric('-', 'keys to which the reductions leave a choice, mean of decisions'),
  placement_by_reduction: metric('-', 'placement problems that the reductions solved alone'),
  placement_by_glpk: metric('-', 'placement problems solved by GLPK'),
  placement_by_highs: metric('-', 'placement problems solved by HiGHS'),
  placement_by_branch_and_bound: metric('-', 'placement problems solved by our branch and bound'),
  placement_by_branch_and_cut: metric('-', 'placement problems solved by our branch and cut'),
  placement_by_heuristic: metric('-', 'placement problems solved by a heuristic or by descent'),
  placement_work: metric('-', 'work of the solvers, in their own unit, sum of decisions'),
};

export const METRIC_COLUMNS: readonly MetricColumn[] = Object.entries(METRICS).map(([name, rest]) => ({
  name: name as keyof RunMetrics,
  ...rest,
}));

/** A metric that follows from others of the same run: a column of summary.csv, not of runs.csv. */
export interface DerivedColumn extends Column {
  /** @param value gives a metric of the run; NaN where it has none. */
  of(value: (name: keyof RunMetrics) => number): number;
}

export const DERIVED_COLUMNS: readonly DerivedColumn[] = [
  {
    name: 'cold_starts_percent',
    unit: '%',
    doc: 'containers started for a request, per 100 completed requests',
    of: (value) => (100 * value('cold_starts')) / value('completions'),
  },
  {
    name: 'late_percent',
    unit: '%',
    doc: 'violations, of arrivals: with rejected_percent it makes up unserved_or_late_percent',
    of: (value) => (100 * value('slo_violations')) / value('arrivals'),
  },
];

/** Every metric of which summary.csv has a mean. */
export const SUMMARY_METRICS: readonly Column[] = [...METRIC_COLUMNS, ...DERIVED_COLUMNS];

const EXPERIMENT: Column = { name: 'experiment', unit: '-', doc: 'name of the experiment' };
const PRESET: Column = { name: 'preset', unit: '-', doc: 'preset from which parameters start' };
const SCENARIO: Column = {
  name: 'scenario',
  unit: '-',
  doc: 'name of the scenario file, where one was given',
};
const SEED: Column = { name: 'seed', unit: '-', doc: 'seed of the run: the base seed plus the replication' };

/** What a name of a column ends in, by unit, as in the paper's tables. */
const ENDINGS: Readonly<Record<string, string>> = {
  '-': '',
  s: '_s',
  ms: '_ms',
  MB: '_mb',
  B: '_b',
  'Mbit/s': '_mbps',
  'req/s': '_per_s',
  req: '_requests',
  '$/s': '_usd_per_s',
};

/**
 * The column of a parameter: its short option, or else its dotted name, in snake case and with its unit, as
 * in t_max_s, migration_policy, nodes_edge_memory_mb.
 * @throws Error where the unit has no ending.
 */
export function parameterColumn(id: ParameterId): string {
  const { name, flag, kind, unit }: Parameter = PARAMETERS[id];
  const ending = ENDINGS[unit];
  if (ending === undefined) throw new Error(`The unit "${unit}" of ${name} has no ending for a column.`);
  const snake = (flag ?? name)
    .replaceAll(/[.-]/g, '_')
    .replaceAll(/[A-Z]/g, (hump) => `_${hump.toLowerCase()}`);
  return `${snake}${kind.type === 'policy' ? '_policy' : ''}${ending}`;
}

/** A parameter as a column. */
export interface ParameterColumn extends Column {
  readonly id: ParameterId;
  /** The dotted name, by which the parameter is set. */
  readonly parameter: string;
}

export const PARAMETER_COLUMNS: readonly ParameterColumn[] = PARAMETER_LIST.map(
  ({ id, name, unit, doc }) => ({
    name: parameterColumn(id),
    unit,
    doc,
    id,
    parameter: name,
  }),
);

/** What the configuration of a run sets: the first columns of its rows. */
export const factorColumns = (withScenario: boolean): readonly Column[] => [
  EXPERIMENT,
  PRESET,
  ...(withScenario ? [SCENARIO] : []),
  ...PARAMETER_COLUMNS,
];

/** Columns of runs.csv: a row a run, every factor and every metric. */
export function runColumns(withScenario = false): readonly Column[] {
  return [
    ...factorColumns(withScenario),
    { name: 'replication', unit: '-', doc: 'number of the replication, from 0' },
    SEED,
    ...METRIC_COLUMNS,
  ];
}

/** Columns of failures.csv: a row a run that failed, what it is and how it is made alone. */
export function failureColumns(withScenario = false): readonly Column[] {
  return [
    ...factorColumns(withScenario),
    { name: 'replication', unit: '-', doc: 'number of the replication, from 0' },
    SEED,
    {
      name: 'run',
      unit: '-',
      doc: 'number of the run in the plan of its experiment, from 1; it is no row of runs.csv, which holds only the runs that ended well and so counts on where runs failed',
    },
    { name: 'attempts', unit: '-', doc: 'how often the run was tried, each time in another worker' },
    { name: 'error', unit: '-', doc: 'what went wrong' },
    { name: 'command', unit: '-', doc: 'command that makes this run alone' },
  ];
}

/** The three columns of summary.csv for one metric. */
const summarised = ({ name, unit, doc }: Column): readonly Column[] => [
  { name: `${name}_mean`, unit, doc: `${doc}; mean of replications` },
  { name: `${name}_sd`, unit, doc: `${doc}; sample standard deviation of replications` },
  { name: `${name}_half_width`, unit, doc: `${doc}; half of the 95 % interval of the mean by Student's t` },
];

/** Columns of summary.csv: a row a configuration. */
export function summaryColumns(withScenario = false): readonly Column[] {
  return [
    ...factorColumns(withScenario),
    { name: 'n', unit: '-', doc: 'number of runs' },
    ...SUMMARY_METRICS.flatMap(summarised),
  ];
}

const TIMING_FACTORS: readonly ParameterId[] = [
  'migration',
  'offloading',
  'edgeNodes',
  'cloudNodes',
  'functionCount',
  'formulation',
];

/** Parameters that timings.csv repeats, so that it can be read without runs.csv. */
const TIMING_PARAMETERS = TIMING_FACTORS.flatMap((factor) =>
  PARAMETER_COLUMNS.filter(({ id }) => id === factor),
);

/** Columns of timings.csv about migration decisions. */
export const DECISION_TIME_COLUMNS: readonly Column[] = [
  {
    name: 'decision_time_mean_ms',
    unit: 'ms',
    doc: 'duration of a migration decision on the clock, mean of the decisions of a run',
  },
  {
    name: 'decision_time_median_ms',
    unit: 'ms',
    doc: 'duration of a migration decision on the clock, median of the decisions of a run',
  },
  {
    name: 'decision_time_max_ms',
    unit: 'ms',
    doc: 'duration of a migration decision on the clock, largest of the decisions of a run',
  },
];

/** Columns of timings.csv: what depends on the machine, a row a row of runs.csv. */
export const TIMING_COLUMNS: readonly Column[] = [
  EXPERIMENT,
  PRESET,
  {
    name: 'run',
    unit: '-',
    doc: 'row in runs.csv, from 1, the header not counted; what --run of inspect and explain means',
  },
  SEED,
  ...TIMING_PARAMETERS,
  {
    name: 'wall_s',
    unit: 's',
    doc: 'duration of the run on the clock; a run that experiments of one campaign share is made once, and told of in each',
  },
  {
    name: 'cpu_s',
    unit: 's',
    doc: 'CPU time of the thread that made the run; empty where it cannot be told',
  },
  { name: 'worker', unit: '-', doc: 'number of the worker thread' },
  { name: 'decisions', unit: '-', doc: 'migration decisions that were timed' },
  ...DECISION_TIME_COLUMNS,
];

/** Columns of bench.csv: a row a case of `npm run bench`. */
export const BENCH_COLUMNS: readonly Column[] = [
  { name: 'group', unit: '-', doc: 'what kind of case it is' },
  { name: 'case', unit: '-', doc: 'what was measured; of policies, migration + offloading' },
  { name: 'operation', unit: '-', doc: 'what the times are divided by' },
  { name: 'repetitions', unit: '-', doc: 'repetitions that count' },
  { name: 'least_ns', unit: 'ns', doc: 'CPU time of an operation, least of the repetitions' },
  { name: 'median_ns', unit: 'ns', doc: 'CPU time of an operation, median of the repetitions' },
  { name: 'against', unit: '-', doc: 'commit whose core ran in turn; empty where none did' },
  {
    name: 'against_least_ns',
    unit: 'ns',
    doc: 'CPU time of an operation in that core, least of the repetitions',
  },
  {
    name: 'against_median_ns',
    unit: 'ns',
    doc: 'CPU time of an operation in that core, median of the repetitions',
  },
  {
    name: 'ratio',
    unit: '-',
    doc: 'this core to the other: median of the ratios of repetitions made one after the other',
  },
];
