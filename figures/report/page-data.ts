/** What a page carries for its own code: pure data, packed so that a page stays small enough for a mail. */
import type { TopLevelSpec } from '../figure.js';
import type { Chosen, FigureForm } from '../forms.js';
import { type FigureRow, intervalBounds } from '../rows.js';

/** A metric as columns.ts describes it. */
export interface PageMetric {
  readonly name: string;
  readonly unit: string;
  readonly doc: string;
}

/** Rows with their columns named once. */
export interface PackedRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A column by which a reader chooses rows, with its name for people. */
export interface Choice {
  readonly column: string;
  readonly title: string;
}

/** A figure whose rows and metrics can be chosen: its rows are those of the summaries of `folders`. */
export interface ChoiceFigure {
  readonly id: string;
  readonly form: FigureForm;
  readonly folders: readonly string[];
  readonly choices: readonly Choice[];
  /** What is shown first; columns that are absent start with the first row that fits. */
  readonly chosen: Chosen;
}

/** A figure with one view; series can be hidden by the columns of `filters`. */
export interface FixedFigure {
  readonly id: string;
  readonly spec: TopLevelSpec;
  readonly rows: PackedRows;
  readonly filters: readonly Choice[];
}

export interface PageData {
  /** Summaries by the name of their folder, without what `unpackSummary` computes. */
  readonly summaries: Readonly<Record<string, PackedRows>>;
  readonly figures: readonly (ChoiceFigure | FixedFigure)[];
  readonly metrics: readonly PageMetric[];
}

/** Digits that a page carries of a number: more than anybody reads off a figure. */
const DIGITS = 7;

const short = (value: string | number | null): string | number | null =>
  typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value;

/** Packs rows; columns in which no row has a value are left out, and so are those that `omit` names. */
export function packRows(
  rows: readonly FigureRow[],
  omit: (column: string) => boolean = () => false,
): PackedRows {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (column) => !omit(column) && rows.some((row) => row[column] !== null && row[column] !== undefined),
  );
  return { columns, rows: rows.map((row) => columns.map((column) => short(row[column] ?? null))) };
}

export const unpackRows = ({ columns, rows }: PackedRows): readonly FigureRow[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));

/** Packs rows of a summary without the ends of their intervals. */
export const packSummary = (rows: readonly FigureRow[]): PackedRows =>
  packRows(rows, (column) => /_(lo|hi)$/.test(column));

/** Rows of a summary again, with the ends of the interval of each metric; a metric that was packed away is null. */
export function unpackSummary(packed: PackedRows, metrics: readonly PageMetric[]): readonly FigureRow[] {
  return unpackRows(packed).map((row) => {
    const out: Record<string, string | number | null> = { ...row };
    for (const { name } of metrics) Object.assign(out, intervalBounds(name, row));
    return out;
  });
}
