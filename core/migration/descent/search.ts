/**
 * Coordinate descent on the placement objective, from three starts. A step moves one key to its best place with
 * room, or, since the excess of a function is that of its slowest key, all keys of a function at once below a level of
 * excess, or makes room for a key by moving another where storage binds. It ends where no step helps: there are finitely many
 * placements and each step lowers the objective.
 */
import type { PlacementProblem } from '../../placement/problem.js';
import { type Landscape, landscapeOf, objectiveOf, penaltyOf } from './landscape.js';

/** Steps that gain less than this part of the objective are rounding. */
const LEAST_GAIN = 1e-12;
/** Sweeps over keys and functions; a search that has not ended by then is good enough. */
const MOST_SWEEPS = 50;

class Search {
  readonly place: Int32Array;
  private readonly load: Float64Array;
  private readonly others: Float64Array;

  constructor(
    private readonly land: Landscape,
    start: Int32Array,
  ) {
    this.place = start;
    this.load = new Float64Array(land.nodes);
    this.others = new Float64Array(land.useFunction.length);
    for (let k = 0; k < start.length; k++) this.load[start[k]] += land.size[k];
  }

  private fits(k: number, j: number): boolean {
    return this.place[k] === j || this.load[j] + this.land.size[k] <= this.land.room[j];
  }

  private move(k: number, j: number): void {
    this.load[this.place[k]] -= this.land.size[k];
    this.load[j] += this.land.size[k];
    this.place[k] = j;
  }

  /** Amount by function that the other keys of use u's function bring: their largest, or their sum. */
  private amountOfOthers(u: number): number {
    const { usesOf, useFunction, useKey, burden, nodes } = this.land;
    const perKey = this.land.problem.scope === 'per-key';
    let amount = 0;
    for (const v of usesOf[useFunction[u]]) {
      if (v === u) continue;
      const own = burden[v * nodes + this.place[useKey[v]]];
      amount = perKey ? Math.max(amount, own) : amount + own;
    }
    return amount;
  }

  /** Cost of key k at j, with the penalties of its functions, given `others`. */
  private costAt(k: number, j: number): number {
    const { nodes, linear, useStart, useFunction, burden, weight, free } = this.land;
    const perKey = this.land.problem.scope === 'per-key';
    let cost = linear[k * nodes + j];
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      const own = burden[u * nodes + j];
      const amount = perKey ? Math.max(this.others[u], own) : this.others[u] + own;
      if (amount > free[f]) cost += weight[f] * (amount - free[f]);
    }
    return cost;
  }

  /** Moves key k to its best place with room; true when that gained something. */
  private improveKey(k: number): boolean {
    const { nodes, useStart } = this.land;
    for (let u = useStart[k]; u < useStart[k + 1]; u++) this.others[u] = this.amountOfOthers(u);
    let best = this.place[k];
    const now = this.costAt(k, best);
    let least = now;
    for (let j = 0; j < nodes; j++) {
      if (j === this.place[k] || this.land.linear[k * nodes + j] >= least) continue;
      const cost = this.costAt(k, j);
      if (cost < least - LEAST_GAIN * (1 + Math.abs(now)) && this.fits(k, j)) {
        least = cost;
        best = j;
      }
    }
    if (best === this.place[k]) return false;
    this.move(k, best);
    return true;
  }

  /** Tries to bring all keys of f to places where its excess is at most some level below the present one. */
  private improveFunction(f: number): boolean {
    const { usesOf, useKey, burden, nodes, linear, weight } = this.land;
    const uses = usesOf[f];
    if (penaltyOf(this.land, f, this.place) === 0) return false;
    let before = objectiveOf(this.land, this.place);
    let improved = false;
    for (const level of this.levels(f)) {
      const old = Array.from(uses, (u) => this.place[useKey[u]]);
      let possible = true;
      for (const u of uses) {
        const k = useKey[u];
        if (burden[u * nodes + this.place[k]] <= level) continue;
        let best = -1;
        let least = Number.POSITIVE_INFINITY;
        for (let j = 0; j < nodes; j++) {
          if (burden[u * nodes + j] > level || !this.fits(k, j)) continue;
          let cost = linear[k * nodes + j];
          for (let v = this.land.useStart[k]; v < this.land.useStart[k + 1]; v++)
            cost += weight[this.land.useFunction[v]] * burden[v * nodes + j];
          if (cost < least) {
            least = cost;
            best = j;
          }
        }
        if (best < 0) {
          possible = false;
          break;
        }
        this.move(k, best);
      }
      const after = possible ? objectiveOf(this.land, this.place) : Number.POSITIVE_INFINITY;
      if (after < before - LEAST_GAIN * (1 + Math.abs(before))) {
        before = after;
        improved = true;
      } else {
        uses.forEach((u, i) => {
          this.move(useKey[u], old[i]);
        });
      }
    }
    return improved;
  }

  /** Levels worth trying: for each key of f the least burden it can have, and the burdens of the keys as they are. */
  private levels(f: number): readonly number[] {
    const { usesOf, useKey, burden, nodes, linear } = this.land;
    const levels = new Set<number>([0]);
    for (const u of usesOf[f]) {
      const k = useKey[u];
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < nodes; j++)
        if (linear[k * nodes + j] < Number.POSITIVE_INFINITY) least = Math.min(least, burden[u * nodes + j]);
      levels.add(least);
      levels.add(burden[u * nodes + this.place[k]]);
    }
    return [...levels].sort((a, b) => b - a).slice(1);
  }

  /**
   * Moves a key where it has no room, by moving a key from there to the best place that is left: two keys change places,
   * or three places are involved. True when some such step gained something.
   */
  private makeRoom(): boolean {
    const { key, linear, nodes, size, room } = this.land;
    let value = objectiveOf(this.land, this.place);
    let improved = false;
    for (let k = 0; k < key.length; k++) {
      for (let j = 0; j < nodes; j++) {
        const from = this.place[k];
        if (j === from || linear[k * nodes + j] === Number.POSITIVE_INFINITY || this.fits(k, j)) continue;
        for (let l = 0; l < key.length; l++) {
          if (l === k || this.place[l] !== j || this.load[j] - size[l] + size[k] > room[j]) continue;
          this.move(k, j);
          const to = this.bestElsewhere(l);
          if (to >= 0) this.move(l, to);
          const changed = to < 0 ? Number.POSITIVE_INFINITY : objectiveOf(this.land, this.place);
          if (changed < value - LEAST_GAIN * (1 + Math.abs(value))) {
            value = changed;
            improved = true;
            break;
          }
          this.move(l, j);
          this.move(k, from);
        }
      }
    }
    return improved;
  }

  /** The best place with room for key k other than its own; -1 where there is none. */
  private bestElsewhere(k: number): number {
    const { nodes, useStart } = this.land;
    for (let u = useStart[k]; u < useStart[k + 1]; u++) this.others[u] = this.amountOfOthers(u);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < nodes; j++) {
      if (j === this.place[k] || !this.fits(k, j)) continue;
      const cost = this.costAt(k, j);
      if (cost < least) {
        least = cost;
        best = j;
      }
    }
    return best;
  }

  /** Moves two keys of a function at once, among the places where each is cheapest: their times add up. */
  private improvePairs(cheapest: readonly Int32Array[]): boolean {
    const { usesOf, useKey, linear, nodes } = this.land;
    let value = objectiveOf(this.land, this.place);
    let improved = false;
    const allowed = (k: number, j: number) =>
      linear[k * nodes + j] < Number.POSITIVE_INFINITY && this.fits(k, j);
    for (const uses of usesOf) {
      for (let a = 0; a < uses.length; a++) {
        for (let b = a + 1; b < uses.length; b++) {
          const [k, l] = [useKey[uses[a]], useKey[uses[b]]];
          for (const i of cheapest[k]) {
            for (const j of cheapest[l]) {
              const [fromK, fromL] = [this.place[k], this.place[l]];
              if (i === fromK || j === fromL || !allowed(k, i)) continue;
              this.move(k, i);
              const possible = allowed(l, j);
              if (possible) this.move(l, j);
              const moved = possible ? objectiveOf(this.land, this.place) : Number.POSITIVE_INFINITY;
              if (moved < value - LEAST_GAIN * (1 + Math.abs(value))) {
                value = moved;
                improved = true;
              } else {
                this.move(k, fromK);
                this.move(l, fromL);
              }
            }
          }
        }
      }
    }
    return improved;
  }

  /** Until no step helps. @param binds whether storage may be short. @param cheapest places to try pairs at, by key. */
  run(binds: boolean, cheapest: readonly Int32Array[]): number {
    const { key, weight } = this.land;
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      let improved = false;
      for (let k = 0; k < key.length; k++) improved = this.improveKey(k) || improved;
      if (improved) continue;
      for (let f = 0; f < weight.length; f++) improved = this.improveFunction(f) || improved;
      if (!improved && binds) improved = this.makeRoom();
      if (!improved && this.land.problem.scope === 'per-function') improved = this.improvePairs(cheapest);
      if (!improved) break;
    }
    return objectiveOf(this.land, this.place);
  }
}

/** Keys in the given order, each to the place with room that costs least by `price`; null when one finds none. */
function pack(land: Landscape, price: Float64Array, order: Int32Array): Int32Array | null {
  const { nodes, key, size, room } = land;
  const load = new Float64Array(nodes);
  const place = new Int32Array(key.length);
  for (const k of order) {
    let best = -1;
    for (let j = 0; j < nodes; j++) {
      const cost = price[k * nodes + j];
      if (cost === Number.POSITIVE_INFINITY || load[j] + size[k] > room[j]) continue;
      if (best < 0 || cost < price[k * nodes + best]) best = j;
    }
    if (best < 0) return null;
    place[k] = best;
    load[best] += size[k];
  }
  return place;
}

/** The places as they are, if they are allowed. */
function present(land: Landscape): Int32Array | null {
  const { problem, nodes, key, linear, size, room } = land;
  const place = Int32Array.from(key, (k) => problem.current[k]);
  const load = new Float64Array(nodes);
  for (let k = 0; k < place.length; k++) {
    if (linear[k * nodes + place[k]] === Number.POSITIVE_INFINITY) return null;
    load[place[k]] += size[k];
  }
  return load.every((bytes, j) => bytes <= room[j]) ? place : null;
}

/** How many places by each of the two prices `improvePairs` looks at. */
const PLACES = 3;

/** The places of a key that are cheapest when burdens are paid for, and when they are not. */
function cheapestPlaces(...prices: readonly Float64Array[]): Int32Array {
  const places = new Set<number>();
  for (const price of prices) {
    const order = Int32Array.from(price.keys()).sort((i, j) => price[i] - price[j] || i - j);
    for (const j of order.subarray(0, PLACES)) places.add(j);
  }
  return Int32Array.from(places);
}

/**
 * A good plan for the problem, as K node indices; null when none was found, which is certain only where storage does not
 * bind.
 */
export function descend(problem: PlacementProblem): Int32Array | null {
  const land = landscapeOf(problem);
  // Keys that stay whatever happens overfill a node already.
  if (land.room.some((bytes) => bytes < 0)) return null;
  const { key, nodes, linear, burden, weight, useStart, useFunction } = land;
  const total = land.size.reduce((sum, bytes) => sum + bytes, 0);
  const binds = land.room.some((bytes, j) => problem.mayHost[j] === 1 && bytes < total);
  // Each key alone, as if every second of its burden were paid for: right for a function's slowest key.
  const alone = linear.slice();
  for (let k = 0; k < key.length; k++)
    for (let u = useStart[k]; u < useStart[k + 1]; u++)
      for (let j = 0; j < nodes; j++) alone[k * nodes + j] += weight[useFunction[u]] * burden[u * nodes + j];
  const row = (price: Float64Array, k: number) => price.subarray(k * nodes, (k + 1) * nodes);
  const cheapest =
    problem.scope === 'per-function'
      ? Array.from(key, (_, k) => cheapestPlaces(row(alone, k), row(linear, k)))
      : [];
  const inOrder = (rank: (k: number) => number) => {
    const ranks = Float64Array.from(key, (_, k) => rank(k));
    return Int32Array.from(key.keys()).sort((k, l) => ranks[l] - ranks[k] || k - l);
  };
  const largestFirst = inOrder((k) => land.size[k]);
  const starts = [present(land), pack(land, alone, largestFirst), pack(land, linear, largestFirst)];
  // Where storage is short, those who would lose most by their second choice, in all and by the byte, come first too.
  if (binds) {
    const regret = (k: number) => {
      const prices = row(alone, k)
        .filter((price) => price < Number.POSITIVE_INFINITY)
        .sort();
      return prices.length < 2 ? Number.POSITIVE_INFINITY : prices[1] - prices[0];
    };
    starts.push(pack(land, alone, inOrder(regret)));
    starts.push(
      pack(
        land,
        alone,
        inOrder((k) => regret(k) / land.size[k]),
      ),
    );
  }
  let best: Int32Array | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    if (start === null) continue;
    const search = new Search(land, start);
    const value = search.run(binds, cheapest);
    if (value < least) {
      least = value;
      best = search.place;
    }
  }
  if (best === null) return null;
  const placement = problem.current.slice();
  for (let k = 0; k < key.length; k++) placement[key[k]] = best[k];
  return placement;
}
