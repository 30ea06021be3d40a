/** What the figure of `ds2p scalability` tells of each point. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { solvesCommand } from '../../experiments/harness/placement/scalability-command.js';
import { unpackRows } from '../../figures/report/page-data.js';
import { scalabilityFigure } from '../../figures/report/report-figures.js';
import { distinct } from '../../figures/rows.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { SCALABILITY_COLUMNS } from '../../results/scalability.js';
import { toldOf } from './told.js';

const root = t.testdir();

const scalabilityRow = (changes: Row): Row => ({
  ...Object.fromEntries(SCALABILITY_COLUMNS.map(({ name }) => [name, 0])),
  nodes: 10,
  functions: 5,
  keys: 100,
  source: 'simulated',
  capacity: 'tight',
  formulation: 'sound',
  solver: 'auto',
  printed: false,
  time_limit_s: 3,
  n: 4,
  optimal: 3,
  timeouts: 1,
  solve_time_median_ms: 200,
  solve_time_min_ms: 100,
  solve_time_max_ms: 3000,
  gap_median_percent: 0,
  gap_max_percent: 1.5,
  ...changes,
});

/** A folder of `ds2p scalability`, with the manifest of a study of `sizes`. */
function scalabilityFolder(sizes: readonly (readonly [number, number])[]): string {
  const folder = mkdtempSync(join(root, 'study-'));
  const untimed = { solve_time_median_ms: Number.NaN, solve_time_min_ms: Number.NaN };
  const rows = [
    scalabilityRow({}),
    scalabilityRow({ functions: 30, keys: 150, n: 1, optimal: 0, solve_time_median_ms: 3000 }),
    scalabilityRow({ nodes: 35, functions: 30, n: 0, timeouts: 0, optimal: 0, skipped: 4, ...untimed }),
  ];
  writeFileSync(
    join(folder, 'summary.csv'),
    headerLine(SCALABILITY_COLUMNS) + rows.map((row) => rowLine(SCALABILITY_COLUMNS, row)).join(''),
  );
  writeFileSync(join(folder, 'solves.csv'), '');
  const configuration = {
    sizes: sizes.map(([nodes, functions]) => ({ nodes, functions, keys: 100 })),
    seeds: [7, 8],
    states: 2,
    time_limit_s: 3,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ configuration, threads: 1 }));
  return folder;
}

const QUICK_SIZES = [
  [10, 5],
  [10, 30],
  [35, 30],
] as const;

function scalabilityTold(sizes: readonly (readonly [number, number])[]) {
  const { figure } = scalabilityFigure(scalabilityFolder(sizes))[0]!;
  if (!('spec' in figure)) throw new Error('the figure has one view');
  return toldOf(figure.spec, unpackRows(figure.rows));
}

t.test('a point of the scalability figure tells size, time, status, gap and a whole command', async (t) => {
  const told = scalabilityTold(QUICK_SIZES);
  const [first] = told;
  t.strictSame(first!.texts, {
    Of: 'sound, auto',
    Size: '10 nodes, 5 functions, 100 keys',
    Source: 'simulated',
    Where: 'tight capacity',
    'Time of one placement problem (s)': '0.2, median of 4, from 0.1 to 3',
    Status: '3 of 4 proven optimal, 1 timeout, limit 3 s',
    Gap: 'median 0 %, largest 1.5 %',
    n: '4 problems',
    Command:
      'npx ds2p scalability --quick --series sound/auto --source simulated --capacity tight --max-nodes 10 --max-functions 5 --seed 7 --replications 2 --states 2 --time-limit 3 --threads 1',
  });
  t.match(first!.spoken.join(), 'sound, auto, 10 nodes, 5 functions, 100 keys, ');
  const times = distinct(
    told.map(({ texts }) => ({ time: texts['Time of one placement problem (s)']! })),
    'time',
  );
  t.same(times, [
    '0.2, median of 4, from 0.1 to 3',
    'at least 3',
    'not tried',
    'less than 2',
    'less than 10',
  ]);
  const paper = told.find(({ row }) => row.kind === 'paper')!;
  t.match(paper.texts, { Of: 'paper: < 2 s', n: '', Command: '', Status: '' });
});

t.test('the command of a study of all sizes is not that of the quick form', async (t) => {
  const all = scalabilityTold([[10, 5], [10, 10], ...QUICK_SIZES.slice(1)]);
  t.match(all[0]!.texts.Command, /^npx ds2p scalability --series sound\/auto /);
});

t.test('a manifest of other JSON than ours breaks no command', async (t) => {
  const row = { formulation: 'sound', solver: 'highs', printed: 'true', nodes: '10', time_limit_s: '3' };
  const odd = { sizes: [null, 1], seeds: 'x', states: {}, time_limit_s: null };
  for (const configuration of [null, undefined, odd])
    t.equal(
      solvesCommand(row, { configuration, threads: [] }),
      'npx ds2p scalability --series sound/highs/printed --max-nodes 10 --time-limit 3',
    );
});
