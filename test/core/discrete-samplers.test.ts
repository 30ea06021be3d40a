import t from 'tap';
import { Stream } from '../../core/rng.js';
import { fillAlias, jointAccessProbabilities, WeightedSampler, zipfWeights } from '../../core/samplers.js';
import { chiSquare, chiSquareCritical } from '../theory/statistics.js';

/** Each check fails by chance with probability 0.001; seeds are fixed, so it does not. */
const LEVEL = 0.001;
const DRAWS = 1_000_000;

t.test('whole numbers are drawn uniformly and stay in range', async (t) => {
  for (const n of [1, 2, 7, 11]) {
    const stream = new Stream(9, `integer ${n}`);
    const counts = new Int32Array(n + 1);
    for (let i = 0; i < DRAWS; i++) counts[stream.integer(n)]++;
    t.equal(counts[n], 0);
    const shares = Array.from({ length: n }, () => 1 / n);
    const { statistic, dof } = chiSquare(counts.subarray(0, n), shares);
    t.ok(n === 1 || statistic < chiSquareCritical(dof, LEVEL), `${n}: chi-square ${statistic}`);
  }
});

const ALIAS_CASES: readonly (readonly number[])[] = [
  [1],
  [1, 0],
  [0, 0, 3],
  [8, 16, 42, 6, 14],
  [0.1, 0, 0.7, 0, 1e-7, 5],
  [1, 1, 1, 1, 1, 1, 1],
  Array.from(zipfWeights(100, 1)),
  Array.from(zipfWeights(1000, 1.5)),
  Array.from(jointAccessProbabilities([0.05, 0.95, 1, 0.1, 0.5], 5)),
];

t.test('an alias table holds the exact probabilities, and nothing of weight zero', async (t) => {
  for (const weights of ALIAS_CASES) {
    const n = weights.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const offset = 3;
    const threshold = new Uint32Array(n + offset);
    const outcome = new Uint16Array(2 * (n + offset));
    fillAlias(weights, threshold, outcome, offset);
    const implied = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      // So many of the 2^32 words take the first outcome.
      const first = threshold[offset + i] / 2 ** 32;
      implied[outcome[2 * (offset + i)]] += first / n;
      implied[outcome[2 * (offset + i) + 1]] += (1 - first) / n;
    }
    weights.forEach((weight, i) => {
      if (weight === 0) t.equal(implied[i], 0, `outcome ${i} of weight 0 is never drawn`);
      else if (Math.abs(implied[i] - weight / total) > 1e-9)
        t.fail(`outcome ${i}: ${implied[i]} of ${weight / total}`);
    });
  }
});

t.test('a weighted draw follows its weights and never takes a weight of zero', async (t) => {
  for (const weights of ALIAS_CASES) {
    const sampler = new WeightedSampler(weights);
    const stream = new Stream(10, 'weighted');
    const counts = new Int32Array(weights.length);
    for (let i = 0; i < DRAWS; i++) counts[sampler.draw(stream)]++;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, i) => {
      if (weight === 0 && counts[i] > 0) t.fail(`outcome ${i} of weight 0 was drawn`);
    });
    const { statistic, dof } = chiSquare(
      counts,
      weights.map((weight) => weight / total),
    );
    t.ok(dof === 0 || statistic < chiSquareCritical(dof, LEVEL), `chi-square ${statistic} (${dof})`);
  }
});

t.test('Zipf weights are powers of the rank', async (t) => {
  t.same(Array.from(zipfWeights(4, 1)), [1, 1 / 2, 1 / 3, 1 / 4]);
  t.same(Array.from(zipfWeights(3, 0)), [1, 1, 1]);
  t.ok(zipfWeights(5, 1.5).every((weight, i) => Math.abs(weight * (i + 1) ** 1.5 - 1) < 1e-12));
});

t.test('joint access probabilities are products, and sum to one', async (t) => {
  const p = [0.05, 1, 0.75];
  const joint = jointAccessProbabilities(p, 4);
  t.equal(joint.length, 16);
  t.ok(Math.abs(joint.reduce((sum, value) => sum + value, 0) - 1) < 1e-12);
  t.ok(Math.abs(joint[0b0110] - 0.95 * 1 * 0.75) < 1e-12);
  t.equal(joint[0b0101], 0, 'a key of probability 1 is always accessed');
  t.equal(joint[0b1010], 0, 'a slot without a key never is');
});
