/** The placement problem of a moment, from what policies see: what does not change during a run is built once. */
import { type Formulation, readingOf } from '../placement/formulations/index.js';
import { type Access, accessFrom, type PlacementProblem, type SloScope } from '../placement/problem.js';
import type { PolicyContext } from '../policy.js';

/**
 * Returns the problem of the accessed keys, under `formulation`, at the moment it is called. Problems share arrays, so that one
 * is valid until the next is asked for.
 */
export function placementProblems(context: PolicyContext, formulation: Formulation): () => PlacementProblem {
  const { view, parameters } = context;
  const { nodeCount, functionCount } = view;
  const keys = view.accessedKeys;
  const size = Float64Array.from(keys, (key) => view.keySize(key));
  const mayHost = new Uint8Array(nodeCount).fill(1);
  if (!parameters.storeMayHost) mayHost[view.store] = 0;
  const constant = {
    nodes: nodeCount,
    functions: functionCount,
    keys: keys.length,
    ...linksOf(context),
    size,
    tMax: Float64Array.from({ length: functionCount }, (_, f) => view.tMax(f)),
    penalty: new Float64Array(functionCount).fill(parameters.penalty),
    wp: parameters.penaltyWeight,
    wm: 1 - parameters.penaltyWeight,
    mayHost,
    ...readingOf(formulation, { slo: parameters.sloScope as SloScope, tieWeight: parameters.tieWeight }),
  };
  const accessNow = accessOf(context, keys);
  return () => {
    const share = new Float64Array(functionCount * nodeCount);
    const requests = new Float64Array(functionCount).fill(1);
    for (let f = 0; f < functionCount; f++) {
      const running = fillShares(share, f, nodeCount, (node) => view.executionRate(f, node));
      const rate =
        running > 0 ? running : fillShares(share, f, nodeCount, (node) => view.arrivalRate(f, node));
      if (formulation.expectedRequests) requests[f] = rate * parameters.migrationInterval;
    }
    const current = Int32Array.from(keys, (key) => view.placeOf(key));
    const capacity = Float64Array.from({ length: nodeCount }, (_, node) => view.spareStorage(node));
    if (formulation.capacityOnce) for (let k = 0; k < keys.length; k++) capacity[current[k]] += size[k];
    return { ...constant, access: accessNow(), share, requests, current, capacity };
  };
}

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

/** Returns who accesses which key with which probability: built once where policies know the true probabilities. */
function accessOf({ view, parameters }: PolicyContext, keys: Int32Array): () => Access {
  const indexOfKey = new Map(Array.from(keys, (key, k) => [key, k]));
  const build = (): Access => {
    const triples: [number, number, number][] = [];
    for (let f = 0; f < view.functionCount; f++)
      for (const { key, probability } of view.accessesOf(f))
        triples.push([f, indexOfKey.get(key)!, probability]);
    return accessFrom(view.functionCount, keys.length, triples);
  };
  if (parameters.knowledge === 'estimated') return build;
  const access = build();
  return () => access;
}

/** Writes the shares of function f and returns the sum of its rates; with a sum of 0 nothing is written. */
function fillShares(share: Float64Array, f: number, nodes: number, rate: (node: number) => number): number {
  let total = 0;
  for (let node = 0; node < nodes; node++) total += rate(node);
  if (total > 0) for (let node = 0; node < nodes; node++) share[f * nodes + node] = rate(node) / total;
  return total;
}
