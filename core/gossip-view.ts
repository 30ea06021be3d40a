/**
 * The view where nodes learn of each other by gossip (sec. 2: "nodes periodically exchange state information"): a
 * node knows its own memory and containers as they are, and those of the others as they were at the last multiple of
 * `gossip.interval`. Places of keys, sizes and traced rates come from the Data Proxy and are as fresh as ever.
 */
import type { ContainerPool } from './container-pool.js';
import { SystemView } from './view.js';

/** Nobody: the Data Migrator, which is logically central, sees all nodes from afar. */
const NOBODY = -1;

export class GossipView extends SystemView {
  readonly #pool: ContainerPool;
  readonly #functionCount: number;
  /** As of the last exchange: free memory in MB by node; by node * F + f, whether f could run, and idle containers. */
  readonly #free: Float64Array;
  readonly #runnable: Uint8Array;
  readonly #idle: Int32Array;
  #self = NOBODY;

  constructor(...parts: ConstructorParameters<typeof SystemView>) {
    super(...parts);
    const [, topology, application, , , pool] = parts;
    this.#pool = pool;
    this.#functionCount = application.functionCount;
    const rows = topology.nodeCount * application.functionCount;
    this.#free = new Float64Array(topology.nodeCount);
    this.#runnable = new Uint8Array(rows);
    this.#idle = new Int32Array(rows);
    this.exchange();
  }

  /** Every node tells the others how it is now. */
  exchange(): void {
    for (let node = 0; node < this.nodeCount; node++) {
      this.#free[node] = this.#pool.freeMemory(node);
      for (let f = 0; f < this.#functionCount; f++) {
        const row = node * this.#functionCount + f;
        this.#runnable[row] = Number(this.#pool.canRun(node, f));
        this.#idle[row] = this.#pool.idleCount(node, f);
      }
    }
  }

  /** Who looks: a node, or -1 for the Data Migrator. */
  lookFrom(node: number): void {
    this.#self = node;
  }

  override canRun(node: number, f: number): boolean {
    if (node === this.#self) return this.#pool.canRun(node, f);
    return this.#runnable[node * this.#functionCount + f] === 1;
  }
  override freeMemory(node: number): number {
    if (node === this.#self) return this.#pool.freeMemory(node);
    return this.#free[node];
  }
  override idleContainers(node: number, f: number): number {
    if (node === this.#self) return this.#pool.idleCount(node, f);
    return this.#idle[node * this.#functionCount + f];
  }
}
