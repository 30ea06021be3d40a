/**
 * What is left of a reduced problem when candidates are ruled out: the reductions that follow, in one pass repeated until nothing
 * changes. Keys with one candidate leave, with their size and burdens; candidates without room go; bounds below delta_f
 * rise; functions whose penalty is settled leave or become linear. The proofs are those of `reduce`.
 */
import type { ReducedProblem } from './reduced-problem.js';

export interface Narrowed {
  readonly reduced: ReducedProblem;
  /** The value of a choice of the parent is that of its part in `reduced` plus this. */
  readonly offset: number;
  /** For each key and candidate left, its index in the parent. */
  readonly parentKey: Int32Array;
  readonly parentCandidate: Int32Array;
  /** The parent's choice with the keys that have no choice any more; the others hold -1. */
  readonly settled: Int32Array;
}

/** Narrows `parent` to the candidates with alive = 1; null when no choice is left that fits. `alive` is changed. */
export function narrow(parent: ReducedProblem, alive: Uint8Array): Narrowed | null {
  const { keys, start, size, place, cost, useStart, useFunction, burdenStart, burden, weight } = parent;
  const perKey = parent.scope === 'per-key';
  const settled = new Int32Array(keys).fill(-1);
  const room = parent.room.slice();
  if (!dropWithoutRoom(parent, alive, settled, room)) return null;

  const least = new Float64Array(useFunction.length);
  const most = new Float64Array(useFunction.length);
  const base = parent.base.slice();
  const low = parent.base.slice();
  const high = parent.base.slice();
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      least[u] = Number.POSITIVE_INFINITY;
      most[u] = Number.NEGATIVE_INFINITY;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (alive[c] === 0) continue;
        const amount = burden[burdenStart[u] + c - start[k]];
        if (amount < least[u]) least[u] = amount;
        if (amount > most[u]) most[u] = amount;
      }
      const f = useFunction[u];
      if (!perKey) {
        low[f] += least[u];
        high[f] += most[u];
        if (settled[k] >= 0) base[f] += least[u];
      } else if (least[u] > base[f]) base[f] = least[u];
    }
  }
  // Does the penalty of f still depend on the choice, other than linearly?
  const open = (u: number): boolean => {
    const f = useFunction[u];
    return perKey ? most[u] > base[f] : low[f] < 0 && high[f] > 0;
  };
  const linear = (f: number): boolean => !perKey && high[f] > 0 && low[f] >= 0;

  const key: number[] = [];
  const parentCandidate: number[] = [];
  const newStart = [0];
  const newCost: number[] = [];
  const newUseStart = [0];
  const functionOfUse: number[] = [];
  const newBurdenStart: number[] = [];
  const newBurden: number[] = [];
  const index = new Int32Array(weight.length).fill(-1);
  const functions: number[] = [];
  let offset = 0;
  for (let k = 0; k < keys; k++) {
    if (settled[k] >= 0) {
      offset += cost[settled[k]];
      continue;
    }
    const first = parentCandidate.length;
    for (let c = start[k]; c < start[k + 1]; c++) {
      if (alive[c] === 0) continue;
      parentCandidate.push(c);
      let linearCost = cost[c];
      for (let u = useStart[k]; u < useStart[k + 1]; u++)
        if (linear(useFunction[u]))
          linearCost += weight[useFunction[u]] * burden[burdenStart[u] + c - start[k]];
      newCost.push(linearCost);
    }
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      if (!open(u)) continue;
      const f = useFunction[u];
      if (index[f] < 0) {
        index[f] = functions.length;
        functions.push(f);
      }
      functionOfUse.push(index[f]);
      newBurdenStart.push(newBurden.length);
      for (let at = first; at < parentCandidate.length; at++)
        newBurden.push(burden[burdenStart[u] + parentCandidate[at] - start[k]]);
    }
    key.push(k);
    newStart.push(parentCandidate.length);
    newUseStart.push(functionOfUse.length);
  }
  for (let f = 0; f < weight.length; f++)
    if (index[f] < 0 && (linear(f) || base[f] > 0))
      offset += high[f] <= 0 && !perKey ? 0 : weight[f] * base[f];

  const possible = new Float64Array(room.length);
  key.forEach((k, at) => {
    for (let c = newStart[at]; c < newStart[at + 1]; c++) possible[place[parentCandidate[c]]] += size[k];
  });
  return {
    reduced: {
      scope: parent.scope,
      keys: key.length,
      key: Int32Array.from(key, (k) => parent.key[k]),
      size: Float64Array.from(key, (k) => size[k]),
      start: Int32Array.from(newStart),
      place: Int32Array.from(parentCandidate, (c) => place[c]),
      cost: Float64Array.from(newCost),
      useStart: Int32Array.from(newUseStart),
      useFunction: Int32Array.from(functionOfUse),
      burdenStart: Int32Array.from(newBurdenStart),
      burden: Float64Array.from(newBurden),
      functions: functions.length,
      weight: Float64Array.from(functions, (f) => weight[f]),
      base: Float64Array.from(functions, (f) => base[f]),
      room: room.map((bytes, j) => (possible[j] <= bytes ? Number.POSITIVE_INFINITY : bytes)),
      tolerance: parent.tolerance,
    },
    offset,
    parentKey: Int32Array.from(key),
    parentCandidate: Int32Array.from(parentCandidate),
    settled,
  };
}

/** The parent's choice that a choice of the narrowed problem stands for. */
export function parentChoice(
  { settled, parentKey, parentCandidate }: Narrowed,
  choice: Int32Array,
): Int32Array {
  const whole = settled.slice();
  for (let k = 0; k < choice.length; k++) whole[parentKey[k]] = parentCandidate[choice[k]];
  return whole;
}

/** Settles keys with one candidate and drops candidates larger than the room left; false when a key has none or a place is overfull. */
function dropWithoutRoom(
  { keys, start, size, place }: ReducedProblem,
  alive: Uint8Array,
  settled: Int32Array,
  room: Float64Array,
): boolean {
  for (let again = true; again; ) {
    again = false;
    for (let k = 0; k < keys; k++) {
      if (settled[k] >= 0) continue;
      let only = -1;
      let count = 0;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (alive[c] === 0) continue;
        if (size[k] > room[place[c]]) {
          alive[c] = 0;
          continue;
        }
        only = c;
        count++;
      }
      if (count === 0) return false;
      if (count > 1) continue;
      settled[k] = only;
      room[place[only]] -= size[k];
      again = true;
    }
  }
  return true;
}
