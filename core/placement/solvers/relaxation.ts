/**
 * A lower bound for the reduced problem by Lagrangian relaxation (Held, Wolfe and Crowder, "Validation of subgradient
 * optimization", Math. Programming 6, 1974). What couples keys is priced, so that each key then chooses alone.
 *
 * Per key: for multipliers mu_fk >= 0 with sum_k mu_fk = weight_f,
 * weight_f max(floor, max_k burden) >= weight_f floor + sum_k mu_fk (burden_fk - floor)^+.
 * Per function: for 0 <= lambda_f <= weight_f, weight_f (base + sum burden)^+ >= lambda_f (base + sum burden).
 * In a branch that demands s_f = base + sum burden <= 0, any lambda_f >= 0 is a bound on the penalty 0; in
 * the one that demands s_f >= 0, any lambda_f <= weight_f on the penalty weight_f s_f.
 * Capacity: for pi_j >= 0, pi_j (load_j - room_j) is at most 0 in an allowed plan, so adding it lowers the value.
 *
 * Every key has a simplex of candidates, so the best multipliers give the bound of the linear relaxation.
 */
import type { ReducedProblem } from '../reduced-problem.js';
import { centre, moveOnSimplex } from './simplex.js';

/** A restriction of the reduced problem: candidates still allowed and floors below delta_f. */
export interface Subproblem {
  readonly alive: Uint8Array;
  /** Per key only: delta_f is counted as at least this, s. */
  readonly floor: Float64Array;
  /** Per function only: what is known of the sign of base_f + sum burden; one of `Sign`. */
  readonly sign: Int8Array;
}

/**
 * What is known of s_f = base_f + sum burden: nothing, or what a branch demands (its constraint has a multiplier of its own,
 * which widens the range of lambda_f), or what holds for every candidate left, so that the penalty is linear.
 */
export const Sign = {
  unknown: 0,
  demandNotAbove: -1,
  demandNotBelow: 1,
  neverAbove: -2,
  neverBelow: 2,
} as const;

export class Relaxation {
  /** One a candidate: its cost plus the multipliers it answers for. Read after `evaluate`. */
  readonly reducedCost: Float64Array;
  /** One a key: the candidate with the least reduced cost, the first among equals. */
  readonly pick: Int32Array;
  /** One a key: that reduced cost. */
  readonly least: Float64Array;
  /** Multipliers: one a use (per key) or a function (per function), then one a node. */
  readonly multipliers: number;
  /** Places whose room the keys with a choice could exceed. */
  readonly binding: readonly number[];

  readonly #reduced: ReducedProblem;
  readonly #perKey: boolean;
  /** Burdens above the floor, in the layout of `burden`; 1 where a use can exceed the floor at all. */
  readonly #above: Float64Array;
  readonly #active: Uint8Array;
  readonly #load: Float64Array;
  readonly #gradient: Float64Array;
  readonly #usesOf: readonly (readonly number[])[];
  readonly #couplings: number;

  constructor(reduced: ReducedProblem) {
    const candidates = reduced.place.length;
    this.#reduced = reduced;
    this.#perKey = reduced.scope === 'per-key';
    this.#couplings = this.#perKey ? reduced.useFunction.length : reduced.functions;
    this.multipliers = this.#couplings + reduced.room.length;
    this.reducedCost = new Float64Array(candidates);
    this.pick = new Int32Array(reduced.keys);
    this.least = new Float64Array(reduced.keys);
    this.#above = this.#perKey ? new Float64Array(reduced.burden.length) : reduced.burden;
    this.#active = new Uint8Array(reduced.useFunction.length);
    this.#load = new Float64Array(reduced.room.length);
    this.#gradient = new Float64Array(this.multipliers);
    const usesOf: number[][] = Array.from({ length: reduced.functions }, () => []);
    reduced.useFunction.forEach((f, u) => {
      usesOf[f].push(u);
    });
    this.#usesOf = usesOf;
    const binding: number[] = [];
    for (let j = 0; j < reduced.room.length; j++)
      if (reduced.room[j] < Number.POSITIVE_INFINITY) binding.push(j);
    this.binding = binding;
  }

  /** Reads the subproblem and brings `multiplier` into its ranges; before `evaluate` whenever it has changed. */
  prepare(sub: Subproblem, multiplier: Float64Array): void {
    if (!this.#perKey) {
      const { functions, weight } = this.#reduced;
      for (let f = 0; f < functions; f++) multiplier[f] = inRange(multiplier[f], sub.sign[f], weight[f]);
      return;
    }
    const { keys, start, useStart, useFunction, burdenStart, burden } = this.#reduced;
    for (let k = 0; k < keys; k++) {
      for (let u = useStart[k]; u < useStart[k + 1]; u++) {
        const floor = sub.floor[useFunction[u]];
        const shift = burdenStart[u] - start[k];
        let active = 0;
        for (let c = start[k]; c < start[k + 1]; c++) {
          const above = burden[shift + c] - floor;
          this.#above[shift + c] = Math.max(0, above);
          if (above > 0 && sub.alive[c] === 1) active = 1;
        }
        this.#active[u] = active;
      }
    }
  }

  /** Multipliers to start from: weights split evenly over the uses that matter; capacity free. */
  initialise(multiplier: Float64Array): void {
    multiplier.fill(0);
    if (!this.#perKey) return;
    this.#usesOf.forEach((uses, f) => {
      let active = 0;
      for (const u of uses) active += this.#active[u];
      for (const u of uses) multiplier[u] = this.#active[u] === 1 ? this.#reduced.weight[f] / active : 0;
    });
  }

  /** The bound for these multipliers; fills `reducedCost`, `pick` and `least`. */
  evaluate(sub: Subproblem, multiplier: Float64Array): number {
    const { keys, start, place, cost, size, useStart, useFunction, burdenStart, room } = this.#reduced;
    const { reducedCost, pick, least } = this;
    const above = this.#above;
    const perKey = this.#perKey;
    const prices = this.#couplings;
    const capacitated = this.binding.length > 0;
    let bound = this.#constant(sub, multiplier);
    for (const j of this.binding) bound -= multiplier[prices + j] * room[j];
    for (let k = 0; k < keys; k++) {
      let best = Number.POSITIVE_INFINITY;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (sub.alive[c] === 0) continue;
        let value = cost[c];
        if (capacitated) value += multiplier[prices + place[c]] * size[k];
        for (let u = useStart[k]; u < useStart[k + 1]; u++) {
          value += multiplier[perKey ? u : useFunction[u]] * above[burdenStart[u] - start[k] + c];
        }
        reducedCost[c] = value;
        if (value < best) {
          best = value;
          pick[k] = c;
        }
      }
      least[k] = best;
      bound += best;
    }
    return bound;
  }

  #constant(sub: Subproblem, multiplier: Float64Array): number {
    const { functions, weight, base } = this.#reduced;
    let sum = 0;
    for (let f = 0; f < functions; f++) {
      sum += this.#perKey ? weight[f] * sub.floor[f] : multiplier[f] * base[f];
    }
    return sum;
  }

  /** The amount of use `u` above the floor (per key) or its time (per function) with the pick of key `k`. */
  pickedAmount(u: number, k: number): number {
    return this.#above[this.#reduced.burdenStart[u] + this.pick[k] - this.#reduced.start[k]];
  }

  /** Bytes at each node under the present picks. */
  loads(): Float64Array {
    const { keys, place, size } = this.#reduced;
    this.#load.fill(0);
    for (let k = 0; k < keys; k++) this.#load[place[this.pick[k]]] += size[k];
    return this.#load;
  }

  /**
   * One step of Polyak's length along the subgradient at the present picks: `target` is the distance to climb.
   * Each block of multipliers is measured in its own weight, so that dear functions and cheap ones, and
   * `scale` for capacity, move alike. False when the subgradient vanishes.
   */
  step(sub: Subproblem, multiplier: Float64Array, target: number, scale: number): boolean {
    const { keys, useStart, useFunction, weight, base, room } = this.#reduced;
    const gradient = this.#gradient;
    gradient.fill(0);
    if (!this.#perKey) gradient.set(base);
    for (let k = 0; k < keys; k++) {
      for (let u = useStart[k]; u < useStart[k + 1]; u++) {
        const amount = this.pickedAmount(u, k);
        if (this.#perKey) gradient[u] = amount;
        else gradient[useFunction[u]] += amount;
      }
    }
    let norm = this.#perKey
      ? this.#simplexNorm(multiplier, gradient)
      : this.#boxNorm(sub, multiplier, gradient);
    const load = this.loads();
    for (const j of this.binding) {
      const at = this.#couplings + j;
      gradient[at] = load[j] / roomScale(room[j]) - room[j] / roomScale(room[j]);
      if (gradient[at] > 0 || multiplier[at] > 0) norm += (scale * gradient[at]) ** 2;
    }
    if (norm <= 0) return false;
    const length = target / norm;
    for (const j of this.binding) {
      const at = this.#couplings + j;
      const moved = multiplier[at] + (length * scale * scale * gradient[at]) / roomScale(room[j]);
      multiplier[at] = Math.max(0, moved);
    }
    for (let f = 0; f < this.#reduced.functions; f++) {
      const stride = length * weight[f] * weight[f];
      if (this.#perKey) moveOnSimplex(this.#usesOf[f], this.#active, multiplier, gradient, stride, weight[f]);
      else multiplier[f] = inRange(multiplier[f] + stride * gradient[f], sub.sign[f], weight[f]);
    }
    return true;
  }

  /** Per key: centres the gradients of each function's uses and sums their weighted squares. */
  #simplexNorm(multiplier: Float64Array, gradient: Float64Array): number {
    let norm = 0;
    this.#usesOf.forEach((uses, f) => {
      norm += this.#reduced.weight[f] ** 2 * centre(uses, this.#active, multiplier, gradient);
    });
    return norm;
  }

  /** Per function: the norm of the gradient where the range of the multiplier lets it move. */
  #boxNorm(sub: Subproblem, multiplier: Float64Array, gradient: Float64Array): number {
    const { functions, weight } = this.#reduced;
    let norm = 0;
    for (let f = 0; f < functions; f++) {
      const probe = multiplier[f] + Math.sign(gradient[f]) * weight[f];
      if (inRange(probe, sub.sign[f], weight[f]) !== multiplier[f]) norm += (weight[f] * gradient[f]) ** 2;
    }
    return norm;
  }
}

/** Bytes that count as one unit of overload at a place. */
function roomScale(room: number): number {
  return Math.max(1, room);
}

/** lambda_f, of a function of this weight, within what the sign of s_f allows. */
function inRange(lambda: number, sign: number, weight: number): number {
  if (sign === Sign.neverAbove) return 0;
  if (sign === Sign.neverBelow) return weight;
  if (sign === Sign.demandNotAbove) return Math.max(0, lambda);
  if (sign === Sign.demandNotBelow) return Math.min(weight, lambda);
  return Math.min(weight, Math.max(0, lambda));
}
