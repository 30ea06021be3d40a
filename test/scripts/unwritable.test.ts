/** Folders that cannot be written to are told before any work, and a full disk leaves no file in part. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { LATENCY } from '../experiments/scenario-fixtures.js';
import { mountTmpfs, noMount, remount, unmount } from './disks.js';
import { ds2p } from './process.js';
import { undisturbed, words, writeSweep } from './sweeps.js';

/** A sweep that a figure shows, with its results in undisturbed/tiny. */
async function swept(t: Test): Promise<string> {
  const folder = t.testdir({ 'rtt.csv': LATENCY });
  await undisturbed(folder, {
    axes: { 'policy.migration': ['none', 'greedy'], 'policy.offloading': ['greedy-local', 'slo-aware'] },
    replications: 2,
  });
  return folder;
}

const REFUSES = existsSync('/proc/self') ? false : 'there is no file system here that refuses all folders';

t.test('2: a file system that refuses, or a file where a folder should be', { skip: REFUSES }, async (t) => {
  const folder = await swept(t);
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'out/tiny'), '');
  for (const [line, message] of [
    ['new offloading foo --out /proc', /^--out: "\/proc" cannot be written: "\/proc" refuses \(ENOENT\)\. /],
    ['figures undisturbed/tiny --out /proc', /^--out: "\/proc" cannot be written/],
    ['bundle undisturbed/tiny --out /proc', /^--out: "\/proc" cannot be written/],
    ['bundle undisturbed/tiny --out /dev/null', /^--out: "\/dev\/null" cannot be a folder, since/],
    ['merge undisturbed/tiny -o /proc', /^--out: "\/proc" cannot be written/],
    ['import --latency rtt.csv --out /proc', /^--out: "\/proc" cannot be written/],
    ['sweep tiny.json --out out', /^--out: "out.tiny" cannot be a folder, since ".*tiny" is a file\. /],
    ['inspect /dev/null --no-open', /^\/dev\/null: there is no such folder\. /],
  ] as const) {
    const { code, stdout, stderr } = await ds2p(words(line), folder);
    t.match({ code, stdout }, { code: 2, stdout: '' }, `${line}: ${stderr}`);
    t.match(stderr, message, line);
    t.equal(stderr.trim().split('\n').length, 1, stderr);
  }
});

t.test('2: a disk that is closed to writing', { skip: noMount() }, async (t) => {
  const folder = await swept(t);
  const disk = mountTmpfs('4m');
  t.teardown(() => unmount(disk));
  cpSync(join(folder, 'undisturbed/tiny'), join(disk, 'tiny'), { recursive: true });
  remount(disk, 'ro');
  const results = join(disk, 'tiny');
  for (const command of ['report', 'figures', 'inspect']) {
    const { code, stdout, stderr } = await ds2p([command, results], folder);
    t.match({ code, stdout }, { code: 2, stdout: '' }, command);
    t.match(
      stderr,
      /^\S+tiny: ".*" cannot be written: ".*tiny" refuses \(EROFS\)\. Give another folder.*\n$/,
      command,
    );
  }
});

t.test('1: a full disk, on which nothing is left in part', { skip: noMount() }, async (t) => {
  const folder = await swept(t);
  const disk = mountTmpfs('20k');
  t.teardown(() => unmount(disk));
  const filler = join(disk, 'filler');
  for (const [line, room] of [
    ['figures undisturbed/tiny --out', 20],
    ['bundle undisturbed/tiny --zip --out', 20],
    ['new offloading foo --out', 4],
    ['import --latency rtt.csv --out', 0],
  ] as const) {
    if (room < 20) writeFileSync(filler, Buffer.alloc(1024 * (20 - room)));
    const out = line.startsWith('bundle') ? join(disk, 'crate') : disk;
    const { code, stdout, stderr } = await ds2p([...words(line), out], folder);
    t.match({ code, stdout }, { code: 1, stdout: '' }, line);
    t.match(
      stderr,
      /^ds2p: \S+: the disk is full \(ENOSPC\)\. Make room and start the same command again\.\n$/,
      line,
    );
    t.notMatch(stderr, /unfinished/);
    rmSync(filler, { force: true });
    t.strictSame(readdirSync(disk), [], line);
  }
  remount(disk, 'size=4m');
  for (const line of ['figures undisturbed/tiny', 'new offloading foo', 'bundle undisturbed/tiny'])
    t.equal((await ds2p([...words(line), '--out', join(disk, line.slice(0, 3))], folder)).code, 0, line);
});

t.test('damaged results are told by every command that reads them, with a code other than 0', async (t) => {
  const folder = await swept(t);
  const results = join(folder, 'undisturbed/tiny');
  const runs = join(results, 'runs.csv');
  const whole = readFileSync(runs, 'utf8');
  const none = await ds2p(words('figures undisturbed/tiny'), folder);
  t.equal(none.code, 0, none.stderr);
  for (const damaged of ['', Buffer.from([0xff, 0, 0x9f, 0x22, 7]), whole.slice(0, 3000), undefined]) {
    if (damaged === undefined) rmSync(runs);
    else writeFileSync(runs, damaged);
    for (const [line, code] of [
      ['report', 1],
      ['figures', damaged === undefined ? 2 : 1],
      ['inspect --no-open', 2],
      ['explain --request 1', 2],
      ['bundle', 2],
    ] as const) {
      const ended = await ds2p([...words(line), 'undisturbed/tiny'], folder);
      t.equal(ended.code, code, `${line}: ${ended.stderr}`);
      t.match(ended.stderr, /runs\.csv/, line);
      t.ok(ended.stderr.length < 1000, line);
    }
  }
  writeFileSync(runs, whole);
  writeFileSync(join(results, 'summary.csv'), '');
  for (const line of ['report', 'figures', 'bundle'])
    t.match(
      await ds2p([line, 'undisturbed/tiny'], folder),
      {
        code: 2,
        stdout: '',
        stderr: /^undisturbed.tiny.summary\.csv: the file is damaged \(it is empty\)\. /,
      },
      line,
    );
});

t.test('runs that all failed leave files without rows, which are not damaged', async (t) => {
  const folder = t.testdir({
    'bad.mjs': `export default { kind: 'offloading', name: 'bad', doc: 'it throws', source: 'a test',
  make: () => () => { throw new Error('it throws'); } };\n`,
  });
  writeSweep(folder, { axes: { 'policy.offloading': ['./bad.mjs'] }, replications: 2 });
  t.equal((await ds2p(words('sweep tiny.json'), folder)).code, 1);
  const { code, stderr } = await ds2p(words('report results/tiny'), folder);
  t.equal(code, 0, stderr);
});
