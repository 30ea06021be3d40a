/** What tells configurations of one folder apart, from the rows of its summary.csv. */
import type { ParameterId } from '../../core/index.js';
import { PARAMETER_COLUMNS, type ParameterColumn } from '../../results/columns.js';
import { cellNumber } from '../../results/csv.js';
import { groupBy } from '../group-by.js';
import type { CsvRow } from './facts.js';

const distinctCount = (rows: readonly CsvRow[], column: string): number =>
  new Set(rows.map((row) => row[column])).size;

/** Parameters that vary under some preset, `without` those; what differs because presets differ is none. */
export function variedParameters(
  rows: readonly CsvRow[],
  without: readonly ParameterId[] = [],
): readonly ParameterColumn[] {
  const byPreset = groupBy(rows, ({ preset }) => preset ?? '');
  return PARAMETER_COLUMNS.filter(
    ({ id, name }) => !without.includes(id) && byPreset.some((own) => distinctCount(own, name) > 1),
  );
}

/** Whether rows of more than one preset are there. */
export const presetsVary = (rows: readonly CsvRow[]): boolean => distinctCount(rows, 'preset') > 1;

/** "slo.tMax = 0.1 s, keys.count = 100": the values of a row. */
export const settingsText = (row: CsvRow, columns: readonly ParameterColumn[]): string =>
  columns
    .map(({ name, parameter, unit }) => `${parameter} = ${row[name] ?? ''}${unit === '-' ? '' : ` ${unit}`}`)
    .join(', ');

/** A number of a row; NaN where the row has none. */
export const cellOf = (row: CsvRow, column: string): number => cellNumber(row[column] ?? '');
