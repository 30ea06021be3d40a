/**
 * The data distance table of the Data Proxy (sec. 3): how long a function takes to access its data on a
 * node, given where the keys are now. Rows are computed when first asked for and forgotten when keys move,
 * so a decision costs a look-up.
 */
import type { Application } from './functions.js';
import type { LocalDataStores } from './local-data-store.js';
import type { Topology } from './topology.js';

export class DataDistanceTable {
  /** Grows whenever an answer of the table may have changed; what depends on it compares. */
  epoch = 1;
  /**
   * Probabilities p_fk that the expected times use, by access slot: the true ones, or what the Data Proxy
   * estimates.
   */
  private probability: Float64Array;
  /** Grows whenever these probabilities have changed. */
  probabilityEpoch = 1;
  private placeEpoch = 1;
  private readonly expectedTime: Float64Array;
  private readonly expectedStamp: Int32Array;
  /** delays[row * outcomes + mask]: access time in s of the slots in `mask`; row = node * F + f. */
  readonly delays: Float64Array;
  private readonly delaysStamp: Int32Array;
  readonly outcomes: number;
  private readonly functionCount: number;

  constructor(
    private readonly topology: Topology,
    private readonly application: Application,
    private readonly stores: LocalDataStores,
  ) {
    const rows = topology.nodeCount * application.functionCount;
    this.outcomes = 1 << application.keySlots;
    this.functionCount = application.functionCount;
    this.probability = application.accessProbability;
    this.expectedTime = new Float64Array(rows);
    this.expectedStamp = new Int32Array(rows);
    this.delays = new Float64Array(rows * this.outcomes);
    this.delaysStamp = new Int32Array(rows);
  }

  /** Time in s to access key k from node i when it is on node j, eq. (4): 2 d_ij + l_k / b_ij; 0 if i = j. */
  accessTimeFrom(i: number, j: number, key: number): number {
    if (i === j) return 0;
    const { latency, nodeCount } = this.topology;
    const size = this.application.keySize[key];
    return 2 * latency[i * nodeCount + j] + size * this.topology.secondsPerByte(i, j);
  }

  /** Expected data access time in s of function f on node i, eq. (3). */
  expected(f: number, i: number): number {
    const row = i * this.functionCount + f;
    return this.expectedStamp[row] === this.epoch ? this.expectedTime[row] : this.fillExpected(i, f, row);
  }

  private fillExpected(i: number, f: number, row: number): number {
    const { keySlots, accessKey } = this.application;
    let sum = 0;
    for (let slot = f * keySlots; slot < (f + 1) * keySlots; slot++) {
      const key = accessKey[slot];
      if (key >= 0) sum += this.probability[slot] * this.accessTimeFrom(i, this.stores.place[key], key);
    }
    this.expectedStamp[row] = this.epoch;
    this.expectedTime[row] = sum;
    return sum;
  }

  /** Is the row of `delays` valid? Else the caller calls `fillDelays` before it reads the row. */
  isCurrent(row: number): boolean {
    return this.delaysStamp[row] === this.placeEpoch;
  }

  /** Computes the access time of all 2^slots outcomes of function f on node i. */
  fillDelays(i: number, f: number): void {
    const { keySlots, accessKey, functionCount } = this.application;
    const row = i * functionCount + f;
    this.delaysStamp[row] = this.placeEpoch;
    const first = row * this.outcomes;
    this.delays[first] = 0;
    for (let q = 0; q < keySlots; q++) {
      const key = accessKey[f * keySlots + q];
      const time = key < 0 ? 0 : this.accessTimeFrom(i, this.stores.place[key], key);
      // The masks whose highest bit is q are those below 2^q, with q added.
      for (let mask = 0; mask < 1 << q; mask++) {
        this.delays[first + (1 << q) + mask] = this.delays[first + mask] + time;
      }
    }
  }

  /** Expected bytes of data of function f that node i holds: sum of p_fk l_k. */
  localShare(f: number, i: number): number {
    const { keySlots, accessKey, keySize } = this.application;
    let sum = 0;
    for (let slot = f * keySlots; slot < (f + 1) * keySlots; slot++) {
      const key = accessKey[slot];
      if (key >= 0 && this.stores.place[key] === i) sum += this.probability[slot] * keySize[key];
    }
    return sum;
  }

  /** To be called when keys have moved. */
  placesChanged(): void {
    this.placeEpoch++;
    this.epoch++;
  }

  /** To be called when there are new estimates of p_fk, by access slot. */
  probabilitiesChanged(probability: Float64Array): void {
    this.probability = probability;
    this.probabilityEpoch++;
    this.epoch++;
  }

  /** The probability of access slot `slot` that the table uses now. */
  probabilityOf(slot: number): number {
    return this.probability[slot];
  }
}
