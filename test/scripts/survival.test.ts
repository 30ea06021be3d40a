/** Sweeps survive SIGKILL at any moment, a full disk, and a second process. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { mountTmpfs, noMount, remount, unmount } from './disks.js';
import { ds2p, start } from './process.js';
import {
  filesOf,
  journalLines,
  seededNumbers,
  TINY_RUNS,
  undisturbed,
  waitForLines,
  words,
  writeSlowPolicy,
  writeSweep,
} from './sweeps.js';

const KILLS = 50;
const SEED = 20261125;

t.test(
  `after ${KILLS} SIGKILLs at random moments (seed ${SEED}) the files are those of an undisturbed sweep`,
  async (t) => {
    const folder = t.testdir();
    const expected = await undisturbed(folder);
    const random = seededNumbers(SEED);
    let torn = 0;
    let sweeps = 0;
    for (let kills = 0; kills < KILLS; sweeps++) {
      const out = join(folder, `out${sweeps}`);
      const results = join(out, 'tiny');
      for (let done = false; !done; ) {
        const before = journalLines(results);
        const { child, ended } = start(words(`sweep tiny.json --threads 2 --out ${out} --no-report`), folder);
        let exited = false;
        void ended.then(() => {
          exited = true;
        });
        if (kills < KILLS) {
          // Some are killed while they start, some while they run, and some while they write their last files.
          const phase = random();
          const rows = phase < 0.2 ? 0 : phase < 0.85 ? before + Math.floor(random() * 40) : TINY_RUNS;
          await waitForLines(results, rows, () => exited);
          await sleep(random() * (phase < 0.2 ? 700 : 40));
          if (!exited) {
            child.kill('SIGKILL');
            kills++;
          }
        }
        const { code, stderr } = await ended;
        if (stderr.includes('torn last line')) torn++;
        done = code !== null;
        if (done) t.equal(code, 0, stderr);
        t.ok(journalLines(results) >= before, 'no finished run is lost');
      }
      t.strictSame(filesOf(results), expected);
      t.equal(journalLines(results), TINY_RUNS, 'no run is made twice');
      rmSync(out, { recursive: true });
    }
    t.comment(`${sweeps} sweeps, ${torn} torn lines`);
  },
);

t.test('a line that a power cut tore is dropped with a word, and the sweep goes on', async (t) => {
  const folder = t.testdir();
  const expected = await undisturbed(folder);
  const results = join(folder, 'undisturbed/tiny');
  const journal = join(results, 'journal.jsonl');
  truncateSync(journal, statSync(journal).size - 30);
  rmSync(join(results, 'runs.csv'));
  const { code, stderr } = await ds2p(words('sweep tiny.json --out undisturbed'), folder);
  t.equal(code, 0);
  t.match(stderr, /A torn last line \(\d+ bytes\) was dropped; its run is made again\./);
  t.match(
    stderr,
    new RegExp(`^${TINY_RUNS} of ${TINY_RUNS} runs \\(${TINY_RUNS - 1} of them before\\)`, 'm'),
  );
  t.match(readFileSync(join(results, 'sweep.log'), 'utf8'), /Z A torn last line/);
  t.strictSame(filesOf(results), expected);
});

const FULL_DISK = 'a full disk ends a sweep with a clear word, and with room it goes on where it was';
t.test(FULL_DISK, { skip: noMount() }, async (t) => {
  const folder = t.testdir();
  const expected = await undisturbed(folder);
  const disk = mountTmpfs('64k');
  t.teardown(() => unmount(disk));
  const results = join(disk, 'tiny');
  const first = await ds2p(words(`sweep tiny.json --threads 2 --out ${disk}`), folder);
  t.equal(first.code, 1);
  t.match(first.stderr, /journal\.jsonl: the disk is full \(ENOSPC\)\. Finished runs are kept: make room/);
  const kept = journalLines(results);
  t.ok(kept > 20 && kept < TINY_RUNS, `${kept} runs were kept`);
  const again = await ds2p(words(`sweep tiny.json --threads 2 --out ${disk}`), folder);
  t.equal(again.code, 1);
  t.match(again.stderr, /the disk is full/);
  t.equal(journalLines(results), kept);
  // Room for the journal, but not for the files that are made from it.
  remount(disk, 'size=200k');
  const third = await ds2p(words(`sweep tiny.json --threads 2 --out ${disk}`), folder);
  t.equal(third.code, 1);
  t.match(third.stderr, /the disk is full/);
  t.notOk(existsSync(join(results, 'runs.csv')), 'no file is there in part');
  remount(disk, 'size=4m');
  const last = await ds2p(words(`sweep tiny.json --threads 2 --out ${disk}`), folder);
  t.equal(last.code, 0, last.stderr);
  t.strictSame(filesOf(results), expected);
});

t.test(
  'a full disk takes recordings only, and nobody says that they are kept',
  { skip: noMount() },
  async (t) => {
    const disk = mountTmpfs('64k');
    t.teardown(() => unmount(disk));
    const line = 'run --record --duration 900 --replications 3';
    const { code, stdout, stderr } = await ds2p(words(`${line} --out ${disk}`), t.testdir());
    t.equal(code, 1);
    t.match(stdout, /^metric +mean ± half-width/);
    t.match(
      stderr,
      `${disk}/run: the disk is full (ENOSPC). Make room, or give another folder with --out.\n`,
    );
    t.notMatch(stderr, /are kept/);
    t.strictSame(readdirSync(disk), []);
  },
);

t.test('a folder that is removed during its sweep ends it with a word, soon', async (t) => {
  const folder = t.testdir();
  const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 50);
  writeSweep(folder, { axes: { 'policy.offloading': [slow] }, replications: 1000 });
  const line = words('sweep tiny.json --threads 1 --no-report');
  for (const away of [
    (results: string) => rmSync(results, { recursive: true }),
    (results: string) => renameSync(results, `${results}-moved`),
  ]) {
    const results = join(folder, 'results/tiny');
    const { child, ended } = start(line, folder, { DS2P_TEST_SLOW: '1' });
    await waitForLines(results, 2, () => child.exitCode !== null);
    away(results);
    const { code, stderr } = await ended;
    t.equal(code, 1);
    t.match(
      stderr,
      /^ds2p: results.tiny.journal\.jsonl: the file was removed or moved while the sweep was at work\. Put its folder back/m,
    );
    t.notMatch(stderr, /ENOENT|Results:/);
    t.notOk(existsSync(results));
  }
  t.ok(journalLines(join(folder, 'results/tiny-moved')) < 1000);
});

t.test('a second process on one folder is told so and leaves; a killed one leaves no lock', async (t) => {
  const folder = t.testdir();
  const expected = await undisturbed(folder);
  const line = words('sweep tiny.json --threads 1 --out out');
  const first = start(line, folder);
  await waitForLines(join(folder, 'out/tiny'), 1, () => first.child.exitCode !== null);
  // A process that sleeps for long, as on a laptop, keeps its folder.
  first.child.kill('SIGSTOP');
  const second = await ds2p(line, folder);
  t.equal(second.code, 2);
  t.match(
    second.stderr,
    new RegExp(
      `^--out: "out/tiny" is in use by another process \\(process ${first.child.pid} on .*\\)\\. Watch it with "ds2p status`,
    ),
  );
  const third = await ds2p(words('sweep tiny.json --threads 1 --out out --fresh'), folder);
  t.equal(third.code, 2, 'not even --fresh takes a folder away');
  first.child.kill('SIGKILL');
  await first.ended;
  t.equal((await ds2p(line, folder)).code, 0);
  t.strictSame(filesOf(join(folder, 'out/tiny')), expected);
});

t.test('a wider axis and more replications reuse what is there, and --fresh does not', async (t) => {
  const folder = t.testdir();
  const small = { axes: { 'slo.tMax': [0.1, 0.2] }, replications: 2 };
  const wide = { axes: { 'slo.tMax': [0.05, 0.1, 0.2, 0.3] }, replications: 3 };
  await undisturbed(folder, small);
  writeSweep(folder, wide);
  const line = words('sweep tiny.json --out undisturbed');
  const { stderr } = await ds2p(line, folder);
  t.match(stderr, /^12 of 12 runs \(4 of them before\)/m);
  const widened = filesOf(join(folder, 'undisturbed/tiny'));
  t.strictSame((await ds2p(line, folder)).stderr.match(/^12 of 12 runs \(12 of them before\)/m)?.length, 1);
  const fresh = await ds2p([...line, '--fresh'], folder);
  t.match(fresh.stderr, /Earlier results are left, since --fresh starts over; they were moved: .*previous-1/);
  t.match(fresh.stderr, /^12 of 12 runs in/m);
  t.strictSame(filesOf(join(folder, 'undisturbed/tiny')), widened);
  writeSweep(folder, small);
  t.match((await ds2p(line, folder)).stderr, /^4 of 4 runs \(4 of them before\)/m);
  t.equal(readCsv(join(folder, 'undisturbed/tiny/runs.csv')).length, 4, 'files hold what was asked for');
  t.equal(journalLines(join(folder, 'undisturbed/tiny')), 12, 'the rest stays in the journal');
});

t.test(
  'results of another model version, and of versions without a journal, are set aside and never mixed',
  async (t) => {
    const folder = t.testdir();
    const expected = await undisturbed(folder, { replications: 1 });
    const results = join(folder, 'undisturbed/tiny');
    const journal = join(results, 'journal.jsonl');
    const [first, ...rest] = readFileSync(journal, 'utf8').split('\n');
    const header = first.slice(9).replace(/"model":"[^"]*"/, '"model":"older"');
    const other = [`${crc32(header).toString(16).padStart(8, '0')} ${header}`, ...rest].join('\n');
    writeFileSync(journal, other);
    const line = words('sweep tiny.json --out undisturbed');
    const { code, stderr } = await ds2p(line, folder);
    t.equal(code, 0);
    t.match(
      stderr,
      /^Earlier results are of model version older, and this is version .*; they were moved: undisturbed\/tiny -> undisturbed\/tiny\.previous-1$/m,
    );
    t.match(stderr, /^24 of 24 runs in/m);
    t.strictSame(filesOf(results), expected);
    t.equal(readFileSync(join(`${results}.previous-1`, 'journal.jsonl'), 'utf8'), other);
    rmSync(journal);
    t.match(
      (await ds2p(line, folder)).stderr,
      /^Earlier results have no journal from which they could be continued; they were moved: .*previous-2$/m,
    );
    t.strictSame(filesOf(results), expected);
    writeFileSync(journal, 'nonsense\n');
    t.match(
      (await ds2p(line, folder)).stderr,
      /^Earlier results have a journal whose first line is damaged; they were moved: .*previous-3$/m,
    );
    t.strictSame(filesOf(results), expected);
  },
);
