/**
 * From a folder of results to the rows that specs draw. Everything a figure shows as a number is computed
 * here or before: a spec names columns only.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { METRIC_COLUMNS } from '../results/columns.js';
import { cellNumber, readCsv } from '../results/csv.js';
import { type DecisionTime, decisionTimes } from '../results/decision-times.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, policyLabel } from './theme.js';

/** A row of what a spec draws; null is "not known". */
export type FigureRow = Readonly<Record<string, string | number | null>>;

/** What a folder of results holds, as figures need it. */
export interface FolderData {
  /** The `experiment` column of summary.csv. */
  readonly experiment: string;
  /** Name of the scenario file, where one was used. */
  readonly scenario?: string;
  /** A row a configuration, see `summaryRow`. */
  readonly summary: readonly FigureRow[];
  /** Times of state-aware decisions; empty without timings.csv. */
  readonly decisions: readonly DecisionTime[];
}

type CsvRow = Readonly<Record<string, string>>;

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Columns that a figure can use, by the dotted name of the parameter. */
const NUMBERS: Readonly<Record<string, string>> = {
  'slo.tMax': 't_max_s',
  'keys.zipfExponent': 'zipf_exponent',
  'workload.load': 'load',
  'functions.count': 'functions',
};

/**
 * A row of summary.csv with plain names: preset, workload, popularity, t_max_s, zipf_exponent, load, nodes
 * (the store not counted), functions, migration and offloading by their labels, pair, n, and for each metric
 * m: m_mean, m_half_width, m_lo and m_hi. The interval is cut off where the metric cannot be: below 0, and above 100 %.
 */
export function summaryRow(row: CsvRow): FigureRow {
  const cell = (name: string): number => cellNumber(row[name] ?? '');
  const out: Record<string, string | number | null> = {
    preset: row.preset ?? '',
    workload: (row['workload.kind'] ?? '').toUpperCase(),
    popularity: row['keys.popularity'] ?? '',
    nodes: orNull(cell('nodes.edge') + cell('nodes.cloud')),
    migration: policyLabel(MIGRATION_LOOKS, row['policy.migration'] ?? ''),
    offloading: policyLabel(OFFLOADING_LOOKS, row['policy.offloading'] ?? ''),
    n: orNull(cell('n')),
  };
  out.pair = `${out.migration} + ${out.offloading}`;
  for (const [column, name] of Object.entries(NUMBERS)) out[name] = orNull(cell(column));
  for (const { name } of METRIC_COLUMNS) {
    const mean = cell(`${name}_mean`);
    const halfWidth = cell(`${name}_half_width`);
    out[`${name}_mean`] = orNull(mean);
    out[`${name}_half_width`] = orNull(halfWidth);
    out[`${name}_lo`] = orNull(Math.max(0, mean - halfWidth));
    out[`${name}_hi`] = orNull(Math.min(name.endsWith('_percent') ? 100 : Infinity, mean + halfWidth));
  }
  return out;
}

/** Reads a folder of results. @throws Error where it has no summary.csv, or an empty one. */
export function readFolder(folder: string): FolderData {
  const path = join(folder, 'summary.csv');
  if (!existsSync(path))
    throw new Error(`${path}: there is no such file. Give a folder of results, such as results/table3.`);
  const rows = readCsv(path);
  const first = rows[0];
  if (first === undefined) throw new Error(`${path}: the file has no rows. Run the experiment again.`);
  const timings = join(folder, 'timings.csv');
  return {
    experiment: first.experiment ?? '',
    ...(first.scenario ? { scenario: first.scenario } : {}),
    summary: rows.map(summaryRow),
    decisions: existsSync(timings) ? decisionTimes(readCsv(timings)) : [],
  };
}

/** Distinct values of a column, in the order in which they come. */
export function distinct(rows: readonly FigureRow[], column: string): (string | number)[] {
  const values = new Set(rows.map((row) => row[column]));
  return [...values].filter((value) => value !== null && value !== undefined);
}

/** How many replications a figure rests on, in words for its subtitle. */
export function replicationsText(rows: readonly FigureRow[]): string {
  const counts = distinct(rows, 'n').map(Number);
  const largest = Math.max(...counts);
  if (largest === 1) return 'One replication, no intervals';
  const smallest = Math.min(...counts);
  const range = smallest === largest ? `${largest}` : `${smallest} to ${largest}`;
  return `Means of ${range} replications with 95 % intervals`;
}
