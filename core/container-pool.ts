/**
 * The Container Pool of every node (sec. 3). A container is one number: the time from which it is free. The
 * containers of a function on a node form a binary min-heap of these times, so that the container that has
 * been idle longest, if any, is on top; those whose time lies ahead are busy. A completion therefore needs
 * no event: nothing but the clock turns a busy container into an idle one, and its memory stays taken.
 *
 * All heaps lie in one array ("slab"); row = node * functionCount + function.
 */
import type { Application } from './functions.js';
import type { Topology } from './topology.js';

const FIRST_CAPACITY = 4;
/** Answer of `start` when the node cannot run the function now. */
export const NO_ROOM = -1;

export class ContainerPool {
  /** Memory in MB that no container holds, by node. */
  readonly free: Float64Array;
  coldStarts = 0;
  evictions = 0;
  expirations = 0;

  private slab: Float64Array;
  private slabEnd = 0;
  private readonly base: Int32Array;
  private readonly size: Int32Array;
  private readonly capacity: Int32Array;
  private readonly functionCount: number;
  private readonly memory: Float64Array;
  private readonly coldStart: Float64Array;
  /** Functions by falling memory demand: the order of eviction. */
  private readonly largestFirst: Int32Array;
  /** No container of the node is idle before this time; at most the earliest of their times. */
  private readonly noneIdleBefore: Float64Array;
  /** No container of the node expires before this time. */
  private readonly noneExpiresBefore: Float64Array;

  /** @param expiry seconds after which an idle container is removed. */
  constructor(
    topology: Topology,
    application: Application,
    private readonly expiry: number,
  ) {
    const rows = topology.nodeCount * application.functionCount;
    this.functionCount = application.functionCount;
    this.memory = application.memory;
    this.coldStart = application.coldStart;
    this.free = topology.memory.slice();
    this.slab = new Float64Array(Math.max(64, Math.min(rows, 4096) * FIRST_CAPACITY));
    this.base = new Int32Array(rows);
    this.size = new Int32Array(rows);
    this.capacity = new Int32Array(rows);
    this.largestFirst = Int32Array.from(application.memory.keys()).sort(
      (f, g) => application.memory[g] - application.memory[f] || f - g,
    );
    this.noneIdleBefore = new Float64Array(topology.nodeCount).fill(Infinity);
    this.noneExpiresBefore = new Float64Array(topology.nodeCount).fill(Infinity);
  }

  /** Can the node run the function at time `now`: by an idle container, free memory, or eviction? */
  canRun(node: number, f: number, now: number): boolean {
    if (now > this.noneExpiresBefore[node]) this.expire(node, now);
    const row = node * this.functionCount + f;
    if (this.size[row] > 0 && this.slab[this.base[row]] <= now) return true;
    const missing = this.memory[f] - this.free[node];
    if (missing <= 0) return true;
    if (now < this.noneIdleBefore[node]) return false;
    return this.canReclaim(node, f, now, missing);
  }

  /**
   * Runs the function on the node from `now` for `busy` seconds after any cold start.
   * @returns the cold start in s (0 in a reused container), or NO_ROOM, with nothing changed.
   */
  start(node: number, f: number, now: number, busy: number): number {
    if (now > this.noneExpiresBefore[node]) this.expire(node, now);
    const row = node * this.functionCount + f;
    if (this.size[row] > 0) {
      const top = this.base[row];
      if (this.slab[top] <= now) {
        const end = now + busy;
        this.replaceTop(top, this.size[row], end);
        if (end < this.noneIdleBefore[node]) this.noneIdleBefore[node] = end;
        return 0;
      }
    }
    const missing = this.memory[f] - this.free[node];
    if (missing > 0) {
      if (now < this.noneIdleBefore[node] || !this.canReclaim(node, f, now, missing)) return NO_ROOM;
      this.reclaim(node, f, now);
    }
    this.free[node] = this.free[node] - this.memory[f];
    this.coldStarts++;
    const cold = this.coldStart[f];
    const end = now + cold + busy;
    this.push(row, end);
    if (end < this.noneIdleBefore[node]) this.noneIdleBefore[node] = end;
    const expires = end + this.expiry;
    if (expires < this.noneExpiresBefore[node]) this.noneExpiresBefore[node] = expires;
    return cold;
  }

  /** Number of containers of the function on the node that are idle at `now`. */
  idleCount(node: number, f: number, now: number): number {
    if (now > this.noneExpiresBefore[node]) this.expire(node, now);
    return this.countIdle(node * this.functionCount + f, 0, now);
  }

  /** Number of containers of the function on the node, busy or idle. */
  containerCount(node: number, f: number, now: number): number {
    if (now > this.noneExpiresBefore[node]) this.expire(node, now);
    return this.size[node * this.functionCount + f];
  }

  /** Memory in MB that no container of the node holds at `now`. */
  freeMemory(node: number, now: number): number {
    if (now > this.noneExpiresBefore[node]) this.expire(node, now);
    return this.free[node];
  }

  /** Counts the entries of a heap at or below `now`; a subtree whose root is above holds none. */
  private countIdle(row: number, entry: number, now: number): number {
    if (entry >= this.size[row] || this.slab[this.base[row] + entry] > now) return 0;
    return 1 + this.countIdle(row, 2 * entry + 1, now) + this.countIdle(row, 2 * entry + 2, now);
  }

  /** Would removing idle containers of other functions free `missing` MB? Sharpens `noneIdleBefore`. */
  private canReclaim(node: number, f: number, now: number, missing: number): boolean {
    const first = node * this.functionCount;
    let earliest = Infinity;
    let idle = 0;
    for (let g = 0; g < this.functionCount; g++) {
      const row = first + g;
      if (this.size[row] === 0) continue;
      const top = this.slab[this.base[row]];
      if (top < earliest) earliest = top;
      if (top > now || g === f) continue;
      idle += this.countIdle(row, 0, now) * this.memory[g];
      if (idle >= missing) return true;
    }
    this.noneIdleBefore[node] = earliest;
    return false;
  }

  /** Evicts idle containers of other functions, largest memory first, until the function fits. */
  private reclaim(node: number, f: number, now: number): void {
    const needed = this.memory[f];
    for (let rank = 0; rank < this.functionCount; rank++) {
      const g = this.largestFirst[rank];
      if (g === f) continue;
      const row = node * this.functionCount + g;
      while (this.free[node] < needed && this.size[row] > 0 && this.slab[this.base[row]] <= now) {
        this.pop(row);
        this.evictions++;
        this.free[node] = this.free[node] + this.memory[g];
      }
      if (this.free[node] >= needed) return;
    }
  }

  /** Removes the containers of the node that have been idle for longer than `expiry`. */
  private expire(node: number, now: number): void {
    let next = Infinity;
    for (let f = 0; f < this.functionCount; f++) {
      const row = node * this.functionCount + f;
      while (this.size[row] > 0 && this.slab[this.base[row]] + this.expiry < now) {
        this.pop(row);
        this.expirations++;
        this.free[node] = this.free[node] + this.memory[f];
      }
      if (this.size[row] > 0) next = Math.min(next, this.slab[this.base[row]] + this.expiry);
    }
    this.noneExpiresBefore[node] = next;
  }

  private replaceTop(base: number, size: number, value: number): void {
    const slab = this.slab;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      let least = slab[base + child];
      if (child + 1 < size) {
        const right = slab[base + child + 1];
        if (right < least) {
          least = right;
          child++;
        }
      }
      if (least >= value) break;
      slab[base + hole] = least;
      hole = child;
    }
    slab[base + hole] = value;
  }

  private pop(row: number): void {
    const last = this.size[row] - 1;
    this.size[row] = last;
    const base = this.base[row];
    if (last > 0) this.replaceTop(base, last, this.slab[base + last]);
  }

  private push(row: number, value: number): void {
    const size = this.size[row];
    if (size === this.capacity[row]) this.grow(row);
    const slab = this.slab;
    const base = this.base[row];
    let hole = size;
    while (hole > 0) {
      const parent = (hole - 1) >>> 1;
      const above = slab[base + parent];
      if (above <= value) break;
      slab[base + hole] = above;
      hole = parent;
    }
    slab[base + hole] = value;
    this.size[row] = size + 1;
  }

  /** Moves the heap of a row to the end of the slab, with twice the room. */
  private grow(row: number): void {
    const old = this.capacity[row];
    const capacity = Math.max(FIRST_CAPACITY, 2 * old);
    if (this.slabEnd + capacity > this.slab.length) {
      const larger = new Float64Array(2 * (this.slabEnd + capacity));
      larger.set(this.slab);
      this.slab = larger;
    }
    this.slab.copyWithin(this.slabEnd, this.base[row], this.base[row] + old);
    this.base[row] = this.slabEnd;
    this.capacity[row] = capacity;
    this.slabEnd += capacity;
  }
}
