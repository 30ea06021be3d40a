/** A placement problem to a checked and priced plan: reduce, separate, solve what is left, believe nobody. */
import { solveAutomatically } from './auto.js';
import { componentsOf } from './components.js';
import { type Costs, costsOf } from './costs.js';
import { printedPlacement, printedProgramme, printedSize } from './formulations/printed.js';
import { type PlacementProblem, priceOf, violations } from './problem.js';
import { reduce, withoutReductions } from './reduce.js';
import { fits, type ReducedProblem, simpleBound } from './reduced-problem.js';
import { preferredOptimum } from './solvers/branch-and-cut.js';
import { loadGlpk } from './solvers/glpk.js';
import { loadHighs } from './solvers/highs-runtime.js';
import { solverNamed } from './solvers/index.js';
import type { Backend, Limits, SolverOutcome } from './solvers/solver.js';

/** Loads the solvers that need loading; to be awaited once a thread before placement problems are solved. */
export async function loadPlacementSolvers(): Promise<void> {
  await Promise.all([loadGlpk(), loadHighs()]);
}

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
interface Answer {
  readonly status: SolverOutcome['status'];
  readonly placement: Int32Array | null;
  /** value - bound, in objective terms: Infinity when nothing is known. */
  readonly distance: number;
  readonly solver: string;
  readonly work: { readonly count: number; readonly unit: string };
  readonly sizes: PlacementSizes;
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

/** Checks and prices what a method answered, and falls back on staying. */
function judge(problem: PlacementProblem, costs: Costs, answer: Answer): PlacementResult {
  const { solver, work, sizes } = answer;
  const current = problem.current.slice();
  const staying = priceOf(current, problem, costs).objective;
  const mayStay = violations(current, problem).length === 0;
  const rest = { solver, work, sizes };
  if (answer.status === 'infeasible' && !mayStay) {
    const bound = Number.POSITIVE_INFINITY;
    return {
      status: 'infeasible',
      placement: current,
      allowed: false,
      stayed: true,
      objective: staying,
      bound,
      gap: Number.NaN,
      ...rest,
    };
  }
  const { placement } = answer;
  if (placement === null || violations(placement, problem).length > 0) {
    const bound = placement === null ? staying - answer.distance : Number.NEGATIVE_INFINITY;
    return {
      status: 'limit',
      placement: current,
      allowed: mayStay,
      stayed: true,
      objective: staying,
      bound,
      gap: mayStay ? gapOf(staying, bound) : Number.NaN,
      ...rest,
    };
  }
  const { objective } = priceOf(placement, problem, costs);
  const proven =
    answer.status === 'optimal' && answer.distance <= GAP_TOLERANCE * Math.max(1, Math.abs(objective));
  if (proven)
    return {
      status: 'optimal',
      placement,
      allowed: true,
      stayed: false,
      objective,
      bound: objective,
      gap: 0,
      ...rest,
    };
  const bound = objective - answer.distance;
  const status = answer.status === 'feasible' ? 'feasible' : 'limit';
  if (mayStay && staying < objective)
    return {
      status,
      placement: current,
      allowed: true,
      stayed: true,
      objective: staying,
      bound,
      gap: gapOf(staying, bound),
      ...rest,
    };
  return {
    status,
    placement,
    allowed: true,
    stayed: false,
    objective,
    bound,
    gap: gapOf(objective, bound),
    ...rest,
  };
}

function gapOf(objective: number, bound: number): number {
  return Math.max(0, objective - bound) / Math.max(Math.abs(objective), 1e-9);
}

/** A solver's optimum that our price puts further than this above the solver's own bound is not believed. */
const GAP_TOLERANCE = 1e-7;

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
  if (x === null) return { status, placement: null, distance: Number.POSITIVE_INFINITY, ...rest };
  const placement = printedPlacement(problem, x);
  return { status, placement, distance: priceOf(placement, problem, costs).objective - bound, ...rest };
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
  if (!feasible)
    return { status: 'infeasible', placement: null, distance: Number.POSITIVE_INFINITY, ...none };
  if (parts.length === 0) return { status: 'optimal', placement, distance: 0, ...none };
  return { ...solveParts(parts, named, options.limits ?? {}, placement), sizes };
}

/** Solves part by part; the work allowed is for all of them together. `placement` has the places of all other keys. */
function solveParts(
  parts: readonly ReducedProblem[],
  named: Backend | null,
  limits: Limits,
  placement: Int32Array,
): Omit<Answer, 'sizes'> {
  let status: SolverOutcome['status'] = 'optimal';
  let distance = 0;
  let count = 0;
  let complete = true;
  // The backend of the largest part gives its name, as far as parts differ.
  let largest = 0;
  let main = named;
  for (const part of parts) {
    const left = limits.work === undefined ? limits : { ...limits, work: Math.max(0, limits.work - count) };
    const { outcome, backend } = solvePart(part, named, left);
    if (main === null || backend.kind !== main.kind || part.place.length > largest) main = backend;
    largest = Math.max(largest, part.place.length);
    count += outcome.work;
    status = worse(status, outcome.status);
    if (status === 'infeasible') break;
    if (outcome.choice === null) {
      complete = false;
      continue;
    }
    distance += outcome.value - Math.max(outcome.bound, simpleBound(part));
    for (let k = 0; k < part.keys; k++) placement[part.key[k]] = part.place[outcome.choice[k]];
  }
  const solver = main?.name ?? 'reduction';
  const work = { count, unit: main?.workUnit ?? 'none' };
  if (status === 'infeasible' || !complete)
    return { status, placement: null, distance: Number.POSITIVE_INFINITY, solver, work };
  return { status, placement, distance, solver, work };
}

/** An optimum that may not be the one that the tie-break prefers is exchanged for it, whoever found it. */
function solvePart(part: ReducedProblem, backend: Backend | null, limits: Limits) {
  if (backend === null) return solveAutomatically(part, limits);
  const outcome = backend.solve(part, limits);
  const { status, choice, canonical } = outcome;
  const known = backend.kind === 'heuristic' || canonical === true;
  if (status !== 'optimal' || choice === null || known || !fits(part, choice)) return { outcome, backend };
  const preferred = preferredOptimum(part, choice, withoutWork(limits));
  return {
    outcome: preferred.status === 'optimal' ? { ...preferred, work: outcome.work } : outcome,
    backend,
  };
}

function withoutWork({ deadline }: Limits): Limits {
  return deadline === undefined ? {} : { deadline };
}

const ORDER = ['optimal', 'feasible', 'stopped', 'infeasible'] as const;

function worse(a: SolverOutcome['status'], b: SolverOutcome['status']): SolverOutcome['status'] {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}
