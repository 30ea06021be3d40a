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
  /** 'auto', the default, is chosen from the problem alone: see `chooseSolver`. */
  readonly solver?: SolverName | 'auto';
  /** Limit of the branch and bound in nodes of its tree; GLPK has none. */
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

/** Enough for every instance with loose capacity up to 35 nodes and 30 functions; bounds the rest to some seconds. */
export const DEFAULT_NODE_LIMIT = 20_000;

/**
 * Solves `problem`. The plan is checked by `violations` and priced by `priceOf` whoever made it; the same
 * problem gives the same plan on every machine.
 * @throws Error when 'glpk' is asked for and `loadPlacementSolvers` has not been awaited.
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

function solveReduced(
  reduced: ReducedProblem,
  { solver: wanted = 'auto', nodeLimit = DEFAULT_NODE_LIMIT }: SolveOptions,
): { outcome: SolverOutcome; solver: PlacementResult['solver'] } {
  if (reduced.keys === 0) {
    const outcome = { status: 'optimal', choice: new Int32Array(0), value: 0, bound: 0, nodes: 0 } as const;
    return { outcome, solver: 'reduction' };
  }
  const solver = wanted === 'auto' ? chooseSolver(reduced) : wanted;
  if (solver === 'glpk') {
    const outcome = solveWithGlpk(reduced);
    // GLPK does not tell 'no plan exists' from 'none found'; the branch and bound settles which.
    if (outcome.choice !== null) return { outcome, solver };
  }
  return { outcome: branchAndBound(reduced, nodeLimit), solver: 'branch-and-bound' };
}

/**
 * The branch and bound, always: it is the only one whose limit counts work, so that it can neither hang a
 * simulation nor let the machine change a plan, and on reduced problems it is the faster one.
 */
export function chooseSolver(_reduced: ReducedProblem): SolverName {
  return 'branch-and-bound';
}

function printedVariables({ nodes, functions, keys, scope }: PlacementProblem): number {
  const placing = keys * nodes + keys * nodes * nodes;
  return placing + functions + (scope === 'per-key' ? 2 * functions * keys : functions);
}
