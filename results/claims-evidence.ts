/** What claims are judged by: the runs of a folder of results, or the paper's own Table 3. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DERIVED_COLUMNS, parameterColumn } from './columns.js';
import { cellNumber, readCsv } from './csv.js';
import { type DecisionTime, decisionTimes } from './decision-times.js';
import { comparableWithPaper, PAPER_DURATION_S, PAPER_METRICS, PAPER_TABLE_3 } from './paper-table3.js';

/** Evidence that a claim needs is not there; the message says what, and how to get it. */
export class MissingEvidence extends Error {}

/** One configuration: a pair of policies under one workload and SLO. */
export interface Cell {
  readonly experiment: 'table3' | 'fig3' | 'uniform';
  readonly workload: 'w1' | 'w2';
  /** Seconds. */
  readonly tMax: number;
  readonly migration: string;
  readonly offloading: string;
}

/** One run by the names of the columns of runs.csv; NaN where it has no such number. */
export type Run = (column: string) => number;

/** A number that is taken from each run. */
export interface Metric {
  readonly label: string;
  readonly unit: string;
  /** Decimals to print. */
  readonly digits: number;
  /** The column of runs.csv, or that of summary.csv where it is derived. */
  readonly column?: string;
  of(run: Run): number;
}

const column = (name: string, label: string, unit: string, digits: number): Metric => ({
  column: name,
  label,
  unit,
  digits,
  of: (run) => run(name),
});

export const VIOLATIONS = column('slo_violations_percent', 'violations', '%', 2);
export const UNSERVED_OR_LATE = column('unserved_or_late_percent', 'unserved or late', '%', 2);
export const PENALTY = column('avg_penalty_usd_per_request', 'penalty', '$/req', 6);
export const MIGRATED = column('migrated_data_mb', 'migrated data', 'MB', 1);
export const P50 = column('response_time_p50_s', 'median response', 's', 4);
export const P95 = column('response_time_p95_s', '95th percentile of response', 's', 4);
export const OFFLOADED = column('offloaded_percent', 'offloaded', '%', 2);
export const COLD_STARTS: Metric = {
  column: 'cold_starts_percent',
  label: 'cold starts per 100 completions',
  unit: '',
  digits: 2,
  of: DERIVED_COLUMNS.find(({ name }) => name === 'cold_starts_percent')!.of,
};

export interface Evidence {
  /** What speaks: "as-published", "as-written", or "the paper". */
  readonly name: string;
  /** Whether rejected requests are known, so that a claim about violations can be put to the test with them. */
  readonly countsRejected: boolean;
  /** Whether there are replications, so that means have intervals; printed means have none. */
  readonly replicated: boolean;
  /** Values of `metric` by seed. @throws MissingEvidence where there is none. */
  bySeed(cell: Cell, metric: Metric): ReadonlyMap<string, number>;
  /** @throws MissingEvidence where no decision was timed. */
  decisionTimes(): readonly DecisionTime[];
}

type CsvRow = Readonly<Record<string, string>>;

/** Reads files of a folder of results once. */
export class ResultsReader {
  private readonly files = new Map<string, readonly CsvRow[] | undefined>();

  constructor(readonly root: string) {}

  /** Rows of a file of an experiment; undefined where there is no such file. @throws MissingEvidence where it is damaged. */
  rows(experiment: string, file: string): readonly CsvRow[] | undefined {
    const path = join(this.root, experiment, file);
    if (!this.files.has(path)) this.files.set(path, existsSync(path) ? this.read(path) : undefined);
    return this.files.get(path);
  }

  private read(path: string): readonly CsvRow[] {
    try {
      return readCsv(path);
    } catch (error) {
      throw new MissingEvidence(`${path} is damaged (${(error as Error).message})`);
    }
  }
}

const notRun = (experiment: string) => `experiment ${experiment} has not been run`;

function matches(row: CsvRow, preset: string, cell: Cell): boolean {
  return (
    row.preset === preset &&
    row[parameterColumn('workload')] === cell.workload &&
    Number(row[parameterColumn('tMax')]) === cell.tMax &&
    row[parameterColumn('migration')] === cell.migration &&
    row[parameterColumn('offloading')] === cell.offloading
  );
}

/**
 * Refuses to judge totals of runs that are shorter or longer than the paper's. They are not scaled to its hour,
 * since migrations are not spread evenly over it: state-aware moves keys nearly only at first.
 */
function checkDuration(rows: readonly CsvRow[], metric: Metric): void {
  const durations = rows.map((row) => cellNumber(row[parameterColumn('duration')] ?? ''));
  const other = durations.find((duration) => !comparableWithPaper(metric.column ?? '', duration));
  if (other !== undefined)
    throw new MissingEvidence(`needs ${PAPER_DURATION_S} s of arrivals, the runs have ${other} s`);
}

/** The runs of one preset. A run that has no number for a metric (nothing completed) is left out of it. */
export function runsEvidence(reader: ResultsReader, preset: string): Evidence {
  return {
    name: preset,
    countsRejected: true,
    replicated: true,
    bySeed(cell, metric) {
      const rows = reader.rows(cell.experiment, 'runs.csv');
      if (rows === undefined) throw new MissingEvidence(notRun(cell.experiment));
      const matching = rows.filter((row) => matches(row, preset, cell));
      checkDuration(matching, metric);
      const values = matching
        .map((row): [string, number] => [row.seed ?? '', metric.of((name) => cellNumber(row[name] ?? ''))])
        .filter(([, value]) => !Number.isNaN(value));
      if (values.length === 0)
        throw new MissingEvidence(
          `${cell.experiment} has no run of ${cell.migration} + ${cell.offloading}, ${cell.workload}, T_max ${cell.tMax} s, under preset ${preset}`,
        );
      return new Map(values);
    },
    decisionTimes() {
      const rows = reader.rows('fig4', 'timings.csv');
      if (rows === undefined) throw new MissingEvidence(notRun('fig4'));
      const times = decisionTimes(rows).filter((time) => time.preset === preset);
      if (times.length === 0) throw new MissingEvidence(`fig4 has no timed decision under preset ${preset}`);
      return times;
    },
  };
}

/** Table 3 as printed: one value a cell, thus no interval, and nothing about rejected requests. */
export function paperEvidence(): Evidence {
  return {
    name: 'the paper',
    countsRejected: false,
    replicated: false,
    bySeed(cell, metric) {
      const row = PAPER_TABLE_3.find(
        (candidate) =>
          cell.experiment === 'table3' &&
          candidate.t_max_s === cell.tMax &&
          candidate.migration_policy === cell.migration &&
          candidate.offloading_policy === cell.offloading,
      );
      if (row === undefined) throw new MissingEvidence('the paper prints no numbers for it');
      const printed = PAPER_METRICS.map((name): [string, number] => [name, row[name]]);
      const value = metric.of((name) => new Map(printed).get(name) ?? Number.NaN);
      if (Number.isNaN(value)) throw new MissingEvidence(`the paper does not print ${metric.label}`);
      return new Map([['printed', value]]);
    },
    decisionTimes() {
      throw new MissingEvidence('the paper prints no numbers for it');
    },
  };
}
