/** 0 done, 1 runs failed, 2 bad input, 130 interrupted: of every command that can end so. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { COMMANDS } from '../../scripts/commands/index.js';
import { FUNCTIONS, LATENCY } from '../experiments/scenario-fixtures.js';
import { ds2p, PLAIN_ENVIRONMENT, PROGRAM, ROOT, start } from './process.js';
import {
  AT_WORK,
  journalLines,
  tinySweep,
  waitForLines,
  words,
  writeSlowPolicy,
  writeSweep,
} from './sweeps.js';

const PROBLEM = join(ROOT, 'docs/placement-example.json');

/** An offloading policy of a user that goes wrong with its first request. */
const BAD_POLICY = `export default {
  kind: 'offloading', name: 'bad', doc: 'it throws', source: 'a test',
  make: () => () => { throw new Error('it throws'); },
};
`;

/** A sweep that a figure shows. */
const PAIRS = {
  axes: { 'policy.migration': ['none', 'greedy'], 'policy.offloading': ['greedy-local', 'slo-aware'] },
  replications: 2,
};

const TINY = { axes: { 'policy.offloading': ['greedy-local', 'slo-aware'] }, replications: 2 };

function inputs(t: Test): string {
  const folder = t.testdir({ 'bad.mjs': BAD_POLICY, 'rtt.csv': LATENCY, 'functions.csv': FUNCTIONS });
  writeSweep(folder, TINY);
  const failing = { axes: { 'policy.offloading': ['greedy-local', './bad.mjs'] }, replications: 2 };
  writeFileSync(join(folder, 'failing.json'), JSON.stringify({ ...tinySweep(failing), name: 'failing' }));
  return folder;
}

/** In this order, since some need what others write. */
const DONE = [
  'run --duration 2 --migration none',
  'sweep tiny.json',
  'experiment tiny.json',
  'sweep tiny.json --dry-run',
  'sweep tiny.json --shard 1/1 --out parts',
  'merge parts/tiny/shards/1-of-1 -o merged',
  'status results/tiny',
  'figures results/tiny',
  'report results/tiny',
  'inspect results/tiny --run 1 --no-open',
  'explain results/tiny --run 1 --request 1',
  'bundle results/tiny',
  'reproduce --only load --quick --duration 2 --replications 1',
  'compare --experiment load --candidate none+greedy-local --quick --duration 2 --replications 2 --out compared',
  'new offloading my-idea',
  'list',
  'import --latency rtt.csv --out scenario',
  `solve ${PROBLEM}`,
  'scalability --max-nodes 10 --max-functions 5 --source generated --series sound/auto --replications 1 --states 1 --time-limit 1',
  'slurm tiny.json',
  'completion bash',
  'help',
];

t.test('0: each command, when it is done', async (t) => {
  const folder = inputs(t);
  for (const line of DONE) {
    const { code, stderr } = await ds2p(words(line), folder);
    t.equal(code, 0, `${line}\n${stderr}`);
  }
  const called = new Set(DONE.map((line) => line.split(' ')[0]));
  for (const { name } of COMMANDS) t.ok(called.has(name), `${name} is in the table`);
});

t.test('1: runs of a policy that throws have failed, and stderr says which', async (t) => {
  const folder = inputs(t);
  for (const line of [
    'run --duration 2 --offloading ./bad.mjs',
    'sweep failing.json',
    'sweep failing.json --shard 1/1 --out parts',
    'compare --experiment load --candidate none+./bad.mjs --quick --duration 2 --replications 1',
  ]) {
    const { code, stderr } = await ds2p(words(line), folder);
    t.equal(code, 1, `${line}\n${stderr}`);
    t.match(stderr, /^\d+ runs? failed(, see \S+)?:\n {2}.*it throws/m, line);
    t.match(stderr, /npx ds2p run /, line);
  }
  const merged = await ds2p(words('merge parts/failing/shards/1-of-1 -o merged'), folder);
  t.equal(merged.code, 1);
  t.match(merged.stderr, /^2 runs failed: see .*[/\\]failures\.csv$/m);
});

/** By command: a wrong value, a file or folder that is not there, an argument that is missing. */
const BAD: Readonly<Record<string, readonly string[]>> = {
  reproduce: ['--only nothing', '--threads 0', '--out tiny.json/results'],
  run: ['--t-max x', '--config none.json', '--offloading ./none.ts', '--scenario none.json'],
  sweep: [
    '',
    'none',
    'none.json',
    'tiny.json --shard 3/2',
    'tiny.json --until 25:00',
    'tiny.json --out tiny.json',
  ],
  compare: ['', '--candidate x --experiment load', '--candidate none+./none.ts --experiment load'],
  new: ['', 'thing name', 'offloading Name'],
  list: ['more'],
  status: ['', 'none'],
  figures: ['', 'none'],
  report: ['', 'none', '.'],
  inspect: ['', 'none', 'none --run 1', '. --run x'],
  explain: ['', '--request 1', 'none --request 1', '. --run 1', '. --run 0 --request 1'],
  bundle: ['', 'none', 'none --license ?'],
  import: ['', '--latency none.csv --out a', '--latency rtt.csv'],
  solve: ['', 'none.json', 'tiny.json', `${PROBLEM} --solver none`, `${PROBLEM} --time-limit 0`],
  scalability: ['--max-nodes 1', '--series x', '--capacity x'],
  merge: ['', 'none -o out', '. -o out', '.'],
  slurm: ['', 'none', 'tiny.json --tasks 0', 'tiny.json --time 0:05'],
  completion: ['tcsh'],
};

t.test('2: bad input of each command, told in whole sentences without a trace of the program', async (t) => {
  t.strictSame(Object.keys(BAD).sort(), COMMANDS.map(({ name }) => name).sort());
  const folder = inputs(t);
  const before = readdirSync(folder);
  for (const [name, ends] of Object.entries(BAD)) {
    const lines = ['--not-an-option', ...ends].map((end) => `${name} ${end}`.trim());
    const all = await Promise.all(lines.map((line) => ds2p(words(line), folder)));
    all.forEach(({ code, stdout, stderr }, i) => {
      t.equal(code, 2, `${lines[i]}\n${stderr}`);
      t.equal(stdout, '', lines[i]);
      t.match(stderr, /^\S.*: .*\.\n/, lines[i]);
      t.notMatch(stderr, /^ +at /m, lines[i]);
    });
  }
  t.strictSame(readdirSync(folder), before, 'nothing is written');
});

t.test('130: Ctrl-C during a sweep loses nothing, and the sweep goes on later', async (t) => {
  const folder = t.testdir();
  const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 50);
  writeSweep(folder, { axes: { 'policy.offloading': [slow] }, replications: 40 });
  const line = words('sweep tiny.json --threads 1 --json');
  const { child, ended } = start(line, folder, { DS2P_TEST_SLOW: '1' });
  const results = join(folder, 'results/tiny');
  await waitForLines(results, 2, () => child.exitCode !== null);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  t.equal(code, 130);
  t.match(stderr, /SIGINT: stopping when the runs in flight have ended/);
  const told = JSON.parse(stdout);
  t.equal(told.made, journalLines(results));
  t.equal(told.left, 40 - told.made);
  const again = await ds2p(line, folder);
  t.equal(again.code, 0);
  t.match(JSON.parse(again.stdout), { planned: 40, done: 40, made: 40 - told.made, left: 0 });
});

t.test(
  '130: Ctrl-C during the report of a sweep says that the results are whole, and what writes it',
  async (t) => {
    const folder = t.testdir();
    const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 1500);
    writeSweep(folder, { axes: { 'policy.offloading': [slow] }, replications: 2 });
    const { child, ended } = start(words('sweep tiny.json'), folder, { DS2P_TEST_SLOW: '1' });
    child.stderr!.on('data', (data) => {
      if (String(data).includes('Recording 1 of the runs for the report')) child.kill('SIGINT');
    });
    const { code, stderr } = await ended;
    t.equal(code, 130, stderr);
    t.match(
      stderr,
      /SIGINT: the results in results.tiny are whole, and only their report is not written\. Write it with: npx ds2p report results.tiny\n$/,
    );
    t.notOk(existsSync(join(folder, 'results/tiny/report.html')));
    t.equal((await ds2p(words('report results/tiny'), folder)).code, 0);
    t.ok(existsSync(join(folder, 'results/tiny/report.html')));
  },
);

t.test(
  '1: a report of damaged results tells every damaged file, and 2 where none can be written',
  async (t) => {
    const folder = t.testdir();
    writeSweep(folder, PAIRS);
    t.equal((await ds2p(words('sweep tiny.json --no-report'), folder)).code, 0);
    const results = join(folder, 'results/tiny');
    appendFileSync(join(results, 'runs.csv'), 'garbage\n');
    writeFileSync(join(results, 'manifest.json'), '{');
    const some = await ds2p(words('report results/tiny'), folder);
    t.equal(some.code, 1);
    t.match(some.stdout, /^results.tiny.report\.html\n$/);
    t.match(some.stderr, /^results.tiny.manifest\.json: the file is damaged \(.*\)\. Give the command/m);
    t.match(some.stderr, /^results.tiny.runs\.csv: the file is damaged \(.*\)\. Give the command/m);
    appendFileSync(join(results, 'summary.csv'), 'garbage\n');
    const none = await ds2p(words('report results/tiny'), folder);
    t.match(none, { code: 2, stdout: '', stderr: /summary\.csv: the file is damaged/ });
    t.equal((await ds2p(words('sweep tiny.json --no-report'), folder)).code, 0, 'the remedy');
    t.match(await ds2p(words('report results/tiny'), folder), { code: 0, stderr: /^(?![\s\S]*damaged)/ });
  },
);

t.test('folders of results are told where a folder that holds them is given', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, PAIRS);
  const swept = await ds2p(words('sweep tiny.json --no-report'), folder);
  t.equal(swept.code, 0);
  for (const line of [
    'inspect results --no-open',
    'explain results --request 1',
    'report results',
    'figures results',
  ])
    t.match(await ds2p(words(line), folder), {
      code: 2,
      stderr:
        /^results: the folder holds no \w+\.csv\. Give one of the folders in it that do: results.tiny\.\n/,
    });
  const merged = await ds2p(words('merge results/tiny -o whole --no-report'), folder);
  t.match(merged, { code: 0, stderr: /^results.tiny was made without --shard, so that it is no part/m });
});

t.test(
  '1: a file that cannot be written is named, and runs are said to be kept where some are',
  async (t) => {
    const folder = t.testdir();
    writeSweep(folder, PAIRS);
    t.equal((await ds2p(words('sweep tiny.json --no-report'), folder)).code, 0);
    for (const [line, file, remedy] of [
      ['report results/tiny', 'results/tiny/report.html', 'Mend that and start the same command again'],
      [
        'scalability --quick',
        'results/scalability/solves.attempt.csv',
        'Mend that, or give another folder with --out',
      ],
      [
        'compare --candidate none+skippy --experiment fig3 --quick',
        'results/compare-fig3/runs.csv',
        'Finished runs are kept: mend that and start the same command again',
      ],
    ] as const) {
      // New content is written to a file of that name first.
      mkdirSync(join(folder, `${file}.new`), { recursive: true });
      const { code, stderr } = await ds2p(words(line), folder);
      t.equal(code, 1, line);
      t.ok(stderr.includes(`${file}: it cannot be written (EISDIR`), stderr);
      t.ok(stderr.endsWith(`). ${remedy}.\n`), stderr);
    }
  },
);

t.test('130: commands without runs to wait for end at once, and say nothing of runs', async (t) => {
  const folder = t.testdir();
  // A program that waited for its run would wait for longer than a test may take.
  const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 3_600_000);
  writeSweep(folder, PAIRS);
  t.equal((await ds2p(words('sweep tiny.json'), folder)).code, 0);
  for (const [line, sign] of [
    [`run --duration 5 --offloading ${slow}`, AT_WORK],
    ['figures results/tiny results/tiny results/tiny results/tiny', 'results/tiny/figures'],
  ] as const) {
    const { child, ended } = start(words(line), folder, { DS2P_TEST_SLOW: '1' });
    while (!existsSync(join(folder, sign)) && child.exitCode === null) await sleep(5);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    t.equal(code, 130, line);
    t.notMatch(stderr, /stopping/, line);
  }
});

t.test(
  'a stdout that cannot be written to is told in one line, with code 1',
  {
    skip: existsSync('/dev/full') ? false : 'there is no /dev/full here',
  },
  async (t) => {
    const folder = inputs(t);
    for (const line of [
      'list',
      'list --json',
      'run --duration 2 --migration none --json',
      '--help',
      'completion bash',
    ]) {
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...words(line)], {
        cwd: folder,
        env: PLAIN_ENVIRONMENT,
        encoding: 'utf8',
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      t.equal(status, 1, line);
      t.match(
        stderr.replace(/^\d.* runs\/s.*\n/gm, ''),
        /^ds2p: stdout cannot be written: the disk is full \(ENOSPC\)\.\n$/,
        line,
      );
    }
  },
);
