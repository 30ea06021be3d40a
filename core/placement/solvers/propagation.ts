/** What follows from a restriction of the reduced problem without any bound: rooms, floors, signs of sums. */
import type { ReducedProblem } from '../reduced-problem.js';
import type { Branch } from './branching.js';
import { Sign, type Subproblem } from './relaxation.js';

/** Sums of times closer to T_max than this are at T_max; both sides of a branch keep them, so nothing is lost. */
const SUM_TOLERANCE = 1e-12;

/**
 * Drops candidates that cannot be in an allowed plan of `sub`, and renews floors and signs. `binding` lists the places
 * that can be full, `load` is scratch. False when there is no allowed plan.
 */
export function propagate(
  reduced: ReducedProblem,
  sub: Subproblem,
  binding: readonly number[],
  load: Float64Array,
): boolean {
  if (binding.length > 0 && !propagateRoom(reduced, sub, binding, load)) return false;
  for (let k = 0; k < reduced.keys; k++) if (!hasCandidate(reduced, sub, k)) return false;
  if (reduced.scope === 'per-function') return propagateSums(reduced, sub);
  const { keys, start, useStart, useFunction, burdenStart, burden } = reduced;
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      let least = Number.POSITIVE_INFINITY;
      for (let c = start[k]; c < start[k + 1]; c++) {
        const amount = burden[burdenStart[u] + c - start[k]];
        if (sub.alive[c] === 1 && amount < least) least = amount;
      }
      if (least > sub.floor[useFunction[u]]) sub.floor[useFunction[u]] = least;
    }
  }
  return true;
}

function hasCandidate({ start }: ReducedProblem, sub: Subproblem, k: number): boolean {
  for (let c = start[k]; c < start[k + 1]; c++) if (sub.alive[c] === 1) return true;
  return false;
}

function propagateRoom(
  reduced: ReducedProblem,
  sub: Subproblem,
  binding: readonly number[],
  load: Float64Array,
): boolean {
  const { keys, start, place, size, room } = reduced;
  for (let again = true; again; ) {
    again = false;
    load.fill(0);
    for (let k = 0; k < keys; k++) {
      const only = onlyCandidate(reduced, sub, k);
      if (only >= 0) load[place[only]] += size[k];
    }
    for (const j of binding) if (load[j] > room[j]) return false;
    for (let k = 0; k < keys; k++) {
      if (onlyCandidate(reduced, sub, k) >= 0) continue;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (sub.alive[c] === 0 || load[place[c]] + size[k] <= room[place[c]]) continue;
        sub.alive[c] = 0;
        again = true;
      }
    }
  }
  return true;
}

/** Per function: bounds of every sum, which settle signs or, where a branch demands one, drop candidates. */
function propagateSums(reduced: ReducedProblem, sub: Subproblem): boolean {
  const { keys, functions, start, useStart, useFunction, burdenStart, burden, base } = reduced;
  const least = base.slice();
  const most = base.slice();
  const low = new Float64Array(useFunction.length);
  const high = new Float64Array(useFunction.length);
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      low[u] = Number.POSITIVE_INFINITY;
      high[u] = Number.NEGATIVE_INFINITY;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (sub.alive[c] === 0) continue;
        const time = burden[burdenStart[u] + c - start[k]];
        if (time < low[u]) low[u] = time;
        if (time > high[u]) high[u] = time;
      }
      least[useFunction[u]] += low[u];
      most[useFunction[u]] += high[u];
    }
  }
  for (let f = 0; f < functions; f++) {
    if (sub.sign[f] === Sign.demandNotAbove && least[f] > SUM_TOLERANCE) return false;
    if (sub.sign[f] === Sign.demandNotBelow && most[f] < -SUM_TOLERANCE) return false;
    if (most[f] <= 0) sub.sign[f] = Sign.neverAbove;
    else if (least[f] >= 0) sub.sign[f] = Sign.neverBelow;
  }
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      const sign = sub.sign[f];
      if (sign !== Sign.demandNotAbove && sign !== Sign.demandNotBelow) continue;
      for (let c = start[k]; c < start[k + 1]; c++) {
        const time = burden[burdenStart[u] + c - start[k]];
        const tooMuch = sign === Sign.demandNotAbove && least[f] - low[u] + time > SUM_TOLERANCE;
        const tooLittle = sign === Sign.demandNotBelow && most[f] - high[u] + time < -SUM_TOLERANCE;
        if (tooMuch || tooLittle) sub.alive[c] = 0;
      }
    }
    if (!hasCandidate(reduced, sub, k)) return false;
  }
  return true;
}

/** The candidate of key `k` when it has exactly one, else -1. */
function onlyCandidate({ start }: ReducedProblem, sub: Subproblem, k: number): number {
  let only = -1;
  for (let c = start[k]; c < start[k + 1]; c++) {
    if (sub.alive[c] === 0) continue;
    if (only >= 0) return -1;
    only = c;
  }
  return only;
}

/** The one plan left when every key has one candidate, else null. */
export function settledChoice(reduced: ReducedProblem, sub: Subproblem): Int32Array | null {
  for (let k = 0; k < reduced.keys; k++) if (onlyCandidate(reduced, sub, k) < 0) return null;
  return Int32Array.from({ length: reduced.keys }, (_, k) => onlyCandidate(reduced, sub, k));
}

/** Restricts `sub` to one side of the branch; false when this side is empty. */
export function restrict(reduced: ReducedProblem, sub: Subproblem, branch: Branch, side: 0 | 1): boolean {
  const { keys, start, useStart, useFunction, burdenStart, burden } = reduced;
  if (branch.kind === 'candidate') {
    const k = branch.key;
    if (side === 1) sub.alive[branch.candidate] = 0;
    else for (let c = start[k]; c < start[k + 1]; c++) if (c !== branch.candidate) sub.alive[c] = 0;
    return true;
  }
  if (branch.kind === 'sign') {
    sub.sign[branch.function] = side === 0 ? Sign.demandNotAbove : Sign.demandNotBelow;
    return true;
  }
  let next = Number.POSITIVE_INFINITY;
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      if (useFunction[u] !== branch.function) continue;
      for (let c = start[k]; c < start[k + 1]; c++) {
        const amount = burden[burdenStart[u] + c - start[k]];
        if (sub.alive[c] === 0 || amount <= branch.threshold) continue;
        if (side === 0) sub.alive[c] = 0;
        else if (amount < next) next = amount;
      }
    }
  }
  if (side === 1) sub.floor[branch.function] = next;
  return side === 0 || next < Number.POSITIVE_INFINITY;
}
