/** Where the branch and bound splits: at the coupling whose relaxed price is furthest from its true one. */
import type { ReducedProblem } from '../reduced-problem.js';
import { type Relaxation, Sign, type Subproblem } from './relaxation.js';

export type Branch =
  /** Either delta of the function is at most the threshold, or it is larger. */
  | { readonly kind: 'threshold'; readonly function: number; readonly threshold: number }
  /** Either the times of the keys of the function add up to at most T_max, or to at least that. */
  | { readonly kind: 'sign'; readonly function: number }
  /** Either the key takes the candidate, or it does not. */
  | { readonly kind: 'candidate'; readonly key: number; readonly candidate: number };

/** The branch for the picks of the last `evaluate`, made with `multiplier`. At least one key has a choice left. */
export function chooseBranch(
  reduced: ReducedProblem,
  relaxation: Relaxation,
  sub: Subproblem,
  multiplier: Float64Array,
): Branch {
  const load = relaxation.loads();
  let fullest = -1;
  let overload = 1;
  for (const j of relaxation.binding) {
    if (load[j] <= reduced.room[j] * overload || load[j] <= reduced.room[j]) continue;
    fullest = j;
    overload = load[j] / Math.max(1, reduced.room[j]);
  }
  if (fullest >= 0) {
    const branch = largestAt(reduced, relaxation, sub, fullest);
    if (branch !== null) return branch;
  }
  const widest = widestFunction(reduced, relaxation, sub, multiplier);
  if (widest.gap > 0 && widest.gap >= widestPlaceGap(reduced, relaxation, multiplier, load)) {
    if (reduced.scope === 'per-function')
      return sub.sign[widest.function] === Sign.unknown
        ? { kind: 'sign', function: widest.function }
        : widestSpread(reduced, relaxation, sub, widest.function);
    if (widest.threshold < widest.most)
      return { kind: 'threshold', function: widest.function, threshold: widest.threshold };
  }
  return closestChoice(reduced, relaxation, sub);
}

/** The largest key with a choice among those picked for place `j`. */
function largestAt(
  reduced: ReducedProblem,
  relaxation: Relaxation,
  sub: Subproblem,
  j: number,
): Branch | null {
  let key = -1;
  for (let k = 0; k < reduced.keys; k++) {
    if (reduced.place[relaxation.pick[k]] !== j || choices(reduced, sub, k) < 2) continue;
    if (key < 0 || reduced.size[k] > reduced.size[key]) key = k;
  }
  return key < 0 ? null : { kind: 'candidate', key, candidate: relaxation.pick[key] };
}

/** The function whose penalty the multipliers understate most at the picks, and the delta they stand for. */
function widestFunction(
  reduced: ReducedProblem,
  relaxation: Relaxation,
  sub: Subproblem,
  multiplier: Float64Array,
) {
  const { keys, functions, useStart, useFunction, weight, base, scope } = reduced;
  const perKey = scope === 'per-key';
  const true_ = perKey ? new Float64Array(functions) : base.slice();
  const relaxed = new Float64Array(functions);
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      const amount = relaxation.pickedAmount(u, k);
      if (perKey) {
        true_[f] = Math.max(true_[f], amount);
        relaxed[f] += (multiplier[u] / weight[f]) * amount;
      } else true_[f] += amount;
    }
  }
  let widest = { function: -1, gap: 0, threshold: 0, most: 0 };
  for (let f = 0; f < functions; f++) {
    const paid = perKey ? weight[f] * relaxed[f] : multiplier[f] * true_[f];
    const gap = weight[f] * Math.max(0, true_[f]) - paid;
    if (gap <= widest.gap) continue;
    const threshold = sub.floor[f] + relaxed[f];
    widest = { function: f, gap, threshold, most: sub.floor[f] + true_[f] };
  }
  return widest;
}

/** The most that the multiplier of a place earns on room that the picks leave empty. */
function widestPlaceGap(
  reduced: ReducedProblem,
  relaxation: Relaxation,
  multiplier: Float64Array,
  load: Float64Array,
): number {
  const prices = relaxation.multipliers - reduced.room.length;
  let widest = 0;
  for (const j of relaxation.binding)
    widest = Math.max(widest, multiplier[prices + j] * (reduced.room[j] - load[j]));
  return widest;
}

/** The key of `f` with a choice whose time varies most. */
function widestSpread(reduced: ReducedProblem, relaxation: Relaxation, sub: Subproblem, f: number): Branch {
  const { keys, start, useStart, useFunction, burdenStart, burden } = reduced;
  let key = -1;
  let widest = 0;
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      if (useFunction[u] !== f) continue;
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (sub.alive[c] === 0) continue;
        const time = burden[burdenStart[u] + c - start[k]];
        least = Math.min(least, time);
        most = Math.max(most, time);
      }
      if (most - least <= widest) continue;
      widest = most - least;
      key = k;
    }
  }
  return key < 0
    ? closestChoice(reduced, relaxation, sub)
    : { kind: 'candidate', key, candidate: relaxation.pick[key] };
}

/** The key whose second candidate is closest to its first. */
function closestChoice(reduced: ReducedProblem, relaxation: Relaxation, sub: Subproblem): Branch {
  const { keys, start } = reduced;
  let key = -1;
  let closest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < keys; k++) {
    for (let c = start[k]; c < start[k + 1]; c++) {
      if (sub.alive[c] === 0 || c === relaxation.pick[k]) continue;
      const regret = relaxation.reducedCost[c] - relaxation.least[k];
      if (regret >= closest && key >= 0) continue;
      closest = regret;
      key = k;
    }
  }
  return { kind: 'candidate', key, candidate: relaxation.pick[key] };
}

function choices(reduced: ReducedProblem, sub: Subproblem, k: number): number {
  let count = 0;
  for (let c = reduced.start[k]; c < reduced.start[k + 1]; c++) count += sub.alive[c];
  return count;
}
