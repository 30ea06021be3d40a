/**
 * Independent parts of a reduced problem. Keys are joined by a function whose penalty both can still raise, and by a place that
 * they can fill together; nothing else couples them, so that the value is a sum over parts, a choice is allowed
 * when its parts are, and any optimum is made of optima of the parts (also the one that the tie-break prefers, since it compares
 * key by key). Where capacity cannot bind, the parts are the components of the function-key graph.
 */
import type { ReducedProblem } from './reduced-problem.js';

/** The parts, by their first key. Their keys are indices of the whole problem; their functions are renumbered. */
export function componentsOf(reduced: ReducedProblem): readonly ReducedProblem[] {
  const part = partOfKey(reduced);
  const members: number[][] = [];
  for (let k = 0; k < reduced.keys; k++) {
    if (part[k] === members.length) members.push([]);
    members[part[k]].push(k);
  }
  return members.length <= 1 ? [reduced] : members.map((keys) => extract(reduced, keys));
}

/** The number of the part of each key, parts numbered by their first key. */
function partOfKey({
  keys,
  start,
  place,
  room,
  useStart,
  useFunction,
  functions,
}: ReducedProblem): Int32Array {
  // Union-find over keys, functions and places.
  const parent = Int32Array.from({ length: keys + functions + room.length }, (_, at) => at);
  const root = (at: number): number => {
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) parent[root(keys + useFunction[u])] = root(k);
    for (let c = start[k]; c < start[k + 1]; c++)
      if (room[place[c]] < Number.POSITIVE_INFINITY) parent[root(keys + functions + place[c])] = root(k);
  }
  const number = new Int32Array(parent.length).fill(-1);
  const part = new Int32Array(keys);
  let parts = 0;
  for (let k = 0; k < keys; k++) {
    const at = root(k);
    if (number[at] < 0) number[at] = parts++;
    part[k] = number[at];
  }
  return part;
}

function extract(reduced: ReducedProblem, members: readonly number[]): ReducedProblem {
  const { start, useStart, useFunction, burdenStart, burden } = reduced;
  const index = new Map<number, number>();
  const newStart = [0];
  const newUseStart = [0];
  const candidates: number[] = [];
  const functionOfUse: number[] = [];
  const newBurdenStart: number[] = [];
  const newBurden: number[] = [];
  for (const k of members) {
    for (let c = start[k]; c < start[k + 1]; c++) candidates.push(c);
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      if (!index.has(f)) index.set(f, index.size);
      functionOfUse.push(index.get(f)!);
      newBurdenStart.push(newBurden.length);
      for (let c = 0; c < start[k + 1] - start[k]; c++) newBurden.push(burden[burdenStart[u] + c]);
    }
    newStart.push(candidates.length);
    newUseStart.push(functionOfUse.length);
  }
  const functions = [...index.keys()];
  return {
    scope: reduced.scope,
    keys: members.length,
    key: Int32Array.from(members, (k) => reduced.key[k]),
    size: Float64Array.from(members, (k) => reduced.size[k]),
    start: Int32Array.from(newStart),
    place: Int32Array.from(candidates, (c) => reduced.place[c]),
    cost: Float64Array.from(candidates, (c) => reduced.cost[c]),
    useStart: Int32Array.from(newUseStart),
    useFunction: Int32Array.from(functionOfUse),
    burdenStart: Int32Array.from(newBurdenStart),
    burden: Float64Array.from(newBurden),
    functions: functions.length,
    weight: Float64Array.from(functions, (f) => reduced.weight[f]),
    base: Float64Array.from(functions, (f) => reduced.base[f]),
    room: reduced.room,
    tolerance: reduced.tolerance,
  };
}
