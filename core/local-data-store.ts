/**
 * The Local Data Stores of all nodes (sec. 3) taken together: each key is in exactly one place, and each
 * node holds so many bytes.
 */
import type { Application } from './functions.js';
import type { Topology } from './topology.js';

export class LocalDataStores {
  /** The node that holds each key. */
  readonly place: Int32Array;
  /** Bytes of keys on each node. */
  readonly held: Float64Array;
  private readonly size: Float64Array;
  private readonly storage: Float64Array;

  constructor(topology: Topology, application: Application) {
    this.place = application.initialNode.slice();
    this.size = application.keySize;
    this.storage = topology.storage;
    this.held = new Float64Array(topology.nodeCount);
    for (let k = 0; k < this.place.length; k++) {
      const node = this.place[k];
      this.held[node] = this.held[node] + this.size[k];
    }
  }

  /** Does the key fit on the node beside what is there? A key always fits where it is. */
  fits(key: number, node: number): boolean {
    return this.place[key] === node || this.held[node] + this.size[key] <= this.storage[node];
  }

  /** Bytes that the node can still take. */
  spare(node: number): number {
    return this.storage[node] - this.held[node];
  }

  /** Puts the key on node `to`, whether or not it fits. */
  move(key: number, to: number): void {
    const from = this.place[key];
    this.held[from] = this.held[from] - this.size[key];
    this.held[to] = this.held[to] + this.size[key];
    this.place[key] = to;
  }
}
