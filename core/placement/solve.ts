/** A placement problem to a checked and priced plan: reduce, separate, solve what is left, believe nobody. */
import { solveAutomatically } from './auto.js';
import { componentsOf } from './components.js';
import { type Costs, costsOf } from './costs.js';
import { printedPlacement, printedProgramme, printedSize } from './formulations/printed.js';
import { type PlacementProblem, priceOf } from './problem.js';
import { reduce, withoutReductions } from './reduce.js';
import { fits, type ReducedProblem, reducedValue, simpleBound } from './reduced-problem.js';
import { type Answer, judge, type PlacementResult } from './result.js';
import { preferredOptimum } from './solvers/branch-and-cut.js';
import { loadGlpk } from './solvers/glpk.js';
import { loadHighs } from './solvers/highs-runtime.js';
import { solverNamed } from './solvers/index.js';
import type { Backend, Limits, SolverOutcome } from './solvers/solver.js';

/** Loads the solvers that need loading; to be awaited once a thread before placement problems are solved. */
export async function loadPlacementSolvers(): Promise<void> {
  await Promise.all([loadGlpk(), loadHighs()]);
}

export type { PlacementResult, PlacementSizes } from './result.js';

export interface SolveOptions {
  /** 'auto', the default, or the name of a backend of `SOLVERS`. */
  readonly solver?: string;
  /**
   * False: GLPK and HiGHS get the printed programme with all its variables, other backends every place that a key may have.
   * Default true.
   */
  readonly reduce?: boolean;
  readonly limits?: Limits;
}

/**
 * Solves `problem`. The plan is checked by `violations` and priced by `priceOf` whoever made it; the same
 * problem gives the same plan on every machine.
 * @throws Error when GLPK or HiGHS is needed and `loadPlacementSolvers` has not been awaited; RangeError when the
 * solver is not known.
 */
export function solvePlacement(problem: PlacementProblem, options: SolveOptions = {}): PlacementResult {
  const costs = costsOf(problem);
  const named =
    options.solver === undefined || options.solver === 'auto' ? null : solverNamed(options.solver);
  const answer =
    options.reduce === false && named?.solveProgramme !== undefined
      ? solvePrinted(problem, costs, named, options.limits ?? {})
      : solveReduced(problem, costs, named, options);
  return judge(problem, costs, answer);
}

function solvePrinted(problem: PlacementProblem, costs: Costs, backend: Backend, limits: Limits): Answer {
  const programme = printedProgramme(problem, costs);
  const { status, x, bound, work } = backend.solveProgramme!(programme, limits);
  const { variables, constraints } = printedSize(problem);
  const sizes = {
    variables,
    constraints,
    variablesReduced: programme.columns,
    constraintsReduced: programme.rows,
    keysLeft: problem.keys,
    components: 1,
  };
  const rest = { solver: backend.name, work: { count: work, unit: backend.workUnit }, sizes };
  return { status, placement: x === null ? null : printedPlacement(problem, x), bound, ...rest };
}

function solveReduced(
  problem: PlacementProblem,
  costs: Costs,
  named: Backend | null,
  options: SolveOptions,
): Answer {
  const { feasible, placement, reduced } =
    options.reduce === false ? withoutReductions(problem, costs) : reduce(problem, costs);
  const parts = feasible && reduced.keys > 0 ? componentsOf(reduced) : [];
  const finite = reduced.room.reduce((count, bytes) => count + (bytes < Number.POSITIVE_INFINITY ? 1 : 0), 0);
  const sizes = {
    ...printedSize(problem),
    variablesReduced: reduced.place.length + reduced.functions,
    constraintsReduced:
      reduced.keys + finite + (reduced.scope === 'per-key' ? reduced.useFunction.length : reduced.functions),
    keysLeft: reduced.keys,
    components: parts.length,
  };
  const none = { solver: 'reduction', work: { count: 0, unit: 'none' }, sizes };
  if (!feasible) return { status: 'infeasible', placement: null, bound: Number.POSITIVE_INFINITY, ...none };
  const bound = constantOf(problem, costs, placement, parts);
  if (parts.length === 0) return { status: 'optimal', placement, bound, ...none };
  const answer = solveParts(parts, named, options.limits ?? {}, placement);
  return { ...answer, bound: bound + answer.bound, sizes };
}

/** The objective of a plan less the values of its parts, which is the same for all plans; measured on one of them. */
function constantOf(
  problem: PlacementProblem,
  costs: Costs,
  placement: Int32Array,
  parts: readonly ReducedProblem[],
): number {
  const some = placement.slice();
  let values = 0;
  for (const part of parts) {
    values += reducedValue(part, part.start.subarray(0, part.keys));
    for (let k = 0; k < part.keys; k++) some[part.key[k]] = part.place[part.start[k]];
  }
  return priceOf(some, problem, costs).objective - values;
}

/** Solves part by part; the work allowed is for all of them together. `placement` has the places of all other keys. */
function solveParts(
  parts: readonly ReducedProblem[],
  named: Backend | null,
  limits: Limits,
  placement: Int32Array,
): Omit<Answer, 'sizes'> {
  let status: SolverOutcome['status'] = 'optimal';
  let bound = 0;
  let count = 0;
  let complete = true;
  // The backend of the largest part gives its name.
  let largest = 0;
  let main = named;
  for (const part of parts) {
    const left = limits.work === undefined ? limits : { ...limits, work: Math.max(0, limits.work - count) };
    const { outcome, backend } = solvePart(part, named, left);
    if (part.place.length > largest) main = backend;
    largest = Math.max(largest, part.place.length);
    count += outcome.work;
    status = worse(status, outcome.status);
    if (status === 'infeasible') break;
    bound += Math.max(outcome.bound, simpleBound(part));
    if (outcome.choice === null) complete = false;
    else for (let k = 0; k < part.keys; k++) placement[part.key[k]] = part.place[outcome.choice[k]];
  }
  const solver = main?.name ?? 'reduction';
  const work = { count, unit: main?.workUnit ?? 'none' };
  return { status, placement: status === 'infeasible' || !complete ? null : placement, bound, solver, work };
}

/** An optimum that may not be the one that the tie-break prefers is exchanged for it, whoever found it. */
function solvePart(part: ReducedProblem, backend: Backend | null, limits: Limits) {
  if (backend === null) return solveAutomatically(part, limits);
  const outcome = backend.solve(part, limits);
  // A solver that refuses a problem, or gives up without a plan, leaves it to others.
  if (backend.kind === 'exact' && outcome.status === 'stopped' && outcome.choice === null && !isSpent(limits))
    return solveAutomatically(part, limits);
  const { status, choice, canonical } = outcome;
  const known = backend.kind === 'heuristic' || canonical === true;
  if (status !== 'optimal' || choice === null || known || !fits(part, choice)) return { outcome, backend };
  const preferred = preferredOptimum(part, choice, withoutWork(limits));
  return {
    outcome: preferred.status === 'optimal' ? { ...preferred, work: outcome.work } : outcome,
    backend,
  };
}

function isSpent({ work, deadline }: Limits): boolean {
  return (work ?? 1) <= 0 || (deadline !== undefined && deadline.now() >= deadline.at);
}

function withoutWork({ deadline }: Limits): Limits {
  return deadline === undefined ? {} : { deadline };
}

const ORDER = ['optimal', 'feasible', 'stopped', 'infeasible'] as const;

function worse(a: SolverOutcome['status'], b: SolverOutcome['status']): SolverOutcome['status'] {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}
