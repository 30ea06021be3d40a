import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { ds2p, start } from './process.js';

// Processes that load solvers and simulate: slow where the machine is busy.
t.setTimeout(120_000);

t.test('the quick form writes solves, their summary and figures', async (t) => {
  const folder = t.testdir();
  const words = ['scalability', '--quick', '--series', 'sound/auto,as-written/auto,sound/lagrangian'];
  const { code, stdout, stderr } = await ds2p(words, folder);
  t.equal(code, 0, stderr);
  t.match(stdout, /^nodes +functions +keys +source +series +median ms/);
  const results = join(folder, 'results', 'scalability');
  const solves = readCsv(join(results, 'solves.csv'));
  // Three sizes, three series, one simulated and one generated problem each.
  t.equal(solves.length, 18);
  for (const solve of solves) {
    t.ok(Number(solve.solve_time_ms) > 0);
    t.equal(solve.outcome, 'solved', solve.reason);
    if (solve.solver === 'auto') t.equal(solve.status, 'optimal');
  }
  t.same(new Set(solves.map(({ state_s }) => state_s)), new Set(['120', '']));
  const summary = readCsv(join(results, 'summary.csv'));
  t.equal(summary.length, 18);
  for (const name of ['scalability.svg', 'scalability.png'])
    t.ok(readFileSync(join(results, 'figures', name)).length > 5000, name);
  t.match(JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8')), {
    versions: { node: process.versions.node },
    machine: { threads: 1 },
    sessions: [{ command: `npx ds2p ${words.join(' ')}`, made: 18, failed: 0, stopped: null }],
  });
  const html = readFileSync(join(results, 'report.html'), 'utf8');
  const page = html.slice(html.indexOf('id="trust-title"'), html.indexOf('<script'));
  t.match(page, `npx ds2p ${words.join(' ')}`);
  t.match(page, /sound\/lagrangian/);
  t.notMatch(page, /Rejected requests|No manifest tells|unknown/);
  const again = await ds2p(['figures', 'results/scalability', '--out', 'drawn'], folder);
  t.equal(again.code, 0, again.stderr);
  t.ok(existsSync(join(folder, 'drawn', 'scalability.svg')), 'figures are drawn again from the CSV');
});

t.test('a series that runs into its limit is a timeout, and is skipped at larger sizes', async (t) => {
  const folder = t.testdir();
  const words = ['scalability', '--quick', '--series', 'as-written/glpk/printed', '--source', 'generated'];
  const { code, stderr } = await ds2p([...words, '--time-limit', '0.01'], folder);
  t.equal(code, 0, stderr);
  const solves = readCsv(join(folder, 'results', 'scalability', 'solves.csv'));
  t.same(
    solves.map(({ outcome }) => outcome),
    ['timeout', 'skipped', 'skipped'],
  );
  t.match(solves[1]!.reason, /were not solved within the limit at 10 nodes and 5 functions/);
});

/** Waits until a process that works in `folder` has so many solves. */
async function solvesIn(folder: string, count: number, child: ChildProcess): Promise<void> {
  const attempt = join(folder, 'results', 'scalability', 'solves.attempt.csv');
  // Its first line is the header.
  const kept = () => (existsSync(attempt) ? readFileSync(attempt, 'utf8').split('\n').length - 2 : 0);
  while (kept() < count && child.exitCode === null) await sleep(20);
}

t.test('a second process on the folder is told so and moves nothing aside', async (t) => {
  const folder = t.testdir();
  const words = ['scalability', '--series', 'sound/auto', '--source', 'generated'];
  const first = start(words, folder);
  await solvesIn(folder, 1, first.child);
  first.child.kill('SIGSTOP');
  const second = await ds2p([...words, '--seed', '7'], folder);
  t.equal(second.code, 2);
  t.match(
    second.stderr,
    new RegExp(
      `^--out: "results/scalability" is in use by another process \\(process ${first.child.pid} on .*\\)\\.`,
    ),
  );
  t.strictSame(readdirSync(join(folder, 'results')), ['scalability']);
  first.child.kill('SIGKILL');
  await first.ended;
  const third = await ds2p([...words, '--quick', '--seed', '7', '--no-report'], folder);
  t.equal(third.code, 0, third.stderr);
  t.match(third.stderr, /^Results of another configuration are now in results.scalability\.previous-1\.$/m);
});

t.test('Ctrl-C keeps what is done and ends with code 130', async (t) => {
  const folder = t.testdir();
  const { child, ended } = start(['scalability', '--series', 'sound/auto,as-written/auto'], folder);
  const path = join(folder, 'results', 'scalability', 'solves.csv');
  await solvesIn(folder, 4, child);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  t.equal(code, 130, stderr);
  t.match(stderr, /Begin again with: npx ds2p scalability/);
  const solves = readCsv(path);
  t.ok(solves.length >= 4);
  t.ok(readCsv(join(folder, 'results', 'scalability', 'summary.csv')).length > 0);
});

t.test('bad options of scalability end with code 2 and write nothing', async (t) => {
  const folder = t.testdir();
  const words = [
    '--max-nodes',
    '600',
    '--series',
    'sound/hihgs',
    '--capacity',
    'tihgt',
    '--source',
    'random',
  ];
  const { code, stderr } = await ds2p(['scalability', ...words, '--time-limit', '-1'], folder);
  t.equal(code, 2);
  for (const part of [
    /--max-nodes: "600" is not a whole number from 10 to 500/,
    /--series: "hihgs" is not a solver/,
    /--capacity: "tihgt" is not a capacity\. Did you mean "tight"\?/,
    /--source: "random" is not a source of problems/,
    /--time-limit: "-1" is not a time in seconds/,
  ])
    t.match(stderr, part);
  t.notOk(existsSync(join(folder, 'results')));
});
