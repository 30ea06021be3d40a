/**
 * Placement problems from a generator: nodes, links, functions and keys as the simulator draws them (sec. 5.1), where
 * functions run drawn at random. For comparing solvers on many problems of one size; problems of simulated states
 * come from states.ts.
 */
import { presetParameters } from '../../core/index.js';
import { accessFrom, type PlacementProblem } from '../../core/placement/problem.js';
import { Stream } from '../../core/rng.js';
import { buildWorld } from '../../core/simulate.js';

/** `loose`: every node could hold everything. `tight`: all nodes but the store hold a fraction together. */
export type CapacityKind = 'loose' | 'tight';

export interface GeneratedSize {
  /** Compute nodes; the store is one more. */
  readonly nodes: number;
  readonly functions: number;
  /** Keys 1..K from which functions draw; those that none has drawn are not in the problem. */
  readonly keys: number;
}

/** Tight nodes hold this share of the bytes in use divided by the number of edge nodes, times U[0.5, 1.5]. */
const TIGHT_SHARE = 0.3;

/**
 * One problem. Keys are in the store at first; the share of executions of a function is spread over the edge nodes by
 * independent exponential weights, that is uniformly over all ways to spread it.
 */
export function generateProblem(
  size: GeneratedSize,
  capacity: CapacityKind,
  reading: Pick<PlacementProblem, 'slack' | 'scope' | 'tieWeight' | 'wp'> & { readonly requests: number },
  seed: number,
): PlacementProblem {
  const edges = edgeNodes(size.nodes);
  const parameters = presetParameters('as-published', {
    edgeNodes: edges,
    cloudNodes: size.nodes - edges,
    functionCount: size.functions,
    keyCount: size.keys,
  });
  const { topology, application } = buildWorld({ parameters, seed });
  const { nodeCount, store } = topology;
  const { functionCount, accessedKeys, keySlots } = application;
  const index = new Map(Array.from(accessedKeys, (key, k) => [key, k]));
  const triples: [number, number, number][] = [];
  for (let f = 0; f < functionCount; f++) {
    for (let slot = f * keySlots; slot < (f + 1) * keySlots; slot++) {
      const key = application.accessKey[slot];
      if (key >= 0) triples.push([f, index.get(key)!, application.accessProbability[slot]]);
    }
  }
  const sizes = Float64Array.from(accessedKeys, (key) => application.keySize[key]);
  const stream = new Stream(seed, 'placement/generator');
  const share = new Float64Array(functionCount * nodeCount);
  for (let f = 0; f < functionCount; f++) {
    const weights = Array.from({ length: edges }, () => -Math.log(1 - stream.uniform()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, i) => {
      share[f * nodeCount + i] = weight / total;
    });
  }
  const inUse = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const room = Float64Array.from({ length: nodeCount }, () =>
    capacity === 'loose' ? inUse : (TIGHT_SHARE * inUse * (0.5 + stream.uniform())) / edges,
  );
  room[store] = inUse;
  const bandwidth = new Float64Array(nodeCount * nodeCount);
  for (let i = 0; i < nodeCount; i++)
    for (let j = 0; j < nodeCount; j++)
      bandwidth[i * nodeCount + j] = i === j ? Infinity : 1 / topology.secondsPerByte(i, j);
  return {
    nodes: nodeCount,
    functions: functionCount,
    keys: sizes.length,
    latency: topology.latency,
    bandwidth,
    size: sizes,
    access: accessFrom(functionCount, sizes.length, triples),
    share,
    tMax: application.tMax,
    penalty: new Float64Array(functionCount).fill(parameters.penalty),
    requests: new Float64Array(functionCount).fill(reading.requests),
    wp: reading.wp,
    wm: 1 - reading.wp,
    current: new Int32Array(sizes.length).fill(store),
    capacity: room,
    mayHost: new Uint8Array(nodeCount).fill(1),
    tieWeight: reading.tieWeight,
    slack: reading.slack,
    scope: reading.scope,
  };
}

/** A tenth of the nodes, five at least: those of sec. 5.1 up to 50 nodes. */
export function edgeNodes(nodes: number): number {
  return Math.max(5, Math.round(nodes / 10));
}
