/** What `ds2p compare` shows and writes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparisonPlan, ComparisonResult } from '../experiments/harness/comparison-runs.js';
import { makeFolder } from '../experiments/harness/folders.js';
import { counted } from '../experiments/harness/words.js';
import { headerLine, rowLine } from '../results/csv.js';
import type { ComparisonRow, Verdict } from '../results/policy-comparison.js';
import {
  COMPARISON_COLUMNS,
  type ComparisonSetting,
  comparisonCells,
  comparisonMarkdown,
  differenceText,
  pText,
  relativeText,
  rounded,
} from '../results/policy-comparison-table.js';
import { onStdout } from './colour.js';
import { textTable } from './terminal.js';

const VERDICT_STYLE = {
  better: onStdout.good,
  worse: onStdout.bad,
  higher: onStdout.strong,
  lower: onStdout.strong,
  'practically equal': onStdout.faint,
  'no difference shown': onStdout.faint,
  'not compared': onStdout.faint,
} as const satisfies Record<Verdict, unknown>;

/** What `--precision` came to, as a sentence. */
export function precisionText(
  { unreached, scenarios }: ComparisonResult,
  { target, metric, most }: NonNullable<ComparisonPlan['precision']>,
): string {
  const counts = scenarios.map(({ replications }) => replications);
  const range = [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
  const wanted = `A half-width of ${100 * target} % of ${metric}, relative to the larger mean,`;
  if (unreached.length === 0) return `${wanted} was reached with ${range} replications.`;
  const worst = unreached.reduce((most, next) => (next.relative > most.relative ? next : most));
  const relative = Number.isFinite(worst.relative)
    ? `${(100 * worst.relative).toPrecision(2)} %`
    : 'not known';
  return `${wanted} was not reached by the maximum of ${most} replications in ${unreached.length} of ${scenarios.length} scenarios (x candidates); the widest is ${relative}, for ${worst.candidate} in ${worst.label}.`;
}

/** The comparison for a terminal: a table a scenario and candidate, and what its columns mean. */
export function tablesText(
  rows: readonly ComparisonRow[],
  { baseline, precision, candidates, metrics }: ComparisonSetting,
): string {
  const blocks = new Map<string, ComparisonRow[]>();
  for (const row of rows) {
    const { label, replications } = row.scenario;
    const title = `${label}: ${row.candidate} against ${baseline}, ${counted(replications, 'replication')}`;
    blocks.set(title, [...(blocks.get(title) ?? []), row]);
  }
  const head = [
    'metric',
    'unit',
    'baseline',
    'candidate',
    'difference [95 %]',
    'relative',
    'p (Holm)',
    'pairing',
    'verdict',
  ];
  const tables = [...blocks].map(([title, own]) => {
    const lines = own.map((row) => {
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
        VERDICT_STYLE[row.verdict](row.verdict),
      ];
    });
    return `${onStdout.strong(title)}\n${textTable(head, lines)}`;
  });
  const family = candidates.length * metrics.length;
  const notes = [
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
  return [...tables, notes.join('\n')].join('\n\n');
}

/** Writes comparison.csv, comparison.md and the forest plot into the folder of the comparison, and returns their paths. */
export async function writeOutputs(
  folder: string,
  rows: readonly ComparisonRow[],
  setting: ComparisonSetting,
): Promise<readonly string[]> {
  const cells = rows.map((row) => rowLine(COMPARISON_COLUMNS, comparisonCells(row, setting)));
  const csv = join(folder, 'comparison.csv');
  writeFileSync(csv, headerLine(COMPARISON_COLUMNS) + cells.join(''));
  const markdown = join(folder, 'comparison.md');
  writeFileSync(markdown, comparisonMarkdown(rows, setting));
  // Loaded only now: the drawing library would slow the start of every command.
  const { forestRows, forestSpec } = await import('../figures/forest.js');
  const { renderPng, renderSvg } = await import('../figures/render.js');
  const counts = [...new Set(rows.map(({ scenario }) => scenario.replications))].sort((a, b) => a - b);
  const subtitle = [
    `Candidate minus baseline ${setting.baseline}, mean of ${counts.length === 1 ? counts[0] : `${counts[0]} to ${counts.at(-1)}`} paired replications of ${setting.durationS} s, with 95 % intervals.`,
    "Verdicts at 5 % after Holm's correction.",
  ];
  const title =
    setting.candidates.length === 1
      ? `${setting.candidates[0]} in experiment ${setting.experiment}`
      : `${setting.candidates.length} candidates in experiment ${setting.experiment}`;
  const svg = await renderSvg(forestSpec(rows, { title, subtitle }), forestRows(rows));
  makeFolder(join(folder, 'figures'));
  const drawing = join(folder, 'figures', 'comparison');
  writeFileSync(`${drawing}.svg`, svg);
  writeFileSync(`${drawing}.png`, renderPng(svg));
  return [csv, markdown, `${drawing}.svg`, `${drawing}.png`];
}
