/** Experiment files of the user's own: three languages, all problems at once, and what a dry run tells. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { ds2p } from './process.js';
import { filesOf, TINY_RUNS, tinySweep, undisturbed, words, writeSweep } from './sweeps.js';

t.test('the same experiment in JSON, JavaScript and TypeScript gives the same files', async (t) => {
  const folder = t.testdir();
  const changes = { replications: 2, title: 'One' };
  const expected = await undisturbed(folder, changes);
  const json = JSON.stringify(tinySweep(changes));
  writeFileSync(join(folder, 'common.cjs'), `module.exports = ${json};\n`);
  writeFileSync(
    join(folder, 'module.mjs'),
    `const two = 2;\nexport default { ...${json}, replications: two };\n`,
  );
  writeFileSync(join(folder, 'values.ts'), 'export enum Count { Two = 2 }\n');
  writeFileSync(
    join(folder, 'typed.ts'),
    `import type { ExperimentFile } from 'ds2p-bench/experiment';
import { Count } from './values.js';
const replications: number = Count.Two;
export const tiny: ExperimentFile = { ...${json}, replications };
`,
  );
  for (const file of ['common.cjs', 'module.mjs', 'typed.ts']) {
    const { code, stderr } = await ds2p(words(`sweep ./${file} --out ${file}.out`), folder);
    t.equal(code, 0, stderr);
    t.strictSame(filesOf(join(folder, `${file}.out/tiny`)), expected, file);
  }
});

t.test('a file without a name is named after itself, and the command line overrides it', async (t) => {
  const folder = t.testdir({
    'my sweep.json': JSON.stringify({ axes: { 'slo.tMax': [0.1, 0.2] }, duration: 2, seed: 5 }),
  });
  const line = ['sweep', 'my sweep.json', ...words('--replications 2 --t-max 0.3 --migration none')];
  const { code, stderr } = await ds2p(line, folder);
  t.equal(code, 0, stderr);
  const rows = readCsv(join(folder, 'results/my-sweep/runs.csv'));
  t.strictSame(
    rows.map((row) => [row.t_max_s, row.migration_policy, row.seed]),
    [
      ['0.3', 'none', '5'],
      ['0.3', 'none', '6'],
    ],
  );
  // The definition that stands beside the results makes them again.
  const again = await ds2p(words('sweep results/my-sweep/experiment.json --out again'), folder);
  t.equal(again.code, 0, again.stderr);
  t.strictSame(filesOf(join(folder, 'again/my-sweep')), filesOf(join(folder, 'results/my-sweep')));
});

t.test('zip varies in lockstep, and constraints leave combinations out', async (t) => {
  const folder = t.testdir();
  await undisturbed(folder, {
    axes: { 'keys.count': [2, 3], 'policy.offloading': ['slo-aware', 'greedy-local'] },
    zip: { 'nodes.edge': [1, 2, 3], 'nodes.cloud': [3, 2, 1] },
    constraints: [
      'edgeNodes <= nodes',
      'nodes.edge <= nodes.cloud',
      "policy.offloading == 'slo-aware' || keys.count > nodes.edge",
    ],
    replications: 1,
  });
  const rows = readCsv(join(folder, 'undisturbed/tiny/runs.csv'));
  t.strictSame(
    rows.map((row) => [row.nodes_edge, row.nodes_cloud, row.keys_count, row.offloading_policy].join(' ')),
    [
      '1 3 2 slo-aware',
      '1 3 2 greedy-local',
      '1 3 3 slo-aware',
      '1 3 3 greedy-local',
      '2 2 2 slo-aware',
      '2 2 3 slo-aware',
      '2 2 3 greedy-local',
    ],
  );
});

t.test('a file with mistakes is refused with all of them at once, and nothing is written', async (t) => {
  const folder = t.testdir();
  writeFileSync(
    join(folder, 'bad.json'),
    JSON.stringify({
      naem: 'x',
      name: '../up',
      presets: ['as-writen'],
      replications: 0,
      seed: 1.5,
      duration: -1,
      fixed: { 'latency.cloudStoreMin': 99, 'keys.cuont': 3, 'slo.tMax': '0.1' },
      axes: { 'policy.migration': ['none', 'greddy'], 'nodes.edge': 5, 'keys.count': [] },
      zip: [{ 'nodes.cloud': [1, 2], 'functions.count': [1] }],
      cases: [{ 'slo.penalty': -1 }],
      constraints: [
        'nodes.edge <= nods.cloud',
        'nodes.edge <',
        "policy.migration == 'gredy'",
        'nodes.edge + 1',
        3,
      ],
      scenario: 'none.json',
    }),
  );
  const { code, stdout, stderr } = await ds2p(words('sweep bad.json --threads 0 --out out'), folder);
  t.equal(code, 2);
  t.equal(stdout, '');
  for (const message of [
    /^--threads: "0" is not a whole number/m,
    /^bad\.json: naem: there is no such field\. Did you mean "name"\?/m,
    /^bad\.json: name: "\.\.\/up" is not a name of a folder/m,
    /^bad\.json: presets\[0\]: "as-writen" is not a preset\. Did you mean "as-written"\?/m,
    /^bad\.json: replications: 0 is not a whole number >= 1/m,
    /^bad\.json: seed: 1\.5 is not a whole number/m,
    /^bad\.json: duration: -1 is not a number > 0/m,
    /^bad\.json: fixed\.keys\.cuont: .*Did you mean "keys\.count"\?/m,
    /^bad\.json: fixed\.slo\.tMax: "0\.1" is not a number/m,
    /^bad\.json: axes\.policy\.migration\[1\]: "greddy" is not a migration policy\. Did you mean "greedy"\?/m,
    /^bad\.json: axes\.nodes\.edge: 5 is not a list\. Write \[5\]/m,
    /^bad\.json: axes\.keys\.count: the list is empty/m,
    /^bad\.json: zip\[0\]: lists that vary together differ in length: nodes\.cloud has 2, functions\.count has 1\./m,
    /^bad\.json: cases\[0\]\.slo\.penalty: -1 is out of range/m,
    /^bad\.json: constraints\[0\]: .*"nods\.cloud" is not a parameter\. Did you mean "nodes\.cloud"\?/m,
    /^bad\.json: constraints\[1\]: .*it cannot be read \(/m,
    /^bad\.json: constraints\[2\]: .*"gredy" is not a value of policy\.migration\. Did you mean "greedy"\?/m,
    /^bad\.json: constraints\[3\]: .*it is not true or false\./m,
    /^bad\.json: constraints\[4\]: .*it is no text\./m,
    /^latency\.cloudStoreMin: 99 ms is more than latency\.cloudStoreMax = 15 ms\./m,
    /none\.json: the file cannot be read \(ENOENT\)/m,
  ])
    t.match(stderr, message);
  t.equal(stderr.trimEnd().split('\n').length, 21, stderr);
  t.strictSame(readdirSync(folder), ['bad.json']);
});

t.test('what is no experiment at all is told in one line', async (t) => {
  const folder = t.testdir({
    'list.json': '[1]',
    'broken.json': '{',
    'broken.ts': 'export default {',
    'two.js': 'export const a = {}; export const b = {};',
    'my.json': '{}',
    'none.json': JSON.stringify({ axes: { 'nodes.edge': [3] }, constraints: ['nodes.edge < 3'] }),
    'many.json': JSON.stringify({ axes: { 'nodes.edge': [3, 4] }, replications: 1e9 }),
    'presets.json': JSON.stringify({ presets: [] }),
    'twice.json': JSON.stringify({ axes: { 'nodes.edge': [3] }, cases: [{ 'nodes.edge': 4 }] }),
  });
  for (const [file, message] of [
    ['list.json', /^list\.json: \[1\] is not an object\./],
    ['broken.json', /^broken\.json: the file is not JSON \(/],
    ['broken.ts', /^broken\.ts: the file cannot be loaded \(/],
    ['two.js', /^two\.js: it exports 2 objects and no default\./],
    ['absent.ts', /^absent\.ts: the file cannot be read \(ENOENT\)/],
    ['my', /^experiment: "my" is not an experiment\. Did you mean the file "my\.json"\?/],
    ['none.json', /^none\.json: constraints: no configuration meets them all\./],
    ['many.json', /^many\.json: replications: 1000000000 of 2 configurations are 2000000000 runs, more than/],
    ['presets.json', /^presets\.json: presets: the list is empty\./],
    ['twice.json', /^twice\.json: axes\.nodes\.edge: nodes\.edge varies at two places, here and in cases\./],
  ] as const) {
    const { code, stderr } = await ds2p(['sweep', file], folder);
    t.equal(code, 2, file);
    t.match(stderr, message);
  }
  t.notOk(readdirSync(folder).includes('results'));
});

t.test('a scenario is named relative to the file, and a changed one makes other runs', async (t) => {
  const folder = t.testdir();
  mkdirSync(join(folder, 'sub'));
  const scenario = (memory: number) =>
    writeFileSync(
      join(folder, 'sub/nodes.json'),
      JSON.stringify({
        nodes: [
          { name: 'a', kind: 'edge', memory_mb: memory },
          { name: 'b', kind: 'cloud' },
        ],
      }),
    );
  scenario(4000);
  writeFileSync(
    join(folder, 'sub/real.json'),
    JSON.stringify({
      scenario: 'nodes.json',
      axes: { 'slo.tMax': [0.1, 0.2] },
      duration: 2,
      replications: 1,
    }),
  );
  const line = words('sweep sub/real.json');
  t.equal((await ds2p(line, folder)).code, 0);
  t.match(readCsv(join(folder, 'results/real/runs.csv'))[0].scenario, /nodes\.json$/);
  t.match((await ds2p(line, folder)).stderr, /\(2 of them before\)/);
  scenario(3000);
  t.notMatch((await ds2p(line, folder)).stderr, /of them before/);
});

t.test('--dry-run tells runs, those that are done, time and disk, and writes nothing', async (t) => {
  const folder = t.testdir();
  writeSweep(folder);
  const line = words('sweep tiny.json --threads 2');
  const before = await ds2p([...line, '--dry-run'], folder);
  t.equal(before.code, 0, before.stderr);
  t.match(before.stdout, /^runs +240 \(24 configurations x 10 replications\)$/m);
  t.match(before.stdout, /^already done +0$/m);
  t.match(before.stdout, /^to be made +240$/m);
  t.match(
    before.stdout,
    /^estimated time +.+ on 2 threads \(.+ to .+ by the fastest and the slowest of \d+ timed runs\)$/m,
  );
  t.match(before.stdout, /^estimated disk +\d+ kB in results\/tiny$/m);
  t.strictSame(readdirSync(folder), ['tiny.json']);
  t.equal((await ds2p(line, folder)).code, 0);
  const told = Number(before.stdout.match(/estimated disk +(\d+) kB/)?.[1]);
  const files = ['journal.jsonl', 'runs.csv', 'summary.csv', 'timings.csv'];
  const really =
    files.reduce((sum, file) => sum + readFileSync(join(folder, 'results/tiny', file)).length, 0) / 1000;
  t.ok(Math.abs(told - really) < 0.25 * really, `${told} kB estimated, ${really} kB written`);
  writeSweep(folder, { replications: 12 });
  const after = await ds2p([...line, '--dry-run'], folder);
  t.match(after.stdout, new RegExp(`^already done +${TINY_RUNS} in results/tiny$`, 'm'));
  t.match(after.stdout, /^to be made +48$/m);
  const fresh = await ds2p([...line, '--dry-run', '--fresh'], folder);
  t.match(fresh.stdout, /^to be made +288$/m);
});

t.test(
  'a policy file that is missing is told with its place in the sweep and the folder searched',
  async (t) => {
    const folder = t.testdir({
      sub: {
        'p.json': JSON.stringify({ axes: { 'policy.offloading': ['slo-aware', './policies/my-idea.ts'] } }),
      },
    });
    const { code, stderr } = await ds2p(words('sweep sub/p.json --dry-run'), folder);
    t.equal(code, 2);
    t.match(
      stderr,
      /^sub.p\.json: axes\.policy\.offloading\[1\]: \.\/policies\/my-idea\.ts: there is no such policy file\. Paths of policies are relative to the working folder, here \S+\. /,
    );
  },
);
