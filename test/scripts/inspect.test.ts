/** `run --record` and `inspect`: what is written, what is replaced, and what is left alone. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { readRecordedRun } from '../../experiments/harness/recorded-run.js';
import { runColumns } from '../../results/columns.js';
import { readCsv } from '../../results/csv.js';
import { canShow } from '../../scripts/open-page.js';
import { ds2p, start } from './process.js';
import { AT_WORK, words, writeSlowPolicy } from './sweeps.js';

const RUN = 'run --duration 20 --migration random --set migration.interval=3';

/** A folder in which runs have been recorded. */
async function recorded(t: Test, line: string): Promise<string> {
  const folder = t.testdir();
  const { code, stderr } = await ds2p(words(line), folder);
  t.equal(code, 0, stderr);
  return folder;
}

t.test(
  'run --record prints what run prints, and writes a recording a replication with its row',
  async (t) => {
    const folder = t.testdir();
    const line = `${RUN} --replications 3 --seed 5 --json`;
    const plain = await ds2p(words(line), folder);
    t.strictSame(readdirSync(folder), []);
    const { code, stdout, stderr } = await ds2p(
      words(`${line} --record --record-interval 0.5 --out out`),
      folder,
    );
    t.equal(code, 0);
    t.equal(stdout, plain.stdout);
    t.match(
      stderr,
      /Recorded: out\/run\/recording-3\.json \(.*B\)\nSee them with: npx ds2p inspect out\/run\n/,
    );
    t.strictSame(readdirSync(join(folder, 'out')), ['run']);
    t.strictSame(readdirSync(join(folder, 'out/run')).sort(), [
      'manifest.json',
      'recording-1.json',
      'recording-2.json',
      'recording-3.json',
      'runs.csv',
    ]);
    const rows = readCsv(join(folder, 'out/run/runs.csv'));
    t.strictSame(
      Object.keys(rows[0]),
      runColumns().map(({ name }) => name),
    );
    rows.forEach((row, i) => {
      const run = readRecordedRun(join(folder, `out/run/recording-${i + 1}.json`));
      t.match(run, { number: i + 1, experiment: 'run', seed: 5 + i, replication: i, scenario: null });
      t.equal(String(run.metrics.arrivals), row.arrivals);
      t.equal(run.recording.interval_s, 0.5);
      t.ok(run.recording.samples.time_s.length >= 40);
      t.equal(
        run.command,
        `npx ds2p run --preset as-published --seed ${5 + i} --replications 1 --set policy.migration=random --set workload.duration=20 --set migration.interval=3`,
      );
    });
  },
);

t.test('a second recording takes the place of the first as a whole', async (t) => {
  const folder = await recorded(t, `${RUN} --replications 3 --record`);
  t.equal((await ds2p(words('inspect --no-open'), folder)).code, 0);
  t.ok(existsSync(join(folder, 'results/run/inspect.html')));
  t.equal((await ds2p(words(`${RUN} --record --seed 9`), folder)).code, 0);
  t.strictSame(readdirSync(join(folder, 'results')), ['run', 'run.previous-1'], 'no other is left beside it');
  t.strictSame(readdirSync(join(folder, 'results/run')).sort(), [
    'manifest.json',
    'recording-1.json',
    'runs.csv',
  ]);
  t.equal(readRecordedRun(join(folder, 'results/run/recording-1.json')).seed, 9);
});

t.test('what run --record has not written is not replaced, and nothing runs', async (t) => {
  const folder = await recorded(t, `${RUN} --record`);
  const own = join(folder, 'results/run');
  const refused = async (fact: RegExp) => {
    const before = readFileSync(join(own, 'runs.csv'), 'utf8');
    const { code, stdout, stderr } = await ds2p(words(`${RUN} --record --seed 2`), folder);
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr, fact);
    t.match(stderr, /^--out: .* Move it, or give another folder with --out\.$/m);
    t.equal(readFileSync(join(own, 'runs.csv'), 'utf8'), before);
  };
  writeFileSync(join(own, 'notes.txt'), 'mine');
  await refused(/"results\/run" holds notes\.txt, which/);
  rmSync(join(own, 'notes.txt'));
  // A sweep may have the name "run", too.
  writeFileSync(join(own, 'manifest.json'), '{"experiment": {"name": "run"}}');
  await refused(/"results\/run" holds results, which/);
});

/** Interrupts a line that begins with "run" while its fourth run, or its first one, is at work. */
async function interrupted(t: Test, folder: string, line: string, after: 0 | 3) {
  const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 3_600_000, after);
  rmSync(join(folder, AT_WORK), { force: true });
  const { child, ended } = start(words(`${line} --offloading ${slow} --threads 1 --replications 6`), folder, {
    DS2P_TEST_SLOW: '1',
  });
  while (!existsSync(join(folder, AT_WORK)) && child.exitCode === null) await sleep(5);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  t.equal(code, 130, stderr);
  t.match(stderr, `Interrupted: ${after} of 6 runs have ended. Begin again with: npx ds2p run `);
  return { stdout, stderr };
}

t.test('run that is interrupted shows the replications that have ended', async (t) => {
  const folder = t.testdir();
  const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 0);
  const whole = await ds2p(words(`${RUN} --offloading ${slow} --replications 3 --json`), folder);
  t.equal((await interrupted(t, folder, `${RUN} --json`, 3)).stdout, whole.stdout);
  const { stdout } = await interrupted(t, folder, `${RUN} --json --summary`, 3);
  t.match(JSON.parse(stdout), { summary: { n: 3 }, timings: [{ seed: 1 }, { seed: 2 }, { seed: 3 }] });
  t.match((await interrupted(t, folder, RUN, 3)).stdout, /^metric +mean ± half-width/);
  t.equal((await interrupted(t, folder, RUN, 0)).stdout, '');
  t.same(JSON.parse((await interrupted(t, folder, `${RUN} --json`, 0)).stdout), []);
});

t.test('an interrupted recording keeps the runs that have ended, and replaces none', async (t) => {
  const folder = t.testdir();
  const results = join(folder, 'results');
  const seeds = (name: string) => readCsv(join(results, name, 'runs.csv')).map(({ seed }) => seed);
  const manifest = () => JSON.parse(readFileSync(join(results, 'run/manifest.json'), 'utf8'));
  const line = `${RUN} --record`;
  await interrupted(t, folder, line, 3);
  t.strictSame(readdirSync(results), ['run']);
  t.match(manifest(), { runs: { planned: 6, completed: 3, interrupted: true } });
  t.strictSame(seeds('run'), ['1', '2', '3']);
  t.equal((await ds2p(words('inspect --no-open'), folder)).code, 0);

  const all = `${line} --offloading ./slow.mjs --threads 1 --replications 6`;
  t.equal((await ds2p(words(all), folder)).code, 0);
  t.strictSame(readdirSync(results), ['run'], 'all of them take the place of some of them');
  t.match(manifest(), { runs: { planned: 6, completed: 6, interrupted: false } });

  const again = await interrupted(t, folder, line, 3);
  t.match(again.stderr, 'Earlier recordings are now in results/run.previous-1.\n');
  t.strictSame([seeds('run').length, seeds('run.previous-1').length], [3, 6]);
  await interrupted(t, folder, line, 0);
  t.strictSame(readdirSync(results), ['run', 'run.previous-1'], 'where no run has ended, nothing changes');
  t.equal(seeds('run').length, 3);
});

for (const [line, fact] of [
  ['--record-interval 5', /^--record-interval: the option has no effect where nothing is recorded\./],
  ['--out there', /^--out: the option has no effect where nothing is recorded\./],
  ['--record --record-interval 0', /^--record-interval: "0" is not a time in seconds\./],
  [
    '--record --record-interval 0.00001',
    /^--record-interval: .* are 2000000 samples of 20 s, more than 100000\. Give at least/,
  ],
  ['--record --out file', /^--out: "file\/run" cannot be a folder/],
] as const)
  t.test(`"run ${line}" ends with code 2 and says why`, async (t) => {
    const folder = t.testdir({ file: '' });
    const { code, stdout, stderr } = await ds2p(words(`${RUN} ${line}`), folder);
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr, fact);
    t.strictSame(readdirSync(folder), ['file']);
  });

t.test('inspect shows recordings where they are, and makes other runs again', async (t) => {
  const folder = await recorded(t, `${RUN} --replications 2 --record`);
  const page = () => readFileSync(join(folder, 'results/run/inspect.html'), 'utf8');
  const inspect = async (line: string) => ds2p(words(`inspect ${line}`), folder);
  const all = await inspect('results/run');
  t.equal(all.code, 0, all.stderr);
  t.equal(
    all.stdout,
    'results/run/inspect.html\n',
    'the path is on stdout; without a terminal nothing opens',
  );
  t.match(
    all.stderr,
    /^Run 1 of results\/run: .*, seed 1\.\nRun 2 of .*, seed 2\.\n$/,
    'nothing was run again',
  );
  t.match(page(), /--seed 1 .*--seed 2 /s);
  t.match((await inspect('--run 2')).stderr, /^Run 2 of .*, seed 2\.\n$/);
  t.notMatch(page(), /--seed 1 /);

  rmSync(join(folder, 'results/run/recording-2.json'));
  const made = await inspect('--run 2 --no-open');
  t.equal(made.code, 0);
  t.match(made.stderr, /1\/1 runs/);
  t.match(page(), /--seed 2 /);

  const [first, other] = ['results/run/recording-1.json', 'results/run/recording-2.json'].map((path) =>
    join(folder, path),
  );
  writeFileSync(other, readFileSync(first));
  t.match(
    (await inspect('--run 2')).stderr,
    /recording-2\.json is not the recording of that row of runs\.csv/,
  );
  t.match(page(), /--seed 2 /, 'a recording of another run is not taken for this one');

  mkdirSync(join(folder, 'bare'));
  writeFileSync(join(folder, 'bare/recording-1.json'), readFileSync(first));
  t.equal((await inspect('bare')).stdout, 'bare/inspect.html\n', 'recordings alone do');
  t.match(
    (await inspect('bare --run 3')).stderr,
    /^--run: there is no recording of a run 3 in bare\. It has recordings of 1\./,
  );

  writeFileSync(first, readFileSync(first, 'utf8').slice(0, 500));
  const damaged = await inspect('');
  t.equal(damaged.code, 2);
  t.match(damaged.stderr, /recording-1\.json: the recording cannot be read/);
  t.match(
    (await inspect('--run 7')).stderr,
    /^--run: there is no run 7 in results\/run\. It has runs 1 to 2/,
  );
  t.match((await inspect('nowhere')).stderr, /^nowhere: there is no such folder\./);
});

t.test('inspect opens the first run of a sweep, and says how to see another', async (t) => {
  const folder = t.testdir();
  await ds2p(words('sweep load --quick --duration 5 --replications 2'), folder);
  const { code, stdout, stderr } = await ds2p(words('inspect results/load'), folder);
  t.equal(code, 0, stderr);
  t.equal(stdout, 'results/load/inspect.html\n');
  t.match(stderr, /^Run 1 of \d+ is shown; --run N shows another\./);
});

t.test('a page opens for somebody at a terminal with a display only', async (t) => {
  const at = { isTerminal: true, platform: 'linux', variables: {} } as const;
  t.equal(canShow(at), false);
  t.equal(canShow({ ...at, variables: { DISPLAY: ':0' } }), true);
  t.equal(canShow({ ...at, variables: { WAYLAND_DISPLAY: 'wayland-0' } }), true);
  t.equal(canShow({ ...at, variables: { DISPLAY: ':0' }, isTerminal: false }), false);
  t.equal(canShow({ ...at, platform: 'darwin' }), true);
  t.equal(canShow({ ...at, platform: 'win32', isTerminal: false }), false);
});

t.test('recordings of another configuration are moved aside, those of the same are replaced', async (t) => {
  const folder = await recorded(t, `${RUN} --replications 2 --record`);
  const run = join(folder, 'results/run');
  const before = readFileSync(join(run, 'recording-2.json'), 'utf8');
  const again = await ds2p(words(`${RUN} --replications 2 --record`), folder);
  t.notMatch(again.stderr, 'another configuration');
  t.strictSame(readdirSync(join(folder, 'results')), ['run']);
  const other = await ds2p(words(`${RUN} --record`), folder);
  t.equal(other.code, 0);
  t.match(other.stderr, 'Recordings of another configuration are now in results/run.previous-1.\n');
  t.strictSame(readdirSync(join(folder, 'results')), ['run', 'run.previous-1']);
  t.notOk(existsSync(join(run, 'recording-2.json')));
  t.equal(readFileSync(join(`${run}.previous-1`, 'recording-2.json'), 'utf8'), before);
});

t.test(
  'run --record finds out that its folder cannot be made before anything runs',
  { skip: existsSync('/proc/self') ? false : 'there is no /proc here' },
  async (t) => {
    const { code, stdout, stderr } = await ds2p(words(`${RUN} --record --out /proc/foo`), t.testdir());
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr, /^--out: "\/proc\/foo\/run" cannot be written: /);
    t.notMatch(stderr, /1\/1 runs/);
  },
);

t.test('a recording above 5 MB is told of', async (t) => {
  const folder = t.testdir();
  const line = 'run --record --duration 3000 --record-interval 0.08 --migration random';
  const { code, stderr } = await ds2p(words(line), folder);
  t.equal(code, 0, stderr);
  t.match(stderr, /^Recorded: .* MB\)\nA page of such recordings is slow; a longer --record-interval /m);
});
