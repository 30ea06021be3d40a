/** With --json, stdout holds one JSON value and nothing else, also when runs failed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { FUNCTIONS, LATENCY, TRACE } from '../experiments/scenario-fixtures.js';
import { ds2p } from './process.js';
import { tinySweep, words, writeSweep } from './sweeps.js';

/** Runs a line with --json, and returns the value that it prints. */
async function jsonOf(folder: string, line: string, wanted = 0) {
  const { code, stdout, stderr } = await ds2p([...words(line), '--json'], folder);
  if (code !== wanted) throw new Error(`${line} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

t.test('sweep tells its folder and counts of runs, and --dry-run what it will cost', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { replications: 2 });
  const plan = await jsonOf(folder, 'sweep tiny.json --dry-run --threads 1');
  t.match(plan, {
    experiment: 'tiny',
    folder: 'results/tiny',
    shard: null,
    configurations: 24,
    replications: 2,
    planned: 48,
    done: 0,
    missing: 48,
    threads: 1,
  });
  t.ok(plan.estimate.sampled > 0 && plan.estimate.seconds > 0 && plan.estimate.bytes > 0);
  t.notOk(existsSync(join(folder, 'results')));
  const counts = { experiment: 'tiny', folder: 'results/tiny', planned: 48, done: 48, failed: 0, left: 0 };
  const first = await jsonOf(folder, 'sweep tiny.json');
  t.match(first, { ...counts, made: 48, failures: [] });
  t.ok(first.seconds > 0);
  t.match(await jsonOf(folder, 'sweep tiny.json'), { ...counts, made: 0 });
  t.equal((await jsonOf(folder, 'sweep tiny.json --dry-run')).estimate, null);
});

t.test('failed runs are in the JSON of sweep, run and compare', async (t) => {
  const folder = t.testdir({
    'bad.mjs':
      "export default { kind: 'offloading', name: 'bad', doc: 'd', source: 's', make: () => () => { throw new Error('it throws'); } };\n",
  });
  const axes = { 'policy.offloading': ['greedy-local', './bad.mjs'] };
  writeSweep(folder, { axes, replications: 2 });
  const swept = await jsonOf(folder, 'sweep tiny.json', 1);
  t.match(swept, { planned: 4, done: 2, made: 2, failed: 2, left: 0 });
  t.equal(swept.failures.length, 2);
  t.match(swept.failures[0], { seed: 1, error: /it throws/, command: /^npx ds2p run .*bad\.mjs/ });
  t.strictSame(await jsonOf(folder, 'run --duration 5 --offloading ./bad.mjs', 1), []);
  const line = 'compare --experiment load --candidate none+./bad.mjs --quick --duration 5 --replications 1';
  t.strictSame(await jsonOf(folder, line, 1), []);
});

t.test('reproduce prints what reproduction.json holds, with folders, figures and counts', async (t) => {
  const folder = t.testdir();
  const line = 'reproduce --only table3,load --quick --duration 5 --replications 2 --out out';
  const { table3, claims, ...rest } = await jsonOf(folder, line);
  const written = JSON.parse(readFileSync(join(folder, 'out/reproduction.json'), 'utf8'));
  t.strictSame({ table3, claims }, written);
  t.ok(table3['as-published'].length > 0);
  t.match(rest, { folders: ['out/table3', 'out/load'], failed: 0, left: 0 });
  t.equal(rest.done, rest.planned);
  t.ok(rest.figures.length > 0);
  for (const path of rest.figures) t.ok(existsSync(join(folder, path)), path);
});

t.test('merge, figures, bundle and status name what they made and found', async (t) => {
  const folder = t.testdir();
  const pairs = {
    'policy.migration': ['none', 'greedy'],
    'policy.offloading': ['greedy-local', 'slo-aware'],
  };
  writeSweep(folder, { axes: pairs, replications: 12 });
  await ds2p(words('sweep tiny.json --shard 1/2'), folder);
  const half = await jsonOf(folder, 'merge results/tiny/shards/1-of-2 -o half', 1);
  t.match(half, { folder: 'half', planned: 48, done: 24, failed: 0, absent_shards: ['2/2'] });
  t.equal(half.missing.count, 24);
  await ds2p(words('sweep tiny.json --shard 2/2'), folder);
  const line = 'merge results/tiny/shards/1-of-2 results/tiny/shards/2-of-2 -o whole';
  t.match(await jsonOf(folder, line), { done: 48, missing: { count: 0 }, doubled: { count: 0 } });
  t.strictSame(await jsonOf(folder, 'report whole'), [join('whole', 'report.html')]);
  const shown = await jsonOf(folder, 'inspect whole --run 2 --no-open');
  t.strictSame(shown, { page: join('whole', 'inspect.html'), runs: [2] });
  const [drawn] = await jsonOf(folder, 'figures whole');
  t.equal(drawn.folder, 'whole');
  t.ok(drawn.files.length > 0 && drawn.files.every((path: string) => existsSync(join(folder, path))));
  t.match(await jsonOf(folder, 'status whole'), [{ folder: 'whole', state: 'finished', done: 48 }]);
  const crate = await jsonOf(folder, 'bundle whole --zip');
  t.match(crate, { folder: 'whole-crate', zip: 'whole-crate.zip' });
  for (const file of crate.files) t.ok(existsSync(join(folder, 'whole-crate', file)), file);
});

t.test('import names the scenario and its nodes', async (t) => {
  const folder = t.testdir({ 'trace.csv': TRACE, 'functions.csv': FUNCTIONS, 'rtt.csv': LATENCY });
  const line = 'import --trace trace.csv --functions functions.csv --latency rtt.csv --out real';
  t.match(await jsonOf(folder, line), {
    scenario: join('real', 'scenario.json'),
    nodes: { edge: ['A', 'D'], cloud: ['B'], store: ['C'] },
    functions: 2,
    invocations: 3,
  });
});

t.test('scalability prints the rows of summary.csv', async (t) => {
  const folder = t.testdir();
  const line =
    'scalability --max-nodes 10 --max-functions 5 --source generated --series sound/auto --replications 1 --states 1 --time-limit 2';
  const { summary, figures, ...rest } = await jsonOf(folder, line);
  t.match(rest, { folder: join('results', 'scalability'), solves: summary.length });
  t.match(summary[0], { nodes: 10, source: 'generated', solver: 'auto' });
  t.ok(figures.every((path: string) => existsSync(join(folder, path))));
});

t.test('words are counted one by one: 1 run, 1 folder', async (t) => {
  const folder = t.testdir();
  const one = { axes: { 'policy.offloading': ['greedy-local'] }, replications: 1, name: 'one' };
  writeFileSync(join(folder, 'one.json'), JSON.stringify({ ...tinySweep(), ...one }));
  const swept = await ds2p(words('sweep one.json --shard 1/1 --threads 1'), folder);
  t.match(swept.stderr, /^1 of 1 run in /m);
  const merged = await ds2p(words('merge results/one/shards/1-of-1 -o whole'), folder);
  t.match(merged.stderr, /^1 of 1 run from 1 folder\. Results: whole$/m);
  const plan = await ds2p(words('sweep one.json --dry-run --threads 1'), folder);
  t.match(plan.stdout, /^runs +1 \(1 configuration x 1 replication\)$/m);
  t.match(plan.stdout, /on 1 thread \(.* of 1 timed run\)$/m);
});
