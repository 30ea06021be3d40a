/** A comparison in words and cells, for the terminal and for pages. */
import { counted } from '../experiments/harness/words.js';
import { DIRECTIONS } from './metric-directions.js';
import { factorText } from './number-text.js';
import { ALPHA, type ComparisonRow, type MetricName, type Verdict } from './policy-comparison.js';
import {
  type ComparisonSetting,
  differenceText,
  meanText,
  pointsNotes,
  pText,
  relativeText,
} from './policy-comparison-table.js';

/** Heads of the columns of `comparedCells`; the verdict comes last. */
export const COMPARED_HEAD = [
  'metric',
  'unit',
  'baseline',
  'candidate',
  'difference [95 %]',
  'relative',
  'p (Holm)',
  'pairing',
  'verdict',
] as const;

/** The rows of one scenario and candidate. */
export interface ComparedBlock {
  readonly title: string;
  readonly rows: readonly ComparisonRow[];
}

/** The rows by scenario and candidate, in their order. */
export function comparedBlocks(
  rows: readonly ComparisonRow[],
  { baseline }: ComparisonSetting,
): readonly ComparedBlock[] {
  const blocks = new Map<string, ComparisonRow[]>();
  for (const row of rows) {
    const { label, replications } = row.scenario;
    const title = `${label}: ${row.candidate} against ${baseline}, ${counted(replications, 'replication')}`;
    blocks.set(title, [...(blocks.get(title) ?? []), row]);
  }
  return [...blocks].map(([title, own]) => ({ title, rows: own }));
}

/** A comparison of one metric as cells of text. */
export function comparedCells(row: ComparisonRow): readonly string[] {
  const { comparison: c } = row;
  const width = (c.tInterval.hi - c.tInterval.lo) / 2;
  return [
    row.metric,
    row.unit,
    meanText(c.baselineMean, width),
    meanText(c.candidateMean, width),
    `${differenceText(row)}${c.bootstrap === undefined ? '' : ' b'}`,
    relativeText(row),
    pText(row.adjustedP),
    Number.isFinite(c.varianceReduction) ? factorText(c.varianceReduction) : '-',
    row.verdict,
  ];
}

/** What the cells mean, a sentence or two each. */
export function comparisonNotes(
  rows: readonly ComparisonRow[],
  { candidates, metrics, precision }: ComparisonSetting,
): readonly string[] {
  const family = candidates.length * metrics.length;
  return [
    'Differences are candidate minus baseline, paired by common random numbers; intervals are paired-t ones.',
    ...pointsNotes(rows),
    ...(rows.some(({ comparison }) => comparison.bootstrap !== undefined)
      ? ['b: BCa bootstrap interval and sign-flip test, since these differences are far from normal.']
      : []),
    family > 1
      ? `p: corrected by Holm's procedure over the ${family} comparisons (candidates x metrics) of a scenario; verdicts at 5 %. Intervals are not corrected, so that one may leave out 0 where no difference is shown.`
      : 'p: of the one comparison of a scenario, so there is nothing to correct; verdicts at 5 %.',
    ...(rows.some((row) => relativeText(row).startsWith('×'))
      ? ['relative: beyond 1000 %, as a multiple of the baseline.']
      : []),
    'pairing: as many times the replications would independent runs have needed for an interval as narrow.',
    ...(precision === undefined ? [] : [precision]),
  ];
}

/** Fewer pairs of replications than this can hardly show a difference. */
export const FEW_REPLICATIONS = 8;

/** The remedy where some comparison rests on few pairs of replications; undefined where none does. */
export function fewReplicationsNote(rows: readonly ComparisonRow[]): string | undefined {
  const least = Math.min(...rows.map(({ comparison }) => comparison.n));
  return least < FEW_REPLICATIONS
    ? `With ${counted(least, 'replication')} a comparison can hardly show a difference: ask for more by --replications, or by --precision 5% for as many as such intervals need.`
    : undefined;
}

/** Whether only the correction for several comparisons makes "no difference shown" of a difference. */
export const isCorrectedAway = ({ verdict, comparison }: ComparisonRow): boolean =>
  verdict === 'no difference shown' && comparison.p < ALPHA;

/** How the scenarios of one candidate and metric came out. */
export interface ComparisonCount {
  readonly candidate: string;
  readonly metric: MetricName;
  readonly scenarios: number;
  /** "better" and "worse" first, or "higher" and "lower" of a neutral metric, even where none is; others where some are. */
  readonly verdicts: readonly (readonly [Verdict, number])[];
}

const REST: readonly Verdict[] = ['practically equal', 'no difference shown', 'not compared'];

/** A count a candidate and metric. */
export function comparisonCounts(
  rows: readonly ComparisonRow[],
  { candidates, metrics }: ComparisonSetting,
): readonly ComparisonCount[] {
  return candidates.flatMap((candidate) =>
    metrics.map((metric) => {
      const own = rows.filter((row) => row.candidate === candidate && row.metric === metric);
      const count = (verdict: Verdict): readonly [Verdict, number] => [
        verdict,
        own.filter((row) => row.verdict === verdict).length,
      ];
      const [first, second]: readonly [Verdict, Verdict] =
        DIRECTIONS[metric] === 'neither' ? ['higher', 'lower'] : ['better', 'worse'];
      const rest = REST.map(count).filter(([, number]) => number > 0);
      return { candidate, metric, scenarios: own.length, verdicts: [count(first), count(second), ...rest] };
    }),
  );
}
