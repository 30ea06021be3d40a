/** What the heuristics share: their limits, and the form of their answers. */
import { fits, type ReducedProblem, reducedValue } from '../reduced-problem.js';
import type { Limits, SolverOutcome } from '../solvers/solver.js';

/** The unit of work of all heuristics; a subgradient step counts as one move for every candidate of the problem. */
export const WORK_UNIT = 'moves priced';

/** Work done so far, and when to stop. */
export class Budget {
  /** Moves priced. */
  spent = 0;
  readonly #most: number;
  readonly #deadline: Limits['deadline'];

  /** @param fallback the most work where `limits` names none. */
  constructor({ work, deadline }: Limits, fallback: number) {
    this.#most = work ?? fallback;
    this.#deadline = deadline;
  }

  /** What is left before the limit of work. */
  get left(): number {
    return this.#most - this.spent;
  }

  isOver(): boolean {
    if (this.spent >= this.#most) return true;
    return this.#deadline !== undefined && this.#deadline.now() >= this.#deadline.at;
  }
}

/** Bounds and values closer than this, relative to the value, are equal: the rounding of sums of some hundred terms. */
const RELATIVE_TOLERANCE = 1e-12;

/** The answer with `choice` priced afresh; a choice that does not fit counts as none. */
export function answer(
  reduced: ReducedProblem,
  choice: Int32Array | null,
  bound: number,
  work: number,
): SolverOutcome {
  if (choice === null || !fits(reduced, choice))
    return { status: 'stopped', choice: null, value: Number.POSITIVE_INFINITY, bound, work };
  const value = reducedValue(reduced, choice);
  const met = value - bound <= RELATIVE_TOLERANCE * Math.max(1, Math.abs(value));
  return { status: met ? 'optimal' : 'feasible', choice, value, bound: Math.min(bound, value), work };
}

/** One a use: its least burden over the candidates of its key. */
export function leastBurdens({
  keys,
  start,
  useStart,
  burdenStart,
  burden,
  useFunction,
}: ReducedProblem): Float64Array {
  const least = new Float64Array(useFunction.length).fill(Number.POSITIVE_INFINITY);
  for (let k = 0; k < keys; k++)
    for (let u = useStart[k]; u < useStart[k + 1]; u++)
      for (let c = start[k]; c < start[k + 1]; c++)
        least[u] = Math.min(least[u], burden[burdenStart[u] + c - start[k]]);
  return least;
}
