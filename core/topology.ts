/**
 * Nodes and links of one replication, as flat arrays. Inside the core the edge nodes come first, then the
 * cloud nodes, then the data store, whatever the order of a scenario.
 */
import type { Parameters } from './parameters.js';
import { Stream } from './rng.js';
import type { Scenario, ScenarioNode } from './scenario.js';
import { bytes, mbps, megabytes, milliseconds, transferTime } from './units.js';

const KIND_ORDER = { edge: 0, cloud: 1, store: 2 } as const;

export interface Topology {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly cloudCount: number;
  /** Index of the data store: the last node. */
  readonly store: number;
  readonly nodeNames: readonly string[];
  /** Memory M_i in MB and storage S_i in bytes, by node. */
  readonly memory: Float64Array;
  readonly storage: Float64Array;
  readonly speedup: Float64Array;
  /** One-way latency d_ij in seconds, row by row; symmetric, zero on the diagonal. */
  readonly latency: Float64Array;
  /** Seconds a byte takes on the link (i, j): 1 / b_ij; 0 to itself. */
  secondsPerByte(i: number, j: number): number;
  /**
   * The cloud node with memory of least latency from each node, lowest index first; -1 where there is none.
   */
  readonly nearestCloud: Int32Array;
  /** The core's index of node n of the scenario. */
  readonly indexOfScenarioNode: Int32Array;
}

interface Draft extends ScenarioNode {
  /** Place in the scenario's list, or -1 for a node that the core adds. */
  readonly origin: number;
}

/** Draws latencies (or takes a scenario's) from the stream `topology`. */
export function buildTopology(parameters: Parameters, seed: number, scenario?: Scenario): Topology {
  const drafts = listNodes(parameters, scenario);
  const nodeCount = drafts.length;
  const edgeCount = drafts.filter((node) => node.kind === 'edge').length;
  const store = nodeCount - 1;
  const cloudCount = store - edgeCount;
  const indexOfScenarioNode = new Int32Array(scenario?.nodes?.length ?? 0);
  drafts.forEach((node, index) => {
    if (node.origin >= 0) indexOfScenarioNode[node.origin] = index;
  });

  const memory = new Float64Array(nodeCount);
  const storage = new Float64Array(nodeCount);
  const speedup = new Float64Array(nodeCount);
  drafts.forEach((node, index) => {
    const edge = node.kind === 'edge';
    if (node.kind === 'store') {
      storage[index] = node.storage_mb === undefined ? Infinity : megabytes(node.storage_mb);
      speedup[index] = 1;
      return;
    }
    memory[index] = node.memory_mb ?? (edge ? parameters.edgeMemory : parameters.cloudMemory);
    const declared = node.storage_mb ?? (edge ? parameters.edgeStorage : parameters.cloudStorage);
    storage[index] = megabytes(declared || memory[index]);
    speedup[index] = node.speedup ?? (edge ? parameters.edgeSpeedup : parameters.cloudSpeedup);
  });

  const latency = drawLatencies(parameters, seed, drafts, scenario);
  const edgeCost = transferTime(bytes(1), mbps(parameters.edgeBandwidth));
  const cloudCost = transferTime(bytes(1), mbps(parameters.cloudBandwidth));
  const byClass = (i: number, j: number): number =>
    i === j ? 0 : i < edgeCount || j < edgeCount ? edgeCost : cloudCost;
  const measured = scenario?.bandwidth_mbps;
  const secondsPerByte =
    measured === undefined
      ? byClass
      : (i: number, j: number): number => {
          const from = drafts[i].origin;
          const to = drafts[j].origin;
          if (i === j || from < 0 || to < 0) return byClass(i, j);
          return transferTime(bytes(1), mbps(measured[from][to]));
        };

  return {
    nodeCount,
    edgeCount,
    cloudCount,
    store,
    nodeNames: drafts.map((node) => node.name),
    memory,
    storage,
    speedup,
    latency,
    secondsPerByte,
    nearestCloud: findNearestClouds(latency, memory, edgeCount, cloudCount),
    indexOfScenarioNode,
  };
}

function listNodes(parameters: Parameters, scenario?: Scenario): Draft[] {
  const listed: Draft[] = (scenario?.nodes ?? []).map((node, origin) => ({ ...node, origin }));
  if (listed.length === 0) {
    for (let e = 0; e < parameters.edgeNodes; e++)
      listed.push({ name: `edge${e + 1}`, kind: 'edge', origin: -1 });
    for (let c = 0; c < parameters.cloudNodes; c++)
      listed.push({ name: `cloud${c + 1}`, kind: 'cloud', origin: -1 });
  }
  if (!listed.some((node) => node.kind === 'store'))
    listed.push({ name: 'store', kind: 'store', origin: -1 });
  // Array.prototype.sort is stable, so nodes of one kind keep their order.
  return listed.sort((x, y) => KIND_ORDER[x.kind] - KIND_ORDER[y.kind]);
}

function drawLatencies(
  parameters: Parameters,
  seed: number,
  nodes: readonly Draft[],
  scenario?: Scenario,
): Float64Array {
  const n = nodes.length;
  const latency = new Float64Array(n * n);
  const stream = new Stream(seed, 'topology');
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const [low, high] = latencyRange(parameters, nodes[i], nodes[j]);
      const drawn = low + (high - low) * stream.uniform();
      const from = nodes[i].origin;
      const to = nodes[j].origin;
      const given = from < 0 || to < 0 ? undefined : scenario?.latency_ms?.[from]?.[to];
      const value = milliseconds(given ?? drawn);
      latency[i * n + j] = value;
      latency[j * n + i] = value;
    }
  }
  return latency;
}

/** Range of the one-way latency between two nodes in ms (sec. 5.1). */
function latencyRange(p: Parameters, x: ScenarioNode, y: ScenarioNode): readonly [number, number] {
  const edges = Number(x.kind === 'edge') + Number(y.kind === 'edge');
  if (edges === 2) return [p.edgeEdgeMin, p.edgeEdgeMax];
  if (edges === 1) return [p.edgeCloudMin, p.edgeCloudMax];
  if (x.kind === 'store' || y.kind === 'store') return [p.cloudStoreMin, p.cloudStoreMax];
  return [p.cloudCloudMin, p.cloudCloudMax];
}

function findNearestClouds(
  latency: Float64Array,
  memory: Float64Array,
  edges: number,
  clouds: number,
): Int32Array {
  const n = memory.length;
  const nearest = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    for (let j = edges; j < edges + clouds; j++) {
      if (memory[j] === 0) continue;
      if (nearest[i] < 0 || latency[i * n + j] < latency[i * n + nearest[i]]) nearest[i] = j;
    }
  }
  return nearest;
}
