/**
 * Quantiles of non-negative numbers by linear interpolation between order statistics (Hyndman and Fan's type
 * 7, as in R). A histogram whose bins grow with the value (1024 a power of two) leads to the order statistics:
 * where the numbers themselves are kept, those of the right bins are sorted and the answer is exact; where they
 * are not, the middle of the bin is the answer, which is wrong by at most RELATIVE_ERROR of the value.
 */

/** Binary digits of a number after its leading one by which bins are told apart. */
const DIGITS = 10;
/** Numbers from 2^LOWEST (about 1 us) to 2^HIGHEST (194 days) are told apart; smaller ones count as 0. */
const LOWEST = -20;
const HIGHEST = 24;
const BINS = ((HIGHEST - LOWEST) << DIGITS) + 1;
/** High word of a double without the digits that are left out: what bin 1 begins with, less one. */
const BELOW_FIRST = ((1023 + LOWEST) << DIGITS) - 1;

/** Largest error of a quantile that is read off a histogram alone, relative to the quantile: half a bin. */
export const RELATIVE_ERROR = 2 ** -(DIGITS + 1);

const cell = new Float64Array(1);
const halves = new Uint32Array(cell.buffer);
/** Index of the more significant half of a double, which depends on the byte order of the machine. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The bin of a number, given the more significant 32 bits of it as a double. */
const binOf = (high: number): number =>
  Math.min(Math.max((high >>> (20 - DIGITS)) - BELOW_FIRST, 0), BINS - 1);

/** The number in the middle of a bin; 0 for the bin of what is too small. */
function middleOf(bin: number): number {
  if (bin === 0) return 0;
  halves[HIGH] = (((bin + BELOW_FIRST) << 1) | 1) << (19 - DIGITS);
  halves[1 - HIGH] = 0;
  return cell[0];
}

/** Numbers with weights (whole numbers of times that each occurs), or, without weights, each once. */
interface Numbers {
  readonly values: Float64Array;
  readonly weights?: Float64Array;
  readonly count: number;
}

/** A histogram of what has been added to it, in memory that does not depend on how much that is. */
export class Histogram {
  /** Sum of the weights. */
  total = 0;
  private readonly weight = new Float64Array(BINS);

  add({ values, weights, count }: Numbers): void {
    const { weight } = this;
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
    if (weights === undefined) {
      for (let i = HIGH; i < words.length; i += 2) weight[binOf(words[i])]++;
      this.total += count;
      return;
    }
    for (let i = 0; i < count; i++) {
      const bin = binOf(words[2 * i + HIGH]);
      weight[bin] = weight[bin] + weights[i];
      this.total += weights[i];
    }
  }

  /** One quantile for each of `probabilities`, within RELATIVE_ERROR; NaN when nothing was added. */
  quantiles(probabilities: readonly number[]): readonly number[] {
    const places = this.locate(probabilities);
    return probabilities.map((p) => interpolate(p, this.total, (rank) => middleOf(places.get(rank)!.bin)));
  }

  /** One quantile for each of `probabilities`, exact, when `numbers` are all that was added. */
  exactQuantiles(probabilities: readonly number[], numbers: Numbers): readonly number[] {
    const places = this.locate(probabilities);
    const wanted = new Uint8Array(BINS);
    let most = 0;
    for (const { bin } of places.values()) {
      most += wanted[bin] === 0 ? this.weight[bin] : 0;
      wanted[bin] = 1;
    }
    const members = membersOf(wanted, Math.min(numbers.count, most), numbers);
    return probabilities.map((p) =>
      interpolate(p, this.total, (rank) => members.at(places.get(rank)!.among)),
    );
  }

  /** Where the order statistics are from which these quantiles are interpolated, by rank (from 0). */
  private locate(probabilities: readonly number[]): ReadonlyMap<number, Place> {
    const places = new Map<number, Place>();
    if (this.total === 0) return places;
    const positions = probabilities.map((p) => p * (this.total - 1));
    const ranks = positions.flatMap((position) => [Math.floor(position), Math.ceil(position)]);
    let bin = 0;
    let below = 0;
    let among = 0;
    for (const rank of ranks.sort((a, b) => a - b)) {
      const before = bin;
      while (below + this.weight[bin] <= rank) below += this.weight[bin++];
      // The bin of the last rank was wanted, and those between it and this one are not.
      if (bin !== before && places.size > 0) among += this.weight[before];
      places.set(rank, { bin, among: among + rank - below });
    }
    return places;
  }
}

/** The bin of an order statistic, and its rank among the numbers of all bins that are wanted. */
interface Place {
  readonly bin: number;
  readonly among: number;
}

/** Numbers in ascending order; `at` gives the one of a rank, each counted as often as its weight says. */
interface Sorted {
  at(rank: number): number;
}

/** The numbers in the wanted bins, of which there are no more than `most`. */
function membersOf(wanted: Uint8Array, most: number, { values, weights, count }: Numbers): Sorted {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
  const places = new Int32Array(most + 1);
  let found = 0;
  for (let i = 0; i < count; i++) {
    // Written always and kept sometimes: a branch here would be guessed wrong often.
    places[found] = i;
    found += wanted[binOf(words[2 * i + HIGH])];
  }
  const members = places.subarray(0, found);
  if (weights === undefined) {
    const sorted = Float64Array.from(members, (place) => values[place]).sort();
    return { at: (rank) => sorted[rank] };
  }
  const sorted = members.sort((a, b) => values[a] - values[b]);
  return {
    at: (rank) => {
      let left = rank;
      let i = 0;
      while (left >= weights[sorted[i]]) left -= weights[sorted[i++]];
      return values[sorted[i]];
    },
  };
}

function interpolate(p: number, count: number, orderStatistic: (rank: number) => number): number {
  if (count === 0) return Number.NaN;
  const position = p * (count - 1);
  const low = Math.floor(position);
  const value = orderStatistic(low);
  const fraction = position - low;
  return fraction === 0 ? value : value + fraction * (orderStatistic(low + 1) - value);
}
