/** Numbers gathered during a run, of which quantiles are wanted at its end. */
import { Histogram } from './quantiles.js';

/** Exact: every number is kept. Bounded: a histogram is kept, in memory that does not grow with the run. */
export type QuantileMode = 'exact' | 'bounded';

/** In bounded mode, so many numbers are gathered before they are poured into the histogram. */
export const BUFFER = 65_536;

/**
 * A sample of non-negative numbers. Whoever adds one calls `reserve` at times, writes at `values[count]` (and
 * `weights[count]`), and raises `count`: hot loops do without a call for each.
 */
export class Sample {
  /** Numbers in `values` that are not in the histogram yet. */
  count = 0;
  private readonly histogram = new Histogram();

  /** @param weights times that each number counts; without it, once. */
  constructor(
    readonly mode: QuantileMode,
    public values: Float64Array,
    public weights?: Float64Array,
  ) {}

  /** Makes room for so many more; `values` and `weights` may be other arrays afterwards. */
  reserve(more: number): void {
    if (this.count + more <= this.values.length) return;
    if (this.mode === 'bounded' && this.count >= BUFFER) this.pour();
    const needed = this.count + more;
    if (needed <= this.values.length) return;
    const length = Math.max(needed, 2 * this.values.length);
    this.values = grown(this.values, length);
    if (this.weights !== undefined) this.weights = grown(this.weights, length);
  }

  /** One quantile for each of `probabilities`; NaN when there is no number. Nothing can be added afterwards. */
  quantiles(probabilities: readonly number[]): readonly number[] {
    const { values, weights, count } = this;
    this.pour();
    return this.mode === 'exact'
      ? this.histogram.exactQuantiles(probabilities, { values, weights, count })
      : this.histogram.quantiles(probabilities);
  }

  private pour(): void {
    this.histogram.add(this);
    this.count = 0;
  }
}

function grown(values: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(values);
  return larger;
}
