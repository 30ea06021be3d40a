/**
 * The Schedulers of all nodes (sec. 3) and the one event loop. Two things happen in time: a request arrives
 * from outside, or at the node to which it was offloaded. Each is decided on at once: run here, offload, or
 * reject. All that an execution will take is known when it starts, so it is booked then (see ContainerPool
 * for why its completion is no event).
 *
 * The loop is one method called once a window, i.e. until the next instant at which keys may move; the
 * arrays it works on are local constants. Nobody else advances time.
 */
import { Calendar } from './calendar.js';
import { type ContainerPool, NO_ROOM } from './container-pool.js';
import type { DataDistanceTable } from './data-distance.js';
import type { DataProxy } from './data-proxy.js';
import { PolicyError } from './errors.js';
import type { Application } from './functions.js';
import type { Observer } from './observer.js';
import type { Parameters } from './parameters.js';
import { type OffloadingDecision, REJECT, TRY_AGAIN } from './policy.js';
import { CHUNK } from './request-ring.js';
import type { RequestSource } from './requests.js';
import type { Sample } from './sample.js';
import type { Topology } from './topology.js';
import { milliseconds } from './units.js';
import type { SystemView } from './view.js';

/** Stands for the time of an arrival that is not drawn yet. */
const NOT_DRAWN = -1;

export class Scheduler {
  arrivals = 0;
  rejected = 0;
  completions = 0;
  /** Completions on another node than the one of arrival. */
  offloadedCompletions = 0;
  /** Seconds, summed over completions. */
  responseTime = 0;

  private calendar: Calendar;
  /** Requests that have arrived. */
  private arrived = 0;
  /** By (edge node, target), from * nodeCount + to: time in s of an offload, and of its result on the way back. */
  private readonly forward: Float64Array;
  private readonly back: Float64Array;
  /** By node: 1 where functions can run. */
  private readonly computes: Uint8Array;
  private readonly request = { function: 0, node: 0, offloads: 0 };

  constructor(
    private readonly parameters: Parameters,
    private readonly topology: Topology,
    private readonly application: Application,
    private readonly source: RequestSource,
    private readonly pool: ContainerPool,
    private readonly proxy: DataProxy,
    private readonly distance: DataDistanceTable,
    view: SystemView,
    /** The cell in which the view reads the time. */
    private readonly clock: Float64Array,
    private readonly decide: OffloadingDecision,
    private readonly policyName: string,
    private readonly responses: Sample,
    private readonly observer: Observer | undefined,
  ) {
    const { nodeCount, edgeCount } = topology;
    this.computes = Uint8Array.from({ length: nodeCount }, (_, node) => Number(view.canCompute(node)));
    this.forward = new Float64Array(edgeCount * nodeCount);
    this.back = new Float64Array(edgeCount * nodeCount);
    for (let from = 0; from < edgeCount; from++) {
      for (let to = 0; to < nodeCount; to++) {
        this.forward[from * nodeCount + to] = this.forwardTime(from, to);
        this.back[from * nodeCount + to] = this.returnTime(from, to);
      }
    }
    this.calendar = new Calendar(
      source.ring.slots,
      this.forward.reduce((a, b) => Math.max(a, b), 0),
    );
    source.refill();
  }

  /** Arrivals, starts and rejections so far. */
  get handled(): number {
    return this.arrivals + this.completions + this.rejected;
  }

  /** No request is left that has not been started or rejected. */
  get finished(): boolean {
    const { ring } = this.source;
    return (
      this.calendar.size === 0 &&
      this.arrived < ring.drawn &&
      ring.time[this.arrived & ring.mask] === Infinity
    );
  }

  /**
   * Handles everything that happens before `until` (s; Infinity: to the end).
   * @throws PolicyError when the policy names a node that is none, or that runs no functions.
   */
  run(until: number): void {
    while (!this.advance(until)) this.drawAhead();
  }

  /** Draws the next chunk of requests, in a larger ring when that would overwrite one that is on its way. */
  private drawAhead(): void {
    const { source } = this;
    const { ring } = source;
    if (this.calendar.some((slot) => ring.isNext(slot))) {
      source.ring = ring.grown();
      this.calendar = this.calendar.movedTo(source.ring.slots, (slot) => ring.idOf(slot) & source.ring.mask);
    }
    source.refill();
  }

  /** The loop: handles what happens before `until`, as far as requests are drawn. @returns whether that was all. */
  private advance(until: number): boolean {
    const { pool, proxy, clock, request, responses, observer, decide, calendar, forward, back, computes } =
      this;
    const { ring } = this.source;
    const {
      mask,
      drawn,
      time,
      service,
      functionOf,
      accessed,
      origin,
      node: nodeOf,
      offloads,
      wayBack,
    } = ring;
    const { delays, outcomes } = this.distance;
    const { counts, isOpen } = proxy;
    const { functionCount } = this.application;
    const { edgeCount, nodeCount, speedup } = this.topology;
    const maxOffloads = this.parameters.maxOffloads;
    responses.reserve(CHUNK + calendar.size);
    const { values } = responses;
    let { count } = responses;
    let arrived = this.arrived;
    let { rejected, offloadedCompletions, responseTime } = this;
    let nextArrival = arrived < drawn ? time[arrived & mask] : NOT_DRAWN;
    let all = false;
    for (;;) {
      let slot: number;
      let now: number;
      let node: number;
      if (nextArrival < calendar.earliest) {
        if (nextArrival < 0) break;
        now = nextArrival;
        if (now >= until) {
          all = true;
          break;
        }
        slot = arrived & mask;
        node = origin[slot];
        arrived++;
        nextArrival = arrived < drawn ? time[arrived & mask] : NOT_DRAWN;
        observer?.arrival?.(now, arrived - 1, node, functionOf[slot], service[slot], accessed[slot]);
      } else {
        now = calendar.earliest;
        if (now >= until) {
          all = true;
          break;
        }
        slot = calendar.take();
        node = nodeOf[slot];
      }

      clock[0] = now;
      const f = functionOf[slot];
      const hops = offloads[slot];
      // A cloud node, and any node after the last allowed offload, runs what it is sent, or rejects it.
      let target = node;
      if (node < edgeCount && hops < maxOffloads) {
        request.function = f;
        request.node = node;
        request.offloads = hops;
        observer?.decision?.(now, ring.idOf(slot), node);
        target = decide(request);
      }

      if (target === node) {
        const row = node * functionCount + f;
        if (isOpen[row] === 0) proxy.open(node, f);
        const cell = row * outcomes + accessed[slot];
        const access = delays[cell];
        const busy = service[slot] / speedup[node] + access;
        let cold = 0;
        if (!pool.reuse(node, row, now, now + busy)) {
          cold = pool.startCold(node, f, busy);
          if (cold === NO_ROOM) {
            rejected++;
            observer?.reject?.(now, ring.idOf(slot), node);
            continue;
          }
        }
        counts[cell]++;
        offloadedCompletions += Number(node !== origin[slot]);
        const response = now - time[slot] + cold + busy + wayBack[slot];
        values[count++] = response;
        responseTime += response;
        observer?.start?.(
          now,
          ring.idOf(slot),
          node,
          cold,
          access,
          now + cold + busy,
          response,
          f,
          origin[slot],
        );
      } else if (target === REJECT) {
        rejected++;
        observer?.reject?.(now, ring.idOf(slot), node);
      } else {
        if (target === TRY_AGAIN) target = node;
        // A policy in plain JavaScript may answer with anything, such as the text "3".
        else if (computes[target] !== 1 || typeof target !== 'number')
          this.refuse(target, now, ring.idOf(slot));
        const link = node * nodeCount + target;
        nodeOf[slot] = target;
        offloads[slot] = hops + 1;
        wayBack[slot] += back[link];
        calendar.add(slot, now + forward[link]);
        observer?.offload?.(now, ring.idOf(slot), node, target);
      }
    }
    this.completions += count - responses.count;
    responses.count = count;
    this.arrivals += arrived - this.arrived;
    this.arrived = arrived;
    this.rejected = rejected;
    this.offloadedCompletions = offloadedCompletions;
    this.responseTime = responseTime;
    return all;
  }

  /** Overhead, latency and input transfer of an offload, eq. (6), in s. */
  private forwardTime(from: number, to: number): number {
    const { topology, parameters } = this;
    const latency = topology.latency[from * topology.nodeCount + to];
    const transfer = parameters.inputSize * topology.secondsPerByte(from, to);
    return milliseconds(parameters.offloadOverhead) + latency + transfer;
  }

  /** Latency and output transfer back to the node that offloaded, eq. (7), in s. */
  private returnTime(from: number, to: number): number {
    const { topology, parameters } = this;
    const latency = topology.latency[to * topology.nodeCount + from];
    return latency + parameters.outputSize * topology.secondsPerByte(to, from);
  }

  private refuse(target: number, now: number, id: number): never {
    const isNode = Number.isInteger(target) && target >= 0 && target < this.topology.nodeCount;
    const reason = isNode
      ? `node ${target} runs no functions`
      : `${target} is no node; nodes are 0 to ${this.topology.nodeCount - 1}`;
    // Requests count from 1 wherever people are told of them.
    throw new PolicyError(this.policyName, now, `request ${id + 1}`, reason);
  }
}
