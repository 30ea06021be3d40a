/**
 * The placement objective of state-aware as a search sees it: what a key costs at a place, what it burdens the
 * functions with that use it there, and what a choice of places costs in all. No solver takes part.
 */
import { accessTime, type Costs, costsOf, largestMigration, migrationTerm } from '../../placement/costs.js';
import { capacityLimit, isUnused, type PlacementProblem } from '../../placement/problem.js';

export interface Landscape {
  readonly problem: PlacementProblem;
  readonly nodes: number;
  /** The keys in use, as indices of the problem; the others stay. */
  readonly key: Int32Array;
  /** keys * N: migration, ties and slack of the key at the place. Infinity where keys may not be hosted. */
  readonly linear: Float64Array;
  /** Uses by key: `useStart[k]` up to `useStart[k + 1]`; the function of each; all of one function by `usesOf`. */
  readonly useStart: Int32Array;
  readonly useFunction: Int32Array;
  readonly useKey: Int32Array;
  readonly usesOf: readonly Int32Array[];
  /** uses * N: excess over T_max (per key) or access time (per function) of the use with its key at the place, s. */
  readonly burden: Float64Array;
  /** F: price of a second of excess of the function. */
  readonly weight: Float64Array;
  /** F: seconds of access that cost nothing (per function); 0 per key, where burdens are excesses already. */
  readonly free: Float64Array;
  /** N: bytes that the keys in use may take. */
  readonly room: Float64Array;
  readonly size: Float64Array;
}

export function landscapeOf(problem: PlacementProblem, costs: Costs = costsOf(problem)): Landscape {
  const { nodes, functions, access, tMax, tieWeight, wm, slack } = problem;
  const perKey = problem.scope === 'per-key';
  const room = Float64Array.from({ length: nodes }, (_, j) => capacityLimit(problem, j));
  const used: number[] = [];
  for (let k = 0; k < problem.keys; k++) {
    if (isUnused(problem, k)) room[problem.current[k]] -= problem.size[k];
    else used.push(k);
  }
  const key = Int32Array.from(used);
  const uses = access.keyFunction.length;
  const linear = new Float64Array(key.length * nodes);
  const burden = new Float64Array(uses * nodes);
  const useStart = new Int32Array(key.length + 1);
  const useKey = new Int32Array(uses);
  const usesOf: number[][] = Array.from({ length: functions }, () => []);
  for (let k = 0; k < key.length; k++) {
    const original = key[k];
    const largest = largestMigration(costs, problem.size[original]);
    const row = k * nodes;
    for (let j = 0; j < nodes; j++)
      linear[row + j] =
        problem.mayHost[j] === 0
          ? Number.POSITIVE_INFINITY
          : wm * migrationTerm(problem, largest, original, j);
    useStart[k + 1] = access.keyStart[original + 1];
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = access.keyFunction[u];
      useKey[u] = k;
      usesOf[f].push(u);
      for (let j = 0; j < nodes; j++) {
        const time = accessTime(problem, costs, u, f, original, j);
        const spare = tMax[f] - time;
        burden[u * nodes + j] = perKey ? Math.max(0, -spare) : time;
        linear[row + j] += tieWeight * time + (perKey && slack && spare > 0 ? spare : 0);
      }
    }
  }
  return {
    problem,
    nodes,
    key,
    linear,
    useStart,
    useFunction: access.keyFunction,
    useKey,
    usesOf: usesOf.map((list) => Int32Array.from(list)),
    burden,
    weight: Float64Array.from(
      { length: functions },
      (_, f) => problem.wp * problem.penalty[f] * problem.requests[f],
    ),
    free: perKey ? new Float64Array(functions) : tMax,
    room,
    size: Float64Array.from(key, (k) => problem.size[k]),
  };
}

/** What function f pays for its excess when the keys are at `place`. */
export function penaltyOf(land: Landscape, f: number, place: Int32Array): number {
  const { usesOf, useKey, burden, nodes, free, weight } = land;
  const uses = usesOf[f];
  let amount = 0;
  if (land.problem.scope === 'per-key')
    for (const u of uses) amount = Math.max(amount, burden[u * nodes + place[useKey[u]]]);
  else for (const u of uses) amount += burden[u * nodes + place[useKey[u]]];
  return amount > free[f] ? weight[f] * (amount - free[f]) : 0;
}

/** The objective of the keys in use at `place`, but for a constant. */
export function objectiveOf(land: Landscape, place: Int32Array): number {
  const { key, nodes, linear, weight } = land;
  let value = 0;
  for (let k = 0; k < key.length; k++) value += linear[k * nodes + place[k]];
  for (let f = 0; f < weight.length; f++) value += penaltyOf(land, f, place);
  return value;
}
