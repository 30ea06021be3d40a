/** CSV files of measured input: rows with the numbers of their lines, and columns found by their names. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { didYouMean, InputError, type Problem, sentences, shown } from './errors.js';

export interface TableRow {
  /** Line of the file on which the row ends, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly path: string;
  /** Of the bytes of the file, in hexadecimal digits. */
  readonly sha256: string;
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Reads a CSV file with a header line. @throws InputError where it cannot be read or is no such file. */
export function readTable(path: string): Table {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const fact = `the file cannot be read (${(error as NodeJS.ErrnoException).code}).`;
    throw new InputError({ path, fact, remedy: 'Give the path of a readable CSV file.' });
  }
  let records: { readonly record: string[]; readonly info: { readonly lines: number } }[];
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
    records = parse(bytes, options) as unknown as typeof records;
  } catch (error) {
    const fact = `the file is not CSV (${(error as Error).message}).`;
    throw new InputError({ path, fact, remedy: 'Mend the file at that place.' });
  }
  const [header, ...rows] = records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  if (header === undefined || rows.length === 0)
    throw new InputError({
      path,
      fact: 'the file has no rows.',
      remedy: 'Give a header line with the names of the columns, and at least one row.',
    });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, sha256, header: header.cells, rows };
}

/**
 * Index of the first column that has one of `names`. Where there is none, a problem is added and -1
 * returned; `hint` says how else a column can be named.
 */
export function findColumn(
  table: Table,
  names: readonly string[],
  problems: Problem[],
  hint = 'Rename it in the header.',
): number {
  const index = names.map((name) => table.header.indexOf(name)).find((i) => i >= 0);
  if (index !== undefined) return index;
  const meant = table.header.map((name) => didYouMean(name, names)).find((text) => text !== undefined);
  problems.push({
    path: `${table.path}: header`,
    fact: `no column is named ${names.map(shown).join(' or ')}; there are ${table.header.map(shown).join(', ')}.`,
    remedy: sentences(meant, hint),
  });
  return -1;
}

/** The number in a cell, or NaN with a problem: it has to be finite and at least 0. */
export function cellAsNumber(
  table: Table,
  { line, cells }: TableRow,
  column: number,
  unit: string,
  problems: Problem[],
): number {
  const text = cells[column] ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  problems.push({
    path: `${table.path}: line ${line}, ${table.header[column]}`,
    fact: text === '' ? 'the cell is empty.' : `${shown(text)} is not a number >= 0.`,
    remedy: `Give a number >= 0, in ${unit}.`,
  });
  return Number.NaN;
}
