/**
 * The Container Pool of every node (sec. 3). A container is one number: the time from which it is free. The
 * containers of a function on a node form a list of these times in ascending order: those in the past are
 * idle, the longest idle one first, those ahead are busy. A completion therefore needs no event: nothing but the
 * clock turns a busy container into an idle one, and its memory stays taken.
 *
 * All lists lie in one array, the slab; row = node * functionCount + function. A list moves forward through its
 * part of the slab, since a container that is used again leaves the front and enters near the back, and is
 * moved to the beginning of its part when it reaches the end:
 *
 *     part of f3 on edge1 at t = 71.2:   -Inf  (70.2)  70.9  71.0 | 71.3  71.4  71.9  Inf
 *                                                 idle ^first     busy            ^end
 *
 * In front of a list stands a time of the past or -Infinity, and behind it Infinity, so that the loops below
 * need no other bounds.
 */
import { lowestBit } from './bits.js';
import type { Application } from './functions.js';
import type { Topology } from './topology.js';

/** Numbers that the part of a list takes at first; two are for the ends. */
const FIRST_CAPACITY = 8;
/** Answer of `startCold` when the node cannot run the function now. */
export const NO_ROOM = -1;

/** Containers of a node, and the memory in MB that they hold. */
export interface Census {
  readonly busy: number;
  readonly idle: number;
  readonly memory: number;
}

export class ContainerPool {
  /** Memory in MB that no container holds, by node. */
  private readonly free: Float64Array;
  coldStarts = 0;

  private slab: Float64Array;
  private slabEnd: number;
  /**
   * By row: the first and last place of its part of the slab, and within it the first time of the list and the
   * place behind the last one, which lies before `limit` but for rows that never had a container.
   */
  private readonly base: Int32Array;
  private readonly limit: Int32Array;
  private readonly first: Int32Array;
  private readonly end: Int32Array;
  private readonly functionCount: number;
  private readonly memory: Float64Array;
  private readonly coldStart: Float64Array;
  /** Functions by falling memory demand, the order of eviction, and the place of each in it. */
  private readonly largestFirst: Int32Array;
  private readonly rankOf: Int32Array;
  /**
   * Bit r of the words of a node: it may have containers of the function of rank r. Of hundreds of functions a
   * small node has containers of a few.
   */
  private readonly present: Int32Array;
  private readonly wordCount: number;
  /** No container of the node is idle before this time; at most the earliest of their times. */
  private readonly noneIdleBefore: Float64Array;
  /** No container of the node expires before this time. */
  private readonly noneExpiresBefore: Float64Array;

  /**
   * @param expiry seconds after which an idle container is removed.
   * @param clock the cell with the present time in s.
   */
  constructor(
    topology: Topology,
    application: Application,
    private readonly expiry: number,
    private readonly clock: Float64Array,
  ) {
    const rows = topology.nodeCount * application.functionCount;
    this.functionCount = application.functionCount;
    this.memory = application.memory;
    this.coldStart = application.coldStart;
    this.free = topology.memory.slice();
    // Rows without containers share two numbers, an empty list without room.
    this.slab = new Float64Array(Math.max(64, Math.min(rows, 4096) * FIRST_CAPACITY));
    this.slab[0] = -Infinity;
    this.slab[1] = Infinity;
    this.slabEnd = 2;
    this.base = new Int32Array(rows);
    this.limit = new Int32Array(rows).fill(1);
    this.first = new Int32Array(rows).fill(1);
    this.end = new Int32Array(rows).fill(1);
    this.largestFirst = Int32Array.from(application.memory.keys()).sort(
      (f, g) => application.memory[g] - application.memory[f] || f - g,
    );
    this.rankOf = new Int32Array(this.functionCount);
    this.largestFirst.forEach((f, rank) => {
      this.rankOf[f] = rank;
    });
    this.wordCount = (this.functionCount + 31) >>> 5;
    this.present = new Int32Array(topology.nodeCount * this.wordCount);
    this.noneIdleBefore = new Float64Array(topology.nodeCount).fill(Infinity);
    this.noneExpiresBefore = new Float64Array(topology.nodeCount).fill(Infinity);
  }

  /** Can the node run the function now: by an idle container, free memory, or eviction? */
  canRun(node: number, f: number): boolean {
    const now = this.clock[0];
    if (now > this.noneExpiresBefore[node]) this.expire(node);
    if (this.slab[this.first[node * this.functionCount + f]] <= now) return true;
    const missing = this.memory[f] - this.free[node];
    return missing <= 0 || this.canReclaim(node, f, missing);
  }

  /**
   * Uses the container of the row that has been idle longest, if any, from `now` until `busyUntil` (s).
   * @returns whether there was one.
   */
  reuse(node: number, row: number, now: number, busyUntil: number): boolean {
    if (now > this.noneExpiresBefore[node]) this.expire(node);
    const front = this.first[row];
    if (this.slab[front] > now) return false;
    // The front stays before the list, as a time that stops the search for the new place.
    this.first[row] = front + 1;
    this.slab[this.end[row]] = busyUntil;
    this.takeIn(row);
    return true;
  }

  /**
   * Starts a container for the function, to be busy for `busy` seconds after its cold start.
   * @returns the cold start in s, or NO_ROOM, with nothing changed.
   */
  startCold(node: number, f: number, busy: number): number {
    const missing = this.memory[f] - this.free[node];
    if (missing > 0) {
      if (!this.canReclaim(node, f, missing)) return NO_ROOM;
      this.reclaim(node, f);
    }
    this.free[node] = this.free[node] - this.memory[f];
    this.coldStarts++;
    const cold = this.coldStart[f];
    const busyUntil = this.clock[0] + cold + busy;
    const row = node * this.functionCount + f;
    if (this.limit[row] === this.end[row]) this.makeRoom(row);
    this.slab[this.end[row]] = busyUntil;
    this.takeIn(row);
    const rank = this.rankOf[f];
    this.present[node * this.wordCount + (rank >>> 5)] |= 1 << (rank & 31);
    if (busyUntil < this.noneIdleBefore[node]) this.noneIdleBefore[node] = busyUntil;
    const expires = busyUntil + this.expiry;
    if (expires < this.noneExpiresBefore[node]) this.noneExpiresBefore[node] = expires;
    return cold;
  }

  /** Number of containers of the function on the node that are idle now. */
  idleCount(node: number, f: number): number {
    this.expire(node);
    return this.countIdle(node * this.functionCount + f);
  }

  /** Memory in MB that no container of the node holds now. */
  freeMemory(node: number): number {
    this.expire(node);
    return this.free[node];
  }

  /** The containers of the node at `now` (s), which is not before any event so far. Nothing changes by counting. */
  census(node: number, now: number): Census {
    let [busy, idle, memory] = [0, 0, 0];
    for (let f = 0; f < this.functionCount; f++) {
      const row = node * this.functionCount + f;
      let there = 0;
      for (let entry = this.first[row]; entry < this.end[row]; entry++) {
        const free = this.slab[entry];
        // What has expired is removed when somebody next asks for room.
        if (free + this.expiry < now) continue;
        there++;
        if (free > now) busy++;
        else idle++;
      }
      memory += there * this.memory[f];
    }
    return { busy, idle, memory };
  }

  private countIdle(row: number): number {
    const front = this.first[row];
    let entry = front;
    while (this.slab[entry] <= this.clock[0]) entry++;
    return entry - front;
  }

  /** Would removing idle containers of other functions free `missing` MB? Sharpens `noneIdleBefore`. */
  private canReclaim(node: number, f: number, missing: number): boolean {
    const now = this.clock[0];
    if (now < this.noneIdleBefore[node]) return false;
    const { slab, first, end, present, wordCount } = this;
    let earliest = Infinity;
    let left = missing;
    for (let w = 0; w < wordCount; w++) {
      for (let word = present[node * wordCount + w]; word !== 0; word &= word - 1) {
        const g = this.largestFirst[(w << 5) + lowestBit(word)];
        const row = node * this.functionCount + g;
        const front = slab[first[row]];
        if (front < earliest) earliest = front;
        if (front > now || g === f) continue;
        // Are there as many as would do, and the last of these idle too?
        const enough = Math.ceil(left / this.memory[g]);
        const last = first[row] + enough - 1;
        if (last < end[row] && slab[last] <= now) return true;
        left -= this.countIdle(row) * this.memory[g];
      }
    }
    this.noneIdleBefore[node] = earliest;
    return false;
  }

  /** Evicts idle containers of other functions, largest memory first, until the function fits. */
  private reclaim(node: number, f: number): void {
    const now = this.clock[0];
    const { slab, first, free, wordCount } = this;
    const needed = this.memory[f];
    for (let w = 0; w < wordCount && free[node] < needed; w++) {
      for (
        let word = this.present[node * wordCount + w];
        word !== 0 && free[node] < needed;
        word &= word - 1
      ) {
        const g = this.largestFirst[(w << 5) + lowestBit(word)];
        if (g === f) continue;
        const row = node * this.functionCount + g;
        while (free[node] < needed && slab[first[row]] <= now) {
          first[row]++;
          free[node] = free[node] + this.memory[g];
        }
        this.noteAbsence(node, g);
      }
    }
  }

  /** Removes the containers of the node that have been idle for longer than `expiry`. */
  private expire(node: number): void {
    const now = this.clock[0];
    // The comparison is also false for what is no node, such as 0.5, whose bits would be those of another one.
    if (!(now > this.noneExpiresBefore[node])) return;
    const { slab, first, free, expiry, wordCount } = this;
    let next = Infinity;
    for (let w = 0; w < wordCount; w++) {
      for (let word = this.present[node * wordCount + w]; word !== 0; word &= word - 1) {
        const g = this.largestFirst[(w << 5) + lowestBit(word)];
        const row = node * this.functionCount + g;
        while (slab[first[row]] + expiry < now) {
          first[row]++;
          free[node] = free[node] + this.memory[g];
        }
        next = Math.min(next, slab[first[row]] + expiry);
        this.noteAbsence(node, g);
      }
    }
    this.noneExpiresBefore[node] = next;
  }

  /** Clears the bit of a function of which the node has no container left. */
  private noteAbsence(node: number, f: number): void {
    const row = node * this.functionCount + f;
    if (this.first[row] < this.end[row]) return;
    const rank = this.rankOf[f];
    this.present[node * this.wordCount + (rank >>> 5)] &= ~(1 << (rank & 31));
  }

  /**
   * Takes the number that stands behind the list of the row into it. The search for its place starts at the back,
   * where a new time belongs but for the few executions that take longer: three on average under the paper's
   * workload. The caller writes the number, since a double that is passed to a function is allocated first.
   */
  private takeIn(row: number): void {
    const { slab, end, limit } = this;
    let place = end[row];
    const value = slab[place];
    while (slab[place - 1] > value) {
      slab[place] = slab[place - 1];
      place--;
    }
    slab[place] = value;
    const behind = end[row] + 1;
    end[row] = behind;
    slab[behind] = Infinity;
    if (behind === limit[row]) this.makeRoom(row);
  }

  /** Moves the list of the row to the beginning of its part, or of a part of twice the size when it fills half. */
  private makeRoom(row: number): void {
    const from = this.first[row];
    const count = this.end[row] - from;
    let base = this.base[row];
    const capacity = this.limit[row] - base + 1;
    if (2 * count + 4 > capacity) {
      const larger = Math.max(FIRST_CAPACITY, 2 * capacity);
      if (this.slabEnd + larger > this.slab.length) {
        const slab = new Float64Array(2 * (this.slabEnd + larger));
        slab.set(this.slab);
        this.slab = slab;
      }
      base = this.slabEnd;
      this.base[row] = base;
      this.limit[row] = base + larger - 1;
      this.slabEnd += larger;
    }
    this.slab.copyWithin(base + 1, from, from + count + 1);
    this.slab[base] = -Infinity;
    this.first[row] = base + 1;
    this.end[row] = base + 1 + count;
  }
}
