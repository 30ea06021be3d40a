/**
 * Exact branch and cut on the reduced problem. Round by round: the linear relaxation with mixing and cover cuts gives a bound;
 * a plan comes from its points and from annealing; candidates that would take the bound beyond the plan go (reduced-cost
 * fixing), and with them whatever follows (`narrow`). Where capacity cannot bind this mostly leaves nothing; else
 * HiGHS branches on what is left, cuts included, for a plan other than the one at hand that is no worse: that there is none proves both
 * that it is optimal and that the tie-break has nothing to choose. Where there are several, the first by the tie-break is built key by key.
 */
import { annealing } from '../heuristics/annealing.js';
import { narrow } from '../narrow.js';
import type { Programme } from '../programme.js';
import { fits, isBefore, type ReducedProblem, reducedValue } from '../reduced-problem.js';
import { CutRelaxation } from './cut-relaxation.js';
import { solveMixedInteger } from './highs.js';
import { withoutPlans, withValueAtMost } from './programme-rows.js';
import { choiceOf, programmeConstant } from './reduced-programme.js';
import { roundedChoice } from './rounding.js';
import type { Backend, Limits, SolverOutcome } from './solver.js';
import { childChoice, type Stage, wholeChoice } from './stage.js';

/** Another round pays when the last one has left less than this part of the candidates. */
const SHRINKAGE = 0.9;
const MOST_ROUNDS = 12;
/** Work that a solve may do unless told otherwise, in nodes times candidates: some seconds. */
const DEFAULT_WORK = 2e6;
/** Candidates of a problem on which annealing is not enough. */
const LARGE = 1000;
const MOST_NODES = 2000;

export const branchAndCutBackend: Backend = {
  name: 'branch-and-cut',
  kind: 'exact',
  doc: 'ours on the simplex method of HiGHS: mixing and cover cuts, reduced-cost fixing, HiGHS for the tree that is left',
  source: 'this project; Gunluk and Pochet, Math. Programming 90, 2001',
  workUnit: 'nodes',
  solve: (reduced, limits) => new BranchAndCut(reduced, limits).run(),
};

/**
 * The outcome with the optimum that the tie-break prefers in place of `known`, an optimum that another solver found; it is
 * thereby proven again. Stopped at the limit it may be `known` itself.
 */
export function preferredOptimum(reduced: ReducedProblem, known: Int32Array, limits: Limits): SolverOutcome {
  return new BranchAndCut(reduced, limits, known).run();
}

class BranchAndCut {
  readonly #whole: ReducedProblem;
  readonly #limits: Limits;
  /** Was there a plan from the start? */
  readonly #started: boolean;
  #best: Int32Array | null = null;
  #bestValue = Number.POSITIVE_INFINITY;
  #bound = Number.NEGATIVE_INFINITY;
  #work = 0;
  #canonical = false;
  #relaxation: CutRelaxation | null = null;

  /** @param known a choice to start from, which fits. */
  constructor(reduced: ReducedProblem, limits: Limits, known: Int32Array | null = null) {
    this.#whole = reduced;
    this.#limits = limits;
    this.#started = known !== null;
    if (known === null) return;
    this.#best = known;
    this.#bestValue = reducedValue(reduced, known);
  }

  run(): SolverOutcome {
    try {
      return this.#search();
    } finally {
      this.#relaxation?.dispose();
    }
  }

  #search(): SolverOutcome {
    let stage: Stage = { reduced: this.#whole, offset: 0, steps: [] };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (this.#isOver()) return this.#answer('stopped');
      this.#relaxation?.dispose();
      const relaxation = new CutRelaxation(stage.reduced, this.#limits.deadline);
      this.#relaxation = relaxation;
      const feasible = relaxation.solve((x, bound) => this.#see(stage, x, bound));
      this.#work++;
      if (!feasible) return this.#exhausted();
      this.#raise(stage.offset + relaxation.bound);
      if (round === 0 && !this.#started && this.#bound < this.#bestValue - this.#tolerance)
        this.#findPlans(stage, relaxation);
      const alive = this.#survivors(stage, relaxation);
      if (this.#isFirst(stage, alive, relaxation)) return this.#exhausted();
      const narrowed = narrow(stage.reduced, alive);
      if (narrowed === null || narrowed.reduced.keys === 0) {
        if (narrowed !== null)
          this.#consider({ ...stage, steps: [...stage.steps, narrowed] }, new Int32Array(0));
        return this.#exhausted();
      }
      const before = stage.reduced.place.length;
      if (narrowed.reduced.place.length > SHRINKAGE * before || round === MOST_ROUNDS - 1)
        return this.#branch(stage, relaxation.strengthened(alive));
      stage = {
        reduced: narrowed.reduced,
        offset: stage.offset + narrowed.offset,
        steps: [...stage.steps, narrowed],
      };
    }
    return this.#answer('stopped');
  }

  get #tolerance(): number {
    return this.#whole.tolerance;
  }

  #isOver(): boolean {
    const { work, deadline } = this.#limits;
    return (
      this.#work >= (work ?? Number.POSITIVE_INFINITY) ||
      (deadline !== undefined && deadline.now() >= deadline.at)
    );
  }

  #raise(bound: number): void {
    if (bound > this.#bound) this.#bound = bound;
  }

  /** A point of the relaxation: rounded it may be a plan. True when the bound has met the best plan. */
  #see(stage: Stage, x: Float64Array, bound: number): boolean {
    this.#consider(stage, choiceOf(stage.reduced, x));
    return stage.offset + bound >= this.#bestValue - this.#tolerance || this.#isOver();
  }

  /** Plans by annealing and, on large problems, where that is weaker, from the relaxation. */
  #findPlans(stage: Stage, relaxation: CutRelaxation): void {
    const { deadline } = this.#limits;
    const { choice } = annealing.solve(stage.reduced, deadline === undefined ? {} : { deadline });
    if (choice !== null) this.#consider(stage, choice);
    if (stage.reduced.place.length < LARGE || this.#isOver()) return;
    const rounded = roundedChoice(stage.reduced, relaxation);
    if (rounded !== null) this.#consider(stage, rounded);
  }

  /** Takes a choice of the stage as the best when it fits and is better, or as good and before it in the tie-break. */
  #consider(stage: Stage, choice: Int32Array): void {
    if (!fits(stage.reduced, choice)) return;
    const whole = wholeChoice(stage.steps, choice);
    const value = reducedValue(this.#whole, whole);
    const better = value < this.#bestValue - this.#tolerance;
    const tied =
      value <= this.#bestValue + this.#tolerance && this.#best !== null && isBefore(whole, this.#best);
    if (better || tied) this.#best = whole.slice();
    this.#bestValue = Math.min(this.#bestValue, value);
  }

  /** Candidates of the stage that a plan as good as the best may use. */
  #survivors({ reduced, offset }: Stage, { bound, regret }: CutRelaxation): Uint8Array {
    const spare = this.#bestValue + this.#tolerance - offset - bound;
    const alive = new Uint8Array(reduced.place.length);
    for (let c = 0; c < alive.length; c++) alive[c] = regret[c] <= spare ? 1 : 0;
    return alive;
  }

  /** Is the best plan optimal, and does the tie-break prefer it to all that the candidates left allow? */
  #isFirst(stage: Stage, alive: Uint8Array, relaxation: CutRelaxation): boolean {
    const { reduced, steps, offset } = stage;
    if (this.#best === null || this.#bound < this.#bestValue - this.#tolerance) return false;
    const first = new Int32Array(reduced.keys);
    for (let k = 0; k < reduced.keys; k++) {
      first[k] = reduced.start[k];
      while (first[k] < reduced.start[k + 1] - 1 && alive[first[k]] === 0) first[k]++;
    }
    const whole = wholeChoice(steps, first);
    if (!isBefore(whole, this.#best)) return true;
    const choice = this.#choiceWithin(stage);
    if (choice === null) return false;
    return !relaxation.mayPrecede(choice, this.#bestValue + this.#tolerance - offset, alive);
  }

  /** Searches what is left of `stage` for plans as good as the best until there are no others. */
  #branch(stage: Stage, programme: Programme): SolverOutcome {
    const constant = stage.offset + programmeConstant(stage.reduced);
    const excluded: Int32Array[] = [];
    const known = this.#choiceWithin(stage);
    if (known !== null) excluded.push(known);
    for (;;) {
      if (this.#isOver()) return this.#answer('stopped');
      const cutoff = this.#bestValue + this.#tolerance - constant;
      const outcome = solveMixedInteger(
        withoutPlans(programme, stage.reduced, excluded),
        this.#limitsLeft(),
        cutoff,
      );
      this.#work += Math.max(1, outcome.work);
      if (outcome.status === 'infeasible') return this.#exhausted();
      if (outcome.x === null) {
        this.#raise(Math.min(this.#bestValue, constant + outcome.bound));
        return this.#answer('stopped');
      }
      const choice = choiceOf(stage.reduced, outcome.x);
      const value = this.#bestValue;
      this.#consider(stage, choice);
      if (outcome.status !== 'optimal') {
        this.#raise(Math.min(value, constant + outcome.bound));
        return this.#answer('stopped');
      }
      this.#raise(Math.min(value, this.#bestValue, constant + outcome.bound));
      const found = constant + reducedValue(stage.reduced, choice) - programmeConstant(stage.reduced);
      if (found > this.#bestValue + this.#tolerance) return this.#exhausted();
      if (excluded.length > 0 && found >= value - this.#tolerance) return this.#settleTies(stage, programme);
      excluded.push(choice);
    }
  }

  #limitsLeft(): Limits {
    const { work, deadline } = this.#limits;
    const usual = Math.min(MOST_NODES, Math.ceil(DEFAULT_WORK / this.#whole.place.length));
    const nodes = work ?? (deadline === undefined ? usual : Number.POSITIVE_INFINITY);
    return { ...this.#limits, work: Math.max(1, nodes - this.#work) };
  }

  /**
   * There are several optima. Key after key takes the first candidate that any optimum gives it, given the keys before it: the
   * least rank of its candidate is the optimum of a programme in which the value has become a constraint.
   */
  #settleTies(stage: Stage, programme: Programme): SolverOutcome {
    const { keys, start } = stage.reduced;
    let choice = this.#choiceWithin(stage);
    if (choice === null) return this.#proven();
    const upper = programme.upper.slice();
    const limit = this.#bestValue + this.#tolerance - stage.offset - programmeConstant(stage.reduced);
    const bounded = withValueAtMost({ ...programme, upper }, limit, this.#tolerance);
    for (let k = 0; k < keys; k++) {
      let first = start[k];
      while (upper[first] === 0 && first < choice[k]) first++;
      if (first < choice[k]) {
        if (this.#isOver()) return this.#proven();
        const cost = new Float64Array(programme.columns);
        for (let c = start[k]; c < start[k + 1]; c++) cost[c] = c - start[k];
        const outcome = solveMixedInteger({ ...bounded, cost }, this.#limitsLeft());
        this.#work += Math.max(1, outcome.work);
        if (outcome.x === null || outcome.status !== 'optimal') return this.#proven();
        const found = choiceOf(stage.reduced, outcome.x);
        const value = stage.offset + reducedValue(stage.reduced, found);
        if (!fits(stage.reduced, found) || value > this.#bestValue + this.#tolerance) return this.#proven();
        if (isBefore(found, choice)) choice = found;
        this.#consider(stage, choice);
      }
      for (let c = start[k]; c < start[k + 1]; c++) if (c !== choice[k]) upper[c] = 0;
    }
    return this.#exhausted();
  }

  /** The best plan as a choice of the stage, null when it uses what the stage has dropped. */
  #choiceWithin({ steps }: Stage): Int32Array | null {
    let choice = this.#best;
    for (const step of steps) {
      if (choice === null) return null;
      choice = childChoice(step, choice);
    }
    return choice;
  }

  /** No plan is left that is better, and none as good that the tie-break prefers. */
  #exhausted(): SolverOutcome {
    if (this.#best === null) return this.#answer('infeasible');
    this.#canonical = true;
    return this.#proven();
  }

  #proven(): SolverOutcome {
    this.#bound = this.#bestValue;
    return this.#answer('optimal');
  }

  #answer(status: SolverOutcome['status']): SolverOutcome {
    // What the limit left undone may have been the tie-break alone.
    if (status === 'stopped' && this.#best !== null && this.#bound >= this.#bestValue - this.#tolerance)
      return this.#proven();
    const value = this.#best === null ? Number.POSITIVE_INFINITY : reducedValue(this.#whole, this.#best);
    return {
      status,
      choice: this.#best,
      value,
      bound: status === 'infeasible' ? Number.POSITIVE_INFINITY : Math.min(value, this.#bound),
      work: this.#work,
      canonical: this.#canonical,
    };
  }
}
