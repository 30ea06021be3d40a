/** Writing and reading of CSV files: RFC 4180 with line feeds, full precision, empty cells for NaN. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Column } from './columns.js';

export type Cell = string | number | boolean | readonly number[];

/** One row by the names of its columns. */
export type Row = Readonly<Record<string, Cell>>;

/**
 * A cell as text. Numbers are written in the fewest digits that read back as the same double, so that a
 * file is byte-identical whenever the numbers are; lists are JSON; NaN is empty.
 */
export function cellText(cell: Cell): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  if (typeof cell === 'object') return JSON.stringify(cell);
  return String(cell);
}

/** The header line of a file, with its line feed. */
export function headerLine(columns: readonly Column[]): string {
  return stringify([columns.map(({ name }) => name)]);
}

/** The cells of a row as text. @throws Error where the row lacks a column. */
function cellsOf(columns: readonly Column[], row: Row): readonly string[] {
  return columns.map(({ name }) => {
    const cell = row[name];
    if (cell === undefined) throw new Error(`A row of the CSV lacks its column "${name}".`);
    return cellText(cell);
  });
}

/** A row as a line with its line feed. @throws Error where the row lacks a column. */
export function rowLine(columns: readonly Column[], row: Row): string {
  return stringify([cellsOf(columns, row)]);
}

/**
 * Lines of a file of which many follow each other with the same cells in some columns: those are turned into text
 * once. The lines are the ones of `rowLine`.
 */
export class RowText {
  /** Columns in a row that are all shared, or all not. */
  private readonly pieces: { readonly shared: boolean; readonly columns: Column[] }[] = [];
  private cells: Row | undefined;
  private texts: readonly string[] = [];

  /** @param shared names of the columns whose cells are the same in many lines. */
  constructor(columns: readonly Column[], shared: ReadonlySet<string>) {
    for (const column of columns) {
      const isShared = shared.has(column.name);
      const last = this.pieces[this.pieces.length - 1];
      if (last?.shared === isShared) last.columns.push(column);
      else this.pieces.push({ shared: isShared, columns: [column] });
    }
  }

  /** @param cells those that are shared; the same object as long as they are the same. @param own the others. */
  line(cells: Row, own: Row): string {
    if (cells !== this.cells)
      this.texts = this.pieces.map(({ shared, columns }) => (shared ? textOf(columns, cells) : ''));
    this.cells = cells;
    const parts = this.pieces.map(({ shared, columns }, i) =>
      shared ? this.texts[i] : textOf(columns, own),
    );
    return `${parts.join(',')}\n`;
  }
}

/** Cells between commas. Numbers need no quotes, and most cells are numbers. */
function textOf(columns: readonly Column[], row: Row): string {
  return columns.every(({ name }) => typeof row[name] === 'number')
    ? columns.map(({ name }) => cellText(row[name] as number)).join(',')
    : rowLine(columns, row).slice(0, -1);
}

/** One row as it was read, every cell as text. */
export type CsvRow = Readonly<Record<string, string>>;

/**
 * The text of a CSV file with a header: the names of its columns, none where it is empty, and its rows.
 * @throws Error where it is no CSV.
 */
export function parseCsv(text: string): {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
} {
  let columns: readonly string[] = [];
  try {
    const rows: CsvRow[] = parse(text, {
      columns: (header: string[]) => {
        columns = header;
        return header;
      },
      skip_empty_lines: true,
    });
    return { columns, rows };
  } catch (error) {
    // The parser quotes what it found, which may be all of a file that is none of ours.
    throw new Error((error as Error).message.replace(/, value is [\s\S]*$/, ''), { cause: error });
  }
}

/** The rows of a CSV file with a header. */
export const readCsv = (path: string): readonly CsvRow[] => parseCsv(readFileSync(path, 'utf8')).rows;

/** A number that `cellText` wrote: an empty cell is NaN. */
export function cellNumber(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}
