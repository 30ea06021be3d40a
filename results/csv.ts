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

/** A row as a line with its line feed. @throws Error where the row lacks a column. */
export function rowLine(columns: readonly Column[], row: Row): string {
  const cells = columns.map(({ name }) => {
    const cell = row[name];
    if (cell === undefined) throw new Error(`A row of the CSV lacks its column "${name}".`);
    return cellText(cell);
  });
  return stringify([cells]);
}

/** The rows of a CSV file with a header, every cell as text. */
export function readCsv(path: string): readonly Readonly<Record<string, string>>[] {
  return parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true });
}

/** A number that `cellText` wrote: an empty cell is NaN. */
export function cellNumber(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}
