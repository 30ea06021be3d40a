/**
 * Lagrangian heuristic (Fisher, "The Lagrangian relaxation method for solving integer programming problems",
 * Management Science 27(1), 1981): the prices of the relaxation tell what a byte costs at each place and what an
 * excess of a key costs its function; keys packed by them give plans that greedy does not see. The best bound of the
 * ascent says how far the best plan can be from optimal.
 */
import type { ReducedProblem } from '../reduced-problem.js';
import type { Backend } from '../solvers/solver.js';
import { ascend } from './dual-ascent.js';
import { firstPlan } from './greedy.js';
import { answer, Budget, WORK_UNIT } from './heuristic.js';
import { LocalSearch } from './improve.js';
import { Plan } from './plan.js';

const STEPS = 120;
/** A plan is built and improved after every so many steps. */
const BUILD_EVERY = 12;
/** Moves that may be priced for each candidate of the problem, steps included. */
const WORK_A_CANDIDATE = 400;

export const lagrangian: Backend = {
  name: 'lagrangian',
  kind: 'heuristic',
  doc: 'plans packed by the prices of the Lagrangian relaxation and improved by local search, with its bound',
  source: 'Fisher, Management Science 1981',
  workUnit: WORK_UNIT,
  solve(reduced, limits) {
    const budget = new Budget(limits, WORK_A_CANDIDATE * reduced.place.length);
    const start = firstPlan(reduced, budget);
    const plan = start ?? new Plan(reduced, budget);
    const search = new LocalSearch(plan);
    let best: Int32Array | null = null;
    let value = Number.POSITIVE_INFINITY;
    const keep = () => {
      if (plan.value >= value) return;
      value = plan.value;
      best = plan.choice.slice();
    };
    if (start !== null) {
      search.descend();
      keep();
    }
    const bySize = Int32Array.from({ length: reduced.keys }, (_, k) => k).sort(
      (a, b) => reduced.size[b] - reduced.size[a] || a - b,
    );
    const bound = ascend(reduced, STEPS, budget, ({ relaxation, step }) => {
      if (step % BUILD_EVERY !== BUILD_EVERY - 1 || budget.isOver()) return value;
      const packed = packByPrice(reduced, relaxation.reducedCost, bySize);
      if (packed === null) return value;
      plan.assign(packed);
      search.descend();
      keep();
      return value;
    });
    if (best !== null && bound < value) {
      plan.assign(best);
      search.run();
      keep();
    }
    return answer(reduced, best, bound, budget.spent);
  },
};

/** Keys in the given order, each to the candidate of least price with room; null when a key finds none. */
export function packByPrice(
  { start, place, size, room }: ReducedProblem,
  price: Float64Array,
  order: Int32Array,
): Int32Array | null {
  const left = room.slice();
  const choice = new Int32Array(order.length);
  for (const k of order) {
    let best = -1;
    for (let c = start[k]; c < start[k + 1]; c++) {
      if (left[place[c]] < size[k]) continue;
      if (best < 0 || price[c] < price[best]) best = c;
    }
    if (best < 0) return null;
    choice[k] = best;
    left[place[best]] -= size[k];
  }
  return choice;
}
