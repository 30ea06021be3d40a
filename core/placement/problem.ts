/**
 * The placement problem of DS2P's Data Migrator, eqs. (8)-(25) of Nardelli and Russo Russo, ICPE '24 (sec. 4.2):
 * where does each key live, given who reads it from where, what an SLO violation costs and what a move costs.
 *
 *     min  w_p sum_f rho_f r_f delta_f  +  w_m sum_k mig_k(x) / migmax_k  [ + Z ]  +  tie sum_f sum_k T_fk(x)
 *
 * with T_fk(x) = p_fk sum_i share_fi (d_ij + l_k / b_ij + d_ji), j the place of k, eq. (8) weighed by where f runs;
 * delta_f the excess of f over T_max, of its slowest key (13)-(14) or of the sum of its keys; Z the slack (18);
 * r_f = 1, tie = 0 as printed. Every key has one place (20) and places have a capacity (19).
 *
 * Everything is in flat typed arrays, row-major, so that a decision allocates little.
 */
import type { Access } from './access.js';
import { accessTime, type Costs, costsOf, largestMigration, migrationTerm } from './costs.js';

export { type Access, accessFrom } from './access.js';

export type SloScope = 'per-key' | 'per-function';

export interface PlacementProblem {
  /** Counts N, F and K. */
  readonly nodes: number;
  readonly functions: number;
  readonly keys: number;
  /** d_ij, N * N, seconds one way. The diagonal is not read: access to one's own keys costs nothing. */
  readonly latency: Float64Array;
  /** b_ij, N * N, bytes a second, above 0; the diagonal is not read. */
  readonly bandwidth: Float64Array;
  /** l_k, K, bytes. */
  readonly size: Float64Array;
  readonly access: Access;
  /** F * N: the part of the executions of f at i, the weight of i in eq. (8). */
  readonly share: Float64Array;
  /** T_max of f, F, seconds. */
  readonly tMax: Float64Array;
  /** rho_f, F, $ a second of excess. */
  readonly penalty: Float64Array;
  /** F: 1 as printed; the requests of f expected until the next decision in the sound reading. */
  readonly requests: Float64Array;
  /** Weights of penalty and migration in (17). */
  readonly wp: number;
  readonly wm: number;
  /** Where each key is now, K, node indices: x-bar of (11). */
  readonly current: Int32Array;
  /** The right-hand side of (19), N, bytes; Infinity where nothing binds. */
  readonly capacity: Float64Array;
  /** N: 1 where keys in use may be placed, 0 where not, even when one is there now. */
  readonly mayHost: Uint8Array;
  /** Weight of the sum of access times that breaks ties, 1 a second; 0 as printed. */
  readonly tieWeight: number;
  /** Is Z (18), over all pairs (f, k), in the objective? Without effect in the scope 'per-function'. */
  readonly slack: boolean;
  readonly scope: SloScope;
}

/** What a placement costs, and of what. `objective` = w_p penalty + w_m migration [+ slack] + tie accessTime. */
export interface Price {
  readonly objective: number;
  /** sum_f rho_f r_f delta_f, $: (15) times the requests. */
  readonly penalty: number;
  /** sum_k mig_k / migmax_k, without unit, each term within [0, 1]. */
  readonly migration: number;
  /** Z of (18), s, whether or not the objective counts it; 0 in the scope 'per-function'. */
  readonly slack: number;
  /** sum_f sum_k T_fk, s. */
  readonly accessTime: number;
}

/** A constraint that a placement breaks. */
export interface Violation {
  /** 'assignment' is (20) with (25), 'capacity' is (19); a key in use on a node that may not host is 'hosting'. */
  readonly constraint: 'assignment' | 'capacity' | 'hosting' | 'unused-key-moved';
  /** The key, or the node for 'capacity'; -1 when the plan as a whole has a wrong length. */
  readonly index: number;
  readonly message: string;
}

/**
 * Sums of sizes in a different order differ by rounding, so a place is full only beyond this relative excess,
 * one byte in a gigabyte. Solvers and checks all read capacities through `capacityLimit`.
 */
export const CAPACITY_TOLERANCE = 1e-9;

/** The most bytes that node `j` may hold, tolerance included. */
export function capacityLimit(problem: PlacementProblem, j: number): number {
  const capacity = problem.capacity[j];
  return capacity + CAPACITY_TOLERANCE * Math.abs(capacity);
}

/**
 * Plans whose objectives differ by no more than this are equally good: 1e-10 of the objective of staying, the slack of pairs
 * that no plan changes left out. Rounding moves sums by some 1e-15 of their size, and no difference that small means anything. Among equally good optima the tie-break
 * prefers the plan that comes first key by key, the present place before all others, then the lowest node index.
 */
export function tieTolerance(problem: PlacementProblem, costs: Costs = costsOf(problem)): number {
  const staying = priceOf(problem.current, problem, costs).objective - constantSlack(problem);
  return 1e-10 * Math.max(1e-3, Math.abs(staying));
}

/** The part of the objective that no plan changes: by (13) with T = 0, every key that f does not use adds T_max to Z. */
export function constantSlack({ functions, keys, access, tMax, slack, scope }: PlacementProblem): number {
  let sum = 0;
  if (slack && scope === 'per-key')
    for (let f = 0; f < functions; f++)
      sum += (keys - (access.functionStart[f + 1] - access.functionStart[f])) * tMax[f];
  return sum;
}

/** Does no function use key `k`? Such a key stays where it is, which costs nothing. */
export function isUnused(problem: PlacementProblem, k: number): boolean {
  return problem.access.keyStart[k] === problem.access.keyStart[k + 1];
}

/**
 * What `placement` (K node indices) costs by eqs. (8)-(18), whether or not it is allowed.
 * Pass `costs` when they are at hand, so that they are not computed again.
 */
export function priceOf(placement: Int32Array, problem: PlacementProblem, costs = costsOf(problem)): Price {
  const { penalty, slack, accessTime } = servicePrice(placement, problem, costs);
  let migration = 0;
  for (let k = 0; k < problem.keys; k++) {
    if (placement[k] === problem.current[k]) continue;
    migration += migrationTerm(problem, largestMigration(costs, problem.size[k]), k, placement[k]);
  }
  const objective =
    problem.wp * penalty +
    problem.wm * migration +
    (problem.slack ? slack : 0) +
    problem.tieWeight * accessTime;
  return { objective, penalty, migration, slack, accessTime };
}

/** The part of the price that functions feel. */
function servicePrice(placement: Int32Array, problem: PlacementProblem, costs: Costs) {
  const { functions, keys, access, tMax } = problem;
  const perKey = problem.scope === 'per-key';
  let penalty = 0;
  let slack = 0;
  let total = 0;
  for (let f = 0; f < functions; f++) {
    let excess = 0;
    let sum = 0;
    const uses = access.functionStart[f + 1] - access.functionStart[f];
    // By (13) with T = 0, every key that f does not use adds a slack of T_max.
    if (perKey) slack += (keys - uses) * tMax[f];
    for (let row = access.functionStart[f]; row < access.functionStart[f + 1]; row++) {
      const k = access.functionKey[row];
      const time = accessTime(problem, costs, access.functionUse[row], f, k, placement[k]);
      sum += time;
      if (!perKey) continue;
      if (time > tMax[f]) excess = Math.max(excess, time - tMax[f]);
      else slack += tMax[f] - time;
    }
    if (!perKey) excess = Math.max(0, sum - tMax[f]);
    penalty += problem.penalty[f] * problem.requests[f] * excess;
    total += sum;
  }
  return { penalty, slack, accessTime: total };
}

/** The constraints that `placement` breaks, each named; empty when the plan is allowed. */
export function violations(placement: Int32Array, problem: PlacementProblem): Violation[] {
  const { keys, nodes, current, mayHost, size } = problem;
  if (placement.length !== keys) {
    const message = `The plan places ${placement.length} keys, the problem has ${keys}.`;
    return [{ constraint: 'assignment', index: -1, message }];
  }
  const broken: Violation[] = [];
  const load = new Float64Array(nodes);
  for (let k = 0; k < keys; k++) {
    const j = placement[k];
    if (!(j >= 0 && j < nodes)) {
      const message = `Key ${k} is at ${j}, which is none of the ${nodes} nodes.`;
      broken.push({ constraint: 'assignment', index: k, message });
      continue;
    }
    load[j] += size[k];
    if (isUnused(problem, k)) {
      if (j === current[k]) continue;
      const message = `Key ${k} is used by no function, yet moves from ${current[k]} to ${j}.`;
      broken.push({ constraint: 'unused-key-moved', index: k, message });
    } else if (mayHost[j] === 0) {
      const message = `Key ${k} is at ${j}, which may not host keys.`;
      broken.push({ constraint: 'hosting', index: k, message });
    }
  }
  for (let j = 0; j < nodes; j++) {
    if (load[j] <= capacityLimit(problem, j)) continue;
    const message = `Node ${j} holds ${load[j]} B, ${load[j] - problem.capacity[j]} B beyond its capacity.`;
    broken.push({ constraint: 'capacity', index: j, message });
  }
  return broken;
}
