/**
 * The bootstrap-t (percentile-t) interval of a mean: Efron and Tibshirani, An Introduction to the Bootstrap (1993),
 * sec. 12.5. The few, skewed differences that replications give are where BCa and plain percentiles cover too little and
 * studentising helps (Hesterberg, "What teachers should know about the bootstrap", Am. Stat. 69(4), 2015, table 1).
 */
import type { Stream } from '../core/index.js';

/** Resamples drawn; with 9999 the tails of 2.5 % rest on 250 of them each. */
export const RESAMPLES = 9999;
/** With a larger part of resamples without any spread (one value drawn n times), there is no law to read from. */
const MOST_DEGENERATE = 0.01;

export interface BootstrapInterval {
  readonly lo: number;
  readonly hi: number;
}

function meanAndError(values: ArrayLike<number>): { mean: number; error: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}

/**
 * The studentised means t* = (mean* - mean) / error* of resamples, in ascending order; undefined where the sample has
 * too little spread for them.
 */
export function studentisedMeans(
  values: readonly number[],
  stream: Stream,
  resamples = RESAMPLES,
): Float64Array | undefined {
  const n = values.length;
  if (n < 3) return undefined;
  const { mean } = meanAndError(values);
  const sample = new Float64Array(n);
  const t = new Float64Array(resamples);
  let degenerate = 0;
  for (let b = 0; b < resamples; b++) {
    for (let i = 0; i < n; i++) sample[i] = values[stream.integer(n)];
    const drawn = meanAndError(sample);
    // The mean of equal values may be off by rounding, which must not pass for a spread.
    if (drawn.error <= 1e-12 * Math.abs(drawn.mean)) {
      degenerate++;
      t[b] = Math.sign(drawn.mean - mean) * Number.MAX_VALUE;
    } else {
      t[b] = (drawn.mean - mean) / drawn.error;
    }
  }
  return degenerate > MOST_DEGENERATE * resamples ? undefined : t.sort();
}

/** Quantile of sorted values by the rule k = (B + 1) q of Efron and Tibshirani (12.23), between neighbours linear. */
function quantile(sorted: Float64Array, q: number): number {
  const k = Math.min(Math.max((sorted.length + 1) * q - 1, 0), sorted.length - 1);
  const low = Math.floor(k);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (k - low) * (sorted[high] - sorted[low]);
}

/**
 * The bootstrap-t interval of the mean of `values`; undefined where there are fewer than three, or where resamples
 * have no spread too often. The same stream gives the same interval.
 * @param confidence in (0, 1).
 */
export function bootstrapInterval(
  values: readonly number[],
  confidence: number,
  stream: Stream,
  resamples = RESAMPLES,
): BootstrapInterval | undefined {
  const t = studentisedMeans(values, stream, resamples);
  if (t === undefined) return undefined;
  const { mean, error } = meanAndError(values);
  const tail = (1 - confidence) / 2;
  return { lo: mean - quantile(t, 1 - tail) * error, hi: mean - quantile(t, tail) * error };
}
