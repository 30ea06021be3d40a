import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { scenarioDigest } from '../../experiments/harness/run-key.js';
import { readScenario } from '../../experiments/harness/scenario-file.js';
import { type FolderFacts, readFolderFacts, readScalabilityFacts } from '../../figures/report/facts.js';
import { placementSection } from '../../figures/report/sections/placement.js';
import { largestSolved, scalabilityAnswerSection } from '../../figures/report/sections/scalability-answer.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { SCALABILITY_COLUMNS } from '../../results/scalability.js';
import { writeSynthetic } from '../figures/synthetic.js';
import { textOf } from './html.js';

const text = (folders: readonly FolderFacts[], ...rest: [] | [ReturnType<typeof readScalabilityFacts>]) =>
  textOf(renderToString(placementSection(folders, ...rest)?.body as never));

t.test('a folder of fig4 has a row a size and formulation, with times, status, gap and solver', async (t) => {
  const facts = readFolderFacts(writeSynthetic(t.testdir(), 'fig4'));
  const all = text([facts]);
  t.match(all, 'experiment fig4 under State-aware + SLO-aware');
  // Five functions take 50 ms in the made-up world, and one problem a replication ends in each way.
  t.match(
    all,
    /10 nodes, 5 functions sound auto 50\.\d+ ± 0\.\d+ 10\d 3 optimal, 3 feasible, 3 at the limit, 3 infeasible, 3 stayed/,
  );
  t.match(all, '3 reductions, 3 GLPK, 3 HiGHS');
  t.notMatch(all, /of equal preset, formulation and size together/);
});

t.test('other experiments are folded, and say so where configurations share their times', async (t) => {
  const root = t.testdir();
  const folders = ['fig4', 'table3'].map((name) => readFolderFacts(writeSynthetic(root, name, 2)));
  const html = renderToString(placementSection(folders)?.body as never);
  t.match(html, /<details><summary>Placement problems of <code>table3<\/code>, \d+ configurations/);
  t.match(html, /of equal preset, formulation and size together/);
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
    t.match(text([{ ...facts, summary: one }]), 'experiment table3 under No migration + Greedy-local');
  },
);

t.test('a folder is in the order of nodes, functions and formulation', async (t) => {
  const all = text([readFolderFacts(writeSynthetic(t.testdir(), 'fig4', 2))]);
  const sizes = [...all.matchAll(/(\d+) nodes, (\d+) functions (sound|as-written)/g)].map(
    ([, nodes, functions, formulation]) => [Number(nodes), Number(functions), formulation] as const,
  );
  const sorted = [...sizes].sort(
    (a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] === b[2] ? 0 : a[2] === 'as-written' ? -1 : 1),
  );
  t.ok(sizes.length > 3);
  t.same(sizes, sorted);
});

t.test('a scenario has its own nodes, which the parameters do not tell', async (t) => {
  const folder = t.testdir();
  writeSynthetic(folder, 'fig4', 2);
  const path = join(folder, 'scenario.json');
  const scenario = {
    nodes: [
      { name: 'a', kind: 'edge' },
      { name: 'b', kind: 'cloud' },
      { name: 'c', kind: 'cloud' },
      { name: 's', kind: 'store' },
    ],
  };
  writeFileSync(path, JSON.stringify(scenario));
  const of = (digest: string) => {
    const manifest = { configuration: { scenario: { path, name: 'x', digest } } };
    writeFileSync(join(folder, 'fig4', 'manifest.json'), JSON.stringify(manifest));
    return text([readFolderFacts(join(folder, 'fig4'))]);
  };
  const known = of(scenarioDigest(readScenario(path)));
  t.match(known, '3 nodes, 5 functions (of the scenario)');
  t.notMatch(known, '10 nodes');
  const changed = of('another file');
  t.match(changed, 'as the scenario has');
  t.notMatch(changed, '10 nodes');
});

t.test('the answer of scalability is the largest size that each solver solves', async (t) => {
  const row = (nodes: number, solver: string, optimal: number, skipped = 0) => ({
    nodes: String(nodes),
    functions: '5',
    keys: '100',
    source: 'simulated',
    capacity: 'loose',
    formulation: 'sound',
    solver,
    printed: 'false',
    time_limit_s: '3',
    n: skipped > 0 ? '0' : '1',
    optimal: String(optimal),
    skipped: String(skipped),
    solve_time_max_ms: '12',
  });
  const rows = [
    row(10, 'auto', 1),
    row(35, 'auto', 1),
    row(10, 'highs', 1),
    row(20, 'highs', 0),
    row(35, 'highs', 0, 1),
    row(10, 'glpk', 0),
  ];
  t.same(
    largestSolved(rows).map((own) => [own.solver, own.row?.nodes, own.isLargestTried]),
    [
      ['auto', '35', true],
      ['highs', '10', false],
      ['glpk', undefined, false],
    ],
  );
  const answer = textOf(renderToString(scalabilityAnswerSection(rows).body as never));
  t.match(
    answer,
    '1 of 3 combinations of solver, formulation and kind of problem solves the largest size tried, 35 nodes,',
  );
  t.match(answer, 'glpk sound simulated, loose none of those tried - - 0 of 1 proven optimal');
  t.notMatch(answer, 'heuristic, which');
});

t.test('heuristics are judged by plan and gap, and what became of the other sizes is counted', async (t) => {
  const row = (functions: number, solver: string, changes: Record<string, string>) => ({
    nodes: '10',
    functions: String(functions),
    keys: '100',
    source: 'generated',
    capacity: 'loose',
    formulation: 'sound',
    solver,
    printed: 'false',
    time_limit_s: '3',
    n: '4',
    optimal: '4',
    solve_time_max_ms: '12',
    gap_median_percent: '0',
    gap_max_percent: '0',
    ...changes,
  });
  const found = { optimal: '0', gap_median_percent: '0.03', gap_max_percent: '0.183' };
  const rows = [
    row(5, 'glpk', {}),
    row(10, 'glpk', { n: '2', optimal: '1', timeouts: '1' }),
    row(30, 'glpk', { n: '0', optimal: '0', skipped: '4' }),
    row(5, 'local-search', found),
    row(10, 'local-search', { ...found, failed: '1' }),
    row(30, 'local-search', found),
    row(30, 'auto', {}),
  ];
  const answer = textOf(renderToString(scalabilityAnswerSection(rows).body as never));
  t.match(
    answer,
    '1 of 2 combinations of exact solver, formulation and kind of problem solves the largest size tried, 10 nodes, 30 functions, 100 keys, to proven optimality within 3 s.',
  );
  t.match(answer, '1 of 1 combination with a heuristic, which proves nothing, finds plans for it,');
  t.match(answer, 'with gaps of at most 0.183 %.');
  t.match(
    answer,
    '10 nodes, 5 functions, 100 keys 4 of 4 proven optimal 12 larger ones: 1 of 2 proven optimal, 1 timeout, 4 not tried',
  );
  t.match(
    answer,
    'local-search (heuristic) sound generated, loose 10 nodes, 30 functions, 100 keys 4 of 4, gap median 0.03 %, largest 0.183 % 12 the largest size tried; smaller ones: 3 of 4 with a plan, 1 failed',
  );
});

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
    '35 nodes, 30 functions, 150 keys generated tight <b>sound</b> highs, as printed 1,470 0.181 - 2 1 1 0 0 0 0 0',
  );
  t.match(all, 'with a limit of 3 s');
});
