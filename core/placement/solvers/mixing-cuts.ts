/**
 * Cuts for the excess of a function, per key. With Z_k(t) = sum of x_c over the candidates c of key k with burden_fc >= t, a plan has
 * delta_f - base_f = integral over t > base_f of max_k Z_k(t): at every level t below delta_f some key of f is at t or above. For any
 * choice k(t) of a key at each level,
 *
 *     delta_f - base_f >= integral of Z_k(t)(t) dt = sum_c x_c * (length of the levels below burden_fc given to the key of c)
 *
 * is therefore valid. With one key at all levels this is the excess row of that key; the choice k(t) = argmax_k Z_k(t) at a
 * point x of the relaxation is the strongest cut there, since the maximum is taken level by level in place of over sums. These are
 * the mixing inequalities of Gunluk and Pochet, "Mixing mixed-integer inequalities", Math. Programming 90, 2001, which describe the
 * convex hull for one function on its own: without capacities they close the gap or nearly so.
 */
import type { ReducedProblem } from '../reduced-problem.js';

/** Cuts as rows: delta_f + sum of value * x_index >= 0 in the columns of `reducedProgramme`. */
export interface Cuts {
  readonly count: number;
  readonly start: number[];
  readonly index: number[];
  readonly value: number[];
}

/** A cut has to be violated by more than this part of delta_f, or of the largest burden, to be worth a row. */
const LEAST_VIOLATION = 1e-7;

export class MixingCuts {
  readonly #reduced: ReducedProblem;
  /** By function, the candidates above base by falling burden: amounts above base, the use within the function, candidates. */
  readonly #start: Int32Array;
  readonly #amount: Float64Array;
  readonly #member: Int32Array;
  readonly #candidate: Int32Array;
  readonly #mass: Float64Array;
  /** Per entry: the length of the levels that end at its amount, and who has them. */
  readonly #length: Float64Array;
  readonly #owner: Int32Array;
  readonly #coefficient: Float64Array;

  constructor(reduced: ReducedProblem) {
    this.#reduced = reduced;
    const { keys, functions, start, useStart, useFunction, burdenStart, burden, base } = reduced;
    const entries: [amount: number, member: number, candidate: number][][] = Array.from(
      { length: functions },
      () => [],
    );
    const members = new Int32Array(functions);
    for (let k = 0; k < keys; k++) {
      for (let u = useStart[k]; u < useStart[k + 1]; u++) {
        const f = useFunction[u];
        for (let c = start[k]; c < start[k + 1]; c++) {
          const amount = burden[burdenStart[u] + c - start[k]] - base[f];
          if (amount > 0) entries[f].push([amount, members[f], c]);
        }
        members[f]++;
      }
    }
    const total = entries.reduce((sum, list) => sum + list.length, 0);
    this.#start = new Int32Array(functions + 1);
    this.#amount = new Float64Array(total);
    this.#member = new Int32Array(total);
    this.#candidate = new Int32Array(total);
    let at = 0;
    for (let f = 0; f < functions; f++) {
      entries[f].sort((a, b) => b[0] - a[0] || a[2] - b[2]);
      for (const [amount, member, candidate] of entries[f]) {
        this.#amount[at] = amount;
        this.#member[at] = member;
        this.#candidate[at++] = candidate;
      }
      this.#start[f + 1] = at;
    }
    this.#mass = new Float64Array(members.reduce((most, count) => Math.max(most, count), 0));
    this.#length = new Float64Array(total);
    this.#owner = new Int32Array(total);
    this.#coefficient = new Float64Array(this.#mass.length);
  }

  /** The cuts that cut `x` off, at most one a function. */
  separate(x: Float64Array): Cuts {
    const cuts: Cuts & { count: number } = { count: 0, start: [0], index: [], value: [] };
    for (let f = 0; f < this.#reduced.functions; f++) this.#separate(f, x, cuts);
    return cuts;
  }

  #separate(f: number, x: Float64Array, cuts: Cuts & { count: number }): void {
    const [first, end] = [this.#start[f], this.#start[f + 1]];
    if (first === end) return;
    const delta = x[this.#reduced.place.length + f];
    const mass = this.#mass.fill(0);
    let owner = -1;
    let most = 0;
    let rightSide = 0;
    for (let e = first; e < end; e++) {
      const member = this.#member[e];
      mass[member] += x[this.#candidate[e]];
      if (mass[member] > most) {
        most = mass[member];
        owner = member;
      }
      const length = this.#amount[e] - (e + 1 < end ? this.#amount[e + 1] : 0);
      this.#length[e] = length;
      this.#owner[e] = owner;
      rightSide += length * most;
    }
    if (rightSide - delta <= LEAST_VIOLATION * Math.max(delta, this.#amount[first])) return;
    // From the lowest level up: what a key has been given so far is the coefficient of its candidates that end there.
    const coefficient = this.#coefficient.fill(0);
    for (let e = end - 1; e >= first; e--) {
      if (this.#owner[e] >= 0) coefficient[this.#owner[e]] += this.#length[e];
      const value = coefficient[this.#member[e]];
      if (value === 0) continue;
      cuts.index.push(this.#candidate[e]);
      cuts.value.push(-value);
    }
    cuts.index.push(this.#reduced.place.length + f);
    cuts.value.push(1);
    cuts.start.push(cuts.index.length);
    cuts.count++;
  }
}
