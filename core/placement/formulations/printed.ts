/**
 * The formulation with all its printed variables x, y, z, delta_fk and delta_f, for Fig. 4, for teaching, and as a second
 * opinion on the reductions: `solvePlacement(problem, { reduce: false })` hands it to GLPK or HiGHS.
 */
import { accessTime, type Costs, costsOf, largestMigration } from '../costs.js';
import { capacityLimit, isUnused, type PlacementProblem } from '../problem.js';
import { type Programme, ProgrammeBuilder } from '../programme.js';

const INFINITE = Number.POSITIVE_INFINITY;

/** x_j^k is column k N + j of the programme. */
export function printedProgramme(problem: PlacementProblem, costs: Costs = costsOf(problem)): Programme {
  const builder = new ProgrammeBuilder();
  addPlacement(problem, costs, builder);
  addMigration(problem, costs, builder);
  if (problem.scope === 'per-key') addExcessPerKey(problem, costs, builder);
  else addExcessPerFunction(problem, costs, builder);
  return builder.build();
}

/** The plan that the columns of the printed programme stand for; each key at its largest x. */
export function printedPlacement(problem: PlacementProblem, x: Float64Array): Int32Array {
  const { nodes, keys } = problem;
  const placement = new Int32Array(keys);
  for (let k = 0; k < keys; k++)
    for (let j = 1; j < nodes; j++) if (x[k * nodes + j] > x[k * nodes + placement[k]]) placement[k] = j;
  return placement;
}

/** How many variables and constraints the printed programme has, without building it. */
export function printedSize(problem: PlacementProblem): { variables: number; constraints: number } {
  const { nodes, functions, keys, scope, capacity } = problem;
  const pairs = scope === 'per-key' ? functions * keys : functions;
  const finite = capacity.reduce((count, bytes) => count + (bytes < INFINITE ? 1 : 0), 0);
  return {
    variables: keys * nodes + keys * nodes * nodes + functions + (scope === 'per-key' ? 2 * pairs : pairs),
    constraints: keys + finite + 3 * keys * nodes * nodes + (scope === 'per-key' ? 2 * pairs : pairs),
  };
}

/** x with (19), (20) and (25); places where a key may not be have the upper bound 0. Ties cost here, migration with y. */
function addPlacement(problem: PlacementProblem, costs: Costs, builder: ProgrammeBuilder): void {
  const { nodes, keys, access, size, current, mayHost, tieWeight } = problem;
  builder.columnFamily((c) => `x_${Math.floor(c / nodes)}_${c % nodes}`);
  for (let k = 0; k < keys; k++) {
    for (let j = 0; j < nodes; j++) {
      let cost = 0;
      for (let u = access.keyStart[k]; u < access.keyStart[k + 1]; u++)
        cost += tieWeight * accessTime(problem, costs, u, access.keyFunction[u], k, j);
      const allowed = isUnused(problem, k) ? j === current[k] : mayHost[j] === 1;
      builder.column(cost, allowed ? 1 : 0, true);
    }
  }
  builder.rowFamily((k) => `eq20_${k}`);
  for (let k = 0; k < keys; k++) {
    for (let j = 0; j < nodes; j++) builder.entry(k * nodes + j, 1);
    builder.row(1, 1);
  }
  const finite: number[] = [];
  builder.rowFamily((row) => `eq19_${finite[row]}`);
  for (let j = 0; j < nodes; j++) {
    if (problem.capacity[j] === INFINITE) continue;
    finite.push(j);
    const limit = capacityLimit(problem, j);
    // In units of the capacity, so that coefficients stay near 1.
    const unit = Math.max(1, Math.abs(limit));
    for (let k = 0; k < keys; k++) builder.entry(k * nodes + j, size[k] / unit);
    builder.row(-INFINITE, limit / unit);
  }
}

/** y with its cost (9) over the normalisation of (17), and (10)-(12). */
function addMigration(problem: PlacementProblem, costs: Costs, builder: ProgrammeBuilder): void {
  const { nodes, keys, latency, bandwidth, size, current, wm } = problem;
  const square = nodes * nodes;
  const name = (y: number) => `${Math.floor(y / square)}_${Math.floor(y / nodes) % nodes}_${y % nodes}`;
  const first = builder.columnFamily((y) => `y_${name(y)}`);
  for (let k = 0; k < keys; k++) {
    const largest = largestMigration(costs, size[k]);
    for (let i = 0; i < nodes; i++) {
      for (let j = 0; j < nodes; j++) {
        const trip = latency[i * nodes + j] + latency[j * nodes + i];
        const time = i === j ? 0 : trip + size[k] / bandwidth[i * nodes + j];
        builder.column(largest === 0 ? 0 : (wm * time) / largest, 1, true);
      }
    }
  }
  builder.rowFamily((row) => `eq${10 + (row % 3)}_${name(Math.floor(row / 3))}`);
  for (let k = 0; k < keys; k++) {
    for (let i = 0; i < nodes; i++) {
      const here = current[k] === i ? 1 : 0;
      for (let j = 0; j < nodes; j++) {
        const [x, y] = [k * nodes + j, first + k * square + i * nodes + j];
        builder.entry(y, 1);
        builder.entry(x, -1);
        builder.row(-INFINITE, 0);
        builder.entry(y, 1);
        builder.row(-INFINITE, here);
        builder.entry(y, 1);
        builder.entry(x, -1);
        builder.row(here - 1, INFINITE);
      }
    }
  }
}

/** (13) for every pair (f, k), used or not: T_fk(x) + z_fk - delta_fk = T_max; (14); Z (18) where it counts. */
function addExcessPerKey(problem: PlacementProblem, costs: Costs, builder: ProgrammeBuilder): void {
  const { functions, keys, tMax } = problem;
  const total = addDelta(problem, builder);
  const pair = (p: number) => `${Math.floor(p / keys)}_${p % keys}`;
  const z = builder.columnFamily((p) => `z_${pair(p)}`);
  for (let p = 0; p < functions * keys; p++) builder.column(problem.slack ? 1 : 0);
  const delta = builder.columnFamily((p) => `delta_${pair(p)}`);
  for (let p = 0; p < functions * keys; p++) builder.column(0);
  const useOf = new Int32Array(functions * keys).fill(-1);
  for (let k = 0; k < keys; k++)
    for (let u = problem.access.keyStart[k]; u < problem.access.keyStart[k + 1]; u++)
      useOf[problem.access.keyFunction[u] * keys + k] = u;
  builder.rowFamily((row) => `eq${13 + (row % 2)}_${pair(Math.floor(row / 2))}`);
  for (let f = 0; f < functions; f++) {
    for (let k = 0; k < keys; k++) {
      const p = f * keys + k;
      if (useOf[p] >= 0) addTimes(problem, costs, builder, useOf[p], f, k);
      builder.entry(z + p, 1);
      builder.entry(delta + p, -1);
      builder.row(tMax[f], tMax[f]);
      builder.entry(total + f, 1);
      builder.entry(delta + p, -1);
      builder.row(0, INFINITE);
    }
  }
}

/** One row a function on the sum over its keys: sum_k T_fk(x) + z_f - delta_f = T_max. */
function addExcessPerFunction(problem: PlacementProblem, costs: Costs, builder: ProgrammeBuilder): void {
  const { functions, access, tMax } = problem;
  const total = addDelta(problem, builder);
  const z = builder.columnFamily((f) => `z_${f}`);
  for (let f = 0; f < functions; f++) builder.column(0);
  builder.rowFamily((f) => `eq13_${f}`);
  for (let f = 0; f < functions; f++) {
    for (let row = access.functionStart[f]; row < access.functionStart[f + 1]; row++)
      addTimes(problem, costs, builder, access.functionUse[row], f, access.functionKey[row]);
    builder.entry(z + f, 1);
    builder.entry(total + f, -1);
    builder.row(tMax[f], tMax[f]);
  }
}

/** delta_f with the penalty (15) in the objective; the first column. */
function addDelta(problem: PlacementProblem, builder: ProgrammeBuilder): number {
  const first = builder.columnFamily((f) => `delta_${f}`);
  for (let f = 0; f < problem.functions; f++)
    builder.column(problem.wp * problem.penalty[f] * problem.requests[f]);
  return first;
}

/** T_fk of (8) as entries of x. */
function addTimes(
  problem: PlacementProblem,
  costs: Costs,
  builder: ProgrammeBuilder,
  u: number,
  f: number,
  k: number,
): void {
  for (let j = 0; j < problem.nodes; j++)
    builder.entry(k * problem.nodes + j, accessTime(problem, costs, u, f, k, j));
}
