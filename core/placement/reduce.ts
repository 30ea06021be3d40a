/**
 * Exact reductions of the placement problem: each keeps at least one optimum of what it is given, and so
 * does their sequence.
 *
 * **y.** By (10)-(12) y_ij^k = xbar_i^k x_j^k, and xbar is constant: migration is a linear cost of x.
 *
 * **z and delta_fk.** (13) with both at least 0 leaves delta_fk = t + (T_fk - T_max)^+ and z_fk = t + (T_max - T_fk)^+
 * for some t >= 0. t > 0 only raises Z and the bound (14) on delta_f, so t = 0 in an optimum: both are functions of the
 * place of k. Hence Z is a linear cost of x, unlisted pairs add the constant T_max, and of (13)-(14)
 * delta_f >= excess of (f, place of k) remains.
 *
 * **Unused keys** stay: no term but migration depends on them, and it is 0 for staying. (Where capacity binds, moving
 * one could make room; the problem rules that out, and `violations` checks it.)
 *
 * **Bounds on delta_f** (per key). Every key of f ends at a place that is left, so delta_f is at least the largest over
 * keys of the least excess over their places. For a key with one place this is its excess, as a constant.
 * Excesses below the bound cost nothing, so they count as the bound.
 *
 * **Settled functions** (per function). When even the largest times of the keys of f add up to no more than T_max, f
 * never pays and leaves the problem. When the least ones already reach T_max, its excess is T_f - T_max everywhere,
 * which is linear in x and goes into the costs of places.
 *
 * **Dominated places.** Let a and b be places left for k, and a have room for all keys that may still choose it.
 * Moving k from b to a in any allowed plan is allowed, changes the linear cost by cost_a - cost_b, and raises
 * delta_f by at most (burden_fa - burden_fb)^+, since maxima, sums and (.)^+ do not grow faster than their
 * arguments. So if cost_a + sum_f weight_f (burden_fa - burden_fb)^+ <= cost_b, some optimum does not use b. (A place that
 * costs no less and exceeds no less than another is the case with all (.)^+ = 0.) The relation is
 * transitive, so places may be dropped one after the other as long as the dominating one is still there.
 *
 * **A single place left** fixes a key: its size leaves the room of the place, its burdens become constants.
 * These feed each other, so they are repeated until nothing changes.
 *
 * **Ties.** Let the plan that the tie-break prefers (see `tieTolerance`) use b for k. With a in its place the value is no higher, so
 * that plan is as good and comes first when a precedes b, a contradiction; and when b precedes a, b is dropped only where the
 * value would fall by more than the tolerance, so that the plan with b was not among the best. Dropping places without
 * room, settling functions and fixing keys remove no plan. So all reductions keep the plan that the tie-break prefers.
 */
import { compact } from './compact.js';
import { type Costs, costsOf } from './costs.js';
import type { PlacementProblem } from './problem.js';
import type { ReducedProblem } from './reduced-problem.js';
import { createWorkspace, type Workspace } from './workspace.js';

export interface Reduction {
  /** False when some key fits nowhere, or keys without a choice overfill a place. */
  readonly feasible: boolean;
  /** K: the places of all keys that have no choice; the others are where they are now. */
  readonly placement: Int32Array;
  readonly reduced: ReducedProblem;
}

/** Reduces `problem`; O(K N^2) a round for dominance, few rounds. `problem` is not changed. */
export function reduce(problem: PlacementProblem, costs: Costs = costsOf(problem)): Reduction {
  const work = createWorkspace(problem, costs);
  let feasible = true;
  let changed = true;
  while (changed && feasible) {
    changed = dropPlacesWithoutRoom(problem, work);
    feasible = hasPlaces(work);
    if (!feasible) break;
    if (problem.scope === 'per-key') raiseBounds(work);
    else settleFunctions(problem, work);
    changed = dropDominated(problem, work) || changed;
  }
  return { feasible, placement: fixedPlacement(problem, work), reduced: compact(problem, work) };
}

/** The same form with nothing removed but places without room and what they imply: what is left when reductions are off. */
export function withoutReductions(problem: PlacementProblem, costs: Costs = costsOf(problem)): Reduction {
  const work = createWorkspace(problem, costs);
  let feasible = true;
  for (let changed = true; changed && feasible; ) {
    changed = dropPlacesWithoutRoom(problem, work);
    feasible = hasPlaces(work);
  }
  // A key without a choice counts through the bound below delta_f.
  if (feasible && problem.scope === 'per-key') raiseBounds(work);
  return { feasible, placement: fixedPlacement(problem, work), reduced: compact(problem, work) };
}

/** Renews the room at every place; drops candidates larger than it. True when some key has lost a place. */
function dropPlacesWithoutRoom(problem: PlacementProblem, work: Workspace): boolean {
  const { nodes } = problem;
  const { keys, key, alive, count, only, room, limit, roomy } = work;
  if (!work.capacityMatters) return false;
  const possible = new Float64Array(nodes);
  room.set(limit);
  for (let k = 0; k < keys; k++) {
    const size = problem.size[key[k]];
    if (count[k] === 1) room[only(k)] -= size;
    else for (let j = 0; j < nodes; j++) if (alive[k * nodes + j]) possible[j] += size;
  }
  let changed = false;
  for (let k = 0; k < keys; k++) {
    if (count[k] === 1) continue;
    const size = problem.size[key[k]];
    for (let j = 0; j < nodes; j++) {
      if (alive[k * nodes + j] === 0 || size <= room[j]) continue;
      alive[k * nodes + j] = 0;
      count[k]--;
      possible[j] -= size;
      changed = true;
    }
  }
  for (let j = 0; j < nodes; j++) roomy[j] = possible[j] <= room[j] ? 1 : 0;
  return changed;
}

/** Has every key a place, and is no place overfull with keys that have no other? */
function hasPlaces(work: Workspace): boolean {
  for (let k = 0; k < work.keys; k++) if (work.count[k] === 0) return false;
  return work.room.every((bytes) => bytes >= 0);
}

/** Per key: `base` becomes the bound below delta_f; uses that cannot exceed it any more are closed. */
function raiseBounds(work: Workspace): void {
  const { uses, useFunction, open, base, weight } = work;
  for (let u = 0; u < uses; u++) {
    const least = extremeBurden(work, u, 1);
    if (least > base[useFunction[u]]) base[useFunction[u]] = least;
  }
  for (let u = 0; u < uses; u++) {
    const f = useFunction[u];
    if (open[u] && (weight[f] === 0 || extremeBurden(work, u, -1) <= base[f])) open[u] = 0;
  }
}

/** Per function: closes functions that never pay, and turns those that always do into costs of places. */
function settleFunctions(problem: PlacementProblem, work: Workspace): void {
  const { nodes, functions, tMax } = problem;
  const { uses, useKey, useFunction, open, burden, cost, weight } = work;
  const least = Float64Array.from(tMax, (t) => -t);
  const most = Float64Array.from(least);
  for (let u = 0; u < uses; u++) {
    least[useFunction[u]] += extremeBurden(work, u, 1);
    most[useFunction[u]] += extremeBurden(work, u, -1);
  }
  for (let f = 0; f < functions; f++) if (weight[f] === 0) most[f] = 0;
  for (let u = 0; u < uses; u++) {
    const f = useFunction[u];
    if (open[u] === 0 || (most[f] > 0 && least[f] < 0)) continue;
    open[u] = 0;
    if (most[f] <= 0) continue;
    for (let j = 0; j < nodes; j++) cost[useKey[u] * nodes + j] += weight[f] * burden[u * nodes + j];
  }
}

/** The least (sign 1) or the largest (sign -1) burden of use `u` over the places left for its key. */
function extremeBurden(work: Workspace, u: number, sign: 1 | -1): number {
  const { nodes, alive, useKey, burden } = work;
  let extreme = Number.POSITIVE_INFINITY;
  for (let j = 0; j < nodes; j++)
    if (alive[useKey[u] * nodes + j]) extreme = Math.min(extreme, sign * burden[u * nodes + j]);
  return sign * extreme;
}

/** Drops dominated places; true when there were any. */
function dropDominated(problem: PlacementProblem, work: Workspace): boolean {
  const { nodes, keys, key, alive, count, roomy, cost, tolerance } = work;
  let changed = false;
  for (let k = 0; k < keys; k++) {
    if (count[k] === 1) continue;
    const current = problem.current[key[k]];
    const first = k * nodes;
    const dominates = (a: number, b: number): boolean => {
      // Where the tie-break prefers b, it goes only when a is better by more than what counts as equal.
      const preferred = b === current || (a !== current && b < a);
      const gain = cost[first + b] - cost[first + a] - (preferred ? tolerance : 0);
      if (gain < 0 || (preferred && gain === 0)) return false;
      const spare = gain - dearer(work, k, a, b);
      return preferred ? spare > 0 : spare >= 0;
    };
    const drop = (b: number): void => {
      alive[first + b] = 0;
      count[k]--;
      changed = true;
    };
    // The cheapest place with room for all mostly dominates most, so that few pairs are left to compare.
    const cheapest = cheapestRoomy(work, k);
    if (cheapest >= 0)
      for (let b = 0; b < nodes; b++)
        if (b !== cheapest && alive[first + b] === 1 && dominates(cheapest, b)) drop(b);
    for (let b = 0; b < nodes; b++) {
      if (alive[first + b] === 0) continue;
      for (let a = 0; a < nodes; a++) {
        if (a === b || alive[first + a] === 0 || roomy[a] === 0 || !dominates(a, b)) continue;
        drop(b);
        break;
      }
    }
  }
  return changed;
}

/** The place of least linear cost among those left for key `k` that have room for all; -1 when there is none. */
function cheapestRoomy({ nodes, alive, roomy, cost }: Workspace, k: number): number {
  let cheapest = -1;
  for (let j = 0; j < nodes; j++) {
    if (alive[k * nodes + j] === 0 || roomy[j] === 0) continue;
    if (cheapest < 0 || cost[k * nodes + j] < cost[k * nodes + cheapest]) cheapest = j;
  }
  return cheapest;
}

/** The most by which penalties grow when key `k` moves from `b` to `a`: sum_f weight_f (burden_fa - burden_fb)^+. */
function dearer(work: Workspace, k: number, a: number, b: number): number {
  const { nodes, useStart, useFunction, open, burden, base, weight, perKey } = work;
  let sum = 0;
  for (let u = useStart[k]; u < useStart[k + 1]; u++) {
    if (open[u] === 0) continue;
    const f = useFunction[u];
    let atA = burden[u * nodes + a];
    let atB = burden[u * nodes + b];
    if (perKey) {
      atA = Math.max(atA, base[f]);
      atB = Math.max(atB, base[f]);
    }
    if (atA > atB) sum += weight[f] * (atA - atB);
  }
  return sum;
}

function fixedPlacement(problem: PlacementProblem, work: Workspace): Int32Array {
  const placement = problem.current.slice();
  for (let k = 0; k < work.keys; k++) if (work.count[k] === 1) placement[work.key[k]] = work.only(k);
  return placement;
}
