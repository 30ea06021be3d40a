/**
 * Requests on their way from one node to another: a calendar queue (Brown, "Calendar queues", CACM 31(10),
 * 1988) over flat arrays of what a request carries.
 *
 * Time is cut into buckets of equal width; bucket b holds, as a list sorted by time, the requests that arrive in it.
 * No request travels longer than the longest offload, so the buckets can be used in turn like the hours of a
 * clock, and a bitmap says which are not empty. Requests of the same instant keep the order in which they
 * left, which makes the order of events total.
 */
const BUCKETS = 1024;
const NONE = -1;

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

  /** Time of the next request to arrive; Infinity when none is on its way. */
  earliest = Infinity;
  size = 0;

  private readonly time: Float64Array;
  /** The next slot in the list of the same bucket, or in the list of free slots. */
  private readonly next: Int32Array;
  private readonly head = new Int32Array(BUCKETS).fill(NONE);
  private readonly occupied = new Int32Array(BUCKETS / 32);
  private readonly bucketsPerSecond: number;
  private first = NONE;
  private free = 0;

  /** @param longest the longest time in s that any request travels. */
  constructor(
    readonly capacity: number,
    private readonly longest: number,
  ) {
    this.id = new Float64Array(capacity);
    this.functionOf = new Int32Array(capacity);
    this.mask = new Int32Array(capacity);
    this.service = new Float64Array(capacity);
    this.arrival = new Float64Array(capacity);
    this.origin = new Int32Array(capacity);
    this.offloads = new Int32Array(capacity);
    this.target = new Int32Array(capacity);
    this.wayBack = new Float64Array(capacity);
    this.time = new Float64Array(capacity);
    this.next = Int32Array.from({ length: capacity }, (_, slot) => slot + 1);
    // Two buckets are spare: rounding and the bucket of the present may each cost one.
    this.bucketsPerSecond = (BUCKETS - 2) / Math.max(longest, 1e-9);
  }

  /** Takes the next request out; its slot stays readable until the next `add`. */
  take(): number {
    const slot = this.first;
    const bucket = this.bucketOf(this.time[slot]);
    const after = this.next[slot];
    this.next[slot] = this.free;
    this.free = slot;
    this.head[bucket] = after;
    if (--this.size === 0) {
      this.occupied[bucket >>> 5] &= ~(1 << (bucket & 31));
      this.first = NONE;
      this.earliest = Infinity;
      return slot;
    }
    if (after === NONE) {
      this.occupied[bucket >>> 5] &= ~(1 << (bucket & 31));
      this.first = this.head[this.nextOccupied(bucket)];
    } else {
      this.first = after;
    }
    this.earliest = this.time[this.first];
    return slot;
  }

  /** Puts a request on its way and returns the slot whose attributes the caller fills in. */
  add(at: number): number {
    const { time, next, head } = this;
    const slot = this.free;
    this.free = next[slot];
    this.size++;
    time[slot] = at;
    const bucket = this.bucketOf(at);
    let before = NONE;
    let after = head[bucket];
    while (after !== NONE && time[after] <= at) {
      before = after;
      after = next[after];
    }
    next[slot] = after;
    if (before === NONE) {
      head[bucket] = slot;
      this.occupied[bucket >>> 5] |= 1 << (bucket & 31);
    } else {
      next[before] = slot;
    }
    if (at < this.earliest) {
      this.earliest = at;
      this.first = slot;
    }
    return slot;
  }

  /** The same requests with twice the room; to be called when `size` has reached `capacity`. */
  grown(): Transit {
    const larger = new Transit(2 * this.capacity, this.longest);
    while (this.size > 0) {
      const at = this.earliest;
      const from = this.take();
      const to = larger.add(at);
      larger.id[to] = this.id[from];
      larger.functionOf[to] = this.functionOf[from];
      larger.mask[to] = this.mask[from];
      larger.service[to] = this.service[from];
      larger.arrival[to] = this.arrival[from];
      larger.origin[to] = this.origin[from];
      larger.offloads[to] = this.offloads[from];
      larger.target[to] = this.target[from];
      larger.wayBack[to] = this.wayBack[from];
    }
    return larger;
  }

  private bucketOf(time: number): number {
    // ToInt32 takes a number modulo 2^32, so this holds for any time below 2^53 buckets.
    return (time * this.bucketsPerSecond) & (BUCKETS - 1);
  }

  /** The first bucket after `bucket`, round the clock, that holds a request; there must be one. */
  private nextOccupied(bucket: number): number {
    const { occupied } = this;
    let word = bucket >>> 5;
    // The bits above the bucket's own; none when it is the last of its word.
    let bits = occupied[word] & (-2 << (bucket & 31));
    while (bits === 0) {
      word = (word + 1) % occupied.length;
      bits = occupied[word];
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits);
  }
}
