/**
 * Samplers. Each takes its stream as an argument. The exponential sampler is the ziggurat of Marsaglia and
 * Tsang ("The ziggurat method for generating random variables", J. Stat. Softw. 5(8), 2000) with 256
 * layers, the gamma sampler theirs of 2000 ("A simple method for generating gamma variables", TOMS 26(3)),
 * the discrete sampler Vose's alias method (IEEE Trans. Softw. Eng. 17(9), 1991).
 */
import type { Stream } from './rng.js';

const LAYERS = 256;
/** Right end of the base layer and area of every layer, for the density exp(-x) and 256 layers. */
const TAIL_START = 7.69711747013105;
const LAYER_AREA = 3.949659822581572e-3;
const TWO_POW_24 = 2 ** 24;

/** A 24-bit word below `accept[layer]` lies under the curve for sure. */
export const ZIGGURAT_ACCEPT = new Int32Array(LAYERS);
/** Width of a layer per unit of the 24-bit word. */
export const ZIGGURAT_WIDTH = new Float64Array(LAYERS);
const ZIGGURAT_HEIGHT = new Float64Array(LAYERS);

(function buildZiggurat(): void {
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = LAYER_AREA / Math.exp(-TAIL_START);
  edge[1] = TAIL_START;
  for (let i = 2; i < LAYERS; i++) {
    edge[i] = -Math.log(LAYER_AREA / edge[i - 1] + Math.exp(-edge[i - 1]));
  }
  edge[LAYERS] = 0;
  for (let i = 0; i < LAYERS; i++) {
    ZIGGURAT_WIDTH[i] = edge[i] / TWO_POW_24;
    ZIGGURAT_ACCEPT[i] = Math.floor((edge[i + 1] / edge[i]) * TWO_POW_24);
    ZIGGURAT_HEIGHT[i] = i === 0 ? 0 : Math.exp(-edge[i]);
  }
})();

/**
 * Finishes an exponential draw whose first word missed the inside of its layer, which happens about once
 * in ninety draws: the tail of the base layer, or the wedge of another, else a new draw.
 */
export function exponentialSlow(stream: Stream, layer: number, word: number): number {
  let i = layer;
  let x = word * ZIGGURAT_WIDTH[i];
  for (;;) {
    if (i === 0) return TAIL_START - Math.log(1 - stream.uniform());
    const top = i + 1 < LAYERS ? ZIGGURAT_HEIGHT[i + 1] : 1;
    const bottom = ZIGGURAT_HEIGHT[i];
    if (bottom + stream.uniform() * (top - bottom) < Math.exp(-x)) return x;
    const bits = stream.next32();
    i = bits & 255;
    const next = bits >>> 8;
    x = next * ZIGGURAT_WIDTH[i];
    if (next < ZIGGURAT_ACCEPT[i]) return x;
  }
}

/** An exponential variable of mean 1. */
export function exponential(stream: Stream): number {
  const bits = stream.next32();
  const layer = bits & 255;
  const word = bits >>> 8;
  return word < ZIGGURAT_ACCEPT[layer] ? word * ZIGGURAT_WIDTH[layer] : exponentialSlow(stream, layer, word);
}

/** A standard normal variable, by Marsaglia's polar method (the second of each pair is not kept). */
export function normal(stream: Stream): number {
  for (;;) {
    const u = 2 * stream.uniform() - 1;
    const v = 2 * stream.uniform() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** A gamma variable of the given shape and scale; a shape below 1 is boosted by a power of a uniform. */
export function gamma(stream: Stream, shape: number, scale: number): number {
  if (shape < 1) {
    const boost = (1 - stream.uniform()) ** (1 / shape);
    return gamma(stream, shape + 1, scale) * boost;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(stream);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - stream.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/** Weights 1/rank^exponent of the Zipf law over ranks 1..n; exponent 0 is the uniform law. */
export function zipfWeights(n: number, exponent: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (i + 1) ** -exponent);
}

/** Draws an index with probability proportional to its weight, by bisection of the cumulative sums. */
export class WeightedSampler {
  private readonly cumulative: Float64Array;

  constructor(weights: ArrayLike<number>) {
    this.cumulative = new Float64Array(weights.length);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i];
      this.cumulative[i] = sum;
    }
  }

  draw(stream: Stream): number {
    const target = stream.uniform() * this.cumulative[this.cumulative.length - 1];
    let low = 0;
    let high = this.cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.cumulative[middle] > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/**
 * Fills an alias table for `weights` at `offset`: a uniform slot i and a uniform 32-bit word w give
 * `outcome[2 (offset + i) + (w >= threshold[offset + i])]`. A slot of one outcome has it twice. A word with
 * fewer random bits errs by no more than its last bit.
 *
 * @param weights non-negative, with a positive sum; its length is the number of slots, at most 2^16.
 */
export function fillAlias(
  weights: ArrayLike<number>,
  threshold: Uint32Array,
  outcome: Uint16Array,
  offset: number,
): void {
  const n = weights.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += weights[i];
  const scaled = Float64Array.from({ length: n }, (_, i) => (weights[i] * n) / sum);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) (scaled[i] < 1 ? small : large).push(i);
  const settle = (slot: number, share: number, other: number): void => {
    // A word lies below the share when it lies below the next whole number.
    const words = Math.ceil(share * 2 ** 32);
    const isWhole = words >= 2 ** 32;
    threshold[offset + slot] = isWhole ? 0 : words;
    outcome[2 * (offset + slot)] = slot;
    outcome[2 * (offset + slot) + 1] = isWhole ? slot : other;
  };
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large.pop()!;
    settle(poor, scaled[poor], rich);
    scaled[rich] = scaled[rich] + scaled[poor] - 1;
    (scaled[rich] < 1 ? small : large).push(rich);
  }
  // What is left has a share of 1 but for rounding. A slot far below 1 can only be left by rounding too, and
  // must not gain: its remainder goes to the heaviest outcome, so that weight 0 is never drawn.
  let heaviest = 0;
  for (let i = 1; i < n; i++) if (weights[i] > weights[heaviest]) heaviest = i;
  for (const slot of large) settle(slot, 1, slot);
  for (const slot of small) {
    if (scaled[slot] > 0.5) settle(slot, 1, slot);
    else settle(slot, scaled[slot], heaviest);
  }
}

/** Probability of each of the 2^m joint outcomes (bit q set: key q is accessed) of independent accesses. */
export function jointAccessProbabilities(probabilities: readonly number[], keySlots: number): Float64Array {
  const joint = new Float64Array(1 << keySlots);
  for (let mask = 0; mask < joint.length; mask++) {
    let p = 1;
    for (let q = 0; q < keySlots; q++) {
      const access = probabilities[q] ?? 0;
      p *= (mask >>> q) & 1 ? access : 1 - access;
    }
    joint[mask] = p;
  }
  return joint;
}
