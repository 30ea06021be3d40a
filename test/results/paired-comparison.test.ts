import t from 'tap';
import { Stream } from '../../core/index.js';
import { exponential, normal } from '../../core/samplers.js';
import { bcaInterval } from '../../results/bootstrap.js';
import { holmAdjusted } from '../../results/holm.js';
import { comparePaired, isFarFromNormal, shownInterval } from '../../results/paired-comparison.js';
import { signFlipP } from '../../results/sign-flip.js';

/** "Student", "The probable error of a mean", Biometrika 6 (1908): hours of sleep gained by ten patients under two drugs. */
const DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
/** Fisher, The Design of Experiments (1935), sec. 17 and 21: Darwin's pairs of plants, differences in eighths of an inch. */
const DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
/** Efron and Tibshirani, An Introduction to the Bootstrap (1993), table 14.1: a test of spatial thinking, 26 children. */
const SPATIAL = [
  48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
];

const close = (actual: number, expected: number, tolerance: number) =>
  Math.abs(actual - expected) <= tolerance;
const zeros = (values: readonly number[]) => values.map(() => 0);

t.test("the paired t interval is that of Student's sleep data", async (t) => {
  // R's documentation of sleep: t = 4.0621, df = 9, interval 0.7001142 to 2.4598858, mean 1.58.
  const { n, difference, tInterval, baselineMean, candidateMean } = comparePaired(DRUG_1, DRUG_2, 'sleep');
  t.equal(n, 10);
  t.ok(close(difference, 1.58, 1e-12));
  t.ok(close(baselineMean, 0.75, 1e-12));
  t.ok(close(candidateMean, 2.33, 1e-12));
  t.ok(close(tInterval.lo, 0.7001142, 5e-8));
  t.ok(close(tInterval.hi, 2.4598858, 5e-8));
});

t.test("p of the t test is that of Darwin's plants in Fisher's book", async (t) => {
  // Fisher: t = 2.148 with 14 degrees of freedom, p just below 5 %.
  const { p, farFromNormal } = comparePaired(zeros(DARWIN), DARWIN, 'darwin');
  t.notOk(farFromNormal);
  t.ok(close(p, 0.0497, 5e-5));
});

t.test("the sign-flip test counts Fisher's 863 arrangements of 32768 in either tail", async (t) => {
  t.equal(signFlipP(DARWIN, new Stream(1, 'unused')) * 2 ** 15, 2 * 863);
});

t.test(
  'with more than sixteen differences the sign-flip test draws patterns, close to the exact p',
  async (t) => {
    const doubled = [...DARWIN, 3, -3, 2];
    const exact = 2 ** doubled.length;
    let extreme = 0;
    const observed = Math.abs(doubled.reduce((sum, x) => sum + x, 0));
    for (let pattern = 0; pattern < exact; pattern++) {
      const sum = doubled.reduce((total, x, i) => total + ((pattern >>> i) & 1 ? x : -x), 0);
      if (Math.abs(sum) >= observed) extreme++;
    }
    t.ok(close(signFlipP(doubled, new Stream(1, 'draws')), extreme / exact, 0.01));
  },
);

t.test('the BCa interval is that of the spatial data in Efron and Tibshirani', async (t) => {
  // Sec. 14.2 and table 14.2: the variance of the 26 scores A is 171.5, its 90 % BCa interval 115.8 to 259.6.
  const variance = (values: number[]) => {
    const centre = values.reduce((sum, x) => sum + x, 0) / values.length;
    return values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / values.length;
  };
  t.ok(close(variance([...SPATIAL]), 171.5, 0.05));
  const interval = () => bcaInterval(SPATIAL, 0.9, new Stream(1, 'spatial'), variance);
  const { lo, hi } = interval();
  t.ok(close(lo, 115.8, 3), `${lo}`);
  t.ok(close(hi, 259.6, 5), `${hi}`);
  t.same(interval(), { lo, hi }, 'the same stream gives the same interval');
});

t.test(
  'the bootstrap interval keeps within the range of what was observed, however few values are not 0',
  async (t) => {
    const { bootstrap, farFromNormal } = comparePaired(zeros(DRUG_1), [0, 0, 0, 0, 0, 0, 0, 0, -3, -56], 'x');
    t.ok(farFromNormal);
    t.ok(bootstrap!.lo >= -56 && bootstrap!.hi <= 0, `${bootstrap!.lo} ${bootstrap!.hi}`);
    t.ok(bootstrap!.lo < -5.9 && bootstrap!.hi > -5.9);
  },
);

t.test(
  "Holm's procedure rejects three of the fifteen hypotheses of Benjamini and Hochberg's example",
  async (t) => {
    // "Controlling the false discovery rate", J. R. Statist. Soc. B 57 (1995), sec. 4.1: family-wise procedures keep three.
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const adjusted = holmAdjusted(p);
    t.equal(adjusted.filter((value) => value < 0.05).length, 3);
    t.ok(close(adjusted[2], 13 * 0.0019, 1e-12));
    t.ok(close(adjusted[3], 12 * 0.0095, 1e-12));
  },
);

t.test(
  "Holm's p values keep the order given, never fall along the ranks, and leave out what was not tested",
  async (t) => {
    const adjusted = holmAdjusted([0.04, 0.01, Number.NaN, 0.03]);
    t.same(
      adjusted.map((p) => (Number.isNaN(p) ? 'none' : p.toFixed(12))),
      ['0.060000000000', '0.030000000000', 'none', '0.060000000000'],
    );
    t.same(holmAdjusted([]), []);
  },
);

t.test('a sample is far from normal when its skewness is more than two standard errors from 0', async (t) => {
  t.ok(isFarFromNormal([0, 0, 0, 0, 0, 0, 0, 0, 1, 10]));
  t.notOk(isFarFromNormal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  t.notOk(isFarFromNormal([0, 0, 0, 100]), 'four values cannot tell');
  t.notOk(isFarFromNormal([3, 3, 3, 3, 3, 3]));
});

/** Kinds of values; both policies draw from the same law, so that every difference found is a false one. */
const LAWS: readonly (readonly [string, (stream: Stream) => number])[] = [
  ['normal', normal],
  ['exponential', exponential],
  ['lognormal', (stream) => Math.exp(normal(stream))],
];

for (const n of [10, 20])
  for (const [law, draw] of n === 10 ? LAWS : LAWS.filter(([name]) => name !== 'exponential'))
    t.test(`of 2000 null comparisons of ${n} ${law} values, 4 to 6 % differ at 5 %`, async (t) => {
      const stream = new Stream(7, `null/${law}/${n}`);
      let found = 0;
      for (let k = 0; k < 2000; k++) {
        // A shared part, as common random numbers bring.
        const both = Array.from({ length: n }, () => draw(stream));
        const [a, b] = [0, 1].map(() => both.map((shared) => shared + draw(stream)));
        if (comparePaired(a, b, `${k}`).p < 0.05) found++;
      }
      const percent = found / 20;
      t.comment(`${percent} %`);
      t.ok(percent >= 4 && percent <= 6, `${percent} %`);
    });

t.test('the 95 % interval covers the true difference about as often as it says', async (t) => {
  const stream = new Stream(3, 'coverage');
  let covered = 0;
  for (let k = 0; k < 2000; k++) {
    const base = Array.from({ length: 10 }, () => normal(stream));
    const other = base.map((value) => value + 2 + normal(stream));
    const { lo, hi } = shownInterval(comparePaired(base, other, `${k}`));
    if (lo <= 2 && 2 <= hi) covered++;
  }
  t.ok(covered / 2000 > 0.93 && covered / 2000 < 0.97, `${covered / 20} %`);
});

t.test('variance reduction compares pairing with independent runs', async (t) => {
  const base = [1, 2, 3, 4, 5];
  const noise = [0.1, -0.1, 0, 0.1, -0.1];
  const { varianceReduction, tInterval } = comparePaired(
    base,
    base.map((value, r) => value + noise[r]),
    'x',
  );
  // Var of 1..5 is 2.5, of the noise 0.01; the covariance of both is -0.05.
  t.ok(close(varianceReduction, (2.5 + (2.5 + 0.01 - 0.1)) / 0.01, 1e-6));
  t.ok(tInterval.hi - tInterval.lo < 0.3);
  t.equal(comparePaired([1, 2], [2, 3], 'x').varianceReduction, Number.POSITIVE_INFINITY);
  t.equal(comparePaired([1, 1], [1, 1], 'x').varianceReduction, 1);
});

t.test('missing values are left out in pairs, and too few leave no interval', async (t) => {
  const partial = comparePaired([1, Number.NaN, 3, 4], [2, 3, Number.NaN, 6], 'x');
  t.equal(partial.n, 2);
  t.equal(partial.difference, 1.5);
  const single = comparePaired([1], [3], 'x');
  t.match(single, { n: 1, difference: 2, relative: 2 });
  t.ok(Number.isNaN(single.p) && Number.isNaN(single.tInterval.lo));
  t.ok(Number.isNaN(comparePaired([], [], 'x').difference));
  t.throws(() => comparePaired([1], [1, 2], 'x'), RangeError);
});

t.test('differences that are all alike are certain: p is 0, or 1 where they are 0', async (t) => {
  t.match(comparePaired([1, 2, 3], [2, 3, 4], 'x'), { p: 0, tInterval: { lo: 1, hi: 1 } });
  t.match(comparePaired([1, 2, 3], [1, 2, 3], 'x'), { p: 1, tInterval: { lo: 0, hi: 0 } });
});
