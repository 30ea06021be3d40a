import { accessFrom, type PlacementProblem } from '../placement/problem.js';
import { type SolveOptions, solvePlacement } from '../placement/solve.js';
import type { MigrationPolicy, Move, PolicyContext } from '../policy.js';

/**
 * State-aware migration, eqs. (8)-(25): the placement of the accessed keys that minimises penalties and
 * migration time. Keys that nobody accesses stay.
 *
 * `sound` counts capacity once (what keys outside the problem leave), weighs the penalty of a function by
 * its requests expected until the next decision, leaves out the slack Z, and breaks ties by access time.
 * `as-written` takes (19) with the capacity left beside the keys that stay, the penalty of one request, and Z.
 * Both weigh the nodes of (8) by where the function runs, or, before it ran, by where it arrives.
 */
export const stateAware: MigrationPolicy = {
  kind: 'migration',
  name: 'state-aware',
  doc: 'the integer linear program of sec. 4.2, to proven optimality or the best plan within a limit of work',
  source: 'sec. 4.2, eqs. (8)-(25)',
  reads: [
    'placement.formulation',
    'placement.slo',
    'placement.penaltyWeight',
    'placement.tieWeight',
    'placement.solver',
    'migration.storeMayHost',
    'migration.rateWeight',
    'migration.interval',
    'knowledge.mode',
    'slo.tMax',
    'slo.penalty',
    'nodes.edgeStorage',
    'nodes.cloudStorage',
  ],
  make(context) {
    const { view } = context;
    const keys = view.accessedKeys;
    const links = linksOf(context);
    const mayHost = new Uint8Array(view.nodeCount).fill(1);
    if (!context.parameters.storeMayHost) mayHost[view.store] = 0;
    return () => {
      const problem = problemNow(context, keys, links, mayHost);
      const solver = context.parameters.placementSolver as SolveOptions['solver'];
      const result = solvePlacement(problem, { solver });
      if (result.status === 'infeasible') return { moves: [], outcome: 'stayed' };
      const moves: Move[] = [];
      result.placement.forEach((to, k) => {
        if (to !== view.placeOf(keys[k])) moves.push({ key: keys[k], to });
      });
      return { moves, outcome: result.status };
    };
  },
};

/** Latency in s and bandwidth in bytes/s of all pairs, which do not change during a run. */
export function linksOf({ view }: PolicyContext) {
  const n = view.nodeCount;
  const latency = new Float64Array(n * n);
  const bandwidth = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      latency[i * n + j] = view.latency(i, j);
      bandwidth[i * n + j] = i === j ? Infinity : 1 / view.secondsPerByte(i, j);
    }
  }
  return { latency, bandwidth };
}

/** The placement problem of this moment. */
export function problemNow(
  { view, parameters }: PolicyContext,
  keys: Int32Array,
  links: { latency: Float64Array; bandwidth: Float64Array },
  mayHost: Uint8Array,
): PlacementProblem {
  const { nodeCount, functionCount } = view;
  const sound = parameters.formulation === 'sound';
  const indexOfKey = new Map(Array.from(keys, (key, k) => [key, k]));
  const triples: [number, number, number][] = [];
  const share = new Float64Array(functionCount * nodeCount);
  const requests = new Float64Array(functionCount).fill(1);
  const tMax = new Float64Array(functionCount);
  for (let f = 0; f < functionCount; f++) {
    for (const { key, probability } of view.accessesOf(f)) {
      triples.push([f, indexOfKey.get(key)!, probability]);
    }
    const total = fillShares(share, f, nodeCount, (node) => view.executionRate(f, node));
    const arriving = total > 0 ? total : fillShares(share, f, nodeCount, (node) => view.arrivalRate(f, node));
    if (sound) requests[f] = arriving * parameters.migrationInterval;
    tMax[f] = view.tMax(f);
  }
  const size = Float64Array.from(keys, (key) => view.keySize(key));
  const current = Int32Array.from(keys, (key) => view.placeOf(key));
  const capacity = Float64Array.from({ length: nodeCount }, (_, node) => view.spareStorage(node));
  if (sound)
    current.forEach((node, k) => {
      capacity[node] += size[k];
    });
  return {
    nodes: nodeCount,
    functions: functionCount,
    keys: keys.length,
    ...links,
    size,
    access: accessFrom(functionCount, keys.length, triples),
    share,
    tMax,
    penalty: new Float64Array(functionCount).fill(parameters.penalty),
    requests,
    wp: parameters.penaltyWeight,
    wm: 1 - parameters.penaltyWeight,
    current,
    capacity,
    mayHost,
    tieWeight: sound ? parameters.tieWeight : 0,
    slack: !sound,
    scope: parameters.sloScope as PlacementProblem['scope'],
  };
}

/** Writes the shares of function f and returns the sum of its rates; with a sum of 0 nothing is written. */
function fillShares(share: Float64Array, f: number, nodes: number, rate: (node: number) => number): number {
  let total = 0;
  for (let node = 0; node < nodes; node++) total += rate(node);
  if (total > 0) for (let node = 0; node < nodes; node++) share[f * nodes + node] = rate(node) / total;
  return total;
}
