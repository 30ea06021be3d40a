import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { type FolderFacts, readFolderFacts, readScalabilityFacts } from '../../figures/report/facts.js';
import { placementSection } from '../../figures/report/sections/placement.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { SCALABILITY_COLUMNS } from '../../results/scalability.js';
import { writeSynthetic } from '../figures/synthetic.js';
import { textOf } from './html.js';

const text = (folders: readonly FolderFacts[], ...rest: [] | [ReturnType<typeof readScalabilityFacts>]) =>
  textOf(renderToString(placementSection(folders, ...rest)?.body as never));

t.test('a folder of fig4 has a row a size and formulation, with times, status, gap and solver', async (t) => {
  const facts = readFolderFacts(writeSynthetic(t.testdir(), 'fig4'));
  const all = text([facts]);
  t.match(all, 'experiment fig4 under state-aware + slo-aware');
  // Five functions take 50 ms in the made-up world, and one problem a replication ends in each way.
  t.match(
    all,
    /10 nodes, 5 functions sound auto 50\.\d+ ± 0\.\d+ 10\d 3 optimal, 3 feasible, 3 at the limit, 3 infeasible, 3 stayed/,
  );
  t.match(all, '3 reductions, 3 GLPK, 3 HiGHS');
  t.notMatch(all, 'of equal preset, formulation and size together');
});

t.test('other experiments are folded, and say so where configurations share their times', async (t) => {
  const root = t.testdir();
  const folders = ['fig4', 'table3'].map((name) => readFolderFacts(writeSynthetic(root, name, 2)));
  const html = renderToString(placementSection(folders)?.body as never);
  t.match(html, /<details><summary>Placement problems of <code>table3<\/code>, \d+ configurations/);
  t.match(html, 'of equal preset, formulation and size together');
  t.match(html, 'as-written, slo.tMax = 0.1 s');
});

t.test(
  'configurations without placement problems have no row, and without any there is no section',
  async (t) => {
    const facts = readFolderFacts(writeSynthetic(t.testdir(), 'table3', 2));
    const none = facts.summary.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [name, /^placement_.*_mean$/.test(name) ? '0' : cell]),
      ),
    );
    t.equal(placementSection([{ ...facts, summary: none }]), undefined);
    t.equal(placementSection([]), undefined);
    const one = [...none.slice(1), facts.summary[0]!];
    t.match(text([{ ...facts, summary: one }]), 'experiment table3 under none + greedy-local');
  },
);

t.test('results of scalability are a row a size and series', async (t) => {
  const folder = t.testdir();
  t.same(readScalabilityFacts(folder), [], 'no such folder of results');
  const row: Row = {
    ...Object.fromEntries(SCALABILITY_COLUMNS.map(({ name }) => [name, 0])),
    nodes: 35,
    functions: 30,
    keys: 150,
    source: 'generated',
    capacity: 'tight',
    formulation: '<b>sound</b>',
    solver: 'highs',
    printed: true,
    time_limit_s: 3,
    n: 2,
    optimal: 1,
    timeouts: 1,
    solve_time_median_ms: 1470.2,
    solve_time_min_ms: 0.18072,
    solve_time_max_ms: Number.NaN,
  };
  const csv = headerLine(SCALABILITY_COLUMNS) + rowLine(SCALABILITY_COLUMNS, row);
  writeFileSync(join(folder, 'summary.csv'), csv);
  writeFileSync(join(folder, 'solves.csv'), '');
  const all = text([], readScalabilityFacts(folder));
  t.match(
    all,
    '35 nodes, 30 functions, 150 keys generated tight <b>sound</b> highs, as printed 1470 0.181 - 2 1 1 0 0 0 0 0',
  );
  t.match(all, 'with a limit of 3 s');
});
