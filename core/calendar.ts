/**
 * When the requests on their way arrive: a calendar queue (Brown, "Calendar queues", CACM 31(10), 1988) of the
 * slots of a RequestRing.
 *
 * Time is cut into buckets of equal width; a bucket holds, as a list sorted by time, the requests that arrive in
 * it. No request travels longer than the longest offload, so 1024 buckets can be used in turn like the minutes of
 * a clock. A bitmap of 32 words, one a group of 32 buckets, says which are not empty, and one more word says which
 * groups are, so the next bucket is found by two searches for a lowest bit. Requests of the same instant keep the
 * order in which they left, which makes the order of events total.
 */
import { lowestBit } from './bits.js';

const BUCKETS = 1024;
const NONE = -1;

export class Calendar {
  /** Time in s of the next request to arrive; Infinity when none is on its way. */
  earliest = Infinity;
  /** Requests on their way. */
  size = 0;

  /** By slot: when the request arrives, in s, and the next slot in the list of the same bucket. */
  private readonly due: Float64Array;
  private readonly next: Int32Array;
  private readonly head = new Int32Array(BUCKETS).fill(NONE);
  /** Bit b of word g: bucket 32 g + b holds somebody. Bit g of `groups`: word g is not 0. */
  private readonly occupied = new Int32Array(BUCKETS / 32);
  private groups = 0;
  private readonly bucketsPerSecond: number;
  private first = NONE;

  /** @param slots of the ring. @param longest the longest time in s that any request travels. */
  constructor(
    slots: number,
    private readonly longest: number,
  ) {
    this.due = new Float64Array(slots);
    this.next = new Int32Array(slots);
    // A group is spare, so that no request of the next round shares a group with the present one; two more
    // buckets are for rounding and for the bucket of the present.
    this.bucketsPerSecond = (BUCKETS - 34) / Math.max(longest, 1e-9);
  }

  /** Takes the next request out and returns its slot; there must be one. */
  take(): number {
    const { next, head, occupied } = this;
    const slot = this.first;
    let bucket = this.bucketOf(this.earliest);
    this.size--;
    let after = next[slot];
    if (after === NONE) {
      let group = bucket >>> 5;
      let word = occupied[group] & ~(1 << (bucket & 31));
      head[bucket] = NONE;
      occupied[group] = word;
      if (word === 0) {
        const groups = this.groups & ~(1 << group);
        this.groups = groups;
        if (groups === 0) {
          this.first = NONE;
          this.earliest = Infinity;
          return slot;
        }
        // Groups in the order of the clock from this one on: the word is turned until it is the lowest bit.
        group = (group + lowestBit((groups >>> group) | (groups << (32 - group)))) & 31;
        word = occupied[group];
      }
      bucket = (group << 5) + lowestBit(word);
      after = head[bucket];
    } else {
      head[bucket] = after;
    }
    this.first = after;
    this.earliest = this.due[after];
    return slot;
  }

  /** Puts the request in `slot` on its way, to arrive at time `at` (s). */
  add(slot: number, at: number): void {
    const { due, next, head } = this;
    const bucket = this.bucketOf(at);
    due[slot] = at;
    this.size++;
    let before = NONE;
    let after = head[bucket];
    while (after !== NONE && due[after] <= at) {
      before = after;
      after = next[after];
    }
    next[slot] = after;
    if (before === NONE) {
      const group = bucket >>> 5;
      head[bucket] = slot;
      this.occupied[group] |= 1 << (bucket & 31);
      this.groups |= 1 << group;
      if (at < this.earliest) {
        this.earliest = at;
        this.first = slot;
      }
    } else {
      next[before] = slot;
    }
  }

  /** Is a request on its way whose slot fulfils the condition? */
  some(condition: (slot: number) => boolean): boolean {
    for (let group = 0; group < this.occupied.length; group++) {
      for (let word = this.occupied[group]; word !== 0; word &= word - 1) {
        const first = this.head[(group << 5) + lowestBit(word)];
        for (let slot = first; slot !== NONE; slot = this.next[slot]) if (condition(slot)) return true;
      }
    }
    return false;
  }

  /** The same requests, each in the slot `moved` of its own, in a calendar for `slots` slots; this one is left empty. */
  movedTo(slots: number, moved: (slot: number) => number): Calendar {
    const other = new Calendar(slots, this.longest);
    while (this.size > 0) {
      const at = this.earliest;
      other.add(moved(this.take()), at);
    }
    return other;
  }

  private bucketOf(time: number): number {
    // ToInt32 takes a number modulo 2^32, so this holds for any time below 2^53 buckets.
    return (time * this.bucketsPerSecond) & (BUCKETS - 1);
  }
}
