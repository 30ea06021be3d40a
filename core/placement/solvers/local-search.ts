/** Plans for the branch and bound to start from: cheapest place with room, then moves of one key that pay. */
import type { ReducedProblem } from '../reduced-problem.js';

/** Prices choices without allocating: like `reducedValue` and `fits`, for many choices of one problem. */
export class Evaluator {
  readonly #reduced: ReducedProblem;
  readonly #excess: Float64Array;
  readonly #load: Float64Array;
  readonly #capacitated: boolean;

  constructor(reduced: ReducedProblem) {
    this.#reduced = reduced;
    this.#excess = new Float64Array(reduced.functions);
    this.#load = new Float64Array(reduced.room.length);
    this.#capacitated = reduced.room.some((bytes) => bytes < Number.POSITIVE_INFINITY);
  }

  value(choice: Int32Array): number {
    const { keys, functions, start, cost, useStart, useFunction, burdenStart, burden, weight, base, scope } =
      this.#reduced;
    const excess = this.#excess;
    excess.set(base);
    let value = 0;
    for (let k = 0; k < keys; k++) {
      value += cost[choice[k]];
      for (let u = useStart[k]; u < useStart[k + 1]; u++) {
        const amount = burden[burdenStart[u] + choice[k] - start[k]];
        const f = useFunction[u];
        if (scope === 'per-function') excess[f] += amount;
        else if (amount > excess[f]) excess[f] = amount;
      }
    }
    for (let f = 0; f < functions; f++) if (excess[f] > 0) value += weight[f] * excess[f];
    return value;
  }

  fits(choice: Int32Array): boolean {
    if (!this.#capacitated) return true;
    const { keys, place, size, room } = this.#reduced;
    const load = this.#load.fill(0);
    for (let k = 0; k < keys; k++) load[place[choice[k]]] += size[k];
    for (let j = 0; j < load.length; j++) if (load[j] > room[j]) return false;
    return true;
  }

  /**
   * Large keys first, each to the cheapest candidate by `price` that is alive and has room; null when a key finds
   * none. `order` lists the keys by falling size.
   */
  pack(price: Float64Array, alive: Uint8Array, order: Int32Array): Int32Array | null {
    const { start, place, size, room } = this.#reduced;
    const load = this.#load.fill(0);
    const choice = new Int32Array(order.length);
    for (const k of order) {
      let best = -1;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (alive[c] === 0 || load[place[c]] + size[k] > room[place[c]]) continue;
        if (best < 0 || price[c] < price[best]) best = c;
      }
      if (best < 0) return null;
      choice[k] = best;
      load[place[best]] += size[k];
    }
    return choice;
  }

  /** Moves one key at a time to its best candidate with room until no move lowers the value; the value. */
  improve(choice: Int32Array): number {
    const { keys, start } = this.#reduced;
    let value = this.value(choice);
    for (let again = true; again; ) {
      again = false;
      for (let k = 0; k < keys; k++) {
        let best = choice[k];
        for (let c = start[k]; c < start[k + 1]; c++) {
          if (c === best) continue;
          choice[k] = c;
          const moved = this.value(choice);
          if (moved < value && this.fits(choice)) {
            value = moved;
            best = c;
            again = true;
          }
        }
        choice[k] = best;
      }
    }
    return value;
  }
}
