import type { Backend } from '../solvers/solver.js';
import { firstPlan } from './greedy.js';
import { answer, Budget, WORK_UNIT } from './heuristic.js';
import { LocalSearch } from './improve.js';

/** Moves that may be priced for each candidate of the problem. */
const WORK_A_CANDIDATE = 60;

export const localSearch: Backend = {
  name: 'local-search',
  kind: 'heuristic',
  doc: 'greedy with regret, then moves of one key, ejections, swaps and kicks until none pays',
  source: 'Yagiura, Ibaraki and Glover, INFORMS J. on Computing 2004',
  workUnit: WORK_UNIT,
  solve(reduced, limits) {
    const budget = new Budget(limits, WORK_A_CANDIDATE * reduced.place.length);
    const plan = firstPlan(reduced, budget);
    if (plan !== null) new LocalSearch(plan).run();
    return answer(reduced, plan?.choice ?? null, Number.NEGATIVE_INFINITY, budget.spent);
  },
};
