import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { COMPARISON_COLUMNS } from '../../results/policy-comparison-table.js';
import { newPolicyFiles } from '../../scripts/policy-templates.js';
import { textOf } from '../report/html.js';
import { ds2p, start } from './process.js';
import { AT_WORK, writeSlowPolicy } from './sweeps.js';

const words = (line: string) => line.split(' ');
const FAST = '--experiment fig3 --duration 20 --set migration.interval=5 --threads 2';
const ran = (stderr: string) =>
  stderr
    .match(/(\d+) runs now, (\d+) of before/)
    ?.slice(1)
    .map(Number);

/** What tells of a comparison, its report apart. */
const TELLING = ['comparison.csv', 'comparison.md', 'figures/comparison.svg', 'figures/comparison.png'];

t.test('compare writes a table, a CSV, a figure and a paragraph, and runs nothing twice', async (t) => {
  const folder = t.testdir();
  const line = `compare --candidate none+best-effort --candidate state-aware+least-late ${FAST} --replications 4`;
  const { code, stdout, stderr } = await ds2p(words(line), folder);
  t.equal(code, 0);
  t.same(ran(stderr), [12, 0]);
  t.match(
    stdout,
    /none\+best-effort against state-aware\+slo-aware, 4 replications\nmetric +unit +baseline +candidate/,
  );
  t.match(stdout, /Holm's procedure over the 6 comparisons \(candidates x metrics\) of a scenario/);
  const out = join(folder, 'results/compare-fig3');
  t.same(readdirSync(join(out, 'figures')), ['comparison.png', 'comparison.svg']);
  const rows = readCsv(join(out, 'comparison.csv'));
  t.same(
    Object.keys(rows[0]),
    COMPARISON_COLUMNS.map(({ name }) => name),
  );
  t.equal(rows.length, 6);
  t.match(rows[0], { experiment: 'fig3', n: '4', first_seed: '1', candidate: 'none+best-effort' });
  t.match(
    readFileSync(join(out, 'comparison.md'), 'utf8'),
    /over 4 replications of 20 s of arrivals \(seeds 1 to 4\)/,
  );

  const runs = readFileSync(join(out, 'runs.csv'), 'utf8');
  const again = await ds2p(words(line), folder);
  t.same(ran(again.stderr), [0, 12]);
  t.equal(again.stdout, stdout, 'the same table');
  t.equal(readFileSync(join(out, 'runs.csv'), 'utf8'), runs);

  const more = await ds2p(words(line.replace('--replications 4', '--replications 6')), folder);
  t.same(ran(more.stderr), [6, 12], 'only what is missing is run');
  t.equal(readCsv(join(out, 'runs.csv')).length, 18);
});

t.test('replications of the experiment itself are used as well, and give the same numbers', async (t) => {
  const folder = t.testdir();
  const { code } = await ds2p(
    words(`${FAST.replace('--experiment', 'experiment')} --replications 2`),
    folder,
  );
  t.equal(code, 0);
  const line = `compare --candidate greedy+greedy-data ${FAST} --replications 2 --json`;
  const found = await ds2p(words(line), folder);
  t.same(ran(found.stderr), [0, 4]);
  const afresh = await ds2p(words(`${line} --out other`), folder);
  t.same(ran(afresh.stderr), [4, 0]);
  t.equal(afresh.stdout, found.stdout);
});

t.test(
  'the report of a comparison rests on its manifest and its runs, and is written again from them',
  async (t) => {
    const folder = t.testdir();
    const line = `compare --candidate none+best-effort ${FAST} --replications 2`;
    t.equal(
      (await ds2p(words(`${FAST.replace('--experiment', 'experiment')} --replications 2`), folder)).code,
      0,
    );
    const compared = await ds2p(words(line), folder);
    t.equal(compared.code, 0, compared.stderr);
    t.same(ran(compared.stderr), [2, 2]);
    const results = 'results/compare-fig3';
    const manifest = JSON.parse(readFileSync(join(folder, results, 'manifest.json'), 'utf8'));
    t.match(manifest, {
      configuration: { seed: 1, replications: 2, configurations: 2 },
      runs: { planned: 4, completed: 4, failed: 0, interrupted: false },
      machine: { threads: 2 },
      sessions: [{ command: `npx ds2p ${line}`, made: 2, failed: 0, stopped: null }],
      comparison: {
        setting: { durationS: 20, command: `npx ds2p ${line}` },
        scenarios: [{ replications: 2 }],
      },
    });
    const path = join(folder, results, 'report.html');
    const page = readFileSync(path, 'utf8');
    const text = textOf(page.slice(page.indexOf('id="trust-title"'), page.indexOf('<script')));
    t.notMatch(text, /There is no|No manifest|unknown/);
    t.match(text, `npx ds2p ${line}`);
    t.match(text, /fig3 2 2 1 to 2 20 4 of 4 /);
    t.match(text, 'workload.duration 20 s');
    const arrivals = readCsv(join(folder, results, 'runs.csv')).reduce(
      (sum, row) => sum + Number(row.arrivals),
      0,
    );
    t.match(text, `fig3 ${arrivals.toLocaleString('en')} `, 'arrivals of all its runs, reused ones too');
    t.match(page, '2 runs were recorded');

    const again = await ds2p(words(`report ${results} --json`), folder);
    t.equal(again.code, 0, again.stderr);
    t.same(JSON.parse(again.stdout), [`${results}/report.html`]);
    t.equal(readFileSync(path, 'utf8'), page, 'the same page');

    const unreported = await ds2p(words(`${line} --no-report`), folder);
    t.match(unreported.stderr, /report\.html was about earlier results and is removed/);
    t.notOk(existsSync(path));
    writeFileSync(
      join(folder, results, 'runs.csv'),
      readFileSync(join(folder, results, 'runs.csv'), 'utf8')
        .split('\n')
        .slice(0, 3)
        .join('\n'),
    );
    const refused = await ds2p(words(`report ${results}`), folder);
    t.equal(refused.code, 2);
    t.match(
      refused.stderr,
      /runs\.csv: its rows are not those that the manifest tells of\. Give its "ds2p compare" again/,
    );
  },
);

t.test('a comparison whose runs were all made before shows the inside of some', async (t) => {
  const folder = t.testdir();
  t.equal(
    (await ds2p(words(`${FAST.replace('--experiment', 'experiment')} --replications 2`), folder)).code,
    0,
  );
  const { code, stderr } = await ds2p(
    words(`compare --candidate greedy+greedy-data ${FAST} --replications 2`),
    folder,
  );
  t.equal(code, 0);
  t.same(ran(stderr), [0, 4]);
  t.match(readFileSync(join(folder, 'results/compare-fig3/report.html'), 'utf8'), '2 runs were recorded');
});

t.test('a policy file is compared, and run again when it has changed', async (t) => {
  const folder = t.testdir({
    policies: Object.fromEntries(newPolicyFiles('offloading', 'my-idea', 'policies')),
  });
  const line = `compare --candidate none+./policies/my-idea.ts --baseline none+greedy-local ${FAST} --replications 3 --metric response_time_mean_s --margin 500%`;
  const first = await ds2p(words(line), folder);
  t.equal(first.code, 0, first.stderr);
  t.match(first.stdout, /none\+my-idea against none\+greedy-local/);
  t.match(first.stdout, 'practically equal');
  t.match(first.stdout, /nothing to correct/);
  const file = join(folder, 'policies/my-idea.ts');
  t.same(ran((await ds2p(words(line), folder)).stderr), [0, 6]);
  writeFileSync(file, readFileSync(file, 'utf8').replace('let best = REJECT', 'let best = Number(REJECT)'));
  t.same(ran((await ds2p(words(line), folder)).stderr), [3, 3], 'the baseline stays');
  const other = line.replace('./policies/my-idea.ts', 'slo-aware');
  await ds2p(words(other), folder);
  t.same(ran((await ds2p(words(line), folder)).stderr), [0, 6], 'another comparison keeps its rows');
  writeFileSync(file, readFileSync(file, 'utf8').replace('return best;', 'return best + 77;'));
  const wrong = await ds2p(words(line), folder);
  t.equal(wrong.code, 1);
  t.match(
    wrong.stderr,
    /^comparison\.csv, .*, report\.html of results.compare-fig3 told of a comparison of which not all runs can be reused, and are removed\.$/m,
  );
  t.strictSame(
    TELLING.filter((name) => existsSync(join(folder, 'results/compare-fig3', name))),
    [],
    'nothing tells of runs that are gone',
  );
  t.match(
    wrong.stderr,
    /3 runs failed:\n {2}policy "my-idea" at t = .* s, request 1: \d+ is no node; .*\n {4}and 2 more like it/,
  );
});

t.test('precision adds replications until it is reached, or the maximum is, and says which', async (t) => {
  const folder = t.testdir();
  const line = `compare --candidate none+least-late --baseline none+slo-aware ${FAST} --metric response_time_mean_s --replications 2`;
  const reached = await ds2p(words(`${line} --precision 20% --json`), folder);
  t.equal(reached.code, 0);
  const [row] = JSON.parse(reached.stdout);
  t.ok(row.n > 2);
  const half = (row.difference_hi - row.difference_lo) / 2;
  t.ok(half <= 0.2 * Math.max(row.baseline_mean, row.candidate_mean));
  const text = await ds2p(words(`${line} --precision 20%`), folder);
  t.match(
    text.stdout.replaceAll(/\s+/g, ' '),
    `relative to the larger mean, was reached with ${row.n} replications.`,
  );
  const most = await ds2p(words(`${line} --precision 0.001% --max-replications 12`), folder);
  t.match(
    most.stdout,
    /was\s+not\s+reached\s+by\s+the\s+maximum\s+of\s+12\s+replications\s+in\s+1\s+of\s+1\s+scenario\s+\(x\s+candidates/,
  );
  t.match(most.stdout, /, 12 replications\n/);
});

t.test('an interrupted comparison keeps what was run', async (t) => {
  const folder = t.testdir();
  const line =
    'compare --candidate joint+least-late --experiment fig3 --threads 1 --replications 40 --duration 300';
  const path = join(folder, 'results/compare-fig3/runs.csv');
  const { child, ended } = start(words(line), folder);
  while (!existsSync(path) || readCsv(path).length < 3) await sleep(20);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  t.equal(code, 130);
  t.equal(stdout, '');
  t.match(
    stderr,
    /Interrupted: \d+ runs now, 0 of before are kept in results.compare-fig3 and will be reused\. Go on with: npx ds2p compare --candidate joint/,
  );
  const kept = readCsv(path).length;
  const report = await ds2p(words('report results/compare-fig3'), folder);
  t.equal(report.code, 2);
  t.ok(kept >= 3 && kept < 80);
  const again = await ds2p(words(line.replace('--replications 40', '--replications 2')), folder);
  t.equal(ran(again.stderr)![0] + ran(again.stderr)![1], 4);
  t.ok(ran(again.stderr)![1] > 0);
});

/** An offloading policy whose runs fail. */
const BAD_POLICY = `export default {
  kind: 'offloading', name: 'bad', doc: 'to no node', source: 'a test', make: () => () => 77,
};
`;

/** Variables of a process whose runs with `writeSlowPolicy` wait. */
const SLOW = { DS2P_TEST_SLOW: '1' };
const atWork = async (folder: string, ended: () => boolean) => {
  while (!existsSync(join(folder, AT_WORK)) && !ended()) await sleep(5);
};

t.test('two comparisons do not work on one folder at once', async (t) => {
  const folder = t.testdir();
  const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 500);
  const line = `compare --baseline none+greedy-local --candidate none+${slow} ${FAST} --replications 2 --no-report`;
  const first = start(words(line), folder, SLOW);
  await atWork(folder, () => first.child.exitCode !== null);
  first.child.kill('SIGSTOP');
  const other = line.replace(`none+${slow}`, 'none+slo-aware');
  const second = await ds2p(words(other), folder);
  first.child.kill('SIGCONT');
  t.equal(second.code, 2);
  t.match(
    second.stderr,
    new RegExp(
      `^--out: "results/compare-fig3" is in use by another process \\(process ${first.child.pid} on .*\\)\\. Wait for its end, or give another folder with --out\\.\n$`,
    ),
  );
  const { code, stderr } = await first.ended;
  t.equal(code, 0, stderr);
  t.same(ran(stderr), [4, 0]);
  t.same(
    ran((await ds2p(words(other), folder)).stderr),
    [2, 2],
    'the folder is free again, and has all runs',
  );
});

t.test('a comparison that has not ended well leaves the one before whole, until one has', async (t) => {
  const folder = t.testdir({ 'bad.mjs': BAD_POLICY });
  const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 500);
  const line = `compare --baseline none+greedy-local --candidate none+slo-aware ${FAST} --replications 2`;
  const results = join(folder, 'results/compare-fig3');
  const telling = () => [...TELLING, 'report.html'].map((name) => readFileSync(join(results, name)));
  t.equal((await ds2p(words(line), folder)).code, 0);
  const before = telling();
  const rewritten = async () => {
    const { code, stderr } = await ds2p(words('report results/compare-fig3'), folder);
    t.equal(code, 0, stderr);
    const page = textOf(readFileSync(join(results, 'report.html'), 'utf8'));
    t.match(page, 'fig3 2 2 1 to 2 20 4 of 4 ');
    t.match(page, 'none+slo-aware');
  };

  const other = line.replace('none+slo-aware', `none+${slow}`).replace('replications 2', 'replications 8');
  const { child, ended } = start([...words(other), '--json'], folder, SLOW);
  await atWork(folder, () => child.exitCode !== null);
  child.kill('SIGINT');
  const interrupted = await ended;
  t.equal(interrupted.code, 130, interrupted.stderr);
  t.same(JSON.parse(interrupted.stdout), []);
  t.match(
    interrupted.stderr,
    'Tables and report in results/compare-fig3 are still those of the comparison before.',
  );
  t.notMatch(interrupted.stderr, /removed/);
  t.strictSame(telling(), before);
  await rewritten();

  const failed = await ds2p(words(line.replace('none+slo-aware', 'none+./bad.mjs')), folder);
  t.equal(failed.code, 1);
  t.match(failed.stderr, 'are still those of the comparison before.');
  t.strictSame(telling().slice(0, -1), before.slice(0, -1));
  await rewritten();

  const whole = await ds2p(words(`${other.replace('replications 8', 'replications 2')} --no-report`), folder);
  t.equal(whole.code, 0, whole.stderr);
  t.match(whole.stderr, / now, [2-4] of before/, 'what the others have made is reused');
  t.match(whole.stderr, /report\.html was about earlier results and is removed/);
  t.strictSame(
    new Set(readCsv(join(results, 'comparison.csv')).map((row) => row.candidate)),
    new Set(['none+slow']),
  );
  t.equal((await ds2p(words('report results/compare-fig3'), folder)).code, 0);
  t.match(textOf(readFileSync(join(results, 'report.html'), 'utf8')), 'none+slow');
});

/** Command lines of compare and new, and what stderr says. */
const BAD: readonly (readonly [string, readonly RegExp[]])[] = [
  ['compare', [/^--experiment: the option is missing\. .*table3/, /^--candidate: the option is missing\./]],
  [
    'compare --candidate state-aware+slo-awar --experiment tabel3 --metric p95 --precision 5 --margin x --max-replications 1',
    [
      /^--experiment: "tabel3" is not an experiment\. Did you mean "table3"\?/,
      /^--candidate: "slo-awar" is not an offloading policy\. Did you mean "slo-aware"\?/,
      /^--metric: "p95" is not a metric\./,
      /^--precision: "5" is not a percentage above 0\. Write --precision 5%\.$/,
      /^--max-replications: "1" is not a whole number from 2 /,
      /^--margin: "x" is not a number or a percentage above 0\./,
    ],
  ],
  [
    'compare --candidate state-aware+slo-aware --experiment fig3',
    [/^--candidate: "state-aware\+slo-aware" is also the baseline\. Give every pair once\.$/],
  ],
  [
    'compare --candidate none+./mine.ts --experiment fig3',
    [/^\.\/mine\.ts: there is no such policy file\. .*ds2p new offloading my-idea/],
  ],
  [
    'compare --candidate none+skippy --experiment fig3 --set policy.migration=none',
    [/^policy\.migration: a comparison names its policies in pairs\. Use --baseline and --candidate\.$/],
  ],
  ['compare --candidate none+skippy --experiment scenario', [/^--scenario: the experiment "scenario" needs/]],
  ['new', [/^kind: the argument is missing\./, /^name: the argument is missing\./]],
  ['new ofloading x', [/^kind: "ofloading" is not a kind of policy\. Did you mean "offloading"\?/]],
  ['new offloading MyIdea', [/^name: "MyIdea" is not a name of a policy\. Write lower case/]],
  ['new migration skippy', [/^name: "skippy" is taken/]],
  ['new offloading a b', [/"b" is an argument too many/]],
  ['new offloading a --out file', [/^--out: "file" cannot be a folder/]],
];

for (const [line, expected] of BAD)
  t.test(`"ds2p ${line}" ends with code 2, says why, and writes nothing`, async (t) => {
    const folder = t.testdir({ file: 'text' });
    const { code, stdout, stderr } = await ds2p(words(line), folder);
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr.trimEnd().split('\n'), expected);
    t.equal(stderr.trimEnd().split('\n').length, expected.length, stderr);
    t.strictSame(readdirSync(folder), ['file']);
  });

t.test('new writes a policy that runs, and overwrites nothing', async (t) => {
  const folder = t.testdir();
  for (const [kind, other] of [
    ['offloading', '--migration none'],
    ['migration', '--offloading greedy-data'],
  ]) {
    const { code, stdout } = await ds2p(['new', kind, `my-${kind}`], folder);
    t.equal(code, 0);
    t.same(stdout.trim().split('\n'), [`policies/my-${kind}.ts`, `policies/my-${kind}.test.mjs`]);
    const run = await ds2p(
      words(
        `run --${kind} ./policies/my-${kind}.ts ${other} --duration 20 --json --set migration.interval=5`,
      ),
      folder,
    );
    t.equal(run.code, 0, run.stderr);
    t.ok(JSON.parse(run.stdout)[0].completions > 0);
    const again = await ds2p(['new', kind, `my-${kind}`], folder);
    t.equal(again.code, 2);
    t.match(again.stderr, /the file exists, and is not overwritten/);
  }
});
