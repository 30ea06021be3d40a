/**
 * The Schedulers of all nodes (sec. 3) and the one event loop. Two things happen in time: a request arrives
 * from outside, or at the node to which it was offloaded. Each is decided on at once: run here, offload, or
 * reject. All that an execution will take is known when it starts, so it is booked then (see ContainerPool
 * for why its completion is no event).
 *
 * The loop is one method called once a window, i.e. until the next instant at which keys may move; the
 * arrays it works on are local constants. Nobody else advances time.
 */
import { type ContainerPool, NO_ROOM } from './container-pool.js';
import type { DataDistanceTable } from './data-distance.js';
import type { DataProxy } from './data-proxy.js';
import { PolicyError } from './errors.js';
import type { Application } from './functions.js';
import type { ResponseTimes } from './metrics.js';
import type { Observer } from './observer.js';
import type { Parameters } from './parameters.js';
import { type OffloadingDecision, REJECT, TRY_AGAIN } from './policy.js';
import { CHUNK, type RequestSource } from './requests.js';
import type { Topology } from './topology.js';
import { Transit } from './transit.js';
import { milliseconds } from './units.js';
import type { SystemView } from './view.js';

export class Scheduler {
  arrivals = 0;
  rejected = 0;
  /** Completions on another node than the one of arrival. */
  offloadedCompletions = 0;

  private transit: Transit;
  private readonly overhead: number;
  private slot = 0;
  private readonly request = { function: 0, node: 0, offloads: 0 };

  constructor(
    private readonly parameters: Parameters,
    private readonly topology: Topology,
    private readonly application: Application,
    private readonly source: RequestSource,
    private readonly pool: ContainerPool,
    private readonly proxy: DataProxy,
    private readonly distance: DataDistanceTable,
    private readonly view: SystemView,
    /** The cell in which the view reads the time. */
    private readonly clock: Float64Array,
    private readonly decide: OffloadingDecision,
    private readonly policyName: string,
    private readonly responses: ResponseTimes,
    private readonly observer: Observer | undefined,
  ) {
    this.overhead = milliseconds(parameters.offloadOverhead);
    this.transit = new Transit(256, this.longestOffload());
    source.refill();
  }

  /** No request is left that has not been started or rejected. */
  get finished(): boolean {
    return this.source.time[this.slot] === Infinity && this.transit.size === 0;
  }

  /**
   * Handles everything that happens before `until` (s; Infinity: to the end).
   * @throws PolicyError when the policy names a node that is none, or that runs no functions.
   */
  run(until: number): void {
    const { source, pool, proxy, clock, request, responses, observer, decide } = this;
    const { time } = source;
    const { delays, outcomes } = this.distance;
    const { counts } = proxy;
    const { functionCount } = this.application;
    const { edgeCount, speedup } = this.topology;
    const maxOffloads = this.parameters.maxOffloads;
    let transit = this.transit;
    let slot = this.slot;
    let nextArrival = time[slot];
    for (;;) {
      const nextTransit = transit.earliest;
      const external = nextArrival < nextTransit;
      const now = external ? nextArrival : nextTransit;
      if (now >= until) break;
      let node: number;
      let f: number;
      let mask: number;
      let service: number;
      let arrival: number;
      let origin: number;
      let offloads: number;
      let wayBack: number;
      let id: number;
      if (external) {
        node = source.node[slot];
        f = source.functionOf[slot];
        mask = source.mask[slot];
        service = source.service[slot];
        id = source.offset + slot;
        arrival = now;
        origin = node;
        offloads = 0;
        wayBack = 0;
        if (++slot === CHUNK) {
          source.refill();
          slot = 0;
        }
        nextArrival = time[slot];
        this.arrivals++;
        observer?.arrival?.(now, id, node, f, service, mask);
      } else {
        const travelled = transit.take();
        node = transit.target[travelled];
        f = transit.functionOf[travelled];
        mask = transit.mask[travelled];
        service = transit.service[travelled];
        id = transit.id[travelled];
        arrival = transit.arrival[travelled];
        origin = transit.origin[travelled];
        offloads = transit.offloads[travelled];
        wayBack = transit.wayBack[travelled];
      }

      // A cloud node, and any node after the last allowed offload, runs what it is sent, or rejects it.
      let target = node;
      if (node < edgeCount && offloads < maxOffloads) {
        clock[0] = now;
        request.function = f;
        request.node = node;
        request.offloads = offloads;
        target = decide(request);
      }

      if (target === node) {
        const row = node * functionCount + f;
        if (!proxy.isOpen(row)) proxy.open(node, f);
        const cell = row * outcomes + mask;
        const access = delays[cell];
        const busy = service / speedup[node] + access;
        const cold = pool.start(node, f, now, busy);
        if (cold === NO_ROOM) {
          this.rejected++;
          observer?.reject?.(now, id, node);
          continue;
        }
        counts[cell]++;
        if (node !== origin) this.offloadedCompletions++;
        const response = now - arrival + cold + busy + wayBack;
        if (responses.count === responses.values.length) responses.grow();
        responses.values[responses.count++] = response;
        observer?.start?.(now, id, node, cold, access, now + cold + busy, response);
      } else if (target === REJECT) {
        this.rejected++;
        observer?.reject?.(now, id, node);
      } else {
        if (target === TRY_AGAIN) target = node;
        else this.checkTarget(target, now, id);
        if (transit.size === transit.capacity) {
          transit = transit.grown();
          this.transit = transit;
        }
        const entry = transit.add(now + this.forwardTime(node, target));
        transit.id[entry] = id;
        transit.functionOf[entry] = f;
        transit.mask[entry] = mask;
        transit.service[entry] = service;
        transit.arrival[entry] = arrival;
        transit.origin[entry] = origin;
        transit.offloads[entry] = offloads + 1;
        transit.target[entry] = target;
        transit.wayBack[entry] = wayBack + this.returnTime(node, target);
        observer?.offload?.(now, id, node, target);
      }
    }
    this.slot = slot;
  }

  /** Overhead, latency and input transfer of an offload, eq. (6), in s. */
  private forwardTime(from: number, to: number): number {
    const { topology, parameters } = this;
    const latency = topology.latency[from * topology.nodeCount + to];
    const transfer = parameters.inputSize * topology.secondsPerByte(from, to);
    return this.overhead + latency + transfer;
  }

  private longestOffload(): number {
    let longest = this.overhead;
    for (let from = 0; from < this.topology.edgeCount; from++) {
      for (let to = 0; to < this.topology.nodeCount; to++) {
        longest = Math.max(longest, this.forwardTime(from, to));
      }
    }
    return longest;
  }

  /** Latency and output transfer back to the node that offloaded, eq. (7), in s. */
  private returnTime(from: number, to: number): number {
    const { topology, parameters } = this;
    const latency = topology.latency[to * topology.nodeCount + from];
    return latency + parameters.outputSize * topology.secondsPerByte(to, from);
  }

  private checkTarget(target: number, now: number, id: number): void {
    if (Number.isInteger(target) && target >= 0 && target < this.topology.nodeCount) {
      if (this.view.canCompute(target)) return;
      throw new PolicyError(this.policyName, now, `request ${id}`, `node ${target} runs no functions`);
    }
    throw new PolicyError(
      this.policyName,
      now,
      `request ${id}`,
      `${target} is no node; nodes are 0 to ${this.topology.nodeCount - 1}`,
    );
  }
}
