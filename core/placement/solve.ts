/** A placement problem to a checked and priced plan: reduce, solve what is left, believe nobody. */
import { costsOf } from './costs.js';
import { type PlacementProblem, priceOf, violations } from './problem.js';
import { reduce } from './reduce.js';
import type { ReducedProblem } from './reduced-problem.js';
import { branchAndBound } from './solvers/branch-and-bound.js';
import { solveWithGlpk } from './solvers/glpk.js';
import type { SolverOutcome } from './solvers/solver.js';

export { loadPlacementSolvers } from './solvers/glpk-runtime.js';

export type SolverName = 'glpk' | 'branch-and-bound';

export interface SolveOptions {
  /**
   * 'auto', the default, is GLPK where it is sure to be quick: no capacity can bind and at most
   * `GLPK_VARIABLES` variables are left. Everything else is for the branch and bound, the only one whose limit
   * counts work, so that it can neither hang a simulation nor let the machine change a plan.
   */
  readonly solver?: SolverName | 'auto';
  /** Limit of the branch and bound in nodes of its tree, by default `defaultNodeLimit`; GLPK has none. */
  readonly nodeLimit?: number;
}

export interface PlacementResult {
  /**
   * 'optimal': proven; 'feasible': an allowed plan, the limit came before a proof; 'infeasible': no allowed
   * plan was found and the keys stay. There is none for certain when `bound` is Infinity.
   */
  readonly status: 'optimal' | 'feasible' | 'infeasible';
  /** K node indices. Allowed by `violations`, unless the status is 'infeasible'. */
  readonly placement: Int32Array;
  /** The price of `placement` by `priceOf`. */
  readonly objective: number;
  /** No allowed plan costs less: the objective when it is optimal, -Infinity when nothing is known. */
  readonly bound: number;
  /** Who found it; 'reduction' when the reductions left nothing to choose. */
  readonly solver: SolverName | 'reduction';
  readonly sizes: {
    /** Variables of (8)-(25) as printed: x, y, delta_f and, per key, z and delta_fk. */
    readonly variables: number;
    /** Variables after the reductions: candidate places, and delta_f of functions that can still pay. */
    readonly variablesReduced: number;
    /** Keys with more than one place left. */
    readonly keysLeft: number;
  };
}

/**
 * Solves `problem`. The plan is checked by `violations` and priced by `priceOf` whoever made it; the same
 * problem gives the same plan on every machine.
 * @throws Error when GLPK is needed and `loadPlacementSolvers` has not been awaited.
 */
export function solvePlacement(problem: PlacementProblem, options: SolveOptions = {}): PlacementResult {
  const costs = costsOf(problem);
  const { feasible, placement, reduced } = reduce(problem, costs);
  const sizes = {
    variables: printedVariables(problem),
    variablesReduced: reduced.place.length + reduced.functions,
    keysLeft: reduced.keys,
  };
  const stay = (bound: number, solver: PlacementResult['solver']): PlacementResult => {
    const current = problem.current.slice();
    const status =
      bound < Number.POSITIVE_INFINITY && violations(current, problem).length === 0
        ? 'feasible'
        : 'infeasible';
    return {
      status,
      placement: current,
      objective: priceOf(current, problem, costs).objective,
      bound,
      solver,
      sizes,
    };
  };
  if (!feasible) return stay(Number.POSITIVE_INFINITY, 'reduction');

  const { outcome, solver } = solveReduced(reduced, options);
  if (outcome.status === 'infeasible') return stay(Number.POSITIVE_INFINITY, solver);
  if (outcome.choice === null) return stay(Number.NEGATIVE_INFINITY, solver);
  outcome.choice.forEach((c, k) => {
    placement[reduced.key[k]] = reduced.place[c];
  });
  if (violations(placement, problem).length > 0) return stay(Number.NEGATIVE_INFINITY, solver);

  const { objective } = priceOf(placement, problem, costs);
  // Reduced values differ from objectives by a constant, so the gap is the same in both.
  const gap = outcome.value - outcome.bound;
  const proven = outcome.status === 'optimal' && gap <= GAP_TOLERANCE * Math.max(1, Math.abs(objective));
  if (proven) return { status: 'optimal', placement, objective, bound: objective, solver, sizes };
  const staying = stay(objective - gap, solver);
  if (staying.status === 'feasible' && staying.objective < objective) return staying;
  return { status: 'feasible', placement, objective, bound: objective - gap, solver, sizes };
}

/** A solver's optimum that our price puts further than this above the solver's own value is not believed. */
const GAP_TOLERANCE = 1e-7;

/**
 * Up to this many variables GLPK needs about a millisecond for a problem whose capacities cannot bind
 * (measured: a mean of 0.6 ms at 11 nodes and 5 functions, against 0.1 ms of the branch and bound).
 */
const GLPK_VARIABLES = 100;

function choose(reduced: ReducedProblem): SolverName {
  const loose = reduced.room.every((room) => room === Number.POSITIVE_INFINITY);
  const variables = reduced.place.length + reduced.functions;
  return loose && variables <= GLPK_VARIABLES ? 'glpk' : 'branch-and-bound';
}

function solveReduced(
  reduced: ReducedProblem,
  { solver = 'auto', nodeLimit }: SolveOptions,
): { outcome: SolverOutcome; solver: PlacementResult['solver'] } {
  if (reduced.keys === 0) {
    const outcome = { status: 'optimal', choice: new Int32Array(0), value: 0, bound: 0 } as const;
    return { outcome, solver: 'reduction' };
  }
  if ((solver === 'auto' ? choose(reduced) : solver) === 'glpk') {
    const outcome = solveWithGlpk(reduced);
    // GLPK does not tell 'no plan exists' from 'none found'; the branch and bound settles which.
    if (outcome.choice !== null) return { outcome, solver: 'glpk' };
  }
  return { outcome: branchAndBound(reduced, nodeLimit), solver: 'branch-and-bound' };
}

function printedVariables({ nodes, functions, keys, scope }: PlacementProblem): number {
  const placing = keys * nodes + keys * nodes * nodes;
  return placing + functions + (scope === 'per-key' ? 2 * functions * keys : functions);
}
