/** The CSV file of a figure of results: what it draws, and by what rows are joined with summary.csv. */
import type { TopLevelSpec } from './figure.js';
import { groupBy } from './group-by.js';
import { distinct, type FigureRow } from './rows.js';

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly FigureRow[];
}

/** All columns that a specification names as fields. */
function fieldsOf(spec: unknown, into = new Set<string>()): ReadonlySet<string> {
  if (typeof spec !== 'object' || spec === null) return into;
  for (const [name, value] of Object.entries(spec)) {
    if (name === 'field' && typeof value === 'string') into.add(value);
    else fieldsOf(value, into);
  }
  return into;
}

/** Factors that every file tells, where its rows have them, under their names in summary.csv. */
const FACTORS = [
  'source',
  'panel',
  'scenario',
  'candidate',
  'metric',
  'preset',
  'migration_policy',
  'offloading_policy',
  'workload',
  'popularity',
  't_max_s',
  'duration_s',
];
/** Words for people, of which other columns hold the name or the number. */
const LABELS = new Set([
  'migration',
  'offloading',
  'pair',
  'line',
  'name',
  'formulation',
  'functions_label',
  'text',
  'zero',
]);
/** What stands last: requests that were rejected are told beside all that leaves them out. */
const LAST = ['n', 'rejected_mean', 'rejected_percent_mean', 'command'];

const STATISTICS = ['mean', 'half_width', 'lo', 'hi'];
const METRIC = new RegExp(`^(.+)_(${STATISTICS.join('|')})$`);

/** Digits of a number: all that a sum of rounded numbers has, without the rest that doubles leave. */
const DIGITS = 12;

function cell(column: string, value: string | number | null | undefined): string | number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
  // Figures write W1 where parameters and files have w1.
  if (column === 'workload' && typeof value === 'string') return value.toLowerCase();
  return value ?? null;
}

/** Whether a column tells rows of one preset apart; what differs because presets do is told by the preset. */
const variesBesidePreset = (rows: readonly FigureRow[], column: string): boolean =>
  groupBy(rows, ({ preset }) => String(preset)).some((own) => distinct(own, column).length > 1);

/** The table with numbers as files have them. */
export const csvTable = (columns: readonly string[], rows: readonly FigureRow[]): CsvTable => ({
  columns,
  rows: rows.map((row) => Object.fromEntries(columns.map((column) => [column, cell(column, row[column])]))),
});

/**
 * Factors that tell rows apart, metrics that are drawn with mean, half-width and interval, n, rejected requests, command.
 * @param told further columns that are told whether they vary or not.
 */
export function figureCsv(
  spec: TopLevelSpec,
  rows: readonly FigureRow[],
  told: readonly string[] = [],
): CsvTable {
  const drawn = fieldsOf(spec);
  const present = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) =>
    rows.some((row) => row[column] !== null && row[column] !== undefined),
  );
  const metricOf = (column: string): string | undefined => {
    const metric = METRIC.exec(column)?.[1];
    return metric !== undefined && present.includes(`${metric}_mean`) ? metric : undefined;
  };
  const metrics = [...new Set([...drawn].flatMap((column) => metricOf(column) ?? []))].flatMap((metric) =>
    STATISTICS.map((statistic) => `${metric}_${statistic}`),
  );
  const others = present.filter(
    (column) =>
      !LABELS.has(column) &&
      !LAST.includes(column) &&
      !FACTORS.includes(column) &&
      metricOf(column) === undefined &&
      (drawn.has(column) || told.includes(column) || variesBesidePreset(rows, column)),
  );
  const known = (columns: readonly string[]) => columns.filter((column) => present.includes(column));
  const columns = [...known(FACTORS), ...others, ...metrics, ...known(LAST)];
  return csvTable([...new Set(columns)], rows);
}
