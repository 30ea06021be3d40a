/**
 * The ring of requests: flat arrays with a slot a request, filled ahead a chunk at a time. Request `id` (they
 * count from 0 in the order of arrival) has slot `id & mask`, and keeps it until it has been started or
 * rejected, however often it is offloaded: what travels is its slot, nothing is copied.
 */

/** Requests drawn at a time. */
export const CHUNK = 1024;

export class RequestRing {
  /** Arrival time in s; Infinity marks the end of arrivals. */
  readonly time: Float64Array;
  /** Execution time on the reference architecture, in s. */
  readonly service: Float64Array;
  readonly functionOf: Int32Array;
  /** Bit q is set when the request accesses slot q of its function. */
  readonly accessed: Int32Array;
  /** The edge node where the request arrived, and the node where it is or to which it travels. */
  readonly origin: Int32Array;
  readonly node: Int32Array;
  /** How often the request has been offloaded, and the time in s that its result will travel back for that. */
  readonly offloads: Int32Array;
  readonly wayBack: Float64Array;
  /** One less than the number of slots, which is a power of two. */
  readonly mask: number;
  /** Requests drawn so far; those before `drawn - slots` are overwritten. */
  drawn = 0;

  /** @param slots a power of two, at least two chunks. */
  constructor(slots = 2 * CHUNK) {
    this.mask = slots - 1;
    this.time = new Float64Array(slots);
    this.service = new Float64Array(slots);
    this.functionOf = new Int32Array(slots);
    this.accessed = new Int32Array(slots);
    this.origin = new Int32Array(slots);
    this.node = new Int32Array(slots);
    this.offloads = new Int32Array(slots);
    this.wayBack = new Float64Array(slots);
  }

  get slots(): number {
    return this.mask + 1;
  }

  /** The request that is in `slot`. */
  idOf(slot: number): number {
    const newest = this.drawn - 1;
    return newest - ((newest - slot) & this.mask);
  }

  /** Will the next chunk overwrite this slot? */
  isNext(slot: number): boolean {
    return ((slot - this.drawn) & this.mask) < CHUNK;
  }

  /** A ring with twice the room and the same requests. */
  grown(): RequestRing {
    const larger = new RequestRing(2 * this.slots);
    larger.drawn = this.drawn;
    for (let id = Math.max(0, this.drawn - this.slots); id < this.drawn; id++) {
      const from = id & this.mask;
      const to = id & larger.mask;
      larger.time[to] = this.time[from];
      larger.service[to] = this.service[from];
      larger.functionOf[to] = this.functionOf[from];
      larger.accessed[to] = this.accessed[from];
      larger.origin[to] = this.origin[from];
      larger.node[to] = this.node[from];
      larger.offloads[to] = this.offloads[from];
      larger.wayBack[to] = this.wayBack[from];
    }
    return larger;
  }
}
