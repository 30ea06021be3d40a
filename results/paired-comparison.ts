/**
 * Two policies that met the same requests: the paired comparison of one metric over replications (Law, Simulation
 * Modeling and Analysis, sec. 10.2.1 on the paired-t interval, 11.2 on common random numbers).
 */
import { mean, sampleSkewness, sampleVariance } from 'simple-statistics';
import { Stream } from '../core/rng.js';
import { bcaInterval } from './bootstrap.js';
import { signFlipP } from './sign-flip.js';
import { centralProbability, studentT } from './student-t.js';
import { CONFIDENCE } from './summary.js';

export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

export interface PairedComparison {
  /** Replications in which both have the metric. */
  readonly n: number;
  readonly baselineMean: number;
  readonly candidateMean: number;
  /** Candidate minus baseline, mean of replications. */
  readonly difference: number;
  /** The difference over the absolute mean of the baseline; NaN where that is 0. */
  readonly relative: number;
  /** The 95 % paired-t interval; NaN where n < 2. */
  readonly tInterval: Interval;
  /** Half of its width. */
  readonly halfWidth: number;
  /** The 95 % BCa bootstrap interval, where differences are far from normal. */
  readonly bootstrap?: Interval;
  readonly farFromNormal: boolean;
  /**
   * Two-sided p of "no difference": of Student's t, or of the sign-flip test where differences are far from normal (the
   * level of the bootstrap-t, say, would find 7 to 9 % of false positives at 5 % in skewed values of twenty replications).
   */
  readonly p: number;
  /**
   * (var baseline + var candidate) / var difference: how many times as many replications independent runs would need
   * for an interval as narrow. NaN where n < 2; Infinity where all differences are equal and the values are not.
   */
  readonly varianceReduction: number;
}

/** The interval to show: the bootstrap's where there is one. */
export const shownInterval = ({ bootstrap, tInterval }: PairedComparison): Interval => bootstrap ?? tInterval;

/** Standard error of the sample skewness of n normal values. */
const skewnessError = (n: number): number => Math.sqrt((6 * n * (n - 1)) / ((n - 2) * (n + 1) * (n + 3)));

/** How many standard errors of skewness make a sample far from normal. */
export const SKEWNESS_LIMIT = 2;

/**
 * The criterion for the bootstrap: the sample skewness G1 lies more than two of its standard errors under normality from
 * 0 (with ten values: |G1| > 1.37). It is skewness that spoils a t interval of a mean; long but even tails only
 * make it cautious.
 */
export function isFarFromNormal(values: readonly number[]): boolean {
  if (values.length < 5 || sampleVariance([...values]) === 0) return false;
  return Math.abs(sampleSkewness([...values])) > SKEWNESS_LIMIT * skewnessError(values.length);
}

const NOTHING: Interval = { lo: Number.NaN, hi: Number.NaN };

/**
 * Compares values of a metric; entry r of both is replication r, made with the same seed. Pairs of which either is NaN,
 * a metric that a run does not have, are left out.
 * @param name of the comparison, which seeds the resampling.
 */
export function comparePaired(
  baseline: readonly number[],
  candidate: readonly number[],
  name: string,
): PairedComparison {
  if (baseline.length !== candidate.length)
    throw new RangeError(`${baseline.length} and ${candidate.length} replications cannot be paired`);
  const pairs = baseline
    .map((value, r) => [value, candidate[r]] as const)
    .filter(([b, c]) => !Number.isNaN(b) && !Number.isNaN(c));
  const n = pairs.length;
  const [b, c] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
  const differences = pairs.map(([x, y]) => y - x);
  const average = (values: number[]) => (n === 0 ? Number.NaN : mean(values));
  const means = { baselineMean: average(b), candidateMean: average(c), difference: average(differences) };
  const relative = means.baselineMean === 0 ? Number.NaN : means.difference / Math.abs(means.baselineMean);
  if (n < 2) {
    const none = { halfWidth: Number.NaN, p: Number.NaN, varianceReduction: Number.NaN };
    return { n, ...means, relative, tInterval: NOTHING, farFromNormal: false, ...none };
  }
  const variance = sampleVariance(differences);
  const error = Math.sqrt(variance / n);
  const halfWidth = studentT(CONFIDENCE, n - 1) * error;
  const tInterval = { lo: means.difference - halfWidth, hi: means.difference + halfWidth };
  const farFromNormal = isFarFromNormal(differences);
  const bootstrap = farFromNormal
    ? bcaInterval(differences, CONFIDENCE, new Stream(0, `bootstrap/${name}`))
    : undefined;
  const sure = means.difference === 0 ? 1 : 0;
  const studentP = error === 0 ? sure : 1 - centralProbability(Math.abs(means.difference) / error, n - 1);
  const p = farFromNormal ? signFlipP(differences, new Stream(0, `sign-flip/${name}`)) : studentP;
  const separate = sampleVariance(b) + sampleVariance(c);
  return {
    n,
    ...means,
    relative,
    tInterval,
    halfWidth,
    ...(bootstrap === undefined ? {} : { bootstrap }),
    farFromNormal,
    p,
    varianceReduction: separate === 0 && variance === 0 ? 1 : separate / variance,
  };
}
