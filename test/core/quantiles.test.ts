import t from 'tap';
import { quantiles, weightedQuantiles } from '../../core/quantiles.js';
import { Stream } from '../../core/rng.js';
import { exponential } from '../../core/samplers.js';
import { sortedQuantile } from '../reference/reference-metrics.js';

t.test('quantiles are those of type 7 of the sorted values', async (t) => {
  const probabilities = [0, 0.001, 0.25, 0.5, 0.95, 0.999, 1];
  const stream = new Stream(13, 'quantiles');
  const samples: Record<string, (i: number) => number> = {
    exponential: () => exponential(stream),
    'many ties': () => stream.integer(5),
    'heavy tail': () => 1 / (1 - stream.uniform()) ** 3,
    constant: () => 0.25,
    zero: () => 0,
    tiny: () => stream.uniform() * 1e-310,
    rising: (i) => i,
  };
  for (const [name, draw] of Object.entries(samples)) {
    for (const count of [1, 2, 3, 20, 1001, 20_000]) {
      // What lies beyond `count` in the array must not matter.
      const values = Float64Array.from({ length: count + 7 }, (_, i) => (i < count ? draw(i) : 1e6));
      const sorted = Array.from(values.subarray(0, count));
      const expected = probabilities.map((p) => sortedQuantile(sorted, p));
      const close = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.abs(b);
      const exact = quantiles(values, count, probabilities);
      t.ok(
        exact.every((q, i) => close(q, expected[i])),
        `${name}, ${count}: ${exact} of ${expected}`,
      );

      const weights = new Map<number, number>();
      for (const value of sorted) weights.set(value, (weights.get(value) ?? 0) + 1);
      const weighted = weightedQuantiles(weights, probabilities);
      t.ok(
        weighted.every((q, i) => close(q, expected[i])),
        `${name}, ${count}, weighted`,
      );
    }
  }
  t.ok(quantiles(new Float64Array(4), 0, [0.5]).every(Number.isNaN));
  t.ok(weightedQuantiles(new Map(), [0.5]).every(Number.isNaN));
});
