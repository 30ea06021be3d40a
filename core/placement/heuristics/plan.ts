/**
 * A plan under construction: a choice of the reduced problem with everything that pricing the move of one key
 * needs, so that a move costs as many steps as its key has uses, not as many as the problem has keys.
 */
import type { ReducedProblem } from '../reduced-problem.js';
import { type Budget, leastBurdens } from './heuristic.js';

/** The candidate of a key that has no place yet. */
export const UNPLACED = -1;

export class Plan {
  readonly reduced: ReducedProblem;
  /** One a key: its candidate, or UNPLACED. */
  readonly choice: Int32Array;
  /** N: bytes at each place. */
  readonly load: Float64Array;
  /** Can any place be full? */
  readonly capacitated: boolean;
  /** The value of the plan. While keys are unplaced it is a partial one, good for differences only. */
  value = 0;
  /** Counts the moves priced. */
  readonly budget: Budget;

  /** Uses by function, in compressed rows, and the key of each use. */
  readonly #functionStart: Int32Array;
  readonly #functionUse: Int32Array;
  readonly #useKey: Int32Array;
  /** Per function: the least burden of each use, which stands for it while its key is unplaced. */
  readonly #least: Float64Array;
  /**
   * Per key: delta_f, the use that sets it (-1: base), and what delta_f would be without that use.
   * Per function: `#most` is the sum s_f = base_f + sum burden.
   */
  readonly #most: Float64Array;
  readonly #mostUse: Int32Array;
  readonly #second: Float64Array;
  /** The keys at each place as doubly linked lists: N heads, then a successor and a predecessor a key; -1 ends. */
  readonly #head: Int32Array;
  readonly #after: Int32Array;
  readonly #before: Int32Array;
  readonly #perKey: boolean;

  /** A plan without any key. */
  constructor(reduced: ReducedProblem, budget: Budget) {
    this.budget = budget;
    const { keys, functions, useStart, useFunction, room } = reduced;
    this.reduced = reduced;
    this.choice = new Int32Array(keys).fill(UNPLACED);
    this.load = new Float64Array(room.length);
    this.capacitated = room.some((bytes) => bytes < Number.POSITIVE_INFINITY);
    this.#perKey = reduced.scope === 'per-key';
    this.#functionStart = new Int32Array(functions + 1);
    this.#functionUse = new Int32Array(useFunction.length);
    this.#useKey = new Int32Array(useFunction.length);
    for (const f of useFunction) this.#functionStart[f + 1]++;
    for (let f = 0; f < functions; f++) this.#functionStart[f + 1] += this.#functionStart[f];
    const next = this.#functionStart.slice();
    for (let k = 0; k < keys; k++) {
      for (let u = useStart[k]; u < useStart[k + 1]; u++) {
        this.#useKey[u] = k;
        this.#functionUse[next[useFunction[u]]++] = u;
      }
    }
    this.#least = this.#perKey ? new Float64Array(0) : leastBurdens(reduced);
    this.#most = new Float64Array(functions);
    this.#mostUse = new Int32Array(functions);
    this.#second = new Float64Array(functions);
    this.#head = new Int32Array(room.length);
    this.#after = new Int32Array(keys);
    this.#before = new Int32Array(keys);
    this.clear();
  }

  /** Takes every key away. */
  clear(): void {
    this.choice.fill(UNPLACED);
    this.load.fill(0);
    this.#head.fill(-1);
    this.#refresh();
  }

  /** Becomes `choice`, a candidate for every key, priced afresh, so that no rounding of earlier moves is left. */
  assign(choice: Int32Array): void {
    const { keys, place, size } = this.reduced;
    this.choice.set(choice);
    this.load.fill(0);
    this.#head.fill(-1);
    for (let k = keys - 1; k >= 0; k--) {
      this.load[place[choice[k]]] += size[k];
      this.#link(k, place[choice[k]]);
    }
    this.#refresh();
  }

  /** Writes the keys at place `j` into `keys`, which has to be long enough, and returns how many they are. */
  keysAt(j: number, keys: Int32Array): number {
    let count = 0;
    for (let k = this.#head[j]; k >= 0; k = this.#after[k]) keys[count++] = k;
    return count;
  }

  /** Could key `k` take candidate `c`, the place of which it does not have now? */
  hasRoom(k: number, c: number): boolean {
    const { place, size, room } = this.reduced;
    return this.load[place[c]] + size[k] <= room[place[c]];
  }

  /** By how much the value would change if key `k` took candidate `c`. */
  change(k: number, c: number): number {
    const { start, cost, useStart, useFunction, burdenStart, burden, weight } = this.reduced;
    const from = this.choice[k];
    this.budget.spent++;
    let change = from === UNPLACED ? cost[c] : cost[c] - cost[from];
    const first = start[k];
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      const at = burdenStart[u] - first;
      const amount = burden[at + c];
      const old = this.#most[f];
      if (this.#perKey) {
        const others = this.#mostUse[f] === u ? this.#second[f] : old;
        change += weight[f] * ((amount > others ? amount : others) - old);
      } else {
        const sum = old + amount - (from === UNPLACED ? this.#least[u] : burden[at + from]);
        change += weight[f] * ((sum > 0 ? sum : 0) - (old > 0 ? old : 0));
      }
    }
    return change;
  }

  /** Key `k` takes candidate `c`, whether or not there is room; UNPLACED takes it away. */
  move(k: number, c: number): void {
    const { place, size, useStart, useFunction, weight, cost } = this.reduced;
    const from = this.choice[k];
    if (from === c) return;
    if (from !== UNPLACED) {
      this.load[place[from]] -= size[k];
      this.value -= cost[from];
      this.#unlink(k, place[from]);
    }
    if (c !== UNPLACED) {
      this.load[place[c]] += size[k];
      this.value += cost[c];
      this.#link(k, place[c]);
    }
    this.choice[k] = c;
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      const old = this.#most[f];
      if (this.#perKey) this.#findMost(f);
      else this.#most[f] = old + this.amount(u, c) - this.amount(u, from);
      this.value += weight[f] * (Math.max(0, this.#most[f]) - Math.max(0, old));
    }
  }

  /** The keys that share a function with `k`, `k` among them, each perhaps more than once. */
  *neighbours(k: number): Iterable<number> {
    const { useStart, useFunction } = this.reduced;
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      for (let row = this.#functionStart[f]; row < this.#functionStart[f + 1]; row++)
        yield this.#useKey[this.#functionUse[row]];
    }
  }

  #link(k: number, j: number): void {
    const head = this.#head[j];
    this.#after[k] = head;
    this.#before[k] = -1;
    if (head >= 0) this.#before[head] = k;
    this.#head[j] = k;
  }

  #unlink(k: number, j: number): void {
    const after = this.#after[k];
    const before = this.#before[k];
    if (before < 0) this.#head[j] = after;
    else this.#after[before] = after;
    if (after >= 0) this.#before[after] = before;
  }

  /** Per key: delta_f; per function: the sum above T_max, perhaps below 0. */
  excess(f: number): number {
    return this.#most[f];
  }

  /** The uses of function `f`. */
  usesOf(f: number): Int32Array {
    return this.#functionUse.subarray(this.#functionStart[f], this.#functionStart[f + 1]);
  }

  /** The key of use `u`. */
  keyOf(u: number): number {
    return this.#useKey[u];
  }

  /** The burden of use `u` with its key at candidate `c`. */
  amount(u: number, c: number): number {
    const { start, burdenStart, burden } = this.reduced;
    if (c !== UNPLACED) return burden[burdenStart[u] + c - start[this.#useKey[u]]];
    return this.#perKey ? Number.NEGATIVE_INFINITY : this.#least[u];
  }

  /** Per key: the largest and the second largest of base and the burdens of f. */
  #findMost(f: number): void {
    let most = this.reduced.base[f];
    let second = most;
    let mostUse = -1;
    for (let row = this.#functionStart[f]; row < this.#functionStart[f + 1]; row++) {
      const u = this.#functionUse[row];
      const amount = this.amount(u, this.choice[this.#useKey[u]]);
      if (amount > most) {
        second = most;
        most = amount;
        mostUse = u;
      } else if (amount > second) second = amount;
    }
    this.#most[f] = most;
    this.#second[f] = second;
    this.#mostUse[f] = mostUse;
  }

  #refresh(): void {
    const { keys, functions, cost, base, weight } = this.reduced;
    let value = 0;
    for (let k = 0; k < keys; k++) if (this.choice[k] !== UNPLACED) value += cost[this.choice[k]];
    for (let f = 0; f < functions; f++) {
      if (this.#perKey) this.#findMost(f);
      else {
        let sum = base[f];
        for (let row = this.#functionStart[f]; row < this.#functionStart[f + 1]; row++) {
          const u = this.#functionUse[row];
          sum += this.amount(u, this.choice[this.#useKey[u]]);
        }
        this.#most[f] = sum;
      }
      if (this.#most[f] > 0) value += weight[f] * this.#most[f];
    }
    this.value = value;
  }
}
