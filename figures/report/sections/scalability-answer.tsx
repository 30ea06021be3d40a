/** The answer of `ds2p scalability`: the largest problems that each solver solves within the limit. */
import { counted } from '../../../experiments/harness/words.js';
import { msText } from '../../../results/number-text.js';
import { groupBy } from '../../group-by.js';
import type { CsvRow } from '../facts.js';
import type { Section } from '../page.js';
import { numbers, TextTable } from '../text-table.js';
import { cellOf } from '../varied.js';

export const SCALABILITY_TITLE = 'How the placement problem scales';

const sizeText = (row: CsvRow): string =>
  `${counted(cellOf(row, 'nodes'), 'node')}, ${counted(cellOf(row, 'functions'), 'function')}, ${counted(cellOf(row, 'keys'), 'key')}`;

const distinct = (rows: readonly CsvRow[], column: string): string =>
  [...new Set(rows.map((row) => row[column] ?? ''))].join(' or ');

/** What was measured. */
export const ScalabilityLead = ({ rows }: { readonly rows: readonly CsvRow[] }) => (
  <p>
    How large a system may be before a decision of state-aware migration, which solves an integer linear
    program, takes too long. Problems of growing size, {distinct(rows, 'source')}, are solved by each solver
    and reading of the equations
    {rows.length === 0 ? '' : `, with a limit of ${distinct(rows, 'time_limit_s')} s a problem`}.
  </p>
);

/** Sizes are ordered by nodes times functions times keys, which the variables of the problem grow with. */
const extent = (row: CsvRow): number => cellOf(row, 'nodes') * cellOf(row, 'functions') * cellOf(row, 'keys');

const isSolved = (row: CsvRow): boolean =>
  cellOf(row, 'n') > 0 && row.optimal === row.n && row.skipped === '0';

const largest = (rows: readonly CsvRow[]): CsvRow | undefined =>
  [...rows].sort((a, b) => extent(b) - extent(a))[0];

export interface LargestSolved {
  readonly solver: string;
  readonly formulation: string;
  readonly problems: string;
  /** The largest size of which every problem was solved to proven optimality; undefined where there is none. */
  readonly row?: CsvRow;
  /** Whether no larger size was tried, so that the limit is not known. */
  readonly isLargestTried: boolean;
}

/** By solver, formulation and kind of problem, in the order of the rows. */
export function largestSolved(rows: readonly CsvRow[]): readonly LargestSolved[] {
  return groupBy(rows, ({ solver, printed, formulation, source, capacity }) =>
    JSON.stringify([solver, printed, formulation, source, capacity]),
  ).map((own) => {
    const first = own[0]!;
    const row = largest(own.filter(isSolved));
    return {
      solver: `${first.solver}${first.printed === 'true' ? ', as printed' : ''}`,
      formulation: first.formulation ?? '',
      problems: `${first.source}, ${first.capacity}`,
      ...(row === undefined ? {} : { row }),
      isLargestTried: row !== undefined && row === largest(own),
    };
  });
}

const cells = ({ solver, formulation, problems, row, isLargestTried }: LargestSolved) => [
  solver,
  formulation,
  problems,
  row === undefined ? 'none of those tried' : sizeText(row),
  row === undefined ? '-' : msText(cellOf(row, 'solve_time_max_ms')),
  isLargestTried ? 'the largest size tried' : 'larger ones ran into the limit, failed or were skipped',
];

/** The largest sizes, as the answer. */
export function scalabilityAnswerSection(rows: readonly CsvRow[]): Section {
  const all = largestSolved(rows);
  const most = largest(rows);
  const reaching = all.filter(({ row, isLargestTried }) => row !== undefined && isLargestTried).length;
  return {
    id: 'answer',
    title: 'The answer',
    body:
      most === undefined ? (
        <p class="note">No problem was solved, so there is nothing to show.</p>
      ) : (
        <>
          <p class="headline small">
            {reaching === all.length ? 'All' : reaching === 0 ? 'None' : reaching} of{' '}
            {counted(all.length, 'combination')} of solver, formulation and kind of problem{' '}
            {reaching === 1 ? 'solves' : 'solve'} the largest size tried, {sizeText(most)}, within{' '}
            {distinct(rows, 'time_limit_s')} s.
          </p>
          <TextTable
            label="The largest size that each solver solves within the limit"
            caption="The largest size of which every problem was solved to proven optimality, and the longest of these solves."
            head={[
              'Solver',
              'Formulation',
              'Problems',
              'Largest size solved',
              numbers('Longest (ms)'),
              'Beyond',
            ]}
            rows={all.map(cells)}
          />
        </>
      ),
  };
}
