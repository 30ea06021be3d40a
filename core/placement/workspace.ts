/** The working arrays of `reduce`: used keys by nodes, with what is still a candidate. Internal to the placement. */
import { accessTime, type Costs, largestMigration, migrationTerm } from './costs.js';
import { capacityLimit, isUnused, type PlacementProblem, tieTolerance } from './problem.js';

export interface Workspace {
  readonly nodes: number;
  readonly perKey: boolean;
  /** The used keys: their number and their indices in the problem. */
  readonly keys: number;
  readonly key: Int32Array;
  /** keys * N: is the place still a candidate, and its linear cost. `count` is the number of candidates of a key. */
  readonly alive: Uint8Array;
  readonly cost: Float64Array;
  readonly count: Int32Array;
  /** The first place left for a key. */
  only(k: number): number;
  /** Uses: their number, range by key, key and function, and whether their burden still matters. */
  readonly uses: number;
  readonly useStart: Int32Array;
  readonly useKey: Int32Array;
  readonly useFunction: Int32Array;
  readonly open: Uint8Array;
  /** uses * N: the excess (per key) or the access time (per function) of the use with its key at the place, s. */
  readonly burden: Float64Array;
  /** F: w_p rho_f r_f; and the bound below delta_f (per key). */
  readonly weight: Float64Array;
  readonly base: Float64Array;
  /** N: bytes for used keys; bytes left beside keys with one place; room for all that may come. */
  readonly limit: Float64Array;
  readonly room: Float64Array;
  readonly roomy: Uint8Array;
  readonly capacityMatters: boolean;
  /** See `tieTolerance`. */
  readonly tolerance: number;
}

/** Every used key with every node that may host it, and the coefficients of both. */
export function createWorkspace(problem: PlacementProblem, costs: Costs): Workspace {
  const { nodes, functions, access, tMax, tieWeight, wm } = problem;
  const perKey = problem.scope === 'per-key';
  const countsSlack = perKey && problem.slack;
  const limit = Float64Array.from({ length: nodes }, (_, j) => capacityLimit(problem, j));
  const key = usedKeys(problem, limit);
  const keys = key.length;
  const uses = access.keyFunction.length;
  const cost = new Float64Array(keys * nodes);
  const alive = new Uint8Array(keys * nodes);
  const count = new Int32Array(keys);
  const burden = new Float64Array(uses * nodes);
  const useStart = new Int32Array(keys + 1);
  const useKey = new Int32Array(uses);
  for (let k = 0; k < keys; k++) {
    const original = key[k];
    const largest = largestMigration(costs, problem.size[original]);
    for (let j = 0; j < nodes; j++) {
      if (problem.mayHost[j] === 0) continue;
      alive[k * nodes + j] = 1;
      count[k]++;
      cost[k * nodes + j] = wm * migrationTerm(problem, largest, original, j);
    }
    useStart[k + 1] = access.keyStart[original + 1];
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = access.keyFunction[u];
      useKey[u] = k;
      for (let j = 0; j < nodes; j++) {
        const time = accessTime(problem, costs, u, f, original, j);
        const spare = tMax[f] - time;
        burden[u * nodes + j] = perKey ? Math.max(0, -spare) : time;
        cost[k * nodes + j] += tieWeight * time + (countsSlack && spare > 0 ? spare : 0);
      }
    }
  }
  const weight = new Float64Array(functions);
  for (let f = 0; f < functions; f++) weight[f] = problem.wp * problem.penalty[f] * problem.requests[f];
  return {
    nodes,
    perKey,
    keys,
    key,
    alive,
    cost,
    count,
    only: (k) => alive.indexOf(1, k * nodes) - k * nodes,
    uses,
    useStart,
    useKey,
    useFunction: access.keyFunction,
    open: new Uint8Array(uses).fill(1),
    burden,
    weight,
    base: new Float64Array(functions),
    limit,
    room: limit.slice(),
    roomy: new Uint8Array(nodes).fill(1),
    tolerance: tieTolerance(problem, costs),
    capacityMatters: limit.some((bytes) => bytes < Number.POSITIVE_INFINITY),
  };
}

/** The keys in use; the sizes of the others, which stay, are taken from `limit`. */
function usedKeys(problem: PlacementProblem, limit: Float64Array): Int32Array {
  const used: number[] = [];
  for (let k = 0; k < problem.keys; k++) {
    if (isUnused(problem, k)) limit[problem.current[k]] -= problem.size[k];
    else used.push(k);
  }
  return Int32Array.from(used);
}
