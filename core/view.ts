/**
 * What policies see of the system: what the components of a DS2P node know (sec. 3), read-only. Nodes,
 * functions and keys are indices; edge nodes come first, then cloud nodes, then the data store.
 */
import type { ContainerPool } from './container-pool.js';
import type { DataDistanceTable } from './data-distance.js';
import type { DataProxy } from './data-proxy.js';
import type { Application } from './functions.js';
import type { LocalDataStores } from './local-data-store.js';
import type { Parameters } from './parameters.js';
import type { Topology } from './topology.js';

/** A key that a function accesses, and the probability with which policies believe that it does. */
export interface Access {
  /** Index for `accessRate`. */
  readonly slot: number;
  readonly key: number;
  readonly probability: number;
}

export class SystemView {
  // Truly private, so that not even a policy in plain JavaScript reaches what it could change.
  readonly #nodeCount: number;
  readonly #parameters: Parameters;
  readonly #topology: Topology;
  readonly #application: Application;
  readonly #stores: LocalDataStores;
  readonly #distance: DataDistanceTable;
  readonly #pool: ContainerPool;
  readonly #proxy: DataProxy;
  readonly #clock: Float64Array;
  readonly #accesses: (readonly Access[] | undefined)[] = [];
  #accessesEpoch = 0;
  /** What policies ask most often, worked out once: by node; by (function, node); by (edge node, node). */
  readonly #computes: Uint8Array;
  readonly #executionTimes: Float64Array;
  readonly #offloadTimes: Float64Array;

  /** @param clock one cell with the present time in s, which the simulator writes and the view reads. */
  constructor(
    parameters: Parameters,
    topology: Topology,
    application: Application,
    stores: LocalDataStores,
    distance: DataDistanceTable,
    pool: ContainerPool,
    proxy: DataProxy,
    clock: Float64Array,
  ) {
    this.#parameters = parameters;
    this.#topology = topology;
    this.#application = application;
    this.#stores = stores;
    this.#distance = distance;
    this.#pool = pool;
    this.#proxy = proxy;
    this.#clock = clock;
    const { nodeCount, edgeCount, store, memory, speedup } = topology;
    this.#nodeCount = nodeCount;
    this.#computes = Uint8Array.from(memory, (size, node) => Number(node !== store && size > 0));
    this.#executionTimes = new Float64Array(application.functionCount * nodeCount);
    for (let entry = 0; entry < this.#executionTimes.length; entry++) {
      const f = Math.floor(entry / nodeCount);
      this.#executionTimes[entry] = application.executionTime[f] / speedup[entry % nodeCount];
    }
    this.#offloadTimes = new Float64Array(edgeCount * nodeCount);
    for (let i = 0; i < edgeCount; i++)
      for (let j = 0; j < nodeCount; j++) this.#offloadTimes[i * nodeCount + j] = this.#timeToOffload(i, j);
  }

  /** The present time in s. */
  get now(): number {
    return this.#clock[0];
  }
  get nodeCount(): number {
    return this.#nodeCount;
  }
  get edgeCount(): number {
    return this.#topology.edgeCount;
  }
  /** Index of the data store, which holds keys and runs nothing. */
  get store(): number {
    return this.#topology.store;
  }
  get functionCount(): number {
    return this.#application.functionCount;
  }
  get keyCount(): number {
    return this.#application.keyCount;
  }
  /** Keys that some function accesses, in ascending order: a copy. */
  get accessedKeys(): Int32Array {
    return this.#application.accessedKeys.slice();
  }

  /** Does the node run functions? Edge and cloud nodes do, the store does not. */
  canCompute(node: number): boolean {
    return this.#computes[node] === 1;
  }
  /** Memory M_i in MB of the node, taken or not; 0 for the store. */
  memory(node: number): number {
    return this.#topology.memory[node];
  }
  /** The cloud node of least latency from `node`; -1 where there is none. */
  nearestCloud(node: number): number {
    return this.#topology.nearestCloud[node];
  }
  /** One-way latency d_ij in s. */
  latency(i: number, j: number): number {
    return this.#topology.latency[i * this.#nodeCount + j];
  }
  /** Seconds a byte takes from i to j: 1 / b_ij. */
  secondsPerByte(i: number, j: number): number {
    return this.#topology.secondsPerByte(i, j);
  }
  /** Time in s to send the input of a request from i to j and its output back, eqs. (6) and (7). */
  offloadTime(i: number, j: number): number {
    const entry = i * this.#nodeCount + j;
    return entry < this.#offloadTimes.length ? this.#offloadTimes[entry] : this.#timeToOffload(i, j);
  }
  #timeToOffload(i: number, j: number): number {
    const size = this.#parameters.inputSize + this.#parameters.outputSize;
    return 2 * this.latency(i, j) + size * this.#topology.secondsPerByte(i, j);
  }

  /** Can the node run the function now, by an idle container, free memory, or eviction? */
  canRun(node: number, f: number): boolean {
    return this.#pool.canRun(node, f);
  }
  /** Memory in MB that no container of the node holds. */
  freeMemory(node: number): number {
    return this.#pool.freeMemory(node);
  }
  /** Idle containers of the function on the node. */
  idleContainers(node: number, f: number): number {
    return this.#pool.idleCount(node, f);
  }
  /** Mean execution time in s of the function on the node, eq. (2): r_f / s_i. */
  executionTime(f: number, node: number): number {
    return this.#executionTimes[f * this.#nodeCount + node];
  }
  /** Memory m_f in MB of a container of the function. */
  functionMemory(f: number): number {
    return this.#application.memory[f];
  }
  /** Time in s to start a container of the function. */
  coldStart(f: number): number {
    return this.#application.coldStart[f];
  }
  /** Largest data access time in s that the SLO of the function allows. */
  tMax(f: number): number {
    return this.#application.tMax[f];
  }

  /** Grows whenever keys have moved or estimates have changed: what a policy keeps is stale then. */
  get dataEpoch(): number {
    return this.#distance.epoch;
  }
  /** The data distance table: expected data access time in s of the function on the node, eq. (3). */
  expectedDataAccessTime(f: number, node: number): number {
    return this.#distance.expected(f, node);
  }
  /** Time in s to access a key from node i if it were on node j, eq. (4). */
  accessTime(i: number, j: number, key: number): number {
    return this.#distance.accessTimeFrom(i, j, key);
  }
  /** Expected bytes of the function's data that the node holds: sum of p_fk l_k. */
  localBytes(f: number, node: number): number {
    return this.#distance.localShare(f, node);
  }
  /** What the function accesses. */
  accessesOf(f: number): readonly Access[] {
    if (this.#accessesEpoch !== this.#distance.probabilityEpoch) {
      this.#accessesEpoch = this.#distance.probabilityEpoch;
      this.#accesses.length = 0;
    }
    this.#accesses[f] ??= this.#listAccesses(f);
    return this.#accesses[f];
  }

  /** What `accessesOf` hands out again and again, and therefore frozen. */
  #listAccesses(f: number): readonly Access[] {
    const { keySlots, accessKey } = this.#application;
    const accesses: Access[] = [];
    for (let slot = f * keySlots; slot < (f + 1) * keySlots; slot++) {
      const key = accessKey[slot];
      const probability = this.#distance.probabilityOf(slot);
      if (key >= 0) accesses.push(Object.freeze({ slot, key, probability }));
    }
    return Object.freeze(accesses);
  }

  /** The node that holds the key. */
  placeOf(key: number): number {
    return this.#stores.place[key];
  }
  /** Size l_k in bytes. */
  keySize(key: number): number {
    return this.#application.keySize[key];
  }
  /** Bytes that the node can still store. */
  spareStorage(node: number): number {
    return this.#stores.spare(node);
  }
  /** Storage S_j in bytes of the node; Infinity for the store unless a scenario says otherwise. */
  storage(node: number): number {
    return this.#topology.storage[node];
  }

  /** Traced accesses a second of an access slot by executions on the node (moving average). */
  accessRate(slot: number, node: number): number {
    return this.#proxy.accessRate[slot * this.#nodeCount + node];
  }
  /** Traced executions a second of the function on the node (moving average). */
  executionRate(f: number, node: number): number {
    return this.#proxy.executionRate[f * this.#nodeCount + node];
  }
  /** Arrivals a second of the function at the node from outside, as the workload or the trace has it. */
  arrivalRate(f: number, node: number): number {
    const { edgeCount } = this.#topology;
    if (node >= edgeCount) return 0;
    const { rate: rates, traceRate } = this.#application;
    if (traceRate !== undefined) return traceRate[f * this.#nodeCount + node];
    const rate = rates[f];
    if (this.#parameters.workload === 'w1') return rate / edgeCount;
    return f % edgeCount === node ? rate : 0;
  }
}
