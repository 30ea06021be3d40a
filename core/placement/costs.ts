/**
 * The coefficients of the placement problem, computed once a decision: what access and migration cost as
 * functions of the place of a key. Solvers and `priceOf` read the same ones, so they cannot disagree.
 */
import type { PlacementProblem } from './problem.js';

export interface Costs {
  /** F * N: sum_i share_fi (d_ij + d_ji), the part of eq. (8) that does not depend on the key, s. */
  readonly delay: Float64Array;
  /** F * N: sum_i share_fi / b_ij, the part that grows with the size of the key, s a byte. */
  readonly perByte: Float64Array;
  /** Pairs (1 / b, d + d) that can be the dearest migration of some size; see `largestMigration`. */
  readonly dearest: Float64Array;
}

/** Sums over executing nodes; local access (i = j) costs nothing. O(F N^2), with the nodes where f runs in place of one N. */
export function costsOf(problem: PlacementProblem): Costs {
  const { nodes, functions, share } = problem;
  const { trip, inverse, dearest } = linkCosts(problem);
  const delay = new Float64Array(functions * nodes);
  const perByte = new Float64Array(functions * nodes);
  for (let f = 0; f < functions; f++) {
    const row = f * nodes;
    for (let i = 0; i < nodes; i++) {
      const weight = share[row + i];
      if (weight === 0) continue;
      const from = i * nodes;
      for (let j = 0; j < nodes; j++) {
        delay[row + j] += weight * trip[from + j];
        perByte[row + j] += weight * inverse[from + j];
      }
    }
  }
  return { delay, perByte, dearest };
}

/** What the links alone determine: d_ij + d_ji and 1 / b_ij, 0 on the diagonal; and the dearest pairs. */
interface LinkCosts {
  readonly bandwidth: Float64Array;
  readonly trip: Float64Array;
  readonly inverse: Float64Array;
  readonly dearest: Float64Array;
}

/** The links stay the same during a run, so that what follows from them is kept for as long as their arrays are. */
const linkCostsOf = new WeakMap<Float64Array, LinkCosts>();

function linkCosts(problem: PlacementProblem): LinkCosts {
  const { nodes, latency, bandwidth } = problem;
  const known = linkCostsOf.get(latency);
  if (known !== undefined && known.bandwidth === bandwidth) return known;
  const trip = new Float64Array(nodes * nodes);
  const inverse = new Float64Array(nodes * nodes);
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < nodes; j++) {
      if (i === j) continue;
      trip[i * nodes + j] = latency[i * nodes + j] + latency[j * nodes + i];
      inverse[i * nodes + j] = 1 / bandwidth[i * nodes + j];
    }
  }
  const costs = { bandwidth, trip, inverse, dearest: dearestPairs(problem) };
  linkCostsOf.set(latency, costs);
  return costs;
}

/**
 * The pairs i != j as lines d + d + l (1 / b) in the size l: only those that no other line exceeds in both
 * coefficients can be the largest for some l >= 0. There are about as many as distinct bandwidths, so the
 * normalisation of a key costs a handful of operations instead of N^2.
 */
function dearestPairs({ nodes, latency, bandwidth }: PlacementProblem): Float64Array {
  const longest = new Map<number, number>();
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < nodes; j++) {
      if (i === j) continue;
      const b = bandwidth[i * nodes + j];
      const trip = latency[i * nodes + j] + latency[j * nodes + i];
      const known = longest.get(b);
      if (known === undefined || trip > known) longest.set(b, trip);
    }
  }
  const slowestFirst = [...longest].sort((a, b) => a[0] - b[0]);
  const lines: number[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const [b, trip] of slowestFirst) {
    if (trip <= best) continue;
    best = trip;
    lines.push(b, trip);
  }
  return Float64Array.from(lines);
}

/** T_fk of eq. (8) for use `u` (of key `k`, by function `f`) when k is at `j`, s. */
export function accessTime(
  problem: PlacementProblem,
  costs: Costs,
  u: number,
  f: number,
  k: number,
  j: number,
): number {
  const at = f * problem.nodes + j;
  return problem.access.probability[u] * (costs.delay[at] + problem.size[k] * costs.perByte[at]);
}

/** The normalisation of (17): the largest migration time of a key of `size` bytes over all pairs of nodes, s. */
export function largestMigration(costs: Costs, size: number): number {
  const { dearest } = costs;
  let largest = 0;
  for (let l = 0; l < dearest.length; l += 2) {
    const time = dearest[l + 1] + size / dearest[l];
    if (time > largest) largest = time;
  }
  return largest;
}

/**
 * The migration term of key `k` moved to `j`, eq. (9) over its normalisation: in [0, 1], 0 for staying.
 * `largest` is `largestMigration` of the key; where no move takes time, moves are free.
 */
export function migrationTerm(problem: PlacementProblem, largest: number, k: number, j: number): number {
  const { nodes, latency, bandwidth, size, current } = problem;
  const i = current[k];
  if (i === j || largest === 0) return 0;
  const time = latency[i * nodes + j] + size[k] / bandwidth[i * nodes + j] + latency[j * nodes + i];
  return time / largest;
}
