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
import { CHUNK, RequestRing } from './request-ring.js';
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

const TWO_POW_MINUS_32 = 2 ** -32;

/** Draws requests into a ring. */
export class RequestSource {
  /** Requests drawn; replaced by a larger ring when the scheduler says so. */
  ring = new RequestRing();

  private readonly arrivals: Stream;
  private readonly functions: Stream;
  private readonly origins: Stream;
  private readonly services: Stream;
  private readonly accesses: Stream;
  private readonly meanGap: number;
  private readonly duration: number;
  private readonly functionThreshold: Uint32Array;
  private readonly functionOutcome: Uint16Array;
  private readonly maskThreshold: Uint32Array;
  private readonly maskOutcome: Uint16Array;
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
    this.functionThreshold = new Uint32Array(functionCount);
    this.functionOutcome = new Uint16Array(2 * functionCount);
    fillAlias(rate, this.functionThreshold, this.functionOutcome, 0);
    this.maskBits = keySlots;
    const outcomes = 1 << keySlots;
    this.maskThreshold = new Uint32Array(functionCount * outcomes);
    this.maskOutcome = new Uint16Array(2 * functionCount * outcomes);
    for (let f = 0; f < functionCount; f++) {
      const probabilities = Array.from(accessProbability.subarray(f * keySlots, (f + 1) * keySlots));
      const joint = jointAccessProbabilities(probabilities, keySlots);
      fillAlias(joint, this.maskThreshold, this.maskOutcome, f * outcomes);
    }
  }

  /** Draws the next chunk into the ring, over its oldest requests. */
  refill(): void {
    const first = this.ring.drawn;
    const start = first & this.ring.mask;
    const end = start + CHUNK;
    if (this.trace === undefined) {
      this.drawTimes(start, end);
      this.drawFunctions(start, end);
    } else {
      this.readTrace(this.trace, first, start, end);
    }
    this.drawOrigins(start, end);
    if (this.trace?.node !== undefined) this.readOrigins(this.trace.node, first, start, end);
    this.drawServices(start, end);
    this.drawAccesses(start, end);
    this.ring.offloads.fill(0, start, end);
    this.ring.wayBack.fill(0, start, end);
    this.ring.drawn = first + CHUNK;
  }

  private drawTimes(start: number, end: number): void {
    const { arrivals, meanGap, duration } = this;
    const { time } = this.ring;
    let { a, b, c, counter } = arrivals;
    let clock = this.clock;
    for (let i = start; i < end; i++) {
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
      time[i] = clock;
    }
    arrivals.a = a;
    arrivals.b = b;
    arrivals.c = c;
    arrivals.counter = counter;
    this.clock = clock;
    // Arrivals end within this chunk at most once a run, so the loop does not ask.
    if (clock >= duration) for (let i = start; i < end; i++) if (time[i] >= duration) time[i] = Infinity;
  }

  private drawFunctions(start: number, end: number): void {
    const { functions, functionThreshold, functionOutcome } = this;
    const { functionOf } = this.ring;
    const scale = TWO_POW_MINUS_32 * this.application.functionCount;
    let { a, b, c, counter } = functions;
    for (let i = start; i < end; i++) {
      const first = (((a + b) | 0) + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + first) | 0;
      const second = (((a + b) | 0) + ((counter + 1) | 0)) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + second) | 0;
      counter = (counter + 2) | 0;
      const slot = ((first >>> 0) * scale) | 0;
      const alias = Number(second >>> 0 >= functionThreshold[slot]);
      functionOf[i] = functionOutcome[2 * slot + alias];
    }
    functions.a = a;
    functions.b = b;
    functions.c = c;
    functions.counter = counter;
  }

  private drawOrigins(start: number, end: number): void {
    const { origins } = this;
    const { origin, functionOf } = this.ring;
    const edges = this.topology.edgeCount;
    if (this.roundRobin) {
      for (let i = start; i < end; i++) origin[i] = functionOf[i] % edges;
      return;
    }
    const scale = TWO_POW_MINUS_32 * edges;
    let { a, b, c, counter } = origins;
    for (let i = start; i < end; i++) {
      const bits = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + bits) | 0;
      origin[i] = ((bits >>> 0) * scale) | 0;
    }
    origins.a = a;
    origins.b = b;
    origins.c = c;
    origins.counter = counter;
  }

  private drawServices(start: number, end: number): void {
    const { services } = this;
    const { service, functionOf } = this.ring;
    const mean = this.application.executionTime;
    let { a, b, c, counter } = services;
    for (let i = start; i < end; i++) {
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

  private drawAccesses(start: number, end: number): void {
    const { accesses, maskThreshold, maskOutcome, maskBits } = this;
    const { accessed, functionOf } = this.ring;
    let { a, b, c, counter } = accesses;
    const shift = 32 - maskBits;
    for (let i = start; i < end; i++) {
      const bits = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + bits) | 0;
      // The high bits choose the slot and the others, moved up, the side of its threshold.
      const slot = (functionOf[i] << maskBits) + (bits >>> shift);
      const alias = Number((bits << maskBits) >>> 0 >= maskThreshold[slot]);
      accessed[i] = maskOutcome[2 * slot + alias];
    }
    accesses.a = a;
    accesses.b = b;
    accesses.c = c;
    accesses.counter = counter;
  }

  private readTrace(trace: ArrivalTrace, first: number, start: number, end: number): void {
    const { time, functionOf } = this.ring;
    for (let i = start; i < end; i++) {
      const at = trace.time_s[first + i - start] ?? Infinity;
      time[i] = at < this.duration ? at : Infinity;
      functionOf[i] = trace.function[first + i - start] ?? 0;
    }
  }

  private readOrigins(nodes: Int32Array, first: number, start: number, end: number): void {
    const { origin } = this.ring;
    for (let i = start; i < end; i++) {
      const listed = nodes[first + i - start];
      if (listed !== undefined) origin[i] = this.topology.indexOfScenarioNode[listed];
    }
  }
}

/** A request as it arrives; see RequestRing for the units. */
export interface DrawnRequest {
  readonly time: number;
  readonly function: number;
  readonly node: number;
  readonly service: number;
  readonly accessed: number;
}

/** All requests of a source from which none has been drawn, in order of arrival: for tests and fingerprints. */
export function* requestsIn(source: RequestSource): Generator<DrawnRequest> {
  for (let id = 0; ; id++) {
    if (id === source.ring.drawn) source.refill();
    const { mask, time, functionOf, origin, service, accessed } = source.ring;
    const slot = id & mask;
    if (time[slot] === Infinity) return;
    yield {
      time: time[slot],
      function: functionOf[slot],
      node: origin[slot],
      service: service[slot],
      accessed: accessed[slot],
    };
  }
}
