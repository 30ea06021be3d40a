/** A plan from the relaxation with cuts: keys that it splits least go first, each where it regrets least, then local search. */
import { Budget } from '../heuristics/heuristic.js';
import { LocalSearch } from '../heuristics/improve.js';
import { packByPrice } from '../heuristics/lagrangian.js';
import { Plan } from '../heuristics/plan.js';
import type { ReducedProblem } from '../reduced-problem.js';
import type { CutRelaxation } from './cut-relaxation.js';

/** Moves that the local search may price for each candidate. */
const WORK_A_CANDIDATE = 50;
/** Among candidates without regret the one with most of the key is taken. */
const WEIGHT_OF_PART = 1e-9;

/** Null when some key finds no room. */
export function roundedChoice(
  reduced: ReducedProblem,
  { x, regret }: Pick<CutRelaxation, 'x' | 'regret'>,
): Int32Array | null {
  const { keys, start, size, place } = reduced;
  if (x.length < place.length) return null;
  const largest = new Float64Array(keys);
  for (let k = 0; k < keys; k++)
    for (let c = start[k]; c < start[k + 1]; c++) largest[k] = Math.max(largest[k], x[c]);
  const order = Int32Array.from({ length: keys }, (_, k) => k).sort(
    (a, b) => largest[b] - largest[a] || size[b] - size[a] || a - b,
  );
  const price = regret.map((value, c) => value - WEIGHT_OF_PART * x[c]);
  const choice = packByPrice(reduced, price, order);
  if (choice === null) return null;
  const plan = new Plan(reduced, new Budget({}, WORK_A_CANDIDATE * place.length));
  plan.assign(choice);
  new LocalSearch(plan).run();
  return plan.choice;
}
