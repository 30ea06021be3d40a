/** Statistics that the tests against theory, distributions and the authors' simulator need. */
import { probit } from 'simple-statistics';
import { studentT } from '../../results/student-t.js';

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
};

/** Sample variance, with n - 1. */
export const variance = (values: ArrayLike<number>): number => {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return sum / (values.length - 1);
};

/** Half-width of the Student t interval of a mean, for a confidence such as 0.99. */
export const halfWidth = (values: ArrayLike<number>, confidence: number): number =>
  studentT(confidence, values.length - 1) * Math.sqrt(variance(values) / values.length);

/**
 * Half-width of Welch's interval of the difference of two means (Welch, Biometrika 34, 1947), with the
 * degrees of freedom rounded down, which errs to the wide side. 0 when neither sample varies.
 */
export function welchHalfWidth(x: ArrayLike<number>, y: ArrayLike<number>, confidence: number): number {
  const [ex, ey] = [variance(x) / x.length, variance(y) / y.length];
  if (ex + ey === 0) return 0;
  const dof = (ex + ey) ** 2 / (ex ** 2 / (x.length - 1) + ey ** 2 / (y.length - 1));
  return studentT(confidence, Math.max(1, Math.floor(dof + 1e-9))) * Math.sqrt(ex + ey);
}

/**
 * Upper quantile of the chi-square law by Wilson and Hilferty's cube (PNAS 17, 1931), good to some 0.1 % for
 * the few degrees of freedom of these tests.
 * @param level probability of a larger value.
 */
export function chiSquareCritical(dof: number, level: number): number {
  const spread = 2 / (9 * dof);
  return dof * (1 - spread + probit(1 - level) * Math.sqrt(spread)) ** 3;
}

/**
 * Pearson's statistic of counts against probabilities, and its degrees of freedom. Neighbouring outcomes are
 * put together until 10 are expected; an outcome of probability 0 is not counted, and must not have occurred.
 */
export function chiSquare(
  counts: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): { statistic: number; dof: number } {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  const groups: { seen: number; expected: number }[] = [];
  let group = { seen: 0, expected: 0 };
  for (let i = 0; i < counts.length; i++) {
    group.seen += counts[i];
    group.expected += total * probabilities[i];
    if (group.expected < 10) continue;
    groups.push(group);
    group = { seen: 0, expected: 0 };
  }
  const last = groups.at(-1)!;
  last.seen += group.seen;
  last.expected += group.expected;
  const statistic = groups.reduce((sum, g) => sum + (g.seen - g.expected) ** 2 / g.expected, 0);
  return { statistic, dof: groups.length - 1 };
}

/** Kolmogorov and Smirnov's distance between a sample, which is sorted in place, and a distribution function. */
export function kolmogorovDistance(sample: Float64Array, distribution: (x: number) => number): number {
  const n = sample.length;
  sample.sort();
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const value = distribution(sample[i]);
    distance = Math.max(distance, value - i / n, (i + 1) / n - value);
  }
  return distance;
}

/** The distance that a sample of n exceeds with probability `level` (Smirnov's limit law, first term). */
export const kolmogorovCritical = (n: number, level: number): number =>
  Math.sqrt(-Math.log(level / 2) / (2 * n));

/** log Gamma(x) for x > 0 by Stirling's series after a shift to x >= 10. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift += Math.log(y);
  const z = 1 / (y * y);
  const series = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z / 1680))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/**
 * Lower regularised incomplete gamma function P(a, x): the distribution function of a gamma variable of shape
 * a and scale 1. By its series, or by the continued fraction of 1 - P (Abramowitz and Stegun 6.5.29, 6.5.31).
 */
export function regularisedGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; Math.abs(term) > 1e-15 * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return factor * sum;
  }
  // Lentz's evaluation of the continued fraction.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return 1 - factor * h;
}

export const normalDistribution = (x: number): number =>
  x < 0 ? 1 - normalDistribution(-x) : 0.5 + 0.5 * regularisedGamma(0.5, (x * x) / 2);

/** Probabilities of 0 to `largest` under the Poisson law of the given mean; the last takes what lies beyond. */
export function poissonProbabilities(average: number, largest: number): number[] {
  const probabilities = [Math.exp(-average)];
  for (let n = 1; n < largest; n++) probabilities.push((probabilities[n - 1] * average) / n);
  probabilities.push(1 - probabilities.reduce((sum, p) => sum + p, 0));
  return probabilities;
}
