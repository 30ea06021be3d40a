/** One bad run does not end the night: runs that throw, die or hang, and what becomes of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { ds2p, start } from './process.js';
import {
  filesOf,
  journalLines,
  undisturbed,
  waitForLines,
  words,
  writeSlowPolicy,
  writeSweep,
} from './sweeps.js';

const FAULTY = new URL('./faulty-policies.js', import.meta.url).href;

/** Variables of a process that knows the faulty policies. */
const withFaults = (folder: string) => ({
  NODE_OPTIONS: `--import ${FAULTY}`,
  DS2P_TEST_MARKER: join(folder, 'marker'),
});

const POLICIES = ['greedy-local', 'slo-aware'];
const healthy = (more: readonly string[] = []) => ({
  axes: { 'policy.offloading': [POLICIES[0], ...more, POLICIES[1]] },
  fixed: { 'policy.migration': 'none' },
  replications: 12,
});

/** Rows of healthy policies only. */
const healthyRows = (folder: string) =>
  readCsv(join(folder, 'runs.csv')).filter((row) => POLICIES.includes(row.offloading_policy));

for (const [policy, error] of [
  ['faulty-throws', /^it throws, "always"$/],
  ['faulty-exits', /^the worker ended: /],
  ['faulty-memory', /^the worker ended: .*memory/],
  ['faulty-hangs', /^the run took longer than --run-timeout 1 s$/],
] as const)
  t.test(`runs of ${policy} are tried twice and recorded, and all others are made`, async (t) => {
    const folder = t.testdir();
    await undisturbed(folder, healthy());
    writeSweep(folder, { ...healthy([policy]), replications: 2 });
    const env = { ...withFaults(folder) };
    if (policy === 'faulty-memory') env.NODE_OPTIONS += ' --max-old-space-size=100';
    const limit = policy === 'faulty-hangs' ? ' --run-timeout 1s' : '';
    const line = `sweep tiny.json --threads 2 --out out${limit}`;
    const { code, stderr } = await ds2p(words(line), folder, env);
    t.equal(code, 1, stderr);
    t.match(stderr, /^2 runs failed, see \S+[/\\]failures\.csv:$/m);
    const results = join(folder, 'out/tiny');
    const expected = readCsv(join(folder, 'undisturbed/tiny/runs.csv')).filter(
      (row) => Number(row.replication) < 2,
    );
    t.strictSame(readCsv(join(results, 'runs.csv')), expected);
    const failures = readCsv(join(results, 'failures.csv'));
    t.strictSame(
      failures.map((row) => [row.offloading_policy, row.replication, row.seed, row.run, row.attempts]),
      [
        [policy, '0', '1', '3', '2'],
        [policy, '1', '2', '4', '2'],
      ],
    );
    for (const row of failures) t.match(row.error, error);
    t.match(
      readFileSync(join(results, 'sweep.log'), 'utf8'),
      /run 3 failed and is tried once more in a fresh worker/,
    );
    const manifest = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8'));
    t.match(manifest.runs, { planned: 6, completed: 4, failed: 2, interrupted: false });
    t.match(manifest.sessions, [{ made: 4, failed: 2 }]);
    // The command of a failure makes that run alone, with the same error.
    if (policy !== 'faulty-throws') return;
    const alone = await ds2p(words(failures[1].command.replace(/^npx ds2p /, '')), folder, env);
    t.equal(alone.code, 1);
    t.match(alone.stderr, /it throws, "always"/);
  });

t.test('a sweep whose runs all failed tells of them, and writes a report without figures', async (t) => {
  const folder = t.testdir();
  const results = join(folder, 'out/tiny');
  writeSweep(folder, { ...healthy(), axes: { 'policy.offloading': [POLICIES[0]] }, replications: 2 });
  const line = 'sweep tiny.json --threads 2 --out out --json';
  t.equal((await ds2p(words(line), folder)).code, 0);
  t.match(readFileSync(join(results, 'report.html'), 'utf8'), /id="figures"/);
  writeSweep(folder, { ...healthy(), axes: { 'policy.offloading': ['faulty-throws'] }, replications: 2 });
  const { code, stdout, stderr } = await ds2p(words(line), folder, withFaults(folder));
  t.equal(code, 1, stderr);
  t.match(stderr, /report\.html was about earlier results and is removed/);
  t.match(stderr, /^2 runs failed, see \S+failures\.csv:\n {2}it throws, "always"/m);
  t.match(stderr, /^Report: out\/tiny\/report\.html$/m);
  t.match(JSON.parse(stdout), { planned: 2, done: 0, failed: 2, failures: [{ run: 1 }, { run: 2 }] });
  const page = readFileSync(join(results, 'report.html'), 'utf8');
  t.match(page, 'No run was completed');
  t.match(page, /it throws, (&quot;|")always/);
  t.notMatch(page, /<section id="figures"/);
  const merged = await ds2p(words('merge out/tiny -o whole'), folder, withFaults(folder));
  t.equal(merged.code, 1, merged.stderr);
  t.match(merged.stderr, /^Report: whole\/report\.html$/m);
  t.equal((await ds2p(words('report out/tiny'), folder)).code, 0);
});

t.test('a report that cannot be written changes neither the failures told nor the code', async (t) => {
  const folder = t.testdir({ out: { tiny: { 'report.html': { folder: '' } } } });
  writeSweep(folder, { ...healthy(['faulty-throws']), replications: 1 });
  const line = words('sweep tiny.json --threads 2 --out out');
  const failing = await ds2p(line, folder, withFaults(folder));
  t.equal(failing.code, 1, failing.stderr);
  t.match(failing.stderr, /^1 run failed, see \S+failures\.csv:$/m);
  t.match(failing.stderr, /report\.html is about earlier results and cannot be removed/);
  t.match(failing.stderr, /^No report was written: .*report\.html/m);
  t.equal(readCsv(join(folder, 'out/tiny/runs.csv')).length, 2);
});

for (const policy of ['faulty-once', 'faulty-hangs-once'])
  t.test(`a run of ${policy} that goes well the second time has not failed`, async (t) => {
    const folder = t.testdir();
    await undisturbed(folder, healthy());
    writeSweep(folder, healthy([policy]));
    const line = 'sweep tiny.json --threads 2 --out out --run-timeout 2s';
    const { code, stderr } = await ds2p(words(line), folder, withFaults(folder));
    t.equal(code, 0, stderr);
    const results = join(folder, 'out/tiny');
    t.strictSame(healthyRows(results), readCsv(join(folder, 'undisturbed/tiny/runs.csv')));
    t.equal(readCsv(join(results, 'runs.csv')).length, 36);
    t.notOk(existsSync(join(results, 'failures.csv')));
  });

t.test(
  'starting again makes the runs that failed, and failures.csv goes with the last of them',
  async (t) => {
    const folder = t.testdir();
    writeSweep(folder, healthy(['faulty-until-mended']));
    const line = words('sweep tiny.json --threads 2 --out out');
    const results = join(folder, 'out/tiny');
    t.equal((await ds2p(line, folder, withFaults(folder))).code, 1);
    t.equal(readCsv(join(results, 'failures.csv')).length, 12);
    const mended = await ds2p(line, folder, { ...withFaults(folder), DS2P_TEST_MENDED: '1' });
    t.equal(mended.code, 0, mended.stderr);
    t.match(mended.stderr, /^36 of 36 runs \(24 of them before\)/m);
    t.notOk(existsSync(join(results, 'failures.csv')));
  },
);

t.test('--fail-fast begins no run after one that failed, and keeps those before', async (t) => {
  const folder = t.testdir();
  // First replications of all configurations come first, so that the faulty one comes soon.
  writeSweep(folder, { ...healthy(['faulty-throws']), replications: 500 });
  const line = 'sweep tiny.json --threads 1 --out out --fail-fast';
  const { code, stderr } = await ds2p(words(line), folder, withFaults(folder));
  t.equal(code, 1);
  t.match(stderr, /^1 run failed, see out.tiny.failures\.csv:$/m);
  t.match(
    stderr,
    /runs are left\. Go on with: npx ds2p sweep tiny\.json --threads 1 --out out --fail-fast$/m,
  );
  t.equal(readCsv(join(folder, 'out/tiny/failures.csv')).length, 1);
  t.equal(readCsv(join(folder, 'out/tiny/runs.csv')).length, journalLines(join(folder, 'out/tiny')) - 1);
});

/** A sweep of some seconds. */
const LONG = { ...healthy(), replications: 400, duration: 60 };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR1'] as const)
  t.test(`${signal} once: runs in flight end, files are written, and the way to go on is told`, async (t) => {
    const folder = t.testdir();
    writeSweep(folder, LONG);
    const results = join(folder, 'out/tiny');
    const { child, ended } = start(words('sweep tiny.json --threads 2 --fresh --out out'), folder);
    await waitForLines(results, 5, () => child.exitCode !== null);
    child.kill(signal);
    const { code, stderr } = await ended;
    t.equal(code, 130, stderr);
    t.match(stderr, new RegExp(`${signal}: stopping when the runs in flight have ended`));
    const rows = readCsv(join(results, 'runs.csv')).length;
    t.match(
      stderr,
      new RegExp(
        `^${rows} of 800 runs in .*\\n${800 - rows} runs are left\\. Go on with: npx ds2p sweep tiny\\.json --threads 2 --out out$`,
        'm',
      ),
    );
    t.ok(rows >= 5 && rows < 800);
    t.equal(rows, journalLines(results));
    const manifest = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8'));
    t.match(manifest.sessions, [{ stopped: `${signal} came`, made: rows, failed: 0 }]);
    t.equal(JSON.parse(readFileSync(join(results, 'status.json'), 'utf8')).state, 'stopped');
  });

t.test('a terminal that is closed does not end a sweep that writes elsewhere, as with nohup', async (t) => {
  const folder = t.testdir();
  const expected = await undisturbed(folder, healthy());
  const { child, ended } = start(words('sweep tiny.json --threads 2 --out out'), folder);
  await waitForLines(join(folder, 'out/tiny'), 1, () => child.exitCode !== null);
  child.kill('SIGHUP');
  t.equal((await ended).code, 0);
  t.strictSame(filesOf(join(folder, 'out/tiny')), expected);
});

t.test('Ctrl-C twice stops now, whatever is in flight, and what was finished is kept', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, healthy(['faulty-hangs']));
  const results = join(folder, 'out/tiny');
  const { child, ended } = start(words('sweep tiny.json --threads 2 --out out'), folder, withFaults(folder));
  await waitForLines(results, 1, () => child.exitCode !== null);
  child.kill('SIGINT');
  await sleep(500);
  t.equal(child.exitCode, null, 'it waits for the run in flight, which hangs');
  child.kill('SIGINT');
  const { code } = await ended;
  t.equal(code, 130);
  const kept = journalLines(results);
  t.ok(kept >= 1);
  writeSweep(folder, healthy());
  const again = await ds2p(words('sweep tiny.json --threads 2 --out out'), folder);
  t.equal(again.code, 0);
  t.match(again.stderr, new RegExp(`^24 of 24 runs \\(${kept} of them before\\)`, 'm'));
});

t.test('--grace ends runs in flight that take too long after the first signal', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, healthy(['faulty-hangs']));
  const results = join(folder, 'out/tiny');
  const line = 'sweep tiny.json --threads 2 --out out --grace 200ms';
  const { child, ended } = start(words(line), folder, withFaults(folder));
  await waitForLines(results, 1, () => child.exitCode !== null);
  child.kill('SIGTERM');
  const { code } = await ended;
  t.equal(code, 130);
  t.equal(readCsv(join(results, 'runs.csv')).length, journalLines(results));
  t.notOk(existsSync(join(results, 'failures.csv')), 'a run that was given up has not failed');
});

t.test(
  '--max-time ends with code 3 and runs left, and the same command goes on to the same files',
  async (t) => {
    const folder = t.testdir();
    const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 150);
    const changes = { ...healthy(), axes: { 'policy.offloading': [slow] }, replications: 30 };
    const expected = await undisturbed(folder, changes);
    const results = join(folder, 'out/tiny');
    let code: number | null = 3;
    let times = 0;
    for (; code === 3 && times < 50; times++) {
      const result = await ds2p(words('sweep tiny.json --threads 1 --out out --max-time 2'), folder, {
        DS2P_TEST_SLOW: '1',
      });
      code = result.code;
      if (code === 3) t.match(result.stderr, /(1 run is|runs are) left\. Go on with: /);
    }
    t.equal(code, 0);
    t.ok(times > 1, `${times} times`);
    t.strictSame(filesOf(results), expected);
    const { sessions } = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8'));
    t.equal(sessions.length, times);
    t.equal(sessions[0].stopped, '--max-time 2 is over');
  },
);
