/**
 * The linear relaxation of a reduced problem with cuts, solved by the simplex method of HiGHS; bounds and reduced costs are
 * computed here from the duals, so that they hold whatever the solver's tolerances.
 *
 * For any y with the right signs, y^T b + sum_k min_c d_c is a bound, d = cost - A^T y over all rows but `choice`, as long as no delta_f
 * has d < 0; where rounding leaves one, the duals of its rows are scaled down until it is 0.
 */
import type { Model } from 'highs';
import type { Programme } from '../programme.js';
import type { ReducedProblem } from '../reduced-problem.js';
import { CoverCuts } from './cover-cuts.js';
import { HIGHS_INFEASIBLE, HIGHS_OPTIMAL, highsModel } from './highs-runtime.js';
import { MixingCuts } from './mixing-cuts.js';
import { programmeConstant, reducedProgramme } from './reduced-programme.js';
import type { Deadline } from './solver.js';

const INFINITE = Number.POSITIVE_INFINITY;
/** Rounds of cuts that raise the bound by less than this part of it are enough of them. */
const LEAST_PROGRESS = 1e-6;
const MOST_ROUNDS = 40;
/** Tolerances of the simplex method, absolute, in units of x and of cost. */
const TOLERANCE = 1e-9;
/** The mass of preceding candidates up to which no plan is among them: below 1 by more than any tolerance. */
const MOST_PRECEDING = 0.999;

export class CutRelaxation {
  /** One a candidate: by how much the bound rises, at least, when its key takes it. Read after `solve`. */
  readonly regret: Float64Array;
  /** The point of the relaxation. */
  x: Float64Array = new Float64Array(0);
  bound = Number.NEGATIVE_INFINITY;
  /** Linear programmes solved. */
  solved = 0;

  readonly #reduced: ReducedProblem;
  readonly #programme: Programme;
  readonly #mixing: MixingCuts | null;
  readonly #cover: CoverCuts;
  readonly #d: Float64Array;
  readonly #model: Model;
  /** Rows beyond those of the programme. */
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #start: number[] = [0];
  readonly #index: number[] = [];
  readonly #value: number[] = [];
  #dual: Float64Array = new Float64Array(0);

  constructor(reduced: ReducedProblem, deadline?: Deadline) {
    this.#reduced = reduced;
    this.#programme = reducedProgramme(reduced);
    this.#mixing = reduced.scope === 'per-key' ? new MixingCuts(reduced) : null;
    this.#cover = new CoverCuts(reduced);
    this.regret = new Float64Array(reduced.place.length);
    this.#d = new Float64Array(this.#programme.columns);
    this.#model = highsModel(this.#programme, false);
    this.#model.options.set({
      presolve: 'off',
      solver: 'simplex',
      primal_feasibility_tolerance: TOLERANCE,
      dual_feasibility_tolerance: TOLERANCE,
      ...(deadline === undefined ? {} : { time_limit: Math.max(0.01, deadline.at - deadline.now()) }),
    });
  }

  /**
   * Solves, adds the cuts that the point breaks, and solves again while the bound rises; `visit` sees every point and may say
   * that the bound suffices. False when there is no point: the problem is infeasible.
   */
  solve(visit: (x: Float64Array, bound: number) => boolean): boolean {
    const model = this.#model;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { modelStatus } = model.run();
      this.solved++;
      if (modelStatus === HIGHS_INFEASIBLE) return false;
      // Out of time: the bound and the regrets of the last point stand.
      if (modelStatus !== HIGHS_OPTIMAL) break;
      const { colValue, rowDual } = model.getSolution();
      this.x = colValue;
      const before = this.bound;
      const bound = this.#evaluate(rowDual);
      if (bound > this.bound || round === 0) {
        this.bound = Math.max(bound, this.bound);
        this.#dual = rowDual;
      }
      if (visit(colValue, this.bound)) break;
      const slow = round > 2 && this.bound - before <= LEAST_PROGRESS * Math.abs(this.bound);
      if (slow || !this.#addCuts(model)) break;
    }
    this.#evaluate(this.#dual);
    return true;
  }

  /** Frees the model, which the garbage collector does not see. */
  dispose(): void {
    this.#model.dispose();
  }

  /**
   * Can a plan of at most `value` come before `choice` in the tie-break? It would have x = 1 for some candidate before the one that
   * `choice` takes, while the most that these have together in the relaxation may be less. To be asked last.
   */
  mayPrecede(choice: Int32Array, value: number, alive: Uint8Array): boolean {
    const { keys, start } = this.#reduced;
    const { columns, cost } = this.#programme;
    const precedes = new Float64Array(columns);
    for (let k = 0; k < keys; k++)
      for (let c = start[k]; c < choice[k]; c++) if (alive[c] === 1) precedes[c] = -1;
    const all = Int32Array.from(cost.keys());
    const model = this.#model;
    const limit = value - programmeConstant(this.#reduced);
    model.addRow(Number.NEGATIVE_INFINITY, limit, { indices: all, values: cost });
    model.changeColsCost({ kind: 'range', from: 0, to: columns - 1 }, precedes);
    const { modelStatus } = model.run();
    this.solved++;
    return modelStatus !== HIGHS_OPTIMAL || -model.getObjectiveValue() > MOST_PRECEDING;
  }

  /** The programme with the rows that carry a dual, integers, and columns with alive = 0 closed. */
  strengthened(alive: Uint8Array): Programme {
    const { columns, cost, integer, rows, rowLower, rowUpper, start, index, value } = this.#programme;
    const upper = this.#programme.upper.slice();
    for (let c = 0; c < alive.length; c++) if (alive[c] === 0) upper[c] = 0;
    const kept = Array.from(this.#lower.keys()).filter((cut) => Math.abs(this.#dual[rows + cut] ?? 0) > 0);
    const newStart = Array.from(start);
    const newIndex = Array.from(index);
    const newValue = Array.from(value);
    const newLower = Array.from(rowLower);
    const newUpper = Array.from(rowUpper);
    for (const cut of kept) {
      for (let e = this.#start[cut]; e < this.#start[cut + 1]; e++) {
        newIndex.push(this.#index[e]);
        newValue.push(this.#value[e]);
      }
      newStart.push(newIndex.length);
      newLower.push(this.#lower[cut]);
      newUpper.push(this.#upper[cut]);
    }
    return {
      columns,
      cost,
      upper,
      integer,
      rows: newLower.length,
      rowLower: Float64Array.from(newLower),
      rowUpper: Float64Array.from(newUpper),
      start: Int32Array.from(newStart),
      index: Int32Array.from(newIndex),
      value: Float64Array.from(newValue),
      columnName: this.#programme.columnName,
      rowName: (row) => (row < rows ? this.#programme.rowName(row) : `cut_${row - rows}`),
    };
  }

  #addCuts(model: Model): boolean {
    const first = this.#lower.length;
    const firstEntry = this.#index.length;
    const mixing = this.#mixing?.separate(this.x);
    if (mixing !== undefined) {
      for (let cut = 0; cut < mixing.count; cut++) {
        this.#append(mixing.index, mixing.value, mixing.start[cut], mixing.start[cut + 1], 0, INFINITE);
      }
    }
    const covers = this.#cover.separate(this.x);
    covers.limit.forEach((limit, cut) => {
      this.#append(covers.index, null, covers.start[cut], covers.start[cut + 1], -INFINITE, limit);
    });
    const count = this.#lower.length - first;
    if (count === 0) return false;
    model.addRows({
      lower: Float64Array.from(this.#lower.slice(first)),
      upper: Float64Array.from(this.#upper.slice(first)),
      matrix: {
        format: 'csr',
        numRows: count,
        numCols: this.#programme.columns,
        starts: Int32Array.from(this.#start.slice(first), (at) => at - firstEntry),
        indices: Int32Array.from(this.#index.slice(firstEntry)),
        values: Float64Array.from(this.#value.slice(firstEntry)),
      },
    });
    return true;
  }

  #append(
    index: readonly number[],
    value: readonly number[] | null,
    from: number,
    to: number,
    lower: number,
    upper: number,
  ): void {
    for (let e = from; e < to; e++) {
      this.#index.push(index[e]);
      this.#value.push(value === null ? 1 : value[e]);
    }
    this.#start.push(this.#index.length);
    this.#lower.push(lower);
    this.#upper.push(upper);
  }

  /** The bound of the duals `y`; fills `regret`. */
  #evaluate(y: Float64Array): number {
    const { keys, start: firstOf, functions } = this.#reduced;
    const { rows, rowLower, rowUpper, start, index, value, cost } = this.#programme;
    const candidates = this.#reduced.place.length;
    const d = this.#d;
    d.set(cost);
    const all = Math.min(y.length, rows + this.#lower.length);
    // Rows of delta_f carry y >= 0 that may add up to its weight; a little more comes of rounding.
    const scale = new Float64Array(functions).fill(1);
    for (let r = keys; r < all; r++) {
      const f = this.#deltaOf(r) - candidates;
      if (f >= 0 && y[r] > 0) d[candidates + f] -= y[r];
    }
    for (let f = 0; f < functions; f++) {
      const weight = cost[candidates + f];
      if (d[candidates + f] < 0) scale[f] = (weight / (weight - d[candidates + f])) * (1 - 1e-15);
    }
    let bound = programmeConstant(this.#reduced);
    // The rows `choice` come first and are not relaxed.
    for (let r = keys; r < all; r++) {
      const isCut = r >= rows;
      const at = isCut ? r - rows : r;
      const limit =
        y[r] > 0 ? (isCut ? this.#lower[at] : rowLower[at]) : isCut ? this.#upper[at] : rowUpper[at];
      if (y[r] === 0 || !Number.isFinite(limit)) continue;
      const f = this.#deltaOf(r) - candidates;
      const dual = f >= 0 ? y[r] * scale[f] : y[r];
      bound += dual * limit;
      const [from, to] = isCut ? [this.#start[at], this.#start[at + 1]] : [start[at], start[at + 1]];
      const [entries, values] = isCut ? [this.#index, this.#value] : [index, value];
      for (let e = from; e < to; e++) if (entries[e] < candidates) d[entries[e]] -= dual * values[e];
    }
    for (let k = 0; k < keys; k++) {
      let least = INFINITE;
      for (let c = firstOf[k]; c < firstOf[k + 1]; c++) if (d[c] < least) least = d[c];
      bound += least;
      for (let c = firstOf[k]; c < firstOf[k + 1]; c++) this.regret[c] = d[c] - least;
    }
    return bound;
  }

  /** The column of delta in row r, which is its last entry, or one below the candidates where it has none. */
  #deltaOf(r: number): number {
    const { rows, start, index } = this.#programme;
    return r < rows ? index[start[r + 1] - 1] : this.#index[this.#start[r - rows + 1] - 1];
  }
}
