/** How long a state-aware decision takes, by the size of the system: Fig. 4. */
import { parameterColumn } from './columns.js';
import { cellNumber } from './csv.js';
import { type Estimate, estimate } from './summary.js';

export interface DecisionTime {
  readonly preset: string;
  readonly formulation: string;
  /** Compute nodes; the store is not counted. */
  readonly nodes: number;
  readonly functions: number;
  /** Seconds; a replication counts with the mean of its decisions, since those of one run are not independent. */
  readonly mean: Estimate;
  /** Seconds; the longest decision of all replications. */
  readonly longest: number;
  readonly decisions: number;
}

type CsvRow = Readonly<Record<string, string>>;

/** The compute nodes of a row. */
const nodesOf = (row: CsvRow): number =>
  cellNumber(row[parameterColumn('edgeNodes')] ?? '') + cellNumber(row[parameterColumn('cloudNodes')] ?? '');

const keyOf = (row: CsvRow): string =>
  JSON.stringify([
    row.preset,
    row[parameterColumn('formulation')],
    nodesOf(row),
    row[parameterColumn('functionCount')],
  ]);

/** Rows of timings.csv to one row a size; runs of other policies and runs without a timed decision are left out. */
export function decisionTimes(timings: readonly CsvRow[]): readonly DecisionTime[] {
  const groups = new Map<string, CsvRow[]>();
  for (const row of timings) {
    if (row[parameterColumn('migration')] !== 'state-aware' || !(Number(row.decisions) > 0)) continue;
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const seconds = (rows: readonly CsvRow[], column: string): number[] =>
    rows.map((row) => cellNumber(row[column] ?? '') / 1000);
  return [...groups.values()].map((rows) => {
    const first = rows[0]!;
    return {
      preset: first.preset ?? '',
      formulation: first[parameterColumn('formulation')] ?? '',
      nodes: nodesOf(first),
      functions: cellNumber(first[parameterColumn('functionCount')] ?? ''),
      mean: estimate(seconds(rows, 'decision_time_mean_ms')),
      longest: Math.max(...seconds(rows, 'decision_time_max_ms')),
      decisions: rows.reduce((sum, row) => sum + Number(row.decisions), 0),
    };
  });
}
