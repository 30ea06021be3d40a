/** The columns of results/scalability and the way from single solves to a row a size and series. */
import { max, median, min } from 'simple-statistics';
import type { Column } from './columns.js';
import type { Row } from './csv.js';
import { estimate } from './summary.js';

const column = (name: string, unit: string, doc: string): Column => ({ name, unit, doc });

/** What identifies a point of the figure. */
const SIZE_COLUMNS: readonly Column[] = [
  column('nodes', '-', 'compute nodes; the data store is one more'),
  column('functions', '-', 'functions F'),
  column('keys', '-', 'keys 1..K from which functions draw theirs'),
  column('source', '-', 'simulated: a decision of a simulated system; generated: a random problem'),
  column('capacity', '-', 'loose: every node has room; tight: 30 % of the bytes in use fit the edge'),
  column('formulation', '-', 'how the equations are read'),
  column('solver', '-', 'the solver that was asked for'),
  column('printed', '-', 'true: every variable of the printed formulation, no reductions'),
];

/** A row of solves.csv: one problem, solved by one solver. */
export const SOLVE_COLUMNS: readonly Column[] = [
  ...SIZE_COLUMNS,
  column('seed', '-', 'seed of the simulation or of the generated problem'),
  column('state_s', 's', 'simulated time of the decision; empty where generated'),
  column('keys_used', '-', 'keys in the problem: those that some function accesses'),
  column('outcome', '-', 'solved, timeout, stopped (at a limit of work), failed, or skipped (see reason)'),
  column('reason', '-', 'why it was skipped, or failed'),
  column('status', '-', 'optimal, feasible (a heuristic), limit, infeasible'),
  column('solved_by', '-', 'the solver that auto has picked, or reduction'),
  column('objective', '-', 'price of the checked plan, by our own evaluation'),
  column('bound', '-', 'no allowed plan costs less'),
  column('gap_percent', '%', '(objective - bound) / |objective|'),
  column(
    'solve_time_ms',
    'ms',
    'wall time from the problem in memory to the checked plan, least of the repetitions',
  ),
  column(
    'solve_cpu_time_ms',
    'ms',
    'CPU time from the problem in memory to the checked plan, mean of the later half of the repetitions',
  ),
  column('repetitions', '-', 'how often it was solved'),
  column('time_limit_s', 's', 'wall time after which a solver is stopped'),
  column('variables', '-', 'variables of the printed formulation'),
  column('variables_solved', '-', 'variables that the solver was given'),
  column('keys_left', '-', 'keys with more than one place left after the reductions'),
];

/** A row of summary.csv. Times count solves that were solved or ran into the limit, the latter with the time until then. */
export const SCALABILITY_COLUMNS: readonly Column[] = [
  ...SIZE_COLUMNS,
  column('time_limit_s', 's', 'wall time after which a solver is stopped'),
  column('n', '-', 'problems that were tried'),
  column('optimal', '-', 'of these, solved to proven optimality'),
  column('timeouts', '-', 'of these, stopped at the time limit'),
  column('stopped', '-', 'of these, stopped at a limit of work'),
  column('failed', '-', 'of these, without an answer for another reason'),
  column(
    'skipped',
    '-',
    'problems that were not tried: the series timed out when smaller, or the problem fits no memory',
  ),
  column('solve_time_median_ms', 'ms', 'median of solve_time_ms; too small where there are timeouts'),
  column('solve_time_min_ms', 'ms', 'least of solve_time_ms'),
  column('solve_time_max_ms', 'ms', 'largest of solve_time_ms'),
  column('solve_time_mean_ms', 'ms', 'mean of solve_time_ms; too small where there are timeouts'),
  column('solve_time_sd_ms', 'ms', 'sample standard deviation of solve_time_ms'),
  column(
    'solve_time_half_width_ms',
    'ms',
    'half of the 95 % interval of the mean of solve_time_ms (Student)',
  ),
  column('solve_cpu_time_mean_ms', 'ms', 'mean of solve_cpu_time_ms'),
  column('solve_cpu_time_half_width_ms', 'ms', 'half of the 95 % interval of that mean (Student)'),
  column('gap_median_percent', '%', 'median of gap_percent of the problems for which a bound is known'),
  column('gap_max_percent', '%', 'largest gap_percent of these problems'),
  column('variables_mean', '-', 'mean of variables'),
  column('variables_solved_mean', '-', 'mean of variables_solved'),
];

const keyOf = (row: Row): string => SIZE_COLUMNS.map(({ name }) => String(row[name])).join('\n');

const numbers = (rows: readonly Row[], name: string): number[] =>
  rows.map((row) => Number(row[name])).filter((value) => Number.isFinite(value));

const orNaN = (values: readonly number[], statistic: (values: number[]) => number): number =>
  values.length === 0 ? Number.NaN : statistic([...values]);

/** One row for each size, capacity and series, in the order in which they come. */
export function summarizeSolves(solves: readonly Row[]): readonly Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of solves) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups.values()].map((rows) => {
    const of = (outcome: string) => rows.filter((row) => row.outcome === outcome);
    const timed = [...of('solved'), ...of('timeout'), ...of('stopped')];
    const wall = numbers(timed, 'solve_time_ms');
    const time = estimate(wall);
    const cpu = estimate(numbers(timed, 'solve_cpu_time_ms'));
    const gaps = numbers(timed, 'gap_percent');
    return {
      ...Object.fromEntries(SIZE_COLUMNS.map(({ name }) => [name, rows[0][name]])),
      time_limit_s: rows[0].time_limit_s,
      n: rows.length - of('skipped').length,
      optimal: rows.filter(({ status }) => status === 'optimal').length,
      timeouts: of('timeout').length,
      stopped: of('stopped').length,
      failed: of('failed').length,
      skipped: of('skipped').length,
      solve_time_median_ms: orNaN(wall, median),
      solve_time_min_ms: orNaN(wall, min),
      solve_time_max_ms: orNaN(wall, max),
      solve_time_mean_ms: time.mean,
      solve_time_sd_ms: time.sd,
      solve_time_half_width_ms: time.halfWidth,
      solve_cpu_time_mean_ms: cpu.mean,
      solve_cpu_time_half_width_ms: cpu.halfWidth,
      gap_median_percent: orNaN(gaps, median),
      gap_max_percent: orNaN(gaps, max),
      variables_mean: estimate(numbers(timed, 'variables')).mean,
      variables_solved_mean: estimate(numbers(timed, 'variables_solved')).mean,
    };
  });
}
