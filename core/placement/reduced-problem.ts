/**
 * What is left of a placement problem after `reduce`: the keys with a choice, their candidate places, and the
 * functions whose penalty still depends on the choice. With c a candidate of key k,
 *
 *     min  sum_k cost_c  +  sum_f weight_f max(base_f, max_k burden_fc)          in the scope 'per-key',
 *     min  sum_k cost_c  +  sum_f weight_f max(0, base_f + sum_k burden_fc)      in the scope 'per-function',
 *
 * with the sizes at each place within `room`. Differences of this value are differences of the objective.
 */
import type { SloScope } from './problem.js';

export interface ReducedProblem {
  readonly scope: SloScope;
  /** The keys with a choice left: their number m, their indices in the problem and their sizes in bytes. */
  readonly keys: number;
  readonly key: Int32Array;
  readonly size: Float64Array;
  /** m + 1: the candidates of key k are `start[k]` up to `start[k + 1]`, the present place first, then by index. */
  readonly start: Int32Array;
  /** The place of each candidate, and its linear cost: migration, Z, ties. */
  readonly place: Int32Array;
  readonly cost: Float64Array;
  /** m + 1: the uses of key k; the functions of uses are indices into `weight` and `base`. */
  readonly useStart: Int32Array;
  readonly useFunction: Int32Array;
  /** One a use: where the burdens of the candidates of its key begin in `burden`, in the candidates' order. */
  readonly burdenStart: Int32Array;
  /** The excess (per key) or the access time (per function) that a candidate means for a use, s. */
  readonly burden: Float64Array;
  readonly functions: number;
  /** w_p rho_f r_f, above 0. */
  readonly weight: Float64Array;
  /** A bound below delta_f that no choice left can beat (per key); fixed time less T_max (per function). */
  readonly base: Float64Array;
  /** N: bytes left for the keys with a choice, tolerance included; Infinity where they cannot fill the place. */
  readonly room: Float64Array;
  /** Values closer than this are equal: the problem's `tieTolerance`. */
  readonly tolerance: number;
}

/** The value of a complete choice (one candidate a key) of a reduced problem, capacity not looked at. */
export function reducedValue(reduced: ReducedProblem, choice: Int32Array): number {
  const { keys, start, cost, useStart, useFunction, burdenStart, burden, weight, base } = reduced;
  const excess = base.slice();
  const perKey = reduced.scope === 'per-key';
  let value = 0;
  for (let k = 0; k < keys; k++) {
    value += cost[choice[k]];
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const amount = burden[burdenStart[u] + choice[k] - start[k]];
      const f = useFunction[u];
      if (!perKey) excess[f] += amount;
      else if (amount > excess[f]) excess[f] = amount;
    }
  }
  for (let f = 0; f < reduced.functions; f++) if (excess[f] > 0) value += weight[f] * excess[f];
  return value;
}

/** Do the sizes of a complete choice fit the places? */
export function fits(reduced: ReducedProblem, choice: Int32Array): boolean {
  const { keys, place, size, room } = reduced;
  const load = new Float64Array(room.length);
  for (let k = 0; k < keys; k++) load[place[choice[k]]] += size[k];
  return load.every((bytes, j) => bytes <= room[j]);
}

/** A bound that needs no search: every key at its cheapest candidate, every function at its least excess. */
export function simpleBound(reduced: ReducedProblem): number {
  const { keys, start, cost, useStart, useFunction, burdenStart, burden, weight, base } = reduced;
  const excess = base.slice();
  let bound = 0;
  for (let k = 0; k < keys; k++) {
    let least = Number.POSITIVE_INFINITY;
    for (let c = start[k]; c < start[k + 1]; c++) least = Math.min(least, cost[c]);
    bound += least;
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      let lightest = Number.POSITIVE_INFINITY;
      for (let c = 0; c < start[k + 1] - start[k]; c++)
        lightest = Math.min(lightest, burden[burdenStart[u] + c]);
      const f = useFunction[u];
      if (reduced.scope === 'per-function') excess[f] += lightest;
      else if (lightest > excess[f]) excess[f] = lightest;
    }
  }
  for (let f = 0; f < reduced.functions; f++) if (excess[f] > 0) bound += weight[f] * excess[f];
  return bound;
}

/** Does the tie-break prefer choice `a` to `b`? Candidates are numbered in its order: the present place, then rising nodes. */
export function isBefore(a: Int32Array, b: Int32Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k] < b[k];
  return false;
}
