/** What `ds2p scalability` has measured, as a table. */
import { counted } from '../../../experiments/harness/words.js';
import { msText, numberText } from '../../../results/number-text.js';
import type { CsvRow } from '../facts.js';
import { numbers, TextTable } from '../text-table.js';
import { cellOf } from '../varied.js';

/** More rows than this are counted only: summary.csv has all. */
const TOLD_ROWS = 500;

/** What became of the problems that were not solved to optimality, in words. */
const OUTCOMES = ['timeouts', 'stopped', 'failed', 'skipped'] as const;

const rowOf = (row: CsvRow) => [
  `${counted(Number(row.nodes), 'node')}, ${counted(Number(row.functions), 'function')}, ${counted(Number(row.keys), 'key')}`,
  row.source,
  row.capacity,
  row.formulation,
  `${row.solver}${row.printed === 'true' ? ',\u00a0as\u00a0printed' : ''}`,
  ...['median', 'min', 'max'].map((statistic) => msText(cellOf(row, `solve_time_${statistic}_ms`))),
  row.n,
  row.optimal,
  ...OUTCOMES.map((outcome) => row[outcome]),
  ...['median', 'max'].map((statistic) => numberText(cellOf(row, `gap_${statistic}_percent`), 3)),
];

export function ScalabilityTable({ rows }: { readonly rows: readonly CsvRow[] }) {
  const limits = [...new Set(rows.map(({ time_limit_s }) => time_limit_s))].join(' or ');
  const table = (
    <TextTable
      className="placement"
      label="Times of placement problems by size"
      caption={`Wall times of solves in ms, from the problem in memory to the checked plan, with a limit of ${limits} s; they depend on the machine. A solve that ran into the limit counts with the time until then, so that medians with timeouts are too small. "As printed": every variable of the printed formulation, no reductions. Skipped were sizes beyond one that timed out, or that fit no memory.`}
      head={[
        'Size',
        'Source',
        'Capacity',
        'Formulation',
        'Solver',
        numbers('Median (ms)'),
        numbers('Least (ms)'),
        numbers('Longest (ms)'),
        numbers('Problems'),
        numbers('Optimal'),
        ...OUTCOMES.map((outcome) => numbers(outcome[0]!.toUpperCase() + outcome.slice(1))),
        numbers('Gap, median (%)'),
        numbers('Largest (%)'),
      ]}
      rows={rows.slice(0, TOLD_ROWS).map(rowOf)}
    />
  );
  return (
    <>
      <h3>As sizes grow</h3>
      {table}
      {rows.length > TOLD_ROWS ? (
        <p class="note">And {rows.length - TOLD_ROWS} more: see summary.csv.</p>
      ) : (
        ''
      )}
    </>
  );
}
