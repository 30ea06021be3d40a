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

/** Sums over executing nodes; local access (i = j) costs nothing. O(F N^2). */
export function costsOf(problem: PlacementProblem): Costs {
  const { nodes, functions, latency, bandwidth, share } = problem;
  const delay = new Float64Array(functions * nodes);
  const perByte = new Float64Array(functions * nodes);
  for (let f = 0; f < functions; f++) {
    for (let i = 0; i < nodes; i++) {
      const weight = share[f * nodes + i];
      if (weight === 0) continue;
      for (let j = 0; j < nodes; j++) {
        if (i === j) continue;
        delay[f * nodes + j] += weight * (latency[i * nodes + j] + latency[j * nodes + i]);
        perByte[f * nodes + j] += weight / bandwidth[i * nodes + j];
      }
    }
  }
  return { delay, perByte, dearest: dearestPairs(problem) };
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
