/**
 * The Data Proxy (sec. 3): it counts the accesses of every execution and characterises the workload, i.e.
 * which keys each function uses, from where, and how often.
 *
 * During a run an execution costs one increment: counts[row * outcomes + mask], row = node * F + f. Since
 * keys do not move between two calls of `fold`, what each of those executions cost is known afterwards.
 */
import { lowestBit } from './bits.js';
import type { DataDistanceTable } from './data-distance.js';
import type { Application } from './functions.js';
import type { DataAccessMetrics } from './metrics.js';
import type { Parameters } from './parameters.js';
import type { Topology } from './topology.js';

export class DataProxy {
  readonly counts: Int32Array;
  /** By row: 1 when the row is open, so that executions may count in it. */
  readonly isOpen: Uint8Array;

  /** Accesses a second by access slot and node, slot * nodeCount + node: an exponential moving average. */
  readonly accessRate: Float64Array;
  /** Executions a second by function and node, f * nodeCount + node: the same average. */
  readonly executionRate: Float64Array;
  private readonly newAccesses: Float64Array;
  private readonly newExecutions: Float64Array;
  private seeded = false;

  /** Executions of each function and accesses of each slot since the start. */
  private readonly executions: Float64Array;
  private readonly accesses: Float64Array;
  /** Accesses of the slots of one row. */
  private readonly ofSlot: Float64Array;

  constructor(
    private readonly parameters: Parameters,
    private readonly topology: Topology,
    private readonly application: Application,
    private readonly distance: DataDistanceTable,
    private readonly metrics: DataAccessMetrics,
  ) {
    const { functionCount, keySlots } = application;
    const rows = topology.nodeCount * functionCount;
    this.counts = new Int32Array(rows * distance.outcomes);
    this.isOpen = new Uint8Array(rows);
    this.accessRate = new Float64Array(functionCount * keySlots * topology.nodeCount);
    this.executionRate = new Float64Array(functionCount * topology.nodeCount);
    this.newAccesses = new Float64Array(this.accessRate.length);
    this.newExecutions = new Float64Array(this.executionRate.length);
    this.executions = new Float64Array(functionCount);
    this.accesses = new Float64Array(functionCount * keySlots);
    this.ofSlot = new Float64Array(keySlots);
  }

  /** Opens the row of a function on a node: makes sure that its delays are valid and that `fold` reads it. */
  open(node: number, f: number): void {
    const row = node * this.application.functionCount + f;
    if (!this.distance.isCurrent(row)) this.distance.fillDelays(node, f);
    this.isOpen[row] = 1;
  }

  /** Books the executions counted since the last call and closes all rows; to be called before keys move. */
  fold(): void {
    const { functionCount } = this.application;
    for (let row = 0; row < this.isOpen.length; row++) {
      if (this.isOpen[row] === 0) continue;
      this.isOpen[row] = 0;
      this.foldRow(row, Math.floor(row / functionCount), row % functionCount);
    }
  }

  private foldRow(row: number, node: number, f: number): void {
    const { counts, distance, metrics, ofSlot } = this;
    const { outcomes, delays } = distance;
    const { keySlots, tMax } = this.application;
    let executed = 0;
    ofSlot.fill(0);
    metrics.reserve(outcomes);
    for (let mask = 0; mask < outcomes; mask++) {
      const cell = row * outcomes + mask;
      const count = counts[cell];
      if (count === 0) continue;
      counts[cell] = 0;
      executed += count;
      metrics.add(delays[cell], count, tMax[f]);
      for (let bits = mask; bits !== 0; bits &= bits - 1) {
        const q = lowestBit(bits);
        ofSlot[q] = ofSlot[q] + count;
      }
    }
    const { nodeCount } = this.topology;
    for (let q = 0; q < keySlots; q++) {
      const slot = f * keySlots + q;
      const entry = slot * nodeCount + node;
      this.newAccesses[entry] = this.newAccesses[entry] + ofSlot[q];
      this.accesses[slot] = this.accesses[slot] + ofSlot[q];
    }
    const entry = f * nodeCount + node;
    this.newExecutions[entry] = this.newExecutions[entry] + executed;
    this.executions[f] = this.executions[f] + executed;
  }

  /**
   * Moves the averages on by the accesses folded since the last call: weight w on the newest `interval`
   * seconds, 1 - w on what was before; the first interval counts alone.
   */
  updateRates(interval: number): void {
    const weight = this.seeded ? this.parameters.rateWeight : 1;
    this.seeded = true;
    average(this.accessRate, this.newAccesses, interval, weight);
    average(this.executionRate, this.newExecutions, interval, weight);
  }

  /** Estimates of p_fk by access slot from what was traced, with the prior for what was not seen. */
  estimates(): Float64Array {
    const { knowledgePrior, knowledgePriorWeight } = this.parameters;
    const { keySlots, accessKey } = this.application;
    return this.accesses.map((count, slot) => {
      if (accessKey[slot] < 0) return 0;
      const seen = this.executions[Math.floor(slot / keySlots)];
      return (knowledgePrior * knowledgePriorWeight + count) / (knowledgePriorWeight + seen);
    });
  }
}

function average(rate: Float64Array, counts: Float64Array, interval: number, weight: number): void {
  for (let i = 0; i < rate.length; i++) {
    rate[i] = (weight * counts[i]) / interval + (1 - weight) * rate[i];
    counts[i] = 0;
  }
}
