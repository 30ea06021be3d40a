/** What every backend of the placement problem is: exact solvers and heuristics alike, told apart by `kind`. */
import type { Programme, ProgrammeOutcome } from '../programme.js';
import type { ReducedProblem } from '../reduced-problem.js';

/** A clock that the caller brings, since the core has none. Never given inside a simulation. */
export interface Deadline {
  /** The present instant, s, from any origin. */
  readonly now: () => number;
  /** The instant by which to stop, s. */
  readonly at: number;
}

/** When to stop. What is left out is the backend's own default, a function of the problem alone. */
export interface Limits {
  /** Work in the unit of the backend; Infinity for none. */
  readonly work?: number;
  readonly deadline?: Deadline;
}

/** What every backend answers on a reduced problem. */
export interface SolverOutcome {
  /**
   * 'optimal': proven; 'feasible': a heuristic's plan; 'stopped': the limit came before a proof, `choice` is then the
   * best found, if any; 'infeasible': proven that no choice fits. A heuristic that finds nothing says 'stopped'.
   */
  readonly status: 'optimal' | 'feasible' | 'stopped' | 'infeasible';
  /** One candidate a key, or null when none was found. */
  readonly choice: Int32Array | null;
  /** The backend's value of `choice` and its proven lower bound (-Infinity: none), in `reducedValue`'s terms. */
  readonly value: number;
  readonly bound: number;
  /** Work done, in the unit of the backend. */
  readonly work: number;
  /** Whether `choice` is known to be the one that the tie-break prefers; see `solvePlacement`. */
  readonly canonical?: boolean;
}

/** A row of the registry of backends. */
export interface Backend {
  readonly name: string;
  readonly kind: 'exact' | 'heuristic';
  readonly doc: string;
  /** The paper or program that it comes from. */
  readonly source: string;
  /** What `Limits.work` counts. */
  readonly workUnit: string;
  /** A choice for `reduced`, whose keys all have at least two candidates. It must not change its argument. */
  solve(reduced: ReducedProblem, limits: Limits): SolverOutcome;
  /** Only of solvers of linear programmes: any mixed-integer programme, for the formulation as printed. */
  solveProgramme?(programme: Programme, limits: Limits): ProgrammeOutcome;
}
