/**
 * From a folder of results to the rows that specs draw. Everything a figure shows as a number is computed
 * here or before: a spec names columns only.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PARAMETERS, type ParameterId } from '../core/index.js';
import { InputError } from '../experiments/harness/errors.js';
import { PARAMETER_COLUMNS, parameterColumn, SUMMARY_METRICS } from '../results/columns.js';
import { cellNumber, readCsv } from '../results/csv.js';
import { decisionTimes } from '../results/decision-times.js';
import { readManifest } from './manifest.js';
import { type FigureRow, type FolderData, intervalBounds, type VariedParameter } from './rows.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, policyLabel } from './theme.js';

type CsvRow = Readonly<Record<string, string>>;

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Parameters that are numbers in the rows of a figure, under the names of their columns. */
const NUMBERS = (
  [
    'duration',
    'tMax',
    'zipfExponent',
    'load',
    'functionCount',
    'largeSize',
    'edgeNodes',
    'cloudNodes',
    'edgeMemory',
  ] as const
).map(parameterColumn);

/**
 * A row of summary.csv for specs: preset, workload, popularity, the columns of `NUMBERS`, nodes (the store not
 * counted), migration and offloading by their labels, migration_policy and offloading_policy, pair, n, the columns of `varied`, and for each metric the
 * columns of `intervalBounds`.
 */
export function summaryRow(row: CsvRow, varied: readonly VariedParameter[] = []): FigureRow {
  const cell = (name: string): number => cellNumber(row[name] ?? '');
  const text = (id: ParameterId): string => row[parameterColumn(id)] ?? '';
  const out: Record<string, string | number | null> = {
    preset: row.preset ?? '',
    workload: text('workload').toUpperCase(),
    popularity: text('popularity'),
    nodes: orNull(cell(parameterColumn('edgeNodes')) + cell(parameterColumn('cloudNodes'))),
    migration: policyLabel(MIGRATION_LOOKS, text('migration')),
    offloading: policyLabel(OFFLOADING_LOOKS, text('offloading')),
    migration_policy: text('migration'),
    offloading_policy: text('offloading'),
    n: orNull(cell('n')),
  };
  out.pair = `${out.migration} + ${out.offloading}`;
  for (const name of NUMBERS) out[name] = orNull(cell(name));
  for (const { column, isNumber } of varied) out[column] ??= isNumber ? orNull(cell(column)) : row[column];
  for (const { name } of SUMMARY_METRICS) {
    const estimated = [`${name}_mean`, `${name}_half_width`].map((column) => [column, cell(column)]);
    Object.assign(out, intervalBounds(name, Object.fromEntries(estimated)));
  }
  return out;
}

/** The parameters beside the two policies that differ between rows of summary.csv. */
function variedIn(rows: readonly CsvRow[]): readonly VariedParameter[] {
  return PARAMETER_COLUMNS.flatMap(({ name, id, parameter, unit }) => {
    const { kind } = PARAMETERS[id];
    if (kind.type === 'policy' || new Set(rows.map((row) => row[name])).size < 2) return [];
    const title = unit === '-' ? parameter : `${parameter} (${unit})`;
    return [{ column: name, title, isNumber: kind.type === 'number' || kind.type === 'integer' }];
  });
}

/** Columns without which a summary.csv is none of ours. */
const NEEDED = ['experiment', 'n', 'migration_policy', 'offloading_policy', 'slo_violations_percent_mean'];

/** Reads a folder of results. @throws InputError where it has no summary.csv that we wrote, or an empty one. */
export function readFolder(folder: string): FolderData {
  const path = join(folder, 'summary.csv');
  const refuse = (fact: string, remedy: string): never => {
    throw new InputError({ path, fact, remedy });
  };
  if (!existsSync(path))
    refuse('there is no such file.', 'Give a folder of results, such as results/table3.');
  let rows: ReturnType<typeof readCsv> = [];
  try {
    rows = readCsv(path);
  } catch (error) {
    refuse(`the file is damaged (${(error as Error).message}).`, 'Run the experiment again.');
  }
  if (rows.length === 0) refuse('the file has no rows.', 'Run the experiment again.');
  const first = rows[0];
  const missing = NEEDED.filter((name) => !(name in first));
  if (missing.length > 0)
    refuse(`it has no column ${missing.join(', ')}.`, 'Give a folder that ds2p has written.');
  const varied = variedIn(rows);
  const timings = join(folder, 'timings.csv');
  const title = readManifest(folder).experiment?.title;
  return {
    experiment: first.experiment ?? '',
    ...(title === undefined ? {} : { title }),
    ...(first.scenario ? { scenario: first.scenario } : {}),
    summary: rows.map((row) => summaryRow(row, varied)),
    varied,
    decisions: existsSync(timings) ? decisionTimes(readCsv(timings)) : [],
  };
}
