/** The placement problem: how long a decision takes, how far from optimal it is, and who solved it. */
import { counted } from '../../../experiments/harness/words.js';
import { parameterColumn } from '../../../results/columns.js';
import type { DecisionTime } from '../../../results/decision-times.js';
import { countText, grouped, intervalText, msText, numberText } from '../../../results/number-text.js';
import type { CsvRow, FolderFacts } from '../facts.js';
import type { Section } from '../page.js';
import { pairLabel } from '../policy-names.js';
import { sizeText } from '../size-text.js';
import { numbers, TextTable } from '../text-table.js';
import { cellOf, presetsVary, settingsText, variedParameters } from '../varied.js';
import { ScalabilityTable } from './scalability-table.js';

/** What became of a problem, by its column, in words that stand behind a number. */
const STATUSES = [
  ['placement_optimal', 'optimal'],
  ['placement_feasible', 'feasible'],
  ['placement_limit', 'at the limit'],
  ['placement_infeasible', 'infeasible'],
] as const;

const SOLVERS = [
  ['placement_by_reduction', 'reduction', 'reductions'],
  ['placement_by_glpk', 'GLPK'],
  ['placement_by_highs', 'HiGHS'],
  ['placement_by_branch_and_bound', 'branch and bound'],
  ['placement_by_branch_and_cut', 'branch and cut'],
  ['placement_by_heuristic', 'heuristic'],
] as const;

/** A folder whose experiment is about placement is shown open, up to so many configurations; others are folded. */
const OPEN_ROWS = 60;
/** More configurations than this are counted only: summary.csv has all. */
const TOLD_ROWS = 500;

/** A count of all replications, from its mean: whole but for rounding. */
function total(row: CsvRow, metric: string): number {
  const count = Math.round(cellOf(row, 'n') * cellOf(row, `${metric}_mean`));
  return Number.isNaN(count) ? 0 : count;
}

const problems = (row: CsvRow): number => STATUSES.reduce((sum, [metric]) => sum + total(row, metric), 0);

/** "18 optimal, 2 at the limit" */
// A count stays on the line of its word.
const countsText = (
  row: CsvRow,
  names: readonly (readonly [metric: string, word: string, plural?: string])[],
): string =>
  names
    .map(([metric, word, plural = word]) => [total(row, metric), word, plural] as const)
    .filter(([count]) => count > 0)
    .map(([count, word, plural]) => counted(count, word, plural).replaceAll(' ', '\u00a0'))
    .join(', ');

/** The rows of a folder in which placement problems were solved. */
const placementRows = ({ summary }: FolderFacts): readonly CsvRow[] =>
  summary.filter((row) => problems(row) > 0);

const nodesOf = (row: CsvRow): number =>
  cellOf(row, parameterColumn('edgeNodes')) + cellOf(row, parameterColumn('cloudNodes'));

const functionsOf = (row: CsvRow): number => cellOf(row, parameterColumn('functionCount'));

const sizeKey = (row: CsvRow): string =>
  JSON.stringify([row.preset, row[parameterColumn('formulation')], nodesOf(row), functionsOf(row)]);

const keyOfTime = ({ preset, formulation, nodes, functions }: DecisionTime): string =>
  JSON.stringify([preset, formulation, nodes, functions]);

/** Rows by nodes, functions and formulation; other rows of one size stay in their order. */
const bySize = (rows: readonly CsvRow[]): readonly CsvRow[] =>
  [...rows].sort(
    (a, b) =>
      nodesOf(a) - nodesOf(b) ||
      functionsOf(a) - functionsOf(b) ||
      (a[parameterColumn('formulation')] ?? '').localeCompare(b[parameterColumn('formulation')] ?? ''),
  );

const MS = 1000;

function timeCells(time: DecisionTime | undefined): readonly string[] {
  return time === undefined
    ? ['-', '-']
    : [grouped(intervalText(MS * time.mean.mean, MS * time.mean.halfWidth)), msText(MS * time.longest)];
}

const OUTCOME_HEAD = [
  'Status',
  numbers('Gap (%)'),
  numbers('Largest gap (%)'),
  numbers('Variables'),
  numbers('Left to solve'),
  'Solved by',
];

function outcomeCells(row: CsvRow): readonly string[] {
  const mean = (metric: string) => cellOf(row, `${metric}_mean`);
  return [
    countsText(row, [...STATUSES, ['placement_stayed', 'stayed']]),
    intervalText(mean('placement_gap_mean_percent'), cellOf(row, 'placement_gap_mean_percent_half_width')),
    numberText(mean('placement_gap_max_percent'), 3),
    countText(mean('placement_variables_mean')),
    countText(mean('placement_variables_reduced_mean')),
    countsText(row, SOLVERS),
  ];
}

/** Times that configurations share stand once, by what they depend on. */
function SharedTimes({ folder }: { readonly folder: FolderFacts }) {
  const withPresets = new Set(folder.decisions.map(({ preset }) => preset)).size > 1;
  return (
    <TextTable
      className="placement"
      label={`Times of decisions of ${folder.name}`}
      caption={`Times of state-aware decisions of experiment ${folder.name}, those of all configurations of equal${withPresets ? ' preset,' : ''} formulation and size together: mean ± half-width of the 95 % interval, and the longest. They depend on the machine.`}
      head={[
        'Size',
        ...(withPresets ? ['Preset'] : []),
        'Formulation',
        numbers('Time (ms)'),
        numbers('Longest (ms)'),
        numbers('Decisions'),
      ]}
      rows={folder.decisions.map((time) => [
        sizeText(time.nodes, time.functions, folder.scenarioSize),
        ...(withPresets ? [time.preset] : []),
        time.formulation,
        ...timeCells(time),
        countText(time.decisions),
      ])}
    />
  );
}

function FolderTable({ folder, rows }: { readonly folder: FolderFacts; readonly rows: readonly CsvRow[] }) {
  const times = new Map(folder.decisions.map((time) => [keyOfTime(time), time]));
  const isTimed = (row: CsvRow) => row[parameterColumn('migration')] === 'state-aware';
  const timed = rows.filter(isTimed);
  const areShared = new Set(timed.map(sizeKey)).size < timed.length;
  const withPresets = presetsVary(rows);
  const others = variedParameters(rows, [
    'edgeNodes',
    'cloudNodes',
    'functionCount',
    'formulation',
    'placementSolver',
    'migration',
    'offloading',
  ]);
  const settings = (row: CsvRow) =>
    [
      ...(withPresets ? [row.preset ?? ''] : []),
      ...(others.length > 0 ? [settingsText(row, others)] : []),
    ].join(', ');
  const withSettings = withPresets || others.length > 0;
  const pairs = [...new Set(rows.map(pairLabel))];
  const withPairs = pairs.length > 1;
  const timesText = areShared
    ? ''
    : ' Times of state-aware decisions in ms: mean ± half-width of the 95 % interval, and the longest; they depend on the machine.';
  return (
    <>
      {areShared ? <SharedTimes folder={folder} /> : ''}
      <TextTable
        className="placement"
        label={`Placement problems of ${folder.name}`}
        caption={`Placement problems of experiment ${folder.name}${withPairs ? '' : ` under ${pairs[0]}`}, a row a configuration, over all replications.${timesText}`}
        head={[
          'Size',
          ...(withSettings ? ['Setting'] : []),
          ...(withPairs ? ['Policies'] : []),
          'Formulation',
          'Solver',
          ...(areShared ? [] : [numbers('Time (ms)'), numbers('Longest (ms)')]),
          ...OUTCOME_HEAD,
        ]}
        rows={bySize(rows)
          .slice(0, TOLD_ROWS)
          .map((row) => [
            sizeText(nodesOf(row), functionsOf(row), folder.scenarioSize),
            ...(withSettings ? [settings(row)] : []),
            ...(withPairs ? [pairLabel(row)] : []),
            row[parameterColumn('formulation')],
            row[parameterColumn('placementSolver')],
            ...(areShared ? [] : timeCells(isTimed(row) ? times.get(sizeKey(row)) : undefined)),
            ...outcomeCells(row),
          ])}
      />
      {rows.length > TOLD_ROWS ? (
        <p class="note">And {rows.length - TOLD_ROWS} more configurations: see summary.csv.</p>
      ) : (
        ''
      )}
    </>
  );
}

/**
 * Time, gap and status by size, solver and formulation.
 * @param scalability rows of summary.csv of `ds2p scalability`, none where it was not run.
 * @returns nothing where no placement problem was solved.
 */
export function placementSection(
  folders: readonly FolderFacts[],
  scalability: readonly CsvRow[] = [],
): Section | undefined {
  const solving = folders
    .map((folder) => ({ folder, rows: placementRows(folder) }))
    .filter(({ rows }) => rows.length > 0);
  if (solving.length === 0 && scalability.length === 0) return undefined;
  const isOpen = ({ folder, rows }: (typeof solving)[number]) =>
    rows.length <= OPEN_ROWS && (folder.name === 'fig4' || solving.length === 1);
  const isFolded = (entry: (typeof solving)[number]) => !isOpen(entry);
  return {
    id: 'placement',
    title: 'The placement problem',
    body: (
      <>
        <p class="prose">
          A decision of state-aware migration solves an integer linear program: where each key is to live. The
          gap is that between the price of the plan and a proven bound, of the price. Status, gap and sizes
          follow from configuration and seed; times do not, they are of the machine named under{' '}
          <a href="#trust">What this rests on</a>. Those that stayed are decisions for which no plan was
          cheaper than leaving every key where it was.
        </p>
        {solving.filter(isOpen).map(({ folder, rows }) => (
          <FolderTable key={folder.path} folder={folder} rows={rows} />
        ))}
        {solving.filter(isFolded).map(({ folder, rows }) => (
          <details key={folder.path}>
            <summary>
              Placement problems of <code>{folder.name}</code>, {counted(rows.length, 'configuration')}
            </summary>
            <FolderTable folder={folder} rows={rows} />
          </details>
        ))}
        {scalability.length > 0 ? <ScalabilityTable rows={scalability} /> : ''}
      </>
    ),
  };
}
