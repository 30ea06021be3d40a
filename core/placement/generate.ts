/**
 * Random placement problems of any size: edge nodes, cloud nodes and a store, Zipf popularity, keys large and small, all keys
 * in the store at first. They follow sec. 5.1 of the paper; a problem is a function of its description and seed.
 */
import { Stream } from '../rng.js';
import { exponential, gamma, WeightedSampler, zipfWeights } from '../samplers.js';
import { type FormulationName, formulationNamed, readingOf } from './formulations/index.js';
import { accessFrom, type PlacementProblem, type SloScope } from './problem.js';

export interface GeneratedSize {
  /** Compute nodes; the store comes on top. */
  readonly nodes: number;
  readonly functions: number;
  readonly keys: number;
}

export interface GeneratorOptions extends GeneratedSize {
  /**
   * 'loose': every node has room for all keys. 'tight': a compute node holds a share of the bytes in use such that the edge nodes
   * together, where functions run, hold some 30 % of them: the mean times a number in [0.5, 1.5]. The store holds all.
   */
  readonly capacity: 'loose' | 'tight';
  readonly formulation: FormulationName;
  readonly slo?: SloScope;
  readonly seed: number;
  /** Edge nodes among `nodes`, where functions run; default 5. */
  readonly edge?: number;
  /** Weight of penalties; default 0.99 loose and 0.9 tight. */
  readonly wp?: number;
  readonly tMax?: number;
}

const KEYS_PER_FUNCTION = 5;
const PROBABILITIES = [0.1, 0.25, 0.5, 0.75, 0.9, 1];
const SMALL_BYTES = 1e4;
const LARGE_BYTES = 1e6;
const SCALE_BYTES = 1e4;
const MBIT = 125_000;
const TIGHT = 0.3;
/** Requests of all functions together until the next decision, in `sound`: 172 a second over 120 s. */
const REQUESTS = 172 * 120;

export function generateProblem(options: GeneratorOptions): PlacementProblem {
  const { functions, keys, capacity, seed, wp = capacity === 'loose' ? 0.99 : 0.9, tMax = 0.1 } = options;
  const nodes = options.nodes + 1;
  const edge = Math.min(options.nodes, options.edge ?? 5);
  const stream = (name: string) => new Stream(seed, `placement/${name}`);
  const formulation = formulationNamed(options.formulation);

  const size = sizes(stream('sizes'), keys);
  const access = accessFrom(functions, keys, accesses(stream('keys'), functions, keys));
  const share = new Float64Array(functions * nodes);
  const shares = stream('shares');
  for (let f = 0; f < functions; f++) {
    const weights = Array.from({ length: edge }, () => exponential(shares));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, i) => {
      share[f * nodes + i] = weight / total;
    });
  }
  const rates = stream('rates');
  const requests = Float64Array.from({ length: functions }, () =>
    formulation.expectedRequests ? ((0.5 + rates.uniform()) * REQUESTS) / functions : 1,
  );
  return {
    nodes,
    functions,
    keys,
    ...links(stream('links'), nodes, edge),
    size,
    access,
    share,
    tMax: new Float64Array(functions).fill(tMax),
    penalty: new Float64Array(functions).fill(1),
    requests,
    wp,
    wm: 1 - wp,
    current: new Int32Array(keys).fill(nodes - 1),
    capacity: capacities(stream('capacity'), options, size, access.keyStart, edge),
    mayHost: new Uint8Array(nodes).fill(1),
    ...readingOf(formulation, { slo: options.slo ?? 'per-key', tieWeight: 1e-3 }),
  };
}

function sizes(stream: Stream, keys: number): Float64Array {
  return Float64Array.from({ length: keys }, () => {
    const mean = stream.uniform() < 0.5 ? LARGE_BYTES : SMALL_BYTES;
    return Math.max(1, Math.round(gamma(stream, mean / SCALE_BYTES, SCALE_BYTES)));
  });
}

/** Five distinct keys a function, by Zipf popularity. */
function* accesses(stream: Stream, functions: number, keys: number): Generator<[number, number, number]> {
  const popularity = new WeightedSampler(zipfWeights(keys, 1));
  for (let f = 0; f < functions; f++) {
    const drawn = new Set<number>();
    while (drawn.size < Math.min(KEYS_PER_FUNCTION, keys)) {
      const key = popularity.draw(stream);
      if (drawn.has(key)) continue;
      drawn.add(key);
      yield [f, key, PROBABILITIES[stream.integer(PROBABILITIES.length)]];
    }
  }
}

/** Symmetric latencies: 1 to 20 ms among edge nodes and among cloud nodes, else 5 to 100 ms; 100 Mbit/s at the edge, else 1000. */
function links(stream: Stream, nodes: number, edge: number) {
  const latency = new Float64Array(nodes * nodes);
  const bandwidth = new Float64Array(nodes * nodes).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < nodes; i++) {
    for (let j = i + 1; j < nodes; j++) {
      const crosses = i < edge !== j < edge;
      const d = crosses ? 0.005 + 0.095 * stream.uniform() : 0.001 + 0.019 * stream.uniform();
      const b = (i < edge ? 100 : 1000) * MBIT;
      for (const at of [i * nodes + j, j * nodes + i]) {
        latency[at] = d;
        bandwidth[at] = b;
      }
    }
  }
  return { latency, bandwidth };
}

function capacities(
  stream: Stream,
  { nodes, capacity }: GeneratorOptions,
  size: Float64Array,
  keyStart: Int32Array,
  edge: number,
): Float64Array {
  const total = size.reduce((sum, bytes) => sum + bytes, 0);
  const all = new Float64Array(nodes + 1).fill(total);
  if (capacity === 'loose') return all;
  const used = size.reduce((sum, bytes, k) => sum + (keyStart[k + 1] > keyStart[k] ? bytes : 0), 0);
  for (let j = 0; j < nodes; j++) all[j] = Math.round(((0.5 + stream.uniform()) * TIGHT * used) / edge);
  return all;
}
