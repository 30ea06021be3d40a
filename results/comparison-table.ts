/** Table 3, the paper beside ours: the numbers, and their text for a terminal of 160 columns. */

import Table from 'cli-table3';
import { PLAIN, type Style } from '../experiments/harness/style.js';
import { counted } from '../experiments/harness/words.js';
import type { ResultsReader } from './claims-evidence.js';
import { parameterColumn } from './columns.js';
import { cellNumber } from './csv.js';
import { NO_LINES } from './no-lines.js';
import {
  comparableWithPaper,
  PAPER_DURATION_S,
  PAPER_METRICS,
  PAPER_TABLE_3,
  type PaperMetric,
  type PaperRow,
} from './paper-table3.js';

export interface MeanWithHalfWidth {
  readonly mean: number;
  /** NaN with one replication. */
  readonly halfWidth: number;
}

export interface ComparedRow {
  readonly paper: PaperRow;
  readonly n: number;
  /** Seconds of arrivals of our runs. */
  readonly durationS: number;
  readonly ours: Readonly<Record<PaperMetric, MeanWithHalfWidth>>;
  readonly rejected: MeanWithHalfWidth;
  readonly unservedOrLate: MeanWithHalfWidth;
}

type CsvRow = Readonly<Record<string, string>>;

const summarised = (row: CsvRow, metric: string): MeanWithHalfWidth => ({
  mean: cellNumber(row[`${metric}_mean`] ?? ''),
  halfWidth: cellNumber(row[`${metric}_half_width`] ?? ''),
});

/** The rows of Table 3 for which `preset` has results, in its order; undefined where table3 was not run. */
export function comparedRows(reader: ResultsReader, preset: string): readonly ComparedRow[] | undefined {
  const rows = reader.rows('table3', 'summary.csv');
  if (rows === undefined) return undefined;
  return PAPER_TABLE_3.flatMap((paper) => {
    const row = rows.find(
      (candidate) =>
        candidate.preset === preset &&
        Number(candidate[parameterColumn('tMax')]) === paper.t_max_s &&
        candidate[parameterColumn('migration')] === paper.migration_policy &&
        candidate[parameterColumn('offloading')] === paper.offloading_policy,
    );
    if (row === undefined) return [];
    const entries = PAPER_METRICS.map((metric) => [metric, summarised(row, metric)]);
    return [
      {
        paper,
        n: cellNumber(row.n ?? ''),
        durationS: cellNumber(row[parameterColumn('duration')] ?? ''),
        ours: Object.fromEntries(entries) as ComparedRow['ours'],
        rejected: summarised(row, 'rejected_percent'),
        unservedOrLate: summarised(row, 'unserved_or_late_percent'),
      },
    ];
  });
}

/**
 * How far the paper's value lies from our mean, in half-widths of our interval: at most 1 is inside. Infinity where
 * our value does not vary and is another one; undefined where there is no interval, or the metric is a total of runs of another duration.
 */
export function halfWidthsApart(
  { paper, ours, durationS }: ComparedRow,
  metric: PaperMetric,
): number | undefined {
  const { mean, halfWidth } = ours[metric];
  if (Number.isNaN(halfWidth) || !comparableWithPaper(metric, durationS)) return undefined;
  const distance = Math.abs(paper[metric] - mean);
  return distance === 0 ? 0 : distance / halfWidth;
}

/** Half-widths of more than this part of the mean make an interval so wide that agreement with it says little. */
export const WIDE = 0.5;

/** Whether our interval of a metric is that wide. */
export const isWide = ({ ours }: ComparedRow, metric: PaperMetric): boolean =>
  ours[metric].halfWidth > WIDE * Math.abs(ours[metric].mean);

/** Whether the paper's value lies within our interval; undefined as for `halfWidthsApart`. */
function agrees(row: ComparedRow, metric: PaperMetric): boolean | undefined {
  const apart = halfWidthsApart(row, metric);
  return apart === undefined ? undefined : apart <= 1;
}

/** Whether a metric is 0 in both, as migrated data without migration are: agreement there is no finding. */
export const isZeroInBoth = ({ paper, ours }: ComparedRow, metric: PaperMetric): boolean =>
  paper[metric] === 0 && ours[metric].mean === 0;

/** A metric of Table 3 as it is printed. */
export interface PrintedColumn {
  readonly metric: PaperMetric;
  /** Name and unit, a line each. */
  readonly head: string;
  readonly factor: number;
  /** Digits of the paper's value and of ours. */
  readonly digits: number;
}

/** Units as in the paper, so that a reader finds its numbers again: penalties in tenths of a dollar. */
export const PRINTED: readonly PrintedColumn[] = [
  { metric: 'avg_penalty_usd_per_request', head: 'penalty\n0.1 $', factor: 10, digits: 4 },
  { metric: 'slo_violations_percent', head: 'late\n%', factor: 1, digits: 2 },
  { metric: 'migrated_data_mb', head: 'moved\nMB', factor: 1, digits: 1 },
  { metric: 'response_time_p50_s', head: 'P50\ns', factor: 1, digits: 3 },
  { metric: 'response_time_p95_s', head: 'P95\ns', factor: 1, digits: 3 },
];

/** "0.583 ±0.012"; only the mean where there is no interval. */
export function withHalfWidth({ mean, halfWidth }: MeanWithHalfWidth, digits: number, factor = 1): string {
  if (Number.isNaN(mean)) return '-';
  // Decimals of thousands would only widen a column.
  const decimals = Math.abs(mean * factor) >= 1000 ? 0 : digits;
  const text = (mean * factor).toFixed(decimals);
  return Number.isNaN(halfWidth) ? text : `${text} ±${(halfWidth * factor).toFixed(decimals)}`;
}

const HEAD = [
  'T_max\ns',
  'migration',
  'offloading',
  ...PRINTED.flatMap(({ head }) => [head, 'ours']),
  'rejected\n%',
  'unserved\nor late %',
];

function printedRow(row: ComparedRow, style: Style): string[] {
  const cells = PRINTED.flatMap(({ metric, factor, digits }) => {
    const ours = row.ours[metric];
    const isOutside = agrees(row, metric) === false;
    const text = `${withHalfWidth(ours, digits, factor)}${isOutside ? '*' : ' '}`;
    return [(row.paper[metric] * factor).toFixed(digits), isOutside ? style.doubtful(text) : text];
  });
  return [
    String(row.paper.t_max_s),
    row.paper.migration_policy,
    row.paper.offloading_policy,
    ...cells,
    withHalfWidth(row.rejected, 1),
    withHalfWidth(row.unservedOrLate, 1),
  ];
}

/** The table as text. A column of the paper's values is headed by the metric, ours follows. */
export function comparisonText(rows: readonly ComparedRow[], style: Style = PLAIN): string {
  const table = new Table({
    head: HEAD.map(style.strong),
    // Spaces between columns would take what 160 columns do not have.
    chars: { ...NO_LINES, middle: '' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colAligns: HEAD.map((_, i) => (i === 1 || i === 2 ? 'left' : 'right')),
  });
  for (const row of rows) table.push(printedRow(row, style));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** What the means of a table rest on, in words. */
export function restingText(rows: readonly ComparedRow[]): string {
  const counts = [...new Set(rows.map(({ n }) => n))].join(' or ');
  const durations = [...new Set(rows.map(({ durationS }) => durationS))].join(' or ');
  return `mean ± half-width of the 95 % interval, ${counts} replication${counts === '1' ? '' : 's'} of ${durations} s of arrivals`;
}

/** How many of the paper's values lie within our intervals, in words. @param marking how the table marks the others. */
export function agreementText(rows: readonly ComparedRow[], marking = '; * marks the others'): string {
  const judged = rows.flatMap((row) =>
    PAPER_METRICS.map((metric) => ({
      inside: agrees(row, metric),
      isZero: isZeroInBoth(row, metric),
    })).filter(({ inside }) => inside !== undefined),
  );
  const leftOut = rows.every(({ durationS }) => comparableWithPaper('migrated_data_mb', durationS))
    ? ''
    : `\nMigrated data are not compared: the paper's are the total of ${PAPER_DURATION_S} s of arrivals.`;
  if (judged.length === 0) return `One replication: no intervals.${leftOut}`;
  const inside = judged.filter((cell) => cell.inside).length;
  const zeros = judged.filter(({ isZero }) => isZero).length;
  const ofZeros = zeros === 0 ? '' : `, ${zeros} of them 0 in both`;
  return `The paper's value lies within our 95 % interval in ${inside} of ${counted(judged.length, 'cell')}${ofZeros}${marking}. The paper's values vary by chance, too.${leftOut}`;
}
