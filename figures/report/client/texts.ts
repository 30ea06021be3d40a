/** Words for what is drawn. */
import type { TopLevelSpec } from '../../figure.js';
import { distinct, type FigureRow } from '../../rows.js';
import { type HoverLine, shortNumber } from '../hover.js';
import type { Choice } from '../page-data.js';

/** The title of a specification in one line. */
export function titleText(spec: TopLevelSpec): string {
  const { title } = spec;
  const text = typeof title === 'object' && title !== null && 'text' in title ? title.text : title;
  return [text].flat().join(' ');
}

/** Columns that tell a configuration, in the order in which it is told, with their units. */
const WHERE: readonly (readonly [column: string, before: string, after: string])[] = [
  ['source', '', ''],
  ['preset', 'preset ', ''],
  ['workload', '', ''],
  ['popularity', '', ' popularity'],
  ['t_max_s', 'Tₘₐₓ = ', ' s'],
];

/**
 * What rows have in common of a configuration, in a line; what is not known or differs is left out.
 * @param more columns that are told as well, with their names.
 */
export function whereText(rows: readonly FigureRow[], more: readonly Choice[] = []): string {
  const others = more
    .filter(({ column }) => !WHERE.some(([own]) => own === column))
    .map(({ column, title }) => [column, `${title} = `, ''] as const);
  const told = [...WHERE, ...others].flatMap(([column, before, after]) => {
    const values = distinct(rows, column).filter((value) => value !== '');
    return values.length === 1 ? [`${before}${values[0]}${after}`] : [];
  });
  return told.join(', ');
}

const numberOrNull = (row: FigureRow, column: string): number | undefined => {
  const value = row[column];
  return typeof value === 'number' ? value : undefined;
};

/** Rejected requests stand beside everything that is said of completed ones. */
export function rejectedText(row: FigureRow): string {
  const percent = numberOrNull(row, 'rejected_percent_mean');
  const count = numberOrNull(row, 'rejected_mean');
  if (percent === undefined) return 'not known';
  return `${shortNumber(percent)} % of arrivals${count === undefined ? '' : ` (${shortNumber(Math.round(count))} requests a run)`}`;
}

/** What a tooltip says beside the value itself: as far as the rows tell. */
export function hoverLines(rows: readonly FigureRow[]): readonly HoverLine[] {
  const has = (column: string) => rows.some((row) => row[column] !== null && row[column] !== undefined);
  const name = ['pair', 'line', 'series', 'formulation'].find(has);
  const lines: (HoverLine | false)[] = [
    name !== undefined && { title: 'Of', text: (row) => String(row[name] ?? row.text ?? '') },
    has('outcome') && { title: 'Outcome', text: (row) => String(row.outcome ?? '') },
    has('preset') && { title: 'Where', text: (row) => whereText([row]) },
    has('scenario') && { title: 'Scenario', text: (row) => String(row.scenario ?? '') },
    has('verdict') && { title: 'Verdict', text: (row) => String(row.verdict ?? '') },
    has('rejected_percent_mean') && { title: 'Rejected', text: rejectedText },
    has('n') && { title: 'n', text: (row) => (row.n === null ? 'not told' : `${row.n} replications`) },
    has('command') && { title: 'Command', text: (row) => String(row.command ?? '') },
  ];
  return lines.filter((line) => line !== false);
}
