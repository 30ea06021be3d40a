/**
 * The sequence of requests of one replication: arrival times, functions, nodes, service times, and which
 * keys each will access. Each attribute has its own stream and is drawn in order of arrival, so the sequence
 * is the same under every policy, T_max and migration setting (common random numbers).
 *
 * Requests are drawn ahead, a chunk at a time, into flat arrays: one leaf loop an attribute with the state
 * of its generator in local variables. All Poisson arrivals are one merged process of the total rate whose
 * points are given a function and a node independently, which has the same law as separate processes.
 */
import type { Application } from './functions.js';
import type { Parameters } from './parameters.js';
import { Stream } from './rng.js';
import {
  exponentialSlow,
  fillAlias,
  jointAccessProbabilities,
  ZIGGURAT_ACCEPT,
  ZIGGURAT_WIDTH,
} from './samplers.js';
import type { ArrivalTrace } from './scenario.js';
import type { Topology } from './topology.js';

/** Requests drawn at a time. */
export const CHUNK = 2048;
const TWO_POW_MINUS_32 = 2 ** -32;

/** Draws requests; slot i of the arrays is the i-th request of the current chunk. */
export class RequestSource {
  /** Arrival time in s; Infinity marks the end of arrivals. */
  readonly time = new Float64Array(CHUNK);
  readonly functionOf = new Int32Array(CHUNK);
  /** The edge node where the request arrives. */
  readonly node = new Int32Array(CHUNK);
  /** Execution time on the reference architecture, in s. */
  readonly service = new Float64Array(CHUNK);
  /** Bit q is set when the request accesses slot q of its function. */
  readonly mask = new Int32Array(CHUNK);
  /** Number of requests of the chunks before this one. */
  offset = -CHUNK;

  private readonly arrivals: Stream;
  private readonly functions: Stream;
  private readonly origins: Stream;
  private readonly services: Stream;
  private readonly accesses: Stream;
  private readonly meanGap: number;
  private readonly duration: number;
  private readonly functionThreshold: Float64Array;
  private readonly functionOutcome: Int32Array;
  private readonly maskThreshold: Float64Array;
  private readonly maskOutcome: Int32Array;
  private readonly maskBits: number;
  private readonly roundRobin: boolean;
  private clock = 0;

  constructor(
    parameters: Parameters,
    seed: number,
    private readonly topology: Topology,
    private readonly application: Application,
    private readonly trace?: ArrivalTrace,
  ) {
    this.arrivals = new Stream(seed, 'arrivals');
    this.functions = new Stream(seed, 'functions');
    this.origins = new Stream(seed, 'origins');
    this.services = new Stream(seed, 'services');
    this.accesses = new Stream(seed, 'accesses');
    this.duration = parameters.duration;
    this.roundRobin = parameters.workload === 'w2';
    const { functionCount, rate, keySlots, accessProbability } = application;
    this.meanGap = 1 / rate.reduce((sum, value) => sum + value, 0);
    this.functionThreshold = new Float64Array(functionCount);
    this.functionOutcome = new Int32Array(2 * functionCount);
    fillAlias(rate, this.functionThreshold, this.functionOutcome, 0);
    this.maskBits = keySlots;
    const outcomes = 1 << keySlots;
    this.maskThreshold = new Float64Array(functionCount * outcomes);
    this.maskOutcome = new Int32Array(2 * functionCount * outcomes);
    for (let f = 0; f < functionCount; f++) {
      const probabilities = Array.from(accessProbability.subarray(f * keySlots, (f + 1) * keySlots));
      const joint = jointAccessProbabilities(probabilities, keySlots);
      fillAlias(joint, this.maskThreshold, this.maskOutcome, f * outcomes);
    }
  }

  /** Replaces the chunk by the next one. */
  refill(): void {
    this.offset += CHUNK;
    if (this.trace === undefined) {
      this.drawTimes();
      this.drawFunctions();
    } else {
      this.readTrace(this.trace);
    }
    this.drawOrigins();
    if (this.trace?.node !== undefined) this.readOrigins(this.trace.node);
    this.drawServices();
    this.drawMasks();
  }

  private drawTimes(): void {
    const { time, arrivals, meanGap, duration } = this;
    let { a, b, c, counter } = arrivals;
    let clock = this.clock;
    for (let i = 0; i < CHUNK; i++) {
      const bits = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + bits) | 0;
      const layer = bits & 255;
      const word = bits >>> 8;
      let gap = word * ZIGGURAT_WIDTH[layer];
      if (word >= ZIGGURAT_ACCEPT[layer]) {
        arrivals.a = a;
        arrivals.b = b;
        arrivals.c = c;
        arrivals.counter = counter;
        gap = exponentialSlow(arrivals, layer, word);
        ({ a, b, c, counter } = arrivals);
      }
      clock += gap * meanGap;
      time[i] = clock < duration ? clock : Infinity;
    }
    arrivals.a = a;
    arrivals.b = b;
    arrivals.c = c;
    arrivals.counter = counter;
    this.clock = clock;
  }

  private drawFunctions(): void {
    const { functionOf, functions, functionThreshold, functionOutcome } = this;
    const scale = TWO_POW_MINUS_32 * this.application.functionCount;
    let { a, b, c, counter } = functions;
    for (let i = 0; i < CHUNK; i++) {
      const first = (((a + b) | 0) + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + first) | 0;
      const second = (((a + b) | 0) + ((counter + 1) | 0)) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + second) | 0;
      counter = (counter + 2) | 0;
      const slot = Math.floor((first >>> 0) * scale);
      const alias = Number(second >>> 0 >= functionThreshold[slot]);
      functionOf[i] = functionOutcome[2 * slot + alias];
    }
    functions.a = a;
    functions.b = b;
    functions.c = c;
    functions.counter = counter;
  }

  private drawOrigins(): void {
    const { node, origins, functionOf } = this;
    const edges = this.topology.edgeCount;
    if (this.roundRobin) {
      for (let i = 0; i < CHUNK; i++) node[i] = functionOf[i] % edges;
      return;
    }
    const scale = TWO_POW_MINUS_32 * edges;
    let { a, b, c, counter } = origins;
    for (let i = 0; i < CHUNK; i++) {
      const bits = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + bits) | 0;
      node[i] = Math.floor((bits >>> 0) * scale);
    }
    origins.a = a;
    origins.b = b;
    origins.c = c;
    origins.counter = counter;
  }

  private drawServices(): void {
    const { service, services, functionOf } = this;
    const mean = this.application.executionTime;
    let { a, b, c, counter } = services;
    for (let i = 0; i < CHUNK; i++) {
      const bits = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + bits) | 0;
      const layer = bits & 255;
      const word = bits >>> 8;
      let draw = word * ZIGGURAT_WIDTH[layer];
      if (word >= ZIGGURAT_ACCEPT[layer]) {
        services.a = a;
        services.b = b;
        services.c = c;
        services.counter = counter;
        draw = exponentialSlow(services, layer, word);
        ({ a, b, c, counter } = services);
      }
      service[i] = draw * mean[functionOf[i]];
    }
    services.a = a;
    services.b = b;
    services.c = c;
    services.counter = counter;
  }

  private drawMasks(): void {
    const { mask, accesses, functionOf, maskThreshold, maskOutcome, maskBits } = this;
    let { a, b, c, counter } = accesses;
    const shift = 32 - maskBits;
    for (let i = 0; i < CHUNK; i++) {
      const bits = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + bits) | 0;
      // The high bits choose the slot and the others, moved up, the side of its threshold.
      const slot = (functionOf[i] << maskBits) + (bits >>> shift);
      const alias = Number((bits << maskBits) >>> 0 >= maskThreshold[slot]);
      mask[i] = maskOutcome[2 * slot + alias];
    }
    accesses.a = a;
    accesses.b = b;
    accesses.c = c;
    accesses.counter = counter;
  }

  private readTrace(trace: ArrivalTrace): void {
    const { time, functionOf, offset, duration } = this;
    for (let i = 0; i < CHUNK; i++) {
      const at = trace.time_s[offset + i] ?? Infinity;
      time[i] = at < duration ? at : Infinity;
      functionOf[i] = trace.function[offset + i] ?? 0;
    }
  }

  private readOrigins(nodes: Int32Array): void {
    const { node, offset, topology } = this;
    for (let i = 0; i < CHUNK; i++) {
      const listed = nodes[offset + i];
      if (listed !== undefined) node[i] = topology.indexOfScenarioNode[listed];
    }
  }
}
