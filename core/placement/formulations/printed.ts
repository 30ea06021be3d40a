/**
 * The model with its printed variables x, z, delta_fk and delta_f (y eliminated, which is exact since xbar is constant),
 * through GLPK: for teaching, and as a second opinion on the reductions. It takes seconds where the reduced one takes
 * milliseconds.
 */
import { accessTime, costsOf, largestMigration, migrationTerm } from '../costs.js';
import { capacityLimit, isUnused, type PlacementProblem, priceOf, violations } from '../problem.js';
import { type Programme, type Row, solveProgramme } from '../solvers/glpk-runtime.js';

export interface PrintedResult {
  readonly status: 'optimal' | 'feasible' | 'infeasible';
  /** K node indices, where they are now when there is no allowed plan. */
  readonly placement: Int32Array;
  /** By `priceOf`. */
  readonly objective: number;
  readonly variables: number;
  readonly rows: number;
}

/**
 * Solves (8)-(25) as printed, or without Z, or per function, as `problem` says.
 * @throws Error when `loadPlacementSolvers` has not been awaited.
 */
export function solvePrinted(problem: PlacementProblem): PrintedResult {
  const programme = printedProgramme(problem);
  const result = solveProgramme(programme);
  const placement = problem.current.slice();
  const size = { variables: programme.objective.length, rows: programme.rows.length };
  if (result.status !== 'none') {
    for (let k = 0; k < problem.keys; k++)
      for (let j = 0; j < problem.nodes; j++) if (result.variables[`x_${k}_${j}`] > 0.5) placement[k] = j;
  }
  const { objective } = priceOf(placement, problem);
  if (result.status === 'none' || violations(placement, problem).length > 0)
    return { status: 'infeasible', placement, objective, ...size };
  return { status: result.status, placement, objective, ...size };
}

/** Every variable appears in the objective, some with coefficient 0, so that the model can be read off it. */
export function printedProgramme(problem: PlacementProblem): Programme {
  const objective: [string, number][] = [];
  const rows: Row[] = [];
  const binaries: string[] = [];
  addPlacement(problem, objective, rows, binaries);
  if (problem.scope === 'per-key') addExcessPerKey(problem, objective, rows);
  else addExcessPerFunction(problem, objective, rows);
  for (let f = 0; f < problem.functions; f++)
    objective.push([`delta_${f}`, problem.wp * problem.penalty[f] * problem.requests[f]]);
  return { name: 'printed', objective, rows, binaries };
}

/** x with the linear cost of migration (9) and ties, (19), (20), and who may host what. */
function addPlacement(
  problem: PlacementProblem,
  objective: [string, number][],
  rows: Row[],
  binaries: string[],
): void {
  const { nodes, keys, access, size, current, mayHost } = problem;
  const costs = costsOf(problem);
  for (let k = 0; k < keys; k++) {
    const largest = largestMigration(costs, size[k]);
    const places: [string, number][] = [];
    const forbidden: [string, number][] = [];
    for (let j = 0; j < nodes; j++) {
      const x = `x_${k}_${j}`;
      let cost = problem.wm * migrationTerm(problem, largest, k, j);
      for (let u = access.keyStart[k]; u < access.keyStart[k + 1]; u++)
        cost += problem.tieWeight * accessTime(problem, costs, u, access.keyFunction[u], k, j);
      objective.push([x, cost]);
      binaries.push(x);
      places.push([x, 1]);
      if (isUnused(problem, k) ? j !== current[k] : mayHost[j] === 0) forbidden.push([x, 1]);
    }
    rows.push({ name: `eq20_${k}`, terms: places, lower: 1, upper: 1 });
    if (forbidden.length > 0) rows.push({ name: `may_host_${k}`, terms: forbidden, lower: 0, upper: 0 });
  }
  for (let j = 0; j < nodes; j++) {
    if (problem.capacity[j] === Number.POSITIVE_INFINITY) continue;
    const limit = capacityLimit(problem, j);
    const unit = Math.max(1, Math.abs(limit));
    const terms = Array.from({ length: keys }, (_, k) => [`x_${k}_${j}`, size[k] / unit] as const);
    rows.push({ name: `eq19_${j}`, terms, lower: Number.NEGATIVE_INFINITY, upper: limit / unit });
  }
}

/** (13) for every pair (f, k), used or not: T_fk(x) + z_fk - delta_fk = T_max; (14); Z (18) where it counts. */
function addExcessPerKey(problem: PlacementProblem, objective: [string, number][], rows: Row[]): void {
  const { functions, keys, tMax } = problem;
  const times = timesOfPairs(problem);
  for (let f = 0; f < functions; f++) {
    for (let k = 0; k < keys; k++) {
      const [z, deltaFk] = [`z_${f}_${k}`, `delta_${f}_${k}`];
      objective.push([z, problem.slack ? 1 : 0], [deltaFk, 0]);
      const terms = [...(times.get(f * keys + k) ?? []), [z, 1] as const, [deltaFk, -1] as const];
      rows.push({ name: `eq13_${f}_${k}`, terms, lower: tMax[f], upper: tMax[f] });
      const excess = [[`delta_${f}`, 1] as const, [deltaFk, -1] as const];
      rows.push({ name: `eq14_${f}_${k}`, terms: excess, lower: 0, upper: Number.POSITIVE_INFINITY });
    }
  }
}

/** One row a function on the sum over its keys: sum_k T_fk(x) + z_f - delta_f = T_max. */
function addExcessPerFunction(problem: PlacementProblem, objective: [string, number][], rows: Row[]): void {
  const { functions, keys, access, tMax } = problem;
  const times = timesOfPairs(problem);
  for (let f = 0; f < functions; f++) {
    const terms: (readonly [string, number])[] = [
      [`z_${f}`, 1],
      [`delta_${f}`, -1],
    ];
    for (let row = access.functionStart[f]; row < access.functionStart[f + 1]; row++)
      terms.push(...(times.get(f * keys + access.functionKey[row]) ?? []));
    objective.push([`z_${f}`, 0]);
    rows.push({ name: `eq13_${f}`, terms, lower: tMax[f], upper: tMax[f] });
  }
}

/** T_fk as a linear function of x, for every pair with a probability above 0. */
function timesOfPairs(problem: PlacementProblem): Map<number, (readonly [string, number])[]> {
  const { nodes, keys, access } = problem;
  const costs = costsOf(problem);
  const times = new Map<number, (readonly [string, number])[]>();
  for (let k = 0; k < keys; k++) {
    for (let u = access.keyStart[k]; u < access.keyStart[k + 1]; u++) {
      const f = access.keyFunction[u];
      const terms = Array.from(
        { length: nodes },
        (_, j) => [`x_${k}_${j}`, accessTime(problem, costs, u, f, k, j)] as const,
      );
      times.set(f * keys + k, terms);
    }
  }
  return times;
}
