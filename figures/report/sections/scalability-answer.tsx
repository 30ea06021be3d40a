/** The answer of `ds2p scalability`: the largest problems that each solver solves within the limit. */
import { HEURISTICS } from '../../../core/placement/heuristics/index.js';
import { counted } from '../../../experiments/harness/words.js';
import { msText } from '../../../results/number-text.js';
import { groupBy } from '../../group-by.js';
import { shortNumber } from '../../number-text.js';
import { endingsText, gapText } from '../../placement-times.js';
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

const isHeuristic = ({ solver }: CsvRow): boolean => HEURISTICS.some(({ name }) => name === solver);

/** A count of problems; 0 where a file does not have it. */
const count = (row: CsvRow, name: string): number => Number(row[name] ?? 0);

const total = (rows: readonly CsvRow[], name: string): number =>
  rows.reduce((sum, row) => sum + count(row, name), 0);

/** Of some rows, the problems for which a checked plan was found in time, proven optimal or not. */
const planned = (rows: readonly CsvRow[]): number =>
  ['timeouts', 'stopped', 'failed'].reduce((left, name) => left - total(rows, name), total(rows, 'n'));

/** A heuristic proves nothing, so that it solves a problem where it finds a plan; others have to prove it optimal. */
const solvedOf = (rows: readonly CsvRow[], heuristic: boolean): number =>
  heuristic ? planned(rows) : total(rows, 'optimal');

const isSolved = (row: CsvRow): boolean =>
  count(row, 'n') > 0 && count(row, 'skipped') === 0 && solvedOf([row], isHeuristic(row)) === count(row, 'n');

const largest = (rows: readonly CsvRow[]): CsvRow | undefined =>
  [...rows].sort((a, b) => extent(b) - extent(a))[0];

export interface LargestSolved {
  readonly solver: string;
  readonly isHeuristic: boolean;
  readonly formulation: string;
  readonly problems: string;
  /** The largest size of which every problem was solved; undefined where there is none. */
  readonly row?: CsvRow;
  /** Whether no larger size was tried, so that the limit is not known. */
  readonly isLargestTried: boolean;
  /** Sizes with problems that were not solved: those beyond the largest that was, and others. */
  readonly larger: readonly CsvRow[];
  readonly smaller: readonly CsvRow[];
}

/** By solver, formulation and kind of problem, in the order of the rows. */
export function largestSolved(rows: readonly CsvRow[]): readonly LargestSolved[] {
  return groupBy(rows, ({ solver, printed, formulation, source, capacity }) =>
    JSON.stringify([solver, printed, formulation, source, capacity]),
  ).map((own) => {
    const first = own[0]!;
    const row = largest(own.filter(isSolved));
    const unsolved = own.filter((each) => !isSolved(each));
    const isLarger = (each: CsvRow) => row === undefined || extent(each) > extent(row);
    return {
      solver: `${first.solver}${first.printed === 'true' ? ', as printed' : ''}`,
      isHeuristic: isHeuristic(first),
      formulation: first.formulation ?? '',
      problems: `${first.source}, ${first.capacity}`,
      ...(row === undefined ? {} : { row }),
      isLargestTried: row !== undefined && row === largest(own),
      larger: unsolved.filter(isLarger),
      smaller: unsolved.filter((each) => !isLarger(each)),
    };
  });
}

/** "4 of 4 proven optimal"; of a heuristic "4 of 4, gap median 0.1 %, largest 0.2 %". */
function plansText(row: CsvRow | undefined, heuristic: boolean): string {
  if (row === undefined) return '-';
  const found = `${solvedOf([row], heuristic)} of ${row.n}`;
  if (!heuristic) return `${found} proven optimal`;
  const gap = gapText(row);
  // A number stays on the line of its unit.
  return gap === null ? `${found}, gap not known` : `${found}, gap ${gap.replaceAll(' %', '\u00a0%')}`;
}

/** How the problems of some sizes ended. */
function endings(rows: readonly CsvRow[], heuristic: boolean): string {
  return endingsText({
    tried: total(rows, 'n'),
    solved: solvedOf(rows, heuristic),
    as: heuristic ? 'with a plan' : 'proven optimal',
    timeouts: total(rows, 'timeouts'),
    stopped: total(rows, 'stopped'),
    failed: total(rows, 'failed'),
    skipped: total(rows, 'skipped'),
  });
}

function beyondText({ isHeuristic, isLargestTried, larger, smaller, row }: LargestSolved): string {
  const of = (name: string, rows: readonly CsvRow[]) =>
    rows.length === 0 ? [] : [`${name}${endings(rows, isHeuristic)}`];
  return [
    ...(isLargestTried ? ['the largest size tried'] : []),
    ...of(row === undefined ? '' : 'larger ones: ', larger),
    ...of('smaller ones: ', smaller),
  ].join('; ');
}

const cells = (own: LargestSolved) => [
  `${own.solver}${own.isHeuristic ? ' (heuristic)' : ''}`,
  own.formulation,
  own.problems,
  own.row === undefined ? 'none of those tried' : sizeText(own.row),
  plansText(own.row, own.isHeuristic),
  own.row === undefined ? '-' : msText(cellOf(own.row, 'solve_time_max_ms')),
  beyondText(own),
];

/** "6", "All" or "None" of so many. */
const share = (part: number, whole: number): string =>
  whole > 1 && part === whole ? 'All' : part === 0 ? 'None' : String(part);

/** How many combinations solve the largest size: exact solvers prove it, of heuristics the gap is told. */
function Headline({ all, most, limit }: { all: readonly LargestSolved[]; most: CsvRow; limit: string }) {
  const reaches = ({ row }: LargestSolved) => row !== undefined && extent(row) === extent(most);
  const exact = all.filter((own) => !own.isHeuristic);
  const heuristics = all.filter((own) => own.isHeuristic);
  const reaching = exact.filter(reaches).length;
  const planning = heuristics.filter(reaches);
  const gaps = planning.map(({ row }) => cellOf(row!, 'gap_max_percent')).filter(Number.isFinite);
  const size = sizeText(most);
  return (
    <p class="headline small">
      {exact.length > 0 &&
        `${share(reaching, exact.length)} of ${counted(exact.length, 'combination')} of ${
          heuristics.length > 0 ? 'exact ' : ''
        }solver, formulation and kind of problem ${
          reaching === 1 ? 'solves' : 'solve'
        } the largest size tried, ${size}, to proven optimality within ${limit} s.`}
      {heuristics.length > 0 &&
        ` ${planning.length} of ${counted(heuristics.length, 'combination')} with a heuristic, which proves nothing, ${
          planning.length === 1 ? 'finds' : 'find'
        } plans for ${exact.length > 0 ? 'it' : `the largest size tried, ${size}, within ${limit} s`}${
          gaps.length === 0 ? '' : `, with gaps of at most ${shortNumber(Math.max(...gaps))} %`
        }.`}
    </p>
  );
}

/** The largest sizes, as the answer. */
export function scalabilityAnswerSection(rows: readonly CsvRow[]): Section {
  const all = largestSolved(rows);
  const most = largest(rows.filter((row) => count(row, 'n') > 0));
  return {
    id: 'answer',
    title: 'The answer',
    body:
      most === undefined ? (
        <p class="note">No problem was solved, so there is nothing to show.</p>
      ) : (
        <>
          <Headline all={all} most={most} limit={distinct(rows, 'time_limit_s')} />
          <TextTable
            label="The largest size that each solver solves within the limit"
            caption="The largest size of which every problem was solved, and the longest of these solves. A solver has to prove its plan optimal; a heuristic has to find one, and the gap says how far from a proven bound it is at most, of its price."
            head={[
              'Solver',
              'Formulation',
              'Problems',
              'Largest size solved',
              'Plans',
              numbers('Longest (ms)'),
              'Beyond',
            ]}
            rows={all.map(cells)}
          />
        </>
      ),
  };
}
