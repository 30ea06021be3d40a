/**
 * Exact depth-first branch and bound on the reduced problem, bounded by the Lagrangian relaxation, limited in nodes
 * and never in time, so that no machine changes a plan.
 *
 * At a node: candidates without room go, floors below delta_f rise to what the candidates left allow; a few
 * subgradient steps lift the bound while their picks are tried as plans; candidates whose reduced cost
 * takes the bound to the best plan go (reduced-cost fixing). Then the coupling with the widest gap is split: delta_f <= t or
 * delta_f > t per key (the first drops candidates, the second raises the floor: without capacity the only thing
 * that couples keys is delta_f, and with all of them known every key chooses alone); the sum of times at most or at
 * least T_max per function, which makes the penalty linear on both sides; one candidate of one key or all
 * others where capacity, or a sum whose side is known, is in the way.
 */
import { isBefore, type ReducedProblem } from '../reduced-problem.js';
import { type Branch, chooseBranch } from './branching.js';
import { Evaluator } from './local-search.js';
import { propagate, restrict, settledChoice } from './propagation.js';
import { Relaxation } from './relaxation.js';
import type { Backend, Deadline, Limits, SolverOutcome } from './solver.js';

/** Subgradient steps at the root and at other nodes, and how many without progress halve the step. */
const ROOT_STEPS = 60;
const NODE_STEPS = 12;
const PATIENCE = 4;
/** How often a node may go on dropping candidates and climbing again before it branches. */
const PASSES = 20;
/** What one depth of the search needs; kept from node to node. */
interface Level {
  readonly alive: Uint8Array;
  readonly floor: Float64Array;
  readonly sign: Int8Array;
  readonly multiplier: Float64Array;
}

/**
 * Work that a search may do unless its caller says otherwise, in nodes times coefficients: some seconds. Loose
 * problems of 35 nodes and 30 functions end long before; tight ones with many keys on few nodes may not.
 */
const DEFAULT_WORK = 1.5e7;
const FEWEST_NODES = 200;
const MOST_NODES = 20_000;

/** The limit in nodes for a problem of this size: a function of the problem, never of the machine. */
export function defaultNodeLimit({ burden, place }: ReducedProblem): number {
  const affordable = Math.floor(DEFAULT_WORK / (burden.length + place.length + 1));
  return Math.min(MOST_NODES, Math.max(FEWEST_NODES, affordable));
}

/** Solves `reduced`, looking at no more than `work` nodes of the search tree; with a deadline alone the nodes have no limit. */
export function branchAndBound(reduced: ReducedProblem, { work, deadline }: Limits = {}): SolverOutcome {
  const nodes = work ?? (deadline === undefined ? defaultNodeLimit(reduced) : Number.POSITIVE_INFINITY);
  return new Search(reduced, nodes, deadline).run();
}

export const branchAndBoundBackend: Backend = {
  name: 'branch-and-bound',
  kind: 'exact',
  doc: 'our own depth-first search, bounded by Lagrangian relaxation; limited in nodes of its tree',
  source: 'this project',
  workUnit: 'nodes',
  solve: branchAndBound,
};

class Search {
  readonly #reduced: ReducedProblem;
  readonly #nodeLimit: number;
  readonly #deadline: Deadline | undefined;
  readonly #relaxation: Relaxation;
  readonly #evaluator: Evaluator;
  readonly #levels: Level[] = [];
  readonly #trial: Float64Array;
  readonly #load: Float64Array;
  readonly #bySize: Int32Array;
  #best: Int32Array | null = null;
  #bestValue = Number.POSITIVE_INFINITY;
  #nodes = 0;
  /** The least bound among subtrees left unexplored. */
  #openBound = Number.POSITIVE_INFINITY;
  #scale = 1;
  readonly #tolerance: number;

  constructor(reduced: ReducedProblem, nodeLimit: number, deadline: Deadline | undefined) {
    this.#reduced = reduced;
    this.#nodeLimit = nodeLimit;
    this.#deadline = deadline;
    this.#tolerance = reduced.tolerance;
    this.#relaxation = new Relaxation(reduced);
    this.#evaluator = new Evaluator(reduced);
    this.#trial = new Float64Array(this.#relaxation.multipliers);
    this.#load = new Float64Array(reduced.room.length);
    this.#bySize = Int32Array.from(reduced.key.keys()).sort(
      (a, b) => reduced.size[b] - reduced.size[a] || a - b,
    );
  }

  run(): SolverOutcome {
    const root = this.#level(0);
    root.alive.fill(1);
    if (this.#reduced.scope === 'per-key') root.floor.set(this.#reduced.base);
    this.#relaxation.prepare(root, root.multiplier);
    this.#relaxation.initialise(root.multiplier);
    this.#explore(0, Number.NEGATIVE_INFINITY);
    const value = this.#bestValue;
    const bound = Math.min(value, this.#openBound);
    const found = {
      choice: this.#best,
      value,
      bound,
      work: this.#nodes,
      canonical: this.#openBound === Number.POSITIVE_INFINITY,
    };
    if (this.#openBound < Number.POSITIVE_INFINITY) return { status: 'stopped', ...found };
    return { status: this.#best === null ? 'infeasible' : 'optimal', ...found };
  }

  /** Searches the subtree at `depth`, whose level is filled in; `inherited` is a bound from above. */
  #explore(depth: number, inherited: number): void {
    if (this.#nodes >= this.#nodeLimit || this.#isLate()) {
      this.#openBound = Math.min(this.#openBound, inherited);
      return;
    }
    this.#nodes++;
    const level = this.#levels[depth];
    let bound = inherited;
    for (let pass = 0, again = true; again; pass++) {
      if (!propagate(this.#reduced, level, this.#relaxation.binding, this.#load)) return;
      if (this.#considerSettled(level)) return;
      bound = Math.max(bound, this.#climb(level, depth === 0));
      if (this.#closed(level, bound)) return;
      again = this.#fixByReducedCost(level) && pass < PASSES;
    }
    if (this.#considerSettled(level)) return;
    if (depth === 0 || this.#best === null || this.#relaxation.binding.length > 0)
      this.#packAndImprove(level);
    if (this.#closed(level, bound)) return;
    const branch =
      this.#tieBranch(level, bound) ?? chooseBranch(this.#reduced, this.#relaxation, level, level.multiplier);
    for (const side of [0, 1] as const) {
      const child = this.#level(depth + 1);
      child.alive.set(level.alive);
      child.floor.set(level.floor);
      child.sign.set(level.sign);
      child.multiplier.set(level.multiplier);
      if (restrict(this.#reduced, child, branch, side)) this.#explore(depth + 1, bound);
      if (this.#closed(level, bound)) return;
    }
  }

  #isLate(): boolean {
    return this.#deadline !== undefined && this.#deadline.now() >= this.#deadline.at;
  }

  /** Can the subtree with this bound hold nothing better than the best plan, nor one as good before it in the tie-break? */
  #closed(level: Level, bound: number): boolean {
    if (this.#best === null || bound < this.#bestValue - this.#tolerance) return false;
    return bound > this.#bestValue + this.#tolerance || this.#firstBefore(level) < 0;
  }

  /** The key at which a plan left at the level may come before the best one, -1 when none does. */
  #firstBefore({ alive }: Level): number {
    const { keys, start } = this.#reduced;
    const best = this.#best!;
    for (let k = 0; k < keys; k++) {
      let c = start[k];
      while (alive[c] === 0) c++;
      if (c < best[k]) return k;
      if (c > best[k]) return -1;
    }
    return -1;
  }

  /** Where only ties are left to settle: does the first key with a choice take its first candidate or not? */
  #tieBranch(level: Level, bound: number): Branch | null {
    if (this.#best === null || bound < this.#bestValue - this.#tolerance) return null;
    const { keys, start } = this.#reduced;
    for (let key = 0; key < keys; key++) {
      let candidate = start[key];
      while (level.alive[candidate] === 0) candidate++;
      for (let c = candidate + 1; c < start[key + 1]; c++)
        if (level.alive[c] === 1) return { kind: 'candidate', key, candidate };
    }
    return null;
  }

  #level(depth: number): Level {
    this.#levels[depth] ??= {
      alive: new Uint8Array(this.#reduced.place.length),
      floor: new Float64Array(this.#reduced.functions),
      sign: new Int8Array(this.#reduced.functions),
      multiplier: new Float64Array(this.#relaxation.multipliers),
    };
    return this.#levels[depth];
  }

  /** Tries the one plan left, if the level leaves only one. */
  #considerSettled(level: Level): boolean {
    const settled = settledChoice(this.#reduced, level);
    if (settled !== null) this.#consider(settled);
    return settled !== null;
  }

  #consider(choice: Int32Array): void {
    const value = this.#evaluator.value(choice);
    if (value > this.#bestValue + this.#tolerance) return;
    const better = value < this.#bestValue - this.#tolerance;
    if (!better && this.#best !== null && !isBefore(choice, this.#best)) return;
    if (!this.#evaluator.fits(choice)) return;
    this.#bestValue = Math.min(value, this.#bestValue);
    this.#best = choice.slice();
  }

  /** Subgradient ascent from the level's multipliers, which become the best found; their bound. */
  #climb(level: Level, isRoot: boolean): number {
    const relaxation = this.#relaxation;
    relaxation.prepare(level, level.multiplier);
    const trial = this.#trial;
    trial.set(level.multiplier);
    let best = Number.NEGATIVE_INFINITY;
    let length = 1;
    let idle = 0;
    const steps = isRoot ? ROOT_STEPS : NODE_STEPS;
    for (let s = 0; s < steps; s++) {
      const bound = relaxation.evaluate(level, trial);
      this.#consider(relaxation.pick);
      if (bound > best) {
        best = bound;
        level.multiplier.set(trial);
        idle = 0;
      } else if (++idle >= PATIENCE) {
        length /= 2;
        idle = 0;
      }
      if (this.#closed(level, best)) return best;
      if (isRoot && s === 0) {
        this.#setScale(level);
        this.#packAndImprove(level);
      }
      const gap = this.#best === null ? this.#scale : this.#bestValue - bound;
      if (!relaxation.step(level, trial, length * gap, this.#scale)) break;
    }
    return best;
  }

  /** What a unit of overload may cost: the mean range of costs over keys. */
  #setScale(level: Level): void {
    const { keys, start } = this.#reduced;
    const { reducedCost, least } = this.#relaxation;
    let sum = 0;
    for (let k = 0; k < keys; k++) {
      let most = least[k];
      for (let c = start[k]; c < start[k + 1]; c++)
        if (level.alive[c] === 1 && reducedCost[c] > most) most = reducedCost[c];
      sum += most - least[k];
    }
    this.#scale = sum > 0 ? sum / keys : 1;
  }

  /** Drops candidates that would take the bound to the best plan; true when there were any. */
  #fixByReducedCost(level: Level): boolean {
    const { keys, start } = this.#reduced;
    const { reducedCost, least } = this.#relaxation;
    const bound = this.#relaxation.evaluate(level, level.multiplier);
    if (this.#best === null) return false;
    let dropped = false;
    for (let k = 0; k < keys; k++) {
      for (let c = start[k]; c < start[k + 1]; c++) {
        const value = bound + reducedCost[c] - least[k];
        if (level.alive[c] === 0 || value <= this.#bestValue + this.#tolerance) continue;
        level.alive[c] = 0;
        dropped = true;
      }
    }
    return dropped;
  }

  #packAndImprove(level: Level): void {
    const packed = this.#evaluator.pack(this.#relaxation.reducedCost, level.alive, this.#bySize);
    if (packed === null) return;
    if (this.#nodes === 1 || this.#best === null) this.#evaluator.improve(packed);
    this.#consider(packed);
  }
}
