import t from 'tap';
import { Stream } from '../../core/rng.js';
import { exponential, gamma, normal } from '../../core/samplers.js';
import {
  kolmogorovCritical,
  kolmogorovDistance,
  mean,
  normalDistribution,
  regularisedGamma,
  variance,
} from '../theory/statistics.js';

const DRAWS = 1_000_000;
/** Each check fails by chance with probability 0.001; seeds are fixed, so it does not. */
const LEVEL = 0.001;
const Z = 3.29;

interface Law {
  readonly name: string;
  readonly draw: (stream: Stream) => number;
  readonly mean: number;
  readonly variance: number;
  /** Fourth central moment over squared variance: how far a sample variance may stray. */
  readonly kurtosis: number;
  readonly distribution: (x: number) => number;
}

const gammaLaw = (shape: number, scale: number): Law => ({
  name: `gamma of shape ${shape} and scale ${scale}`,
  draw: (stream) => gamma(stream, shape, scale),
  mean: shape * scale,
  variance: shape * scale ** 2,
  kurtosis: 3 + 6 / shape,
  distribution: (x) => regularisedGamma(shape, x / scale),
});

const LAWS: readonly Law[] = [
  {
    name: 'uniform',
    draw: (stream) => stream.uniform(),
    mean: 1 / 2,
    variance: 1 / 12,
    kurtosis: 1.8,
    distribution: (x) => x,
  },
  {
    name: 'uniform of 32 bits',
    draw: (stream) => (stream.next32() + 0.5) / 2 ** 32,
    mean: 1 / 2,
    variance: 1 / 12,
    kurtosis: 1.8,
    distribution: (x) => x,
  },
  {
    name: 'exponential',
    draw: exponential,
    mean: 1,
    variance: 1,
    kurtosis: 9,
    distribution: (x) => 1 - Math.exp(-x),
  },
  { name: 'normal', draw: normal, mean: 0, variance: 1, kurtosis: 3, distribution: normalDistribution },
  gammaLaw(0.5, 3),
  gammaLaw(1, 1e4),
  gammaLaw(100, 1e4),
];

for (const law of LAWS) {
  t.test(
    `a million draws of the ${law.name} law have its mean, its variance and its distribution`,
    async (t) => {
      const stream = new Stream(7, law.name);
      const sample = Float64Array.from({ length: DRAWS }, () => law.draw(stream));
      const spread = Math.sqrt(law.variance / DRAWS);
      t.ok(Math.abs(mean(sample) - law.mean) < Z * spread, `mean ${mean(sample)} of ${law.mean}`);
      const ratio = variance(sample) / law.variance;
      t.ok(Math.abs(ratio - 1) < Z * Math.sqrt((law.kurtosis - 1) / DRAWS), `variance ${ratio} of itself`);
      const distance = kolmogorovDistance(sample, law.distribution);
      t.ok(distance < kolmogorovCritical(DRAWS, LEVEL), `Kolmogorov-Smirnov distance ${distance}`);
    },
  );
}

t.test('the exponential law holds in its tail, beyond the base layer of the ziggurat', async (t) => {
  const stream = new Stream(8, 'tail');
  const beyond: number[] = [];
  const draws = 4 * DRAWS;
  for (let i = 0; i < draws; i++) {
    const x = exponential(stream);
    if (x > 7.7) beyond.push(x - 7.7);
  }
  const expected = draws * Math.exp(-7.7);
  t.ok(Math.abs(beyond.length - expected) < Z * Math.sqrt(expected), `${beyond.length} of ${expected}`);
  // The exponential law has no memory.
  const distance = kolmogorovDistance(Float64Array.from(beyond), (x) => 1 - Math.exp(-x));
  t.ok(distance < kolmogorovCritical(beyond.length, LEVEL), `distance ${distance}`);
});

t.test('streams of different names or seeds are uncorrelated, those of the same are the same', async (t) => {
  const names = ['arrivals', 'functions', 'origins', 'services', 'accesses', 'topology', 'keys', 'sizes'];
  const length = 100_000;
  const sample = (seed: number, name: string): Float64Array => {
    const stream = new Stream(seed, name);
    return Float64Array.from({ length }, () => stream.uniform() - 0.5);
  };
  const streams = [
    ...names.map((name) => sample(1, name)),
    ...[2, 3, 2 ** 32 + 1].map((s) => sample(s, 'arrivals')),
  ];
  for (let i = 0; i < streams.length; i++) {
    for (let j = 0; j <= i; j++) {
      for (const lag of i === j ? [1, 2] : [0, 1]) {
        let product = 0;
        for (let k = lag; k < length; k++) product += streams[i][k] * streams[j][k - lag];
        // Some 130 coefficients: 4.5 standard deviations make an alarm by chance a matter of one in a thousand.
        const coefficient = (12 * product) / length;
        if (Math.abs(coefficient) > 4.5 / Math.sqrt(length))
          t.fail(`streams ${i}, ${j}, lag ${lag}: ${coefficient}`);
      }
    }
  }
  t.same(sample(5, 'same'), sample(5, 'same'));
});
