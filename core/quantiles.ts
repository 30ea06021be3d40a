/** Exact quantiles by linear interpolation between order statistics (Hyndman and Fan's type 7, as in R). */

const BINS = 4096;

/**
 * Quantiles of the first `count` numbers of `values`, which need not be sorted: a histogram finds the bins of
 * the order statistics that are needed, and only the members of these bins are sorted.
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
  const binned = bin(values, count);
  const wanted = new Uint8Array(BINS + 1);
  let members = 0;
  for (const p of probabilities) {
    const rank = Math.floor(p * (count - 1));
    for (const each of [rank, Math.min(rank + 1, count - 1)]) {
      const home = binOfRank(binned.histogram, each);
      if (wanted[home] === 0) members += binned.histogram[home];
      wanted[home] = 1;
    }
  }
  const sorted = collect(values, count, binned.scale, wanted, members).sort();
  const below = new Map<number, number>();
  const orderStatistic = (rank: number): number => {
    // Members of wanted bins below the rank's bin come first in `sorted`; the others of lower rank do not.
    const home = binOfRank(binned.histogram, rank);
    let skipped = below.get(home);
    if (skipped === undefined) {
      skipped = 0;
      for (let b = 0; b < home; b++) if (wanted[b] === 0) skipped += binned.histogram[b];
      below.set(home, skipped);
    }
    return sorted[rank - skipped];
  };
  return probabilities.map((p) => interpolate(p, count, orderStatistic));
}

/** A histogram with bins of equal width from 0 to the largest value, and bins per unit. */
function bin(values: Float64Array, count: number): { histogram: Int32Array; scale: number } {
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, values[i]);
  const scale = largest > 0 ? BINS / largest : 0;
  const histogram = new Int32Array(BINS + 1);
  for (let i = 0; i < count; i++) histogram[(values[i] * scale) | 0]++;
  return { histogram, scale };
}

function binOfRank(histogram: Int32Array, rank: number): number {
  let home = 0;
  let below = 0;
  while (below + histogram[home] <= rank) below += histogram[home++];
  return home;
}

/** The values in wanted bins, in the order of `values`. The loop writes always and advances sometimes. */
function collect(
  values: Float64Array,
  count: number,
  scale: number,
  wanted: Uint8Array,
  members: number,
): Float64Array {
  const found = new Float64Array(members + 1);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    found[end] = value;
    end += wanted[(value * scale) | 0];
  }
  return found.subarray(0, members);
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
