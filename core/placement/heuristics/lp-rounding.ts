/**
 * LP rounding. The linear relaxation is solved approximately and without a simplex: while subgradient ascent climbs to its
 * optimum, the mean of the picks of the steps converges to an optimal fractional placement (Sherali and Choi, "Recovery of
 * primal solutions when using subgradient optimization methods to solve Lagrangian duals of linear programs",
 * Operations Research Letters 19(3), 1996). Keys that the relaxation splits least go first, each to the place where it
 * has the largest part among those with room; local search follows. The bound is that of the ascent.
 */
import type { ReducedProblem } from '../reduced-problem.js';
import type { Backend } from '../solvers/solver.js';
import { ascend } from './dual-ascent.js';
import { firstPlan } from './greedy.js';
import { answer, Budget, WORK_UNIT } from './heuristic.js';
import { LocalSearch } from './improve.js';
import { packByPrice } from './lagrangian.js';
import { Plan } from './plan.js';

const STEPS = 100;
/** Weight of the newest picks in the mean: the last twenty or so steps count. */
const NEWEST = 0.1;
/** Moves that may be priced for each candidate of the problem, steps included. */
const WORK_A_CANDIDATE = 200;

export const lpRounding: Backend = {
  name: 'lp-rounding',
  kind: 'heuristic',
  doc: 'the fractional placement of the linear relaxation, rounded and improved by local search, with its bound',
  source: 'Sherali and Choi, Operations Research Letters 1996',
  workUnit: WORK_UNIT,
  solve(reduced, limits) {
    const budget = new Budget(limits, WORK_A_CANDIDATE * reduced.place.length);
    const greedy = firstPlan(reduced, budget);
    const known = greedy?.value ?? Number.POSITIVE_INFINITY;
    const part = new Float64Array(reduced.place.length);
    const bound = ascend(reduced, STEPS, budget, ({ relaxation, step }) => {
      const weight = step === 0 ? 1 : NEWEST;
      for (let c = 0; c < part.length; c++) part[c] *= 1 - weight;
      for (const c of relaxation.pick) part[c] += weight;
      return known;
    });
    const rounded = roundParts(reduced, part) ?? greedy?.choice ?? null;
    if (rounded === null) return answer(reduced, null, bound, budget.spent);
    const plan = new Plan(reduced, budget);
    plan.assign(rounded);
    new LocalSearch(plan).run();
    const isWorse = greedy !== null && greedy.value < plan.value;
    return answer(reduced, isWorse ? greedy.choice : plan.choice, bound, budget.spent);
  },
};

/** Rounds a fractional placement, one part a candidate; null when a key finds no room. */
function roundParts(reduced: ReducedProblem, part: Float64Array): Int32Array | null {
  const { keys, start, size } = reduced;
  const largest = new Float64Array(keys);
  for (let k = 0; k < keys; k++)
    for (let c = start[k]; c < start[k + 1]; c++) largest[k] = Math.max(largest[k], part[c]);
  const order = Int32Array.from({ length: keys }, (_, k) => k).sort(
    (a, b) => largest[b] - largest[a] || size[b] - size[a] || a - b,
  );
  return packByPrice(
    reduced,
    part.map((value) => -value),
    order,
  );
}
