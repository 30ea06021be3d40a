/** Words for what is drawn. */
import { counted } from '../../../experiments/harness/words.js';
import type { TopLevelSpec } from '../../figure.js';
import { shortNumber } from '../../number-text.js';
import { distinct, type FigureRow, ZIPF_EXPONENT_COLUMN } from '../../rows.js';
import { intervalText } from '../drawn-value.js';
import type { HoverLine } from '../hover.js';
import type { Choice } from '../page-data.js';

/** The title of a specification in one line. */
export function titleText(spec: TopLevelSpec): string {
  const { title } = spec;
  const text = typeof title === 'object' && title !== null && 'text' in title ? title.text : title;
  return [text].flat().join(' ');
}

/** Columns that tell a configuration, in the order in which it is told, with their units. */
const WHERE: readonly (readonly [column: string, before: string, after: string])[] = [
  ['preset', 'preset ', ''],
  ['workload', '', ''],
  ['popularity', '', ' popularity'],
  ['t_max_s', 'Tₘₐₓ = ', ' s'],
  ['capacity', '', ' capacity'],
];

/** Keys that are drawn by Zipf's law with exponent 0 are drawn uniformly. */
const asDrawn = (row: FigureRow): FigureRow =>
  row.popularity === 'zipf' && row[ZIPF_EXPONENT_COLUMN] === 0 ? { ...row, popularity: 'uniform' } : row;

/**
 * What rows have in common of a configuration, in a line; what is not known or differs is left out.
 * @param more columns that are told as well, with their names.
 */
export function whereText(rows: readonly FigureRow[], more: readonly Choice[] = []): string {
  const others = more
    .filter(({ column }) => !WHERE.some(([own]) => own === column))
    .map(({ column, title }) => [column, `${title} = `, ''] as const);
  const drawn = rows.map(asDrawn);
  const told = [...WHERE, ...others].flatMap(([column, before, after]) => {
    const values = distinct(drawn, column).filter((value) => value !== '');
    return values.length === 1 ? [`${before}${values[0]}${after}`] : [];
  });
  return told.join(', ');
}

const numberOrNull = (row: FigureRow, column: string): number | undefined => {
  const value = row[column];
  return typeof value === 'number' ? value : undefined;
};

/** "48.85 % of arrivals (1234 requests a run), 95 % interval 40.1 to 57.6"; nothing where it is not known. */
function shareText(row: FigureRow, metric: string, count?: string): string {
  const percent = numberOrNull(row, `${metric}_mean`);
  if (percent === undefined) return '';
  const requests = count === undefined ? undefined : numberOrNull(row, count);
  const halfWidth = numberOrNull(row, `${metric}_half_width`);
  const parts = [
    `${shortNumber(percent)} % of arrivals`,
    ...(requests === undefined ? [] : [` (${counted(Math.round(requests), 'request')} a run)`]),
    ...(halfWidth === undefined ? [] : [`, ${intervalText(percent, halfWidth)}`]),
  ];
  return parts.join('');
}

/** Rejected requests stand beside everything that is said of completed ones; nothing where they are not known. */
export const rejectedText = (row: FigureRow): string => shareText(row, 'rejected_percent', 'rejected_mean');

/** What `n` counts. */
const COUNTED = {
  problem: ['problem', 'problems'],
  pair: ['pair of replications', 'pairs of replications'],
  replication: ['replication', 'replications'],
} as const;

/**
 * What a tooltip says beside the value itself: as far as the rows tell.
 * @param choices columns that tell configurations apart, with their names.
 */
export function hoverLines(
  rows: readonly FigureRow[],
  choices: readonly Choice[] = [],
): readonly HoverLine[] {
  const has = (column: string) => rows.some((row) => row[column] !== null && row[column] !== undefined);
  const plain = (column: string, title: string, tellsApart = false): HoverLine | false =>
    has(column) && { title, text: (row) => String(row[column] ?? ''), tellsApart };
  const name = ['pair', 'candidate', 'line', 'series', 'formulation'].find(has);
  const [one, many] = COUNTED[has('status') ? 'problem' : has('baseline') ? 'pair' : 'replication'];
  const lines: (HoverLine | false)[] = [
    name !== undefined && { title: 'Of', text: (row) => String(row[name] ?? row.text ?? '') },
    plain('metric_title', 'Metric', true),
    plain('baseline', 'Baseline'),
    plain('scenario', 'Scenario', true),
    plain('outcome', 'Outcome', true),
    plain('size', 'Size', true),
    plain('source', 'Source', true),
    (has('preset') || has('capacity')) && {
      title: 'Where',
      text: (row) => whereText([row], choices),
      tellsApart: true,
    },
    plain('means', 'Means'),
    plain('verdict', 'Verdict'),
    plain('status', 'Status'),
    plain('gap', 'Gap'),
    plain('longest', 'Longest decision'),
    has('rejected_percent_mean') && {
      title: has('baseline') ? 'Rejected by the candidate' : 'Rejected',
      text: rejectedText,
    },
    plain('baseline_rejected', 'Rejected by the baseline'),
    has('outcome') &&
      has('unserved_or_late_percent_mean') && {
        title: 'Unserved or late',
        text: (row) => shareText(row, 'unserved_or_late_percent'),
      },
    has('n') && {
      title: 'n',
      text: (row) => (typeof row.n === 'number' ? counted(row.n, one, many) : ''),
    },
    plain('command', 'Command'),
  ];
  return lines.filter((line) => line !== false);
}
