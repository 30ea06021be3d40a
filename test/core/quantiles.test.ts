import t from 'tap';
import { RELATIVE_ERROR } from '../../core/quantiles.js';
import { Stream } from '../../core/rng.js';
import { type QuantileMode, Sample } from '../../core/sample.js';
import { exponential } from '../../core/samplers.js';
import { sortedQuantile } from '../reference/reference-metrics.js';

const PROBABILITIES = [0, 0.001, 0.25, 0.5, 0.95, 0.999, 1];

/** A sample to which the values have been added one by one, or each distinct one with its weight. */
function sampleOf(mode: QuantileMode, values: readonly number[], weighted: boolean): Sample {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Memory of an earlier run may be handed on, with other numbers in it.
  const used = () => new Float64Array(10).fill(7);
  const sample = new Sample(mode, used(), weighted ? used() : undefined);
  for (const [value, count] of weighted ? counts : values.map((each) => [each, 1] as const)) {
    sample.reserve(1);
    sample.values[sample.count] = value;
    if (sample.weights !== undefined) sample.weights[sample.count] = count;
    sample.count++;
  }
  return sample;
}

t.test(
  'quantiles are those of type 7 of the sorted values, or within the stated error of them',
  async (t) => {
    const stream = new Stream(13, 'quantiles');
    const laws: Record<string, (i: number) => number> = {
      exponential: () => exponential(stream),
      'many ties': () => stream.integer(5),
      'heavy tail': () => 1 / (1 - stream.uniform()),
      constant: () => 0.25,
      zero: () => 0,
      tiny: () => stream.uniform() * 1e-310,
      rising: (i) => i,
    };
    for (const [name, draw] of Object.entries(laws)) {
      for (const count of [1, 2, 3, 20, 1001, 150_000]) {
        const values = Array.from({ length: count }, (_, i) => draw(i));
        const sorted = [...values];
        const expected = PROBABILITIES.map((p) => sortedQuantile(sorted, p));
        for (const weighted of [false, true]) {
          const within = (mode: QuantileMode, relative: number, absolute: number) => {
            const found = sampleOf(mode, values, weighted).quantiles(PROBABILITIES);
            t.ok(
              found.every((q, i) => Math.abs(q - expected[i]) <= relative * expected[i] + absolute),
              `${name}, ${count}, ${weighted ? 'weighted, ' : ''}${mode}: ${found} of ${expected}`,
            );
          };
          within('exact', 1e-12, 0);
          // What is below 2^-20 s counts as 0.
          within('bounded', RELATIVE_ERROR * (1 + 1e-12), 2 ** -20);
        }
      }
    }
  },
);

t.test('a sample of nothing has no quantiles', async (t) => {
  for (const mode of ['exact', 'bounded'] as const)
    for (const weighted of [false, true])
      t.ok(sampleOf(mode, [], weighted).quantiles(PROBABILITIES).every(Number.isNaN));
});

t.test('a bounded sample keeps no more numbers than its buffer holds', async (t) => {
  const sample = new Sample('bounded', new Float64Array(0));
  for (let i = 0; i < 1_000_000; i++) {
    sample.reserve(1);
    sample.values[sample.count++] = i / 1000;
  }
  t.ok(sample.values.length <= 2 * 65_536, `${sample.values.length} numbers`);
  const [median] = sample.quantiles([0.5]);
  t.ok(Math.abs(median / 499.9995 - 1) <= RELATIVE_ERROR, `median ${median}`);
});
