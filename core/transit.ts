/**
 * Requests on their way from one node to another: a binary min-heap of slots in the total order (time,
 * sequence), over flat arrays of what a request carries.
 */
export class Transit {
  /** Attributes by slot. */
  readonly id: Float64Array;
  readonly functionOf: Int32Array;
  readonly mask: Int32Array;
  readonly service: Float64Array;
  /** When the request arrived at its first node, and where that was. */
  readonly arrival: Float64Array;
  readonly origin: Int32Array;
  readonly offloads: Int32Array;
  /** Where it goes. */
  readonly target: Int32Array;
  /** Time in s that the result will take back along the path so far. */
  readonly wayBack: Float64Array;

  size = 0;
  private sequence = 0;
  /** The heap: time, sequence number and slot of each entry; slots beyond `size` are free. */
  private readonly time: Float64Array;
  private readonly order: Float64Array;
  private readonly slot: Int32Array;

  constructor(readonly capacity: number) {
    this.id = new Float64Array(capacity);
    this.functionOf = new Int32Array(capacity);
    this.mask = new Int32Array(capacity);
    this.service = new Float64Array(capacity);
    this.arrival = new Float64Array(capacity);
    this.origin = new Int32Array(capacity);
    this.offloads = new Int32Array(capacity);
    this.target = new Int32Array(capacity);
    this.wayBack = new Float64Array(capacity);
    this.time = new Float64Array(capacity).fill(Infinity);
    this.order = new Float64Array(capacity);
    this.slot = Int32Array.from({ length: capacity }, (_, slot) => slot);
  }

  /** Time of the next request to arrive; Infinity when none is on its way. */
  earliest(): number {
    return this.time[0];
  }

  /** Takes the next request out; its slot stays readable until the next `add`. */
  take(): number {
    const { time, order, slot } = this;
    const taken = slot[0];
    const last = --this.size;
    const movedTime = time[last];
    const movedOrder = order[last];
    const movedSlot = slot[last];
    time[last] = Infinity;
    slot[last] = taken;
    if (last === 0) return taken;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      const right = child + 1;
      if (
        right < last &&
        (time[right] < time[child] || (time[right] === time[child] && order[right] < order[child]))
      ) {
        child = right;
      }
      if (time[child] > movedTime || (time[child] === movedTime && order[child] > movedOrder)) break;
      time[hole] = time[child];
      order[hole] = order[child];
      slot[hole] = slot[child];
      hole = child;
    }
    time[hole] = movedTime;
    order[hole] = movedOrder;
    slot[hole] = movedSlot;
    return taken;
  }

  /** Puts a request on its way and returns the slot whose attributes the caller fills in. */
  add(at: number): number {
    const { time, order, slot } = this;
    const added = slot[this.size];
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >>> 1;
      // The new request has the largest sequence number, so an equal time stays above it.
      if (time[parent] <= at) break;
      time[hole] = time[parent];
      order[hole] = order[parent];
      slot[hole] = slot[parent];
      hole = parent;
    }
    time[hole] = at;
    order[hole] = this.sequence++;
    slot[hole] = added;
    return added;
  }

  /** The same requests with twice the room; to be called when `size` has reached `capacity`. */
  grown(): Transit {
    const larger = new Transit(2 * this.capacity);
    larger.id.set(this.id);
    larger.functionOf.set(this.functionOf);
    larger.mask.set(this.mask);
    larger.service.set(this.service);
    larger.arrival.set(this.arrival);
    larger.origin.set(this.origin);
    larger.offloads.set(this.offloads);
    larger.target.set(this.target);
    larger.wayBack.set(this.wayBack);
    larger.time.set(this.time);
    larger.order.set(this.order);
    larger.slot.set(this.slot);
    larger.size = this.size;
    larger.sequence = this.sequence;
    return larger;
  }
}
