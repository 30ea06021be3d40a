/**
 * Local search on complete plans: move, eject, swap, kick.
 *
 * A *move* takes a key to another place with room. Where the better place is full, *ejection chains* (Yagiura, Ibaraki and
 * Glover, "An ejection chain approach for the generalized assignment problem", INFORMS J. on Computing 16(2), 2004)
 * make room: a key there goes elsewhere, to the place that the first key leaves (a *swap*) or to a third (*eject*),
 * and where that is full as well, the chain goes on. As in Lin and Kernighan's search a chain is followed only
 * while its moves so far, capacity aside, gain something. A *kick* lowers the excess of one function whatever this
 * costs the others, since where several keys set delta_f together moving any one of them gains nothing.
 */
import type { Budget } from './heuristic.js';
import type { Plan } from './plan.js';

/** Keys that may be pushed out one after the other for one that wants in. */
const CHAIN_LENGTH = 3;
/** Continuations of a chain, and targets of a kick, that are tried: the cheapest ones. */
const BREADTH = 5;
/** Rounds of relief at a place that a kick has overfilled. */
const RELIEFS = 4;
/** Gains below this, relative to the value, are the rounding of sums. */
const RELATIVE_TOLERANCE = 1e-12;

/** One continuation of a chain. */
interface Step {
  key: number;
  candidate: number;
  change: number;
}

/** Improves a plan in place, always from one plan that fits to another. */
export class LocalSearch {
  readonly #plan: Plan;
  /** 1 for keys that the present chain has moved. */
  readonly #moved: Uint8Array;
  readonly #best: Int32Array;
  /** For each depth the keys at the place that is to be relieved, and the best continuations. */
  readonly #keysAt: readonly Int32Array[];
  readonly #steps: readonly Step[][];
  readonly #budget: Budget;

  constructor(plan: Plan) {
    const { keys } = plan.reduced;
    this.#budget = plan.budget;
    this.#plan = plan;
    this.#moved = new Uint8Array(keys);
    this.#best = new Int32Array(keys);
    this.#keysAt = Array.from({ length: CHAIN_LENGTH + 1 }, () => new Int32Array(keys));
    this.#steps = Array.from({ length: CHAIN_LENGTH + 1 }, () => []);
  }

  /** Searches until no move and no chain pays, or the budget is spent. */
  descend(): void {
    const { keys } = this.#plan.reduced;
    for (let again = true; again && !this.#budget.isOver(); ) {
      again = false;
      for (let k = 0; k < keys && !this.#budget.isOver(); k++) if (this.#improve(k)) again = true;
    }
    this.#plan.assign(this.#plan.choice);
  }

  /** Descends, then kicks function after function until none pays or the budget is spent. */
  run(): void {
    const plan = this.#plan;
    const { functions } = plan.reduced;
    this.descend();
    this.#best.set(plan.choice);
    let value = plan.value;
    for (let f = 0, idle = 0; idle < functions && !this.#budget.isOver(); f = (f + 1) % functions, idle++) {
      if (!this.#kick(f, value)) continue;
      idle = 0;
      this.#best.set(plan.choice);
      value = plan.value;
    }
  }

  /**
   * Lowers the excess of f whatever this costs others, then descends: the way out where several keys set
   * delta_f together, so that moving any one of them gains nothing.
   */
  #kick(f: number, value: number): boolean {
    const plan = this.#plan;
    const { start } = plan.reduced;
    const excess = plan.excess(f);
    if (excess <= Math.max(0, plan.reduced.scope === 'per-key' ? plan.reduced.base[f] : 0)) return false;
    const uses = plan.usesOf(f);
    let worst = uses[0];
    for (const u of uses)
      if (plan.amount(u, plan.choice[plan.keyOf(u)]) > plan.amount(worst, plan.choice[plan.keyOf(worst)]))
        worst = u;
    const k = plan.keyOf(worst);
    const present = plan.amount(worst, plan.choice[k]);
    const targets: Step[] = [];
    for (let c = start[k]; c < start[k + 1]; c++)
      if (plan.amount(worst, c) < present) keepCheapest(targets, k, c, plan.change(k, c));
    for (const { candidate } of targets) {
      if (this.#budget.isOver()) return false;
      if (this.#force(f, k, candidate, plan.amount(worst, candidate))) {
        this.descend();
        if (plan.value < value - this.#tolerance()) return true;
      }
      plan.assign(this.#best);
    }
    return false;
  }

  /** Takes `k` to `c`, and per key the other keys of f above `threshold` below it; then makes room. */
  #force(f: number, k: number, c: number, threshold: number): boolean {
    const plan = this.#plan;
    const { start, place, room, scope } = plan.reduced;
    this.#moved.fill(0);
    plan.move(k, c);
    this.#moved[k] = 1;
    const touched = [place[c]];
    if (scope === 'per-key') {
      for (const u of plan.usesOf(f)) {
        const other = plan.keyOf(u);
        if (other === k || plan.amount(u, plan.choice[other]) <= threshold) continue;
        let best = -1;
        let least = Number.POSITIVE_INFINITY;
        for (let d = start[other]; d < start[other + 1]; d++) {
          if (plan.amount(u, d) > threshold) continue;
          const change = plan.change(other, d);
          if (change < least) [best, least] = [d, change];
        }
        if (best < 0) {
          this.#moved.fill(0);
          return false;
        }
        plan.move(other, best);
        this.#moved[other] = 1;
        touched.push(place[best]);
      }
    }
    let fits = true;
    for (const j of touched)
      for (let tries = 0; fits && plan.load[j] > room[j]; tries++)
        fits = tries < RELIEFS && this.#relieve(j, CHAIN_LENGTH, Number.POSITIVE_INFINITY);
    this.#moved.fill(0);
    return fits;
  }

  /** The best move of key `k` with room; where there is none, the first chain that begins with it and pays. */
  #improve(k: number): boolean {
    const plan = this.#plan;
    const { start } = plan.reduced;
    const from = plan.choice[k];
    const tolerance = this.#tolerance();
    const blocked = this.#steps[0];
    blocked.length = 0;
    let best = -1;
    let least = -tolerance;
    for (let c = start[k]; c < start[k + 1]; c++) {
      if (c === from) continue;
      const change = plan.change(k, c);
      if (change >= -tolerance) continue;
      if (!plan.hasRoom(k, c)) keepCheapest(blocked, k, c, change);
      else if (change < least) {
        least = change;
        best = c;
      }
    }
    if (best >= 0) {
      plan.move(k, best);
      return true;
    }
    const ceiling = plan.value - tolerance;
    for (const { candidate } of [...blocked]) {
      if (this.#budget.isOver()) return false;
      if (this.#follow(k, candidate, plan.reduced.place[candidate], CHAIN_LENGTH, ceiling)) return true;
    }
    return false;
  }

  /** Moves `k` to `c`, then relieves place `j`; undoes the move and returns false where nothing below `ceiling` comes of it. */
  #follow(k: number, c: number, j: number, length: number, ceiling: number): boolean {
    const plan = this.#plan;
    const from = plan.choice[k];
    plan.move(k, c);
    this.#moved[k] = 1;
    const paid = this.#relieve(j, length, ceiling);
    this.#moved[k] = 0;
    if (!paid) plan.move(k, from);
    return paid;
  }

  /** Moves at most `length` keys away from the overfull place `j`, so that all fits and the value is below `ceiling`. */
  #relieve(j: number, length: number, ceiling: number): boolean {
    const plan = this.#plan;
    const { start, place, size, room } = plan.reduced;
    const excess = plan.load[j] - room[j];
    const keys = this.#keysAt[length];
    const count = plan.keysAt(j, keys);
    const steps = this.#steps[length];
    steps.length = 0;
    let best = -1;
    let bestKey = -1;
    let least = ceiling - plan.value;
    for (let i = 0; i < count; i++) {
      const k = keys[i];
      if (this.#moved[k] === 1) continue;
      const suffices = size[k] >= excess;
      if (!suffices && length === 1) continue;
      for (let c = start[k]; c < start[k + 1]; c++) {
        if (place[c] === j) continue;
        const change = plan.change(k, c);
        if (plan.value + change >= ceiling) continue;
        const fits = plan.hasRoom(k, c);
        if (suffices && fits) {
          if (change >= least) continue;
          least = change;
          best = c;
          bestKey = k;
        } else if (suffices !== fits && length > 1) keepCheapest(steps, k, c, change);
      }
    }
    if (best >= 0) {
      plan.move(bestKey, best);
      return true;
    }
    for (const { key, candidate } of [...steps]) {
      if (this.#budget.isOver()) return false;
      // A key too small to relieve the place alone is followed by another from there, else by one from its new place.
      const next = plan.hasRoom(key, candidate) ? j : place[candidate];
      if (this.#follow(key, candidate, next, length - 1, ceiling)) return true;
    }
    return false;
  }

  #tolerance(): number {
    return RELATIVE_TOLERANCE * Math.max(1, Math.abs(this.#plan.value));
  }
}

/** Inserts a step into the `BREADTH` cheapest, sorted by change; among equals the earlier one stays first. */
function keepCheapest(steps: Step[], key: number, candidate: number, change: number): void {
  if (steps.length === BREADTH) {
    if (change >= steps[BREADTH - 1].change) return;
    steps.pop();
  }
  let at = steps.length;
  while (at > 0 && steps[at - 1].change > change) at--;
  steps.splice(at, 0, { key, candidate, change });
}
