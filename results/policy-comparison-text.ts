/** A comparison in words and cells, for the terminal and for pages. */
import { counted } from '../experiments/harness/words.js';
import { DIRECTIONS } from './metric-directions.js';
import type { ComparisonRow, Verdict } from './policy-comparison.js';
import {
  type ComparisonSetting,
  differenceText,
  pText,
  relativeText,
  rounded,
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
    rounded(c.baselineMean, width),
    rounded(c.candidateMean, width),
    `${differenceText(row)}${c.bootstrap === undefined ? '' : ' b'}`,
    relativeText(row),
    pText(row.adjustedP),
    Number.isFinite(c.varianceReduction) ? `x ${c.varianceReduction.toPrecision(2)}` : '-',
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
    ...(rows.some(({ comparison }) => comparison.bootstrap !== undefined)
      ? ['b: BCa bootstrap interval and sign-flip test, since these differences are far from normal.']
      : []),
    family > 1
      ? `p: corrected by Holm's procedure over the ${family} comparisons (candidates x metrics) of a scenario; verdicts at 5 %.`
      : 'p: of the one comparison of a scenario, so there is nothing to correct; verdicts at 5 %.',
    'pairing: as many times the replications would independent runs have needed for an interval as narrow.',
    ...(precision === undefined ? [] : [precision]),
  ];
}

/** How the scenarios of one candidate and metric came out. */
export interface ComparisonCount {
  readonly candidate: string;
  readonly metric: string;
  /** "state-aware+least-late is better than state-aware+slo-aware in 3 of 4 scenarios, worse in none, on ..." */
  readonly sentence: string;
}

const REST: readonly (readonly [Verdict, string])[] = [
  ['practically equal', 'practically equal in'],
  ['no difference shown', 'with no difference shown in'],
  ['not compared', 'not compared in'],
];

/** A sentence a candidate and metric. */
export function comparisonCounts(
  rows: readonly ComparisonRow[],
  { baseline, candidates, metrics }: ComparisonSetting,
): readonly ComparisonCount[] {
  return candidates.flatMap((candidate) =>
    metrics.map((metric) => {
      const own = rows.filter((row) => row.candidate === candidate && row.metric === metric);
      const count = (verdict: Verdict) => own.filter((row) => row.verdict === verdict).length;
      const [first, second]: readonly [Verdict, Verdict] =
        DIRECTIONS[metric] === 'neither' ? ['higher', 'lower'] : ['better', 'worse'];
      const scenarios = own.length === 1 ? 'scenario' : 'scenarios';
      const rest = REST.filter(([verdict]) => count(verdict) > 0).map(
        ([verdict, words]) => `, ${words} ${count(verdict)}`,
      );
      const sentence = `${candidate} is ${first} than ${baseline} in ${count(first) || 'none'} of ${own.length} ${scenarios}, ${second} in ${count(second) || 'none'}${rest.join('')}, on ${metric}.`;
      return { candidate, metric, sentence };
    }),
  );
}
