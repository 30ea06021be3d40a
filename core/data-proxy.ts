/**
 * The Data Proxy (sec. 3): it counts the accesses of every execution and characterises the workload, i.e.
 * which keys each function uses, from where, and how often.
 *
 * During a run an execution costs one increment: counts[row * outcomes + mask], row = node * F + f. Since
 * keys do not move between two calls of `fold`, what each of those executions cost is known afterwards.
 */
import type { DataDistanceTable } from './data-distance.js';
import type { Application } from './functions.js';
import type { DataAccessMetrics } from './metrics.js';
import type { Parameters } from './parameters.js';
import type { Topology } from './topology.js';

export class DataProxy {
  readonly counts: Int32Array;
  /** Rows of `counts` that are not all zero, and how many. */
  private readonly activeRows: Int32Array;
  private activeCount = 0;
  private readonly isActive: Uint8Array;

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
    this.activeRows = new Int32Array(rows);
    this.isActive = new Uint8Array(rows);
    this.accessRate = new Float64Array(functionCount * keySlots * topology.nodeCount);
    this.executionRate = new Float64Array(functionCount * topology.nodeCount);
    this.newAccesses = new Float64Array(this.accessRate.length);
    this.newExecutions = new Float64Array(this.executionRate.length);
    this.executions = new Float64Array(functionCount);
    this.accesses = new Float64Array(functionCount * keySlots);
  }

  /** Makes sure that the row is in the list of those that `fold` reads, and its delays valid. */
  open(node: number, f: number): void {
    const row = node * this.application.functionCount + f;
    if (!this.distance.isCurrent(row)) this.distance.fillDelays(node, f);
    if (this.isActive[row] === 0) {
      this.isActive[row] = 1;
      this.activeRows[this.activeCount++] = row;
    }
  }

  /** Is the row open, so that an execution may count in it? */
  isOpen(row: number): boolean {
    return this.isActive[row] === 1;
  }

  /** Books the executions counted since the last call; to be called before keys move. */
  fold(): void {
    const { counts, distance, application, topology, metrics } = this;
    const { outcomes, delays } = distance;
    const { functionCount, keySlots, tMax } = application;
    // Rows open in the order of first use; ascending order makes the sums independent of it.
    const rows = this.activeRows.subarray(0, this.activeCount).sort();
    for (const row of rows) {
      const node = Math.floor(row / functionCount);
      const f = row % functionCount;
      let executed = 0;
      for (let mask = 0; mask < outcomes; mask++) {
        const cell = row * outcomes + mask;
        const count = counts[cell];
        if (count === 0) continue;
        counts[cell] = 0;
        executed += count;
        metrics.add(delays[cell], count, tMax[f]);
        for (let q = 0; q < keySlots; q++) {
          if ((mask >>> q) & 1) {
            const slot = f * keySlots + q;
            const entry = slot * topology.nodeCount + node;
            this.newAccesses[entry] = this.newAccesses[entry] + count;
            this.accesses[slot] = this.accesses[slot] + count;
          }
        }
      }
      const entry = f * topology.nodeCount + node;
      this.newExecutions[entry] = this.newExecutions[entry] + executed;
      this.executions[f] = this.executions[f] + executed;
      this.isActive[row] = 0;
    }
    this.activeCount = 0;
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
