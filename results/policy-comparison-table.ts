/** A comparison as rows of comparison.csv, and as a paragraph of Markdown for a paper. */
import type { Column } from './columns.js';
import type { Row } from './csv.js';
import { factorText, fixedText, POINTS_NOTE, unitOfDifference } from './number-text.js';
import { shownInterval } from './paired-comparison.js';
import { ALPHA, type ComparisonRow, type MetricName } from './policy-comparison.js';

/** What is said once of a whole comparison. */
export interface ComparisonSetting {
  readonly experiment: string;
  readonly baseline: string;
  readonly candidates: readonly string[];
  readonly metrics: readonly MetricName[];
  readonly firstSeed: number;
  /** Simulated seconds during which requests arrive. */
  readonly durationS: number;
  /** What `--precision` came to, as a sentence; absent where it was not asked for. */
  readonly precision?: string;
  /** The command line that made it. */
  readonly command?: string;
}

const column = (name: string, unit: string, doc: string): Column => ({ name, unit, doc });

const OF_DIFFERENCE = 'of the metric; points for %';

/** Columns of comparison.csv: a row a scenario, candidate and metric. */
export const COMPARISON_COLUMNS: readonly Column[] = [
  column('experiment', '-', 'name of the experiment'),
  column('preset', '-', 'preset from which parameters start'),
  column('scenario', '-', 'what sets this scenario apart from the others of the experiment'),
  column('baseline', '-', 'migration+offloading that the candidate is compared with'),
  column('candidate', '-', 'migration+offloading'),
  column('metric', '-', 'metric, a column of runs.csv'),
  column('unit', '-', 'unit of the metric'),
  column('n', '-', 'pairs of replications in which both have the metric'),
  column('first_seed', '-', 'seed of the first replication; the others follow one by one'),
  column('baseline_mean', 'of the metric', 'mean of the baseline'),
  column('candidate_mean', 'of the metric', 'mean of the candidate'),
  column('difference', OF_DIFFERENCE, 'candidate less baseline, mean'),
  column('difference_lo', OF_DIFFERENCE, 'lower end of its 95 % interval, of the kind that `interval` names'),
  column('difference_hi', OF_DIFFERENCE, 'upper end'),
  column(
    'interval',
    '-',
    'paired-t, or bca (a BCa bootstrap interval) where the differences are far from normal',
  ),
  column('t_lo', OF_DIFFERENCE, 'lower end of the paired-t interval, in either case'),
  column('t_hi', OF_DIFFERENCE, 'upper end'),
  column('relative_difference_percent', '%', 'difference, of the mean of the baseline'),
  column('p', '-', 'two-sided p of no difference: of t, or of the sign-flip test where far from normal'),
  column('p_holm', '-', "p after Holm's correction over the candidates and metrics of the scenario"),
  column('margin', OF_DIFFERENCE, 'largest difference that counts as none; empty where none was given'),
  column(
    'verdict',
    '-',
    'better, worse, no difference shown, practically equal; higher or lower of neutral metrics',
  ),
  column('variance_reduction', '-', 'how many times as many replications independent runs would have needed'),
];

/** A row of comparison.csv. */
export function comparisonCells(
  row: ComparisonRow,
  { experiment, baseline, firstSeed }: ComparisonSetting,
): Row {
  const { scenario, candidate, metric, unit, comparison, adjustedP, margin, verdict } = row;
  const { lo, hi } = shownInterval(comparison);
  return {
    experiment,
    preset: scenario.preset,
    scenario: scenario.label,
    baseline,
    candidate,
    metric,
    unit,
    n: comparison.n,
    first_seed: firstSeed,
    baseline_mean: comparison.baselineMean,
    candidate_mean: comparison.candidateMean,
    difference: comparison.difference,
    difference_lo: lo,
    difference_hi: hi,
    interval: comparison.bootstrap === undefined ? 'paired-t' : 'bca',
    t_lo: comparison.tInterval.lo,
    t_hi: comparison.tInterval.hi,
    relative_difference_percent: 100 * comparison.relative,
    p: comparison.p,
    p_holm: adjustedP,
    margin,
    verdict,
    variance_reduction: comparison.varianceReduction,
  };
}

const MOST_DECIMALS = 12;

/** A number with as many decimals as make sense beside `scale`, the width of its interval. */
export function rounded(value: number, scale: number): string {
  if (Number.isNaN(value)) return '-';
  if (!(scale > 0)) return String(Number(value.toPrecision(4)));
  return fixedText(value, decimalsFor(scale));
}

/** Decimals that make sense beside the width of an interval. */
const decimalsFor = (scale: number): number =>
  Math.min(MOST_DECIMALS, Math.max(0, 1 - Math.floor(Math.log10(scale))));

/** A mean with the decimals of `rounded`, and more where it would be 0 without being it. */
export function meanText(value: number, scale: number): string {
  if (Number.isNaN(value) || !(scale > 0) || value === 0) return rounded(value, scale);
  const firstDigit = -Math.floor(Math.log10(Math.abs(value)));
  return fixedText(value, Math.min(MOST_DECIMALS, Math.max(decimalsFor(scale), firstDigit)));
}

/** "0.032", "< 0.001". */
export const pText = (p: number): string => (Number.isNaN(p) ? '-' : p < 0.001 ? '< 0.001' : p.toFixed(3));

/** Points are named where a difference has them; another one has the unit of its metric. */
const pointsOf = (unit: string): string =>
  unitOfDifference(unit) === unit ? '' : ` ${unitOfDifference(unit)}`;

/** What points are, where rows have any. */
export const pointsNotes = (rows: readonly ComparisonRow[]): readonly string[] =>
  rows.some(({ unit }) => pointsOf(unit) !== '') ? [POINTS_NOTE] : [];

/** "-1.23 [-2.0, -0.4]", and "points" behind it where the metric is in percent. */
export function differenceText({ comparison, unit }: ComparisonRow): string {
  const { lo, hi } = shownInterval(comparison);
  const width = (hi - lo) / 2;
  if (Number.isNaN(comparison.difference)) return '-';
  const interval = Number.isNaN(width) ? '' : ` [${rounded(lo, width)}, ${rounded(hi, width)}]`;
  return `${rounded(comparison.difference, width)}${interval}${pointsOf(unit)}`;
}

/** Beyond ten times the baseline, a percentage says little: the candidate is told as a multiple. */
const MOST_RELATIVE = 10;

/** "-12.3 %", "× 430" beyond 1000 %; a dash where there is nothing to say. */
export function relativeText({ comparison }: ComparisonRow): string {
  const { relative, candidateMean, baselineMean } = comparison;
  if (!Number.isFinite(relative)) return '-';
  if (Math.abs(relative) <= MOST_RELATIVE) return `${fixedText(100 * relative, 1)} %`;
  const factor = candidateMean / baselineMean;
  return factor > 0 ? factorText(factor) : '-';
}

const words = (metric: MetricName): string =>
  metric.replace(/_(percent|s|mb|usd_per_request)$/, '').replaceAll('_', ' ');

function sentence(row: ComparisonRow): string {
  const { comparison: c, metric, unit, adjustedP, verdict } = row;
  const { lo, hi } = shownInterval(c);
  const width = (hi - lo) / 2;
  const shownUnit = unit === '-' ? '' : ` ${unit}`;
  const means = `${meanText(c.candidateMean, width)} against ${meanText(c.baselineMean, width)}${shownUnit}`;
  const interval = Number.isNaN(width)
    ? ''
    : `, difference ${rounded(c.difference, width)}${unit === '%' ? ' percentage points' : ''}, 95 % CI [${rounded(lo, width)}, ${rounded(hi, width)}]${c.bootstrap === undefined ? '' : ' (BCa)'}`;
  const p = Number.isNaN(adjustedP) ? '' : `, p ${adjustedP < 0.001 ? '< 0.001' : `= ${pText(adjustedP)}`}`;
  return `${words(metric)}: ${means}${interval}${p}, n = ${c.n}: **${verdict}**`;
}

/** A paragraph for a paper: what was compared and how, then the numbers, scenario by scenario. */
export function comparisonMarkdown(rows: readonly ComparisonRow[], setting: ComparisonSetting): string {
  const { experiment, baseline, candidates, metrics, firstSeed, durationS, precision } = setting;
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const counts = scenarios.map(({ replications }) => replications);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const family = candidates.length * metrics.length;
  const reductions = rows.map(({ comparison }) => comparison.varianceReduction).filter(Number.isFinite);
  reductions.sort((a, b) => a - b);
  const median = reductions[Math.floor(reductions.length / 2)];
  const bootstrapped = rows.some(({ comparison }) => comparison.bootstrap !== undefined);
  const margins = rows.some(({ margin }) => !Number.isNaN(margin));
  const method = [
    `We compared ${candidates.map((name) => `\`${name}\``).join(', ')} with the baseline \`${baseline}\` (migration+offloading)`,
    `in the experiment \`${experiment}\` of ds2p-bench, over ${least === most ? least : `${least} to ${most}`} replications of ${durationS} s of arrivals`,
    `(seeds ${firstSeed} to ${firstSeed + most - 1}), paired by common random numbers.`,
    'Differences are candidate minus baseline, with 95 % paired-t intervals.',
    ...(bootstrapped
      ? [
          'Where differences were far from normal (skewness beyond two standard errors), intervals are BCa bootstrap ones and p values those of the sign-flip test.',
        ]
      : []),
    family > 1
      ? `p values are corrected by Holm's procedure over the ${family} comparisons (candidates x metrics) of a scenario; the level is ${100 * ALPHA} %.`
      : `p values are two-sided and need no correction, since there is one comparison a scenario; the level is ${100 * ALPHA} %.`,
    ...(margins ? ['"Practically equal" means that the whole interval lies within the margin given.'] : []),
    ...(median === undefined
      ? []
      : [`Pairing cut the variance of differences by a factor of ${factorText(median).slice(2)} (median).`]),
    ...(precision === undefined ? [] : [precision]),
  ].join(' ');
  const blocks = scenarios.flatMap((scenario) =>
    candidates.map((candidate) => {
      const own = rows.filter((row) => row.scenario === scenario && row.candidate === candidate);
      return `- ${scenario.label}, \`${candidate}\`: ${own.map(sentence).join('; ')}.`;
    }),
  );
  return `${method}\n\n${blocks.join('\n')}\n`;
}
