/** Candidates against a baseline, over scenarios and metrics: every comparison with its corrected p and its verdict. */
import type { RunMetrics } from '../core/index.js';
import { METRIC_COLUMNS } from './columns.js';
import { holmAdjusted } from './holm.js';
import { DIRECTIONS } from './metric-directions.js';
import { comparePaired, type PairedComparison, shownInterval } from './paired-comparison.js';

export type MetricName = keyof RunMetrics;

/** "higher" and "lower" are said of metrics that are better neither way. */
export type Verdict =
  | 'better'
  | 'worse'
  | 'higher'
  | 'lower'
  | 'no difference shown'
  | 'practically equal'
  | 'not compared';

/** How far apart two policies may be and count as equal: in the unit of the metric, or in parts of the baseline's mean. */
export interface Margin {
  readonly value: number;
  readonly relative: boolean;
}

/** The replications of one pair of policies in one scenario. Entry r of each list is replication r. */
export type Samples = Readonly<Partial<Record<MetricName, readonly number[]>>>;

/** What was run in one scenario. */
export interface ComparedScenario {
  /** What sets the scenario apart from the others of the experiment, in words. */
  readonly label: string;
  readonly preset: string;
  readonly baseline: Samples;
  /** In the order of the candidates. */
  readonly candidates: readonly Samples[];
  /** Replications; their seeds are consecutive from the first. */
  readonly replications: number;
}

export interface ComparisonRow {
  readonly scenario: ComparedScenario;
  readonly candidate: string;
  readonly metric: MetricName;
  readonly unit: string;
  readonly comparison: PairedComparison;
  /** p after Holm's correction over the candidates and metrics of the scenario. */
  readonly adjustedP: number;
  /** The margin in the unit of the metric; NaN where none was given. */
  readonly margin: number;
  readonly verdict: Verdict;
}

/** Significance level of all verdicts, kept for the candidates and metrics of a scenario together. */
export const ALPHA = 0.05;

function verdictOf(
  metric: MetricName,
  comparison: PairedComparison,
  adjustedP: number,
  margin: number,
): Verdict {
  if (comparison.n < 2) return 'not compared';
  const { lo, hi } = shownInterval(comparison);
  if (lo >= -margin && hi <= margin) return 'practically equal';
  if (!(adjustedP < ALPHA)) return 'no difference shown';
  const isLower = comparison.difference < 0;
  if (DIRECTIONS[metric] === 'neither') return isLower ? 'lower' : 'higher';
  return isLower === (DIRECTIONS[metric] === 'lower') ? 'better' : 'worse';
}

const unitOf = (metric: MetricName): string => METRIC_COLUMNS.find(({ name }) => name === metric)!.unit;

/**
 * Compares every candidate with the baseline in every scenario and metric. "Practically equal" asks that the whole 95 %
 * interval lie within the margin, which is stricter than two one-sided tests at 5 % (Schuirmann, J. Pharmacokinet.
 * Biopharm. 15, 1987: the 90 % interval), and goes before "better" and "worse".
 */
export function comparePolicies(
  scenarios: readonly ComparedScenario[],
  candidates: readonly string[],
  metrics: readonly MetricName[],
  margin?: Margin,
): readonly ComparisonRow[] {
  return scenarios.flatMap((scenario) => {
    const drafts = candidates.flatMap((candidate, c) =>
      metrics.map((metric) => {
        const samples = [scenario.baseline, scenario.candidates[c]].map((all) => all?.[metric] ?? []);
        const name = `${scenario.label}/${candidate}/${metric}`;
        return { candidate, metric, comparison: comparePaired(samples[0], samples[1], name) };
      }),
    );
    const adjusted = holmAdjusted(drafts.map(({ comparison }) => comparison.p));
    return drafts.map(({ candidate, metric, comparison }, i): ComparisonRow => {
      const scale = margin?.relative ? Math.abs(comparison.baselineMean) : 1;
      const own = margin === undefined ? Number.NaN : margin.value * scale;
      return {
        scenario,
        candidate,
        metric,
        unit: unitOf(metric),
        comparison,
        adjustedP: adjusted[i],
        margin: own,
        verdict: verdictOf(metric, comparison, adjusted[i], own),
      };
    });
  });
}

/**
 * Half of the interval of the difference over the mean of the baseline, or over that of the candidate where that is
 * larger: what `--precision` bounds. 0 where there is no spread, Infinity with one replication.
 */
export function relativeHalfWidth(comparison: PairedComparison): number {
  const { lo, hi } = shownInterval(comparison);
  const half = (hi - lo) / 2;
  if (Number.isNaN(half)) return Number.POSITIVE_INFINITY;
  if (half === 0) return 0;
  return half / Math.max(Math.abs(comparison.baselineMean), Math.abs(comparison.candidateMean));
}
