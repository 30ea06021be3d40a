/** Functions, keys and who accesses what: the application of one replication. */
import type { Parameters } from './parameters.js';
import { Stream } from './rng.js';
import { gamma, WeightedSampler, zipfWeights } from './samplers.js';
import type { ArrivalTrace, Scenario } from './scenario.js';
import type { Topology } from './topology.js';

export interface Application {
  readonly functionCount: number;
  readonly functionNames: readonly string[];
  /** Mean execution time r_f in s, memory m_f in MB, cold start in s, SLO T_max in s, total rate in req/s. */
  readonly executionTime: Float64Array;
  readonly memory: Float64Array;
  readonly coldStart: Float64Array;
  readonly tMax: Float64Array;
  readonly rate: Float64Array;
  /** Mean rate of arrivals in a trace by function and node, f * nodeCount + node; absent without a trace. */
  readonly traceRate?: Float64Array;
  readonly keyCount: number;
  readonly keyNames: readonly string[];
  /** Size l_k in bytes. */
  readonly keySize: Float64Array;
  /** Where each key is at first. */
  readonly initialNode: Int32Array;
  /**
   * Accesses, `keySlots` a function: slot q of function f is at f * keySlots + q and holds a key and its
   * probability p_fk, or key -1 and probability 0.
   */
  readonly keySlots: number;
  readonly accessKey: Int32Array;
  readonly accessProbability: Float64Array;
  /** Keys that some function accesses, in ascending order. */
  readonly accessedKeys: Int32Array;
}

/** What functions ask for, before anything is drawn. */
function demandsOf(parameters: Parameters, scenario?: Scenario) {
  const listed = scenario?.functions;
  const functionCount = listed?.length ?? parameters.functionCount;
  const repeat = (values: readonly number[]) =>
    Float64Array.from({ length: functionCount }, (_, f) => values[f % values.length]);
  const executionTime = repeat(parameters.executionTime);
  const memory = repeat(parameters.functionMemory);
  const coldStart = repeat(parameters.coldStart);
  const tMax = new Float64Array(functionCount).fill(parameters.tMax);
  listed?.forEach((given, f) => {
    executionTime[f] = given.warm_duration_s;
    memory[f] = given.memory_mb;
    coldStart[f] = given.cold_start_s;
    tMax[f] = given.t_max_s ?? parameters.tMax;
  });
  const rate = arrivalRates(parameters, executionTime, memory);
  listed?.forEach((given, f) => {
    if (given.rate_per_s !== undefined) rate[f] = given.rate_per_s * parameters.load;
  });
  return { functionCount, executionTime, memory, coldStart, tMax, rate };
}

/** Requests a second that arrive on average, all functions together; a trace is not looked at. */
export function totalArrivalRate(parameters: Parameters, scenario?: Scenario): number {
  return demandsOf(parameters, scenario).rate.reduce((sum, rate) => sum + rate, 0);
}

/** Draws keys from the stream `keys` and sizes from `sizes`, unless the scenario gives them. */
export function buildApplication(
  parameters: Parameters,
  seed: number,
  topology: Topology,
  scenario?: Scenario,
): Application {
  const demands = demandsOf(parameters, scenario);
  const { functionCount } = demands;
  const traceRate = scenario?.trace && ratesOfTrace(scenario.trace, functionCount, parameters, topology);

  const keys = buildKeys(parameters, seed, topology, scenario);
  const accesses = drawAccesses(parameters, seed, functionCount, keys.keyNames, scenario);
  const accessedKeys = Int32Array.from(new Set(accesses.accessKey.filter((key) => key >= 0))).sort();
  return {
    ...demands,
    functionNames: scenario?.functions?.map((given) => given.name) ?? numbered('f', functionCount),
    traceRate,
    ...keys,
    ...accesses,
    accessedKeys,
  };
}

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);

/** Mean arrival rates of a trace; requests whose node it does not say are spread as the workload does. */
function ratesOfTrace(
  trace: ArrivalTrace,
  functionCount: number,
  { duration, workload }: Parameters,
  { nodeCount, edgeCount, indexOfScenarioNode }: Topology,
): Float64Array {
  const rates = new Float64Array(functionCount * nodeCount);
  const span = Math.min(duration, trace.time_s.at(-1) || duration);
  trace.function.forEach((f, request) => {
    if (trace.time_s[request] >= duration) return;
    const first = f * nodeCount;
    if (trace.node !== undefined) rates[first + indexOfScenarioNode[trace.node[request]]] += 1 / span;
    else if (workload === 'w2') rates[first + (f % edgeCount)] += 1 / span;
    else for (let node = 0; node < edgeCount; node++) rates[first + node] += 1 / (span * edgeCount);
  });
  return rates;
}

/** Total rate of each function in req/s: L / (F r_f m_f), or the list, scaled so that L stays (model). */
function arrivalRates(p: Parameters, executionTime: Float64Array, memory: Float64Array): Float64Array {
  const count = executionTime.length;
  const list = p.arrivalRate;
  return executionTime.map((time, f) => {
    if (p.memoryInUse > 0) return (p.load * p.memoryInUse) / (count * time * memory[f]);
    const shared = count > list.length ? list.length / count : 1;
    return p.load * shared * list[f % list.length];
  });
}

function buildKeys(parameters: Parameters, seed: number, topology: Topology, scenario?: Scenario) {
  const listed = scenario?.keys;
  const keyCount = listed?.length ?? parameters.keyCount;
  const stream = new Stream(seed, 'sizes');
  const keySize = new Float64Array(keyCount);
  const initialNode = new Int32Array(keyCount).fill(topology.store);
  for (let k = 0; k < keyCount; k++) {
    const mean = stream.uniform() < parameters.largeShare ? parameters.largeSize : parameters.smallSize;
    const drawn = gamma(stream, mean / parameters.sizeScale, parameters.sizeScale);
    // A value has a whole number of bytes, and at least one.
    keySize[k] = listed?.[k]?.size_bytes ?? Math.max(1, Math.round(drawn));
    const place = listed?.[k]?.node;
    if (place !== undefined) initialNode[k] = topology.nodeNames.indexOf(place);
  }
  return {
    keyCount,
    keyNames: listed?.map((key) => key.name) ?? numbered('k', keyCount),
    keySize,
    initialNode,
  };
}

function drawAccesses(
  parameters: Parameters,
  seed: number,
  functionCount: number,
  keyNames: readonly string[],
  scenario?: Scenario,
) {
  const stream = new Stream(seed, 'keys');
  const exponent = parameters.popularity === 'uniform' ? 0 : parameters.zipfExponent;
  const popularity = new WeightedSampler(zipfWeights(keyNames.length, exponent));
  const choices = parameters.accessProbabilities;
  const slotsOf: { key: number; probability: number }[][] = [];
  for (let f = 0; f < functionCount; f++) {
    const drawn: { key: number; probability: number }[] = [];
    for (let draw = 0; draw < parameters.keysPerFunction; draw++) {
      const key = popularity.draw(stream);
      const probability = choices[stream.integer(choices.length)];
      if (!drawn.some((slot) => slot.key === key)) drawn.push({ key, probability });
    }
    const given = scenario?.functions?.[f]?.keys;
    slotsOf.push(
      given?.map(({ key, probability }) => ({ key: keyNames.indexOf(key), probability })) ?? drawn,
    );
  }
  const keySlots = Math.max(1, parameters.keysPerFunction, ...slotsOf.map((slots) => slots.length));
  const accessKey = new Int32Array(functionCount * keySlots).fill(-1);
  const accessProbability = new Float64Array(functionCount * keySlots);
  slotsOf.forEach((slots, f) => {
    slots.forEach(({ key, probability }, q) => {
      accessKey[f * keySlots + q] = key;
      accessProbability[f * keySlots + q] = probability;
    });
  });
  return { keySlots, accessKey, accessProbability };
}
