import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { MIGRATION_POLICIES, OFFLOADING_POLICIES, PARAMETER_LIST } from '../../core/index.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { runColumns, summaryColumns, TIMING_COLUMNS } from '../../results/columns.js';
import { cellText, readCsv } from '../../results/csv.js';
import { COMMANDS } from '../../scripts/commands/index.js';
import { ds2p, start } from './process.js';

const words = (line: string) => line.split(' ');

t.test(
  'run --json prints an object a replication with the columns of runs.csv, and nothing else',
  async (t) => {
    const folder = t.testdir();
    const { code, stdout } = await ds2p(words('run --duration 5 --replications 2 --seed 7 --json'), folder);
    t.equal(code, 0);
    const rows = JSON.parse(stdout);
    t.equal(rows.length, 2);
    for (const row of rows)
      t.strictSame(
        Object.keys(row),
        runColumns().map(({ name }) => name),
      );
    t.match(rows[1], {
      experiment: 'run',
      preset: 'as-published',
      replication: 1,
      seed: 8,
      duration_s: 5,
    });
    t.type(rows[0].arrivals, 'number');
    t.strictSame(readdirSync(folder), []);
  },
);

t.test('a metric that a run does not have is null in JSON', async (t) => {
  // No container fits into the memory of any node, so that nothing completes.
  const line = 'run --duration 5 --migration none --set nodes.edgeMemory=1 --set nodes.cloudMemory=1 --json';
  const [row] = JSON.parse((await ds2p(words(line), t.testdir())).stdout);
  t.equal(row.completions, 0);
  t.equal(row.response_time_p50_s, null);
});

/** The line of a metric in the text of run, its columns apart. */
const lineOf = (stdout: string, metric: string): readonly string[] =>
  stdout
    .split('\n')
    .find((line) => line.startsWith(`${metric} `))!
    .split(/ {2,}/);

t.test('run prints every metric in the digits of a tooltip, with its interval', async (t) => {
  const line = 'run --duration 130 --replications 3 --workload w1';
  const { stdout } = await ds2p(words(line), t.testdir());
  const json = await ds2p(words(`${line} --json --summary`), t.testdir());
  const { summary } = JSON.parse(json.stdout);
  t.match(stdout, /^metric +mean ± half-width +95 % interval +unit +meaning/);
  for (const metric of ['response_time_p50_s', 'data_access_time_mean_s', 'offloaded_percent']) {
    const [mean, halfWidth] = [summary[`${metric}_mean`], summary[`${metric}_half_width`]];
    const most = metric.endsWith('_percent') ? 100 : Number.POSITIVE_INFINITY;
    const told = (value: number) => String(Number(value.toPrecision(4)));
    const [, value, interval] = lineOf(stdout, metric);
    t.equal(value, `${told(mean)} ± ${told(halfWidth)}`);
    t.equal(interval, `${told(Math.max(0, mean - halfWidth))} to ${told(Math.min(most, mean + halfWidth))}`);
  }
});

t.test('run tells how long decisions took, apart from what is the same each time', async (t) => {
  const folder = t.testdir();
  const line = 'run --duration 20 --replications 2 --set migration.interval=5';
  const text = await ds2p(words(line), folder);
  t.match(text.stdout, /\n\nOn this machine, and different each time; \d+ decisions were timed\.\n/);
  for (const statistic of ['mean', 'median', 'max'])
    t.match(text.stdout, new RegExp(`^decision_time_${statistic}_ms +\\d.* ms `, 'm'));
  const one = await ds2p(words('run --duration 20 --set migration.interval=5'), folder);
  t.match(one.stdout, /^decision_time_mean_ms +[\d.]+ +ms +mean of the decisions$/m);
  const rows = await ds2p(words(`${line} --json`), folder);
  t.notMatch(rows.stdout, 'decision_time', 'rows are the same each time');
  const { summary, timings, decision_time } = JSON.parse(
    (await ds2p(words(`${line} --json --summary`), folder)).stdout,
  );
  t.strictSame(
    Object.keys(summary),
    summaryColumns().map(({ name }) => name),
  );
  const arrivals = JSON.parse(rows.stdout).map((row: { arrivals: number }) => row.arrivals);
  t.equal(summary.arrivals_mean, (arrivals[0] + arrivals[1]) / 2);
  t.equal(timings.length, 2);
  t.strictSame(
    Object.keys(timings[0]),
    TIMING_COLUMNS.map(({ name }) => name),
  );
  const means = timings.map((timing: { decision_time_mean_ms: number }) => timing.decision_time_mean_ms);
  t.ok(Math.abs(decision_time.mean_ms - (means[0] + means[1]) / 2) < 1e-9);
  t.ok(decision_time.decisions > 0 && decision_time.max_ms >= decision_time.median_ms);
  const none = await ds2p(words('run --duration 5 --replications 2 --migration none'), folder);
  t.notMatch(none.stdout, 'decision_time', 'no policy was asked');
  t.match(
    (await ds2p(words('run --duration 5 --summary'), folder)).stderr,
    /^--summary: it says which JSON is printed, and --json is not given\. /,
  );
});

t.test('run with the seed of a row gives that row of an experiment again', async (t) => {
  const folder = t.testdir();
  const { code } = await ds2p(words('sweep load --quick --duration 5 --replications 2 --out out'), folder);
  t.equal(code, 0);
  t.strictSame(readdirSync(join(folder, 'out')), ['load']);
  const wanted = readCsv(join(folder, 'out/load/runs.csv'))[7];
  const line = `run --duration 5 --seed ${wanted.seed} --set workload.load=${wanted.workload_load}`;
  const policies = ` --migration ${wanted.migration_policy} --offloading ${wanted.offloading_policy} --json`;
  const [row] = JSON.parse((await ds2p(words(line + policies), folder)).stdout);
  for (const { name } of runColumns())
    if (name !== 'experiment' && name !== 'replication')
      t.equal(cellText(row[name] ?? Number.NaN), wanted[name]);
});

t.test('Ctrl-C stops cleanly: code 130, whole rows kept, a manifest that says so', async (t) => {
  const folder = t.testdir();
  const runs = join(folder, 'results/table3/runs.csv');
  const journal = join(folder, 'results/table3/journal.jsonl');
  const { child, ended } = start(words('experiment table3 --threads 1'), folder);
  const lines = () => readFileSync(journal, 'utf8').split('\n').length - 1;
  // Its first line is the header.
  while (!existsSync(journal) || lines() < 2) await sleep(20);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  t.equal(code, 130);
  t.equal(stdout, '');
  const manifest = JSON.parse(readFileSync(join(folder, 'results/table3/manifest.json'), 'utf8'));
  const rows = readCsv(runs);
  t.match(manifest.runs, { interrupted: true, completed: rows.length });
  t.ok(rows.length > 0 && rows.length < manifest.runs.planned);
});

t.test('list --json holds every experiment, policy and parameter', async (t) => {
  const { stdout } = await ds2p(['list', '--json'], t.testdir());
  const { experiments, policies, parameters } = JSON.parse(stdout);
  const names = (all: readonly { name: string }[]) => all.map(({ name }) => name);
  t.strictSame(names(experiments), names(EXPERIMENTS));
  t.strictSame(names(policies), names([...OFFLOADING_POLICIES, ...MIGRATION_POLICIES]));
  t.strictSame(names(parameters), names(PARAMETER_LIST));
});

t.test('list shows every parameter with its default', async (t) => {
  const { stdout } = await ds2p(['list'], t.testdir());
  for (const { name } of PARAMETER_LIST) t.ok(stdout.includes(`\n${name}`), name);
  t.match(stdout, /slo\.tMax, --t-max \[s\] = 0\.1\n/);
});

for (const { name, options } of COMMANDS)
  t.test(`ds2p ${name} --help shows every option, defaults and an example, in 110 columns`, async (t) => {
    const { code, stdout, stderr } = await ds2p([name, '--help'], t.testdir());
    t.equal(code, 0);
    t.equal(stderr, '');
    for (const option of Object.keys(options)) t.ok(stdout.includes(`--${option} `), option);
    t.match(stdout, new RegExp(`Examples:\\n +ds2p (${name}|sweep)`));
    t.ok(stdout.split('\n').every((line) => line.length <= 110));
  });

t.test('ds2p --help shows every command and the exit codes', async (t) => {
  const { code, stdout } = await ds2p(['--help'], t.testdir());
  t.equal(code, 0);
  for (const { name } of COMMANDS) t.ok(stdout.includes(`  ds2p ${name}`), name);
  for (const [code, meaning] of [
    [0, 'done'],
    [1, 'runs failed'],
    [2, 'bad input'],
    [3, 'out of time'],
    [130, 'interrupted'],
  ])
    t.match(stdout, new RegExp(`^ +${code} +${meaning}`, 'm'));
});
