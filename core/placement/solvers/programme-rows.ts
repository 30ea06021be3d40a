/** Rows that the branch and cut adds to the programme of a reduced problem: plans shut out, the value bounded. */
import type { Programme } from '../programme.js';
import type { ReducedProblem } from '../reduced-problem.js';

/** What HiGHS lets rows be broken by, with a margin. */
const SOLVER_TOLERANCE = 1e-7;

/** The programme with its objective bounded, in units in which the solver's tolerance is a small part of `tolerance`. */
export function withValueAtMost(programme: Programme, limit: number, tolerance: number): Programme {
  const scale = Math.min(1e4, SOLVER_TOLERANCE / tolerance);
  const columns = Array.from(programme.cost.keys()).filter((c) => programme.cost[c] !== 0);
  return {
    ...programme,
    rows: programme.rows + 1,
    index: Int32Array.from([...programme.index, ...columns]),
    value: Float64Array.from([...programme.value, ...columns.map((c) => scale * programme.cost[c])]),
    start: Int32Array.from([...programme.start, programme.index.length + columns.length]),
    rowLower: Float64Array.from([...programme.rowLower, Number.NEGATIVE_INFINITY]),
    rowUpper: Float64Array.from([...programme.rowUpper, scale * limit]),
  };
}

/** The programme with one row for each plan that may not come again: not all of its x are 1. */
export function withoutPlans(
  programme: Programme,
  { keys }: ReducedProblem,
  plans: readonly Int32Array[],
): Programme {
  if (plans.length === 0) return programme;
  const rows = programme.rows + plans.length;
  const entries = programme.index.length;
  const index = new Int32Array(entries + plans.length * keys);
  const value = new Float64Array(index.length).fill(1);
  const start = new Int32Array(rows + 1);
  const rowLower = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  const rowUpper = new Float64Array(rows).fill(keys - 1);
  index.set(programme.index);
  value.set(programme.value);
  start.set(programme.start);
  rowLower.set(programme.rowLower);
  rowUpper.set(programme.rowUpper);
  plans.forEach((plan, p) => {
    index.set(plan, entries + p * keys);
    start[programme.rows + p + 1] = entries + (p + 1) * keys;
  });
  return { ...programme, rows, index, value, start, rowLower, rowUpper };
}
