/** The last step of the reductions: what is left of the working arrays as a `ReducedProblem`. */
import type { PlacementProblem } from './problem.js';
import type { ReducedProblem } from './reduced-problem.js';
import type { Workspace } from './workspace.js';

/** Copies the keys with a choice, their candidates and their open uses, renumbered. */
export function compact(problem: PlacementProblem, work: Workspace): ReducedProblem {
  const { nodes, alive, count, useFunction, open, perKey } = work;
  const key: number[] = [];
  const start = [0];
  const place: number[] = [];
  const cost: number[] = [];
  const useStart = [0];
  const functionOfUse: number[] = [];
  const burdenStart: number[] = [];
  const burden: number[] = [];
  const index = new Int32Array(problem.functions).fill(-1);
  const weight: number[] = [];
  const base: number[] = [];
  for (let k = 0; k < work.keys; k++) {
    if (count[k] < 2) continue;
    const first = place.length;
    const current = problem.current[work.key[k]];
    if (alive[k * nodes + current]) place.push(current);
    for (let j = 0; j < nodes; j++) if (j !== current && alive[k * nodes + j]) place.push(j);
    for (let c = first; c < place.length; c++) cost.push(work.cost[k * nodes + place[c]]);
    for (let u = work.useStart[k]; u < work.useStart[k + 1]; u++) {
      if (open[u] === 0) continue;
      const f = useFunction[u];
      if (index[f] < 0) {
        index[f] = weight.length;
        weight.push(work.weight[f]);
        base.push(perKey ? work.base[f] : -problem.tMax[f]);
      }
      functionOfUse.push(index[f]);
      burdenStart.push(burden.length);
      for (let c = first; c < place.length; c++) burden.push(work.burden[u * nodes + place[c]]);
    }
    key.push(work.key[k]);
    start.push(place.length);
    useStart.push(functionOfUse.length);
  }
  if (!perKey) {
    for (let u = 0; u < work.uses; u++) {
      const k = work.useKey[u];
      const f = index[useFunction[u]];
      if (f >= 0 && count[k] === 1) base[f] += work.burden[u * nodes + work.only(k)];
    }
  }
  return {
    scope: problem.scope,
    keys: key.length,
    key: Int32Array.from(key),
    size: Float64Array.from(key, (k) => problem.size[k]),
    start: Int32Array.from(start),
    place: Int32Array.from(place),
    cost: Float64Array.from(cost),
    useStart: Int32Array.from(useStart),
    useFunction: Int32Array.from(functionOfUse),
    burdenStart: Int32Array.from(burdenStart),
    burden: Float64Array.from(burden),
    functions: weight.length,
    weight: Float64Array.from(weight),
    base: Float64Array.from(base),
    room: work.room.map((bytes, j) => (work.roomy[j] === 1 ? Number.POSITIVE_INFINITY : bytes)),
    tolerance: work.tolerance,
  };
}
