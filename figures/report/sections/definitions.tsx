/** What every metric is, from the tables of columns. */
import {
  type Column,
  DECISION_TIME_COLUMNS,
  DERIVED_COLUMNS,
  METRIC_COLUMNS,
} from '../../../results/columns.js';
import { DIRECTIONS, type Direction } from '../../../results/metric-directions.js';
import { SCALABILITY_COLUMNS, SOLVE_COLUMNS } from '../../../results/scalability.js';
import { ColumnName } from '../column-name.js';
import type { FolderFacts } from '../facts.js';
import { TextTable } from '../text-table.js';

/** The address of a metric's definition within a page. */
export const metricAnchor = (name: string): string => `metric-${name}`;

const DIRECTION_TEXT = { lower: 'lower is better', higher: 'higher is better', neither: 'neither' } as const;

interface Defined extends Column {
  readonly file: string;
  readonly direction: Direction;
}

const OF_RUNS: readonly Defined[] = METRIC_COLUMNS.map((column) => ({
  ...column,
  file: 'runs.csv',
  direction: DIRECTIONS[column.name],
}));
const others = (columns: readonly Column[], file: string): readonly Defined[] =>
  columns.map((column) => ({ ...column, file, direction: 'lower' }));

/** The metrics of the folders of a page: those of every run, and what their summaries and times tell beside them. */
export function Definitions({ folders }: { readonly folders: readonly FolderFacts[] }) {
  const columns = [
    ...OF_RUNS,
    ...(folders.some(({ summary }) => summary.length > 0) ? others(DERIVED_COLUMNS, 'summary.csv') : []),
    ...(folders.some(({ decisions }) => decisions.length > 0)
      ? others(DECISION_TIME_COLUMNS, 'timings.csv')
      : []),
  ];
  return (
    <TextTable
      label="Definitions of metrics"
      caption="Metrics of a run by their columns and the file that has them. For those of runs.csv, and for those that follow from them, summary.csv has mean, standard deviation and half of the 95 % interval of the mean by Student's t, over replications. Times depend on the machine."
      head={['Metric', 'Unit', 'Meaning', 'Direction', 'File']}
      rows={columns.map(({ name, unit, doc, direction, file }) => [
        <ColumnName key={name} name={name} />,
        unit,
        doc,
        DIRECTION_TEXT[direction],
        file,
      ])}
      rowIds={columns.map(({ name }) => metricAnchor(name))}
      className="definitions"
    />
  );
}

/** What the columns of a study of placement problems are: those of single solves, then what sums them up. */
export function SolveDefinitions() {
  const solved = new Set(SOLVE_COLUMNS.map(({ name }) => name));
  const columns = [
    ...SOLVE_COLUMNS.map((column) => ({ ...column, file: 'solves.csv' })),
    ...SCALABILITY_COLUMNS.filter(({ name }) => !solved.has(name)).map((column) => ({
      ...column,
      file: 'summary.csv',
    })),
  ];
  return (
    <TextTable
      label="Definitions of columns"
      caption="Columns of solves.csv, a row a solve, and those that summary.csv has of all solves of a size and line."
      head={['Column', 'Unit', 'Meaning', 'File']}
      rows={columns.map(({ name, unit, doc, file }) => [
        <ColumnName key={name} name={name} />,
        unit,
        doc,
        file,
      ])}
      rowIds={columns.map(({ name }) => metricAnchor(name))}
      className="definitions"
    />
  );
}
