/**
 * Who solves a component when nobody is named, by the size of what the reductions leave; docs/placement.md shows the measured
 * crossovers. The choice is a function of the problem, never of the machine.
 */
import type { ReducedProblem } from './reduced-problem.js';
import { branchAndBoundBackend } from './solvers/branch-and-bound.js';
import { branchAndCutBackend } from './solvers/branch-and-cut.js';
import type { Backend, Limits, SolverOutcome } from './solvers/solver.js';

/** Up to this many candidates our branch and bound is tried first: it needs no other solver to be set up. */
const LOOSE_CANDIDATES = 300;
const TIGHT_CANDIDATES = 40;
/** Nodes of its tree after which it gives up, in nodes times candidates: about as long as the branch and cut takes to start. */
const TRIAL_WORK = 2000;
const FEWEST_NODES = 8;

export function solveAutomatically(
  reduced: ReducedProblem,
  limits: Limits,
): { readonly outcome: SolverOutcome; readonly backend: Backend } {
  const candidates = reduced.place.length;
  const loose = reduced.place.every((j) => reduced.room[j] === Number.POSITIVE_INFINITY);
  if (candidates <= (loose ? LOOSE_CANDIDATES : TIGHT_CANDIDATES)) {
    const nodes = Math.max(FEWEST_NODES, Math.ceil(TRIAL_WORK / candidates));
    const work = Math.min(nodes, limits.work ?? nodes);
    const outcome = branchAndBoundBackend.solve(reduced, { ...limits, work });
    if (outcome.status !== 'stopped') return { outcome, backend: branchAndBoundBackend };
  }
  return { outcome: branchAndCutBackend.solve(reduced, limits), backend: branchAndCutBackend };
}
