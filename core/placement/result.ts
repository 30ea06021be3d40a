/** What a solve of a placement problem comes to: a method's answer, checked and priced by our own evaluation. */
import type { Costs } from './costs.js';
import { type PlacementProblem, priceOf, violations } from './problem.js';
import type { SolverOutcome } from './solvers/solver.js';

export interface PlacementResult {
  /**
   * 'optimal': proven. 'feasible': a checked plan of a method that gives no proof. 'limit': the method stopped at its limit,
   * the plan is the best checked one. 'infeasible': proven that no allowed plan exists, every key stays.
   */
  readonly status: 'optimal' | 'feasible' | 'limit' | 'infeasible';
  /** K node indices: the best checked plan, else where the keys are now. */
  readonly placement: Int32Array;
  /** Are the `violations` of `placement` empty? Only where no plan was found and staying breaks a constraint they are not. */
  readonly allowed: boolean;
  /** Every key stays since there is no checked plan that costs less. */
  readonly stayed: boolean;
  /** The price of `placement` by `priceOf`. */
  readonly objective: number;
  /** No allowed plan costs less: the objective when it is optimal, Infinity when there is none. */
  readonly bound: number;
  /** (objective - bound) / |objective|; 0 when optimal, NaN without a plan. */
  readonly gap: number;
  /** Who found it; 'reduction' when the reductions left nothing to choose. */
  readonly solver: string;
  readonly work: { readonly count: number; readonly unit: string };
  readonly sizes: PlacementSizes;
}

export interface PlacementSizes {
  /** Of (8)-(25) as printed: x, y, delta_f and, per key, z and delta_fk; and their rows. */
  readonly variables: number;
  readonly constraints: number;
  /** Of what the solvers were given: candidate places and delta_f of functions that can still pay; and their rows. */
  readonly variablesReduced: number;
  readonly constraintsReduced: number;
  /** Keys with more than one place left, and the independent components that they form. */
  readonly keysLeft: number;
  readonly components: number;
}

/** What a method says about the whole problem, before it is believed. */
export interface Answer {
  readonly status: SolverOutcome['status'];
  readonly placement: Int32Array | null;
  /** Proven by the method: no allowed plan costs less. */
  readonly bound: number;
  readonly solver: string;
  readonly work: { readonly count: number; readonly unit: string };
  readonly sizes: PlacementSizes;
}

/** A solver's optimum that our price puts further than this above the solver's own bound is not believed. */
const GAP_TOLERANCE = 1e-7;

/** Checks and prices what a method answered, and falls back on staying. */
export function judge(problem: PlacementProblem, costs: Costs, answer: Answer): PlacementResult {
  const { solver, work, sizes } = answer;
  const current = problem.current.slice();
  const staying = priceOf(current, problem, costs).objective;
  const mayStay = violations(current, problem).length === 0;
  // Every term of the objective is at least 0.
  const bound = Math.max(0, answer.bound);
  const result = (
    status: PlacementResult['status'],
    placement: Int32Array,
    stayed: boolean,
    objective: number,
  ): PlacementResult => {
    const proven = status === 'optimal' ? objective : Math.min(bound, objective);
    const gap = (objective - proven) / Math.max(Math.abs(objective), 1e-9);
    return { status, placement, allowed: true, stayed, objective, bound: proven, gap, solver, work, sizes };
  };
  const nothing = (status: PlacementResult['status'], least: number): PlacementResult => ({
    ...result(status, current, true, staying),
    allowed: false,
    bound: least,
    gap: Number.NaN,
  });

  if (answer.status === 'infeasible' && !mayStay) return nothing('infeasible', Number.POSITIVE_INFINITY);
  const { placement } = answer;
  if (placement === null || violations(placement, problem).length > 0)
    return mayStay ? result('limit', current, true, staying) : nothing('limit', bound);
  const { objective } = priceOf(placement, problem, costs);
  const distance = objective - bound;
  if (answer.status === 'optimal' && distance <= GAP_TOLERANCE * Math.max(1, Math.abs(objective)))
    return result('optimal', placement, false, objective);
  const status = answer.status === 'feasible' ? 'feasible' : 'limit';
  if (mayStay && staying < objective) return result(status, current, true, staying);
  return result(status, placement, false, objective);
}
