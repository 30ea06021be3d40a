/** Exact quantiles by linear interpolation between order statistics (Hyndman and Fan's type 7, as in R). */

const BINS = 4096;

/**
 * Quantiles of the first `count` numbers of `values`, which need not be sorted: a histogram finds the bin of
 * each order statistic that is needed, and only that bin is sorted.
 *
 * @param values non-negative finite numbers.
 * @returns one quantile for each of `probabilities`; NaN when `count` is 0.
 */
export function quantiles(
  values: Float64Array,
  count: number,
  probabilities: readonly number[],
): readonly number[] {
  if (count === 0) return probabilities.map(() => Number.NaN);
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, values[i]);
  const scale = largest > 0 ? BINS / largest : 0;
  const histogram = new Int32Array(BINS + 1);
  for (let i = 0; i < count; i++) {
    const bin = (values[i] * scale) | 0;
    histogram[bin] = histogram[bin] + 1;
  }
  const orderStatistic = (rank: number): number => {
    let bin = 0;
    let below = 0;
    while (below + histogram[bin] <= rank) below += histogram[bin++];
    const members = new Float64Array(histogram[bin]);
    let found = 0;
    for (let i = 0; found < members.length; i++) {
      if (((values[i] * scale) | 0) === bin) members[found++] = values[i];
    }
    return members.sort()[rank - below];
  };
  return probabilities.map((p) => interpolate(p, count, orderStatistic));
}

/** Quantiles of a discrete distribution: value v occurs `weights.get(v)` times. */
export function weightedQuantiles(
  weights: ReadonlyMap<number, number>,
  probabilities: readonly number[],
): readonly number[] {
  const values = Float64Array.from(weights.keys()).sort();
  let count = 0;
  for (const weight of weights.values()) count += weight;
  if (count === 0) return probabilities.map(() => Number.NaN);
  const orderStatistic = (rank: number): number => {
    let below = 0;
    let i = 0;
    while (below + weights.get(values[i])! <= rank) below += weights.get(values[i++])!;
    return values[i];
  };
  return probabilities.map((p) => interpolate(p, count, orderStatistic));
}

function interpolate(p: number, count: number, orderStatistic: (rank: number) => number): number {
  const position = p * (count - 1);
  const low = Math.floor(position);
  const value = orderStatistic(low);
  const fraction = position - low;
  return fraction === 0 ? value : value + fraction * (orderStatistic(low + 1) - value);
}
