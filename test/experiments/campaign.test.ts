import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Experiment } from '../../experiments/experiment.js';
import { runCampaign } from '../../experiments/harness/campaign.js';
import { InputError } from '../../experiments/harness/errors.js';
import { expandExperiment, type Run } from '../../experiments/harness/expand.js';
import { readCsv } from '../../results/csv.js';

const SMALL: Experiment = {
  name: 'small',
  title: 'Small',
  question: 'Do threads change results?',
  section: '-',
  presets: ['as-published', 'as-written'],
  axes: {
    'policy.migration': ['none', 'random', 'state-aware'],
    'policy.offloading': ['greedy-local', 'slo-aware'],
  },
  fixed: { 'migration.interval': 5 },
  replications: 4,
  duration: 20,
};

const silent = { write: () => true };
const runs = expandExperiment(SMALL, { seed: 3 });
const OTHER: Experiment = { ...SMALL, name: 'other', presets: ['as-published'] };

async function campaign(out: string, threads: number, own: readonly Run[] = runs, signal?: AbortSignal) {
  return runCampaign([{ experiment: SMALL, runs: own }], { out, threads, signal, progress: silent });
}

t.test('runs.csv and summary.csv are byte-identical with 1, 2 and 4 threads', async (t) => {
  const out = t.testdir();
  const files = [];
  for (const threads of [1, 2, 4]) {
    const { completed, failures } = await campaign(join(out, String(threads)), threads);
    t.equal(completed, runs.length);
    t.strictSame(failures, []);
    const folder = join(out, String(threads), 'small');
    files.push([
      readFileSync(join(folder, 'runs.csv'), 'utf8'),
      readFileSync(join(folder, 'summary.csv'), 'utf8'),
    ]);
  }
  t.equal(files[1][0], files[0][0]);
  t.equal(files[2][0], files[0][0]);
  t.equal(files[1][1], files[0][1]);
  t.equal(files[2][1], files[0][1]);
});

t.test('rows stand in the order of runs, in every file, and the manifest tells what was run', async (t) => {
  const out = t.testdir();
  const report = await runCampaign(
    [
      { experiment: SMALL, runs },
      { experiment: OTHER, runs: expandExperiment(OTHER, { seed: 9, replications: 1 }) },
    ],
    { out, threads: 2, progress: silent },
  );
  t.strictSame(report.folders, [join(out, 'small'), join(out, 'other')]);
  const rows = readCsv(join(out, 'small', 'runs.csv'));
  t.strictSame(
    rows.map((row) => [row.preset, row.migration_policy, row.replication, row.seed]),
    runs.map((r) => [r.preset, r.parameters.migration, String(r.replication), String(r.seed)]),
  );
  const timings = readCsv(join(out, 'small', 'timings.csv'));
  t.strictSame(
    timings.map((row) => [row.run, row.seed, row.offloading_policy]),
    runs.map((r, i) => [String(i + 1), String(r.seed), r.parameters.offloading]),
  );
  t.ok(timings.every((row) => Number(row.wall_s) > 0));
  t.ok(timings.every((row) => (row.decisions === '0') === (row.decision_time_mean_ms === '')));
  t.equal(readCsv(join(out, 'small', 'summary.csv')).length, runs.length / SMALL.replications);
  t.equal(readCsv(join(out, 'other', 'runs.csv')).length, 6);
  const manifest = JSON.parse(readFileSync(join(out, 'small', 'manifest.json'), 'utf8'));
  t.match(manifest, {
    experiment: { name: 'small', question: SMALL.question },
    configuration: { seed: 3, replications: 4, configurations: 12, scenario: null },
    runs: { planned: runs.length, completed: runs.length, interrupted: false, failures: [] },
    versions: {
      model: String,
      node: process.versions.node,
      'ds2p-bench': /^\d+\.\d+\.\d+/,
      'glpk.js': /^\d/,
    },
    machine: { threads: 2, cores: Number },
  });
  t.strictSame(manifest.configuration.parameters[0].varied, {
    'policy.offloading': ['greedy-local', 'slo-aware'],
    'policy.migration': ['none', 'random', 'state-aware'],
  });
});

t.test('a run that throws is reported with the command that repeats it, and the others go on', async (t) => {
  const out = t.testdir();
  const broken = runs.map((run) =>
    run.index === 1 ? { ...run, parameters: { ...run.parameters, migration: 'no-such-policy' } } : run,
  );
  const { completed, failures } = await campaign(out, 2, broken);
  t.equal(completed, runs.length - 1);
  t.equal(failures.length, 1);
  t.equal(failures[0].run.index, 1);
  const { runs: told } = JSON.parse(readFileSync(join(out, 'small', 'manifest.json'), 'utf8'));
  t.match(told.failures, [
    { run: 2, seed: 4, command: /^npx ds2p run --preset as-published --seed 4 .*--set / },
  ]);
  t.equal(readCsv(join(out, 'small', 'summary.csv'))[0].n, '3');
});

t.test('an aborted campaign keeps the rows that were made, and says so', async (t) => {
  const out = t.testdir();
  const controller = new AbortController();
  const long = expandExperiment({ ...SMALL, duration: 200 }, { seed: 1, replications: 30 });
  setTimeout(() => controller.abort(), 800);
  const { interrupted, completed } = await campaign(out, 1, long, controller.signal);
  t.ok(interrupted);
  t.ok(completed < long.length);
  const text = readFileSync(join(out, 'small', 'runs.csv'), 'utf8');
  t.ok(text.endsWith('\n'));
  t.equal(readCsv(join(out, 'small', 'runs.csv')).length, completed);
  t.match(JSON.parse(readFileSync(join(out, 'small', 'manifest.json'), 'utf8')).runs, {
    interrupted: true,
    completed,
  });
});

t.test('a folder below a file, or where none can be made, is refused before anything runs', async (t) => {
  const out = t.testdir({ file: 'text' });
  await t.rejects(campaign(join(out, 'file', 'results'), 1), InputError);
  await t.rejects(campaign(join(out, 'file'), 1), InputError);
  t.equal(readFileSync(join(out, 'file'), 'utf8'), 'text');
  mkdirSync(join(out, 'busy', 'small', 'runs.csv'), { recursive: true });
  await t.rejects(campaign(join(out, 'busy'), 1), /runs\.csv" cannot be written \(EISDIR\)/);
  t.notOk(existsSync(join(out, 'busy', 'small', 'manifest.json')));
  writeFileSync(join(out, 'busy', 'small', 'x'), '');
  if (process.platform === 'linux') await t.rejects(campaign('/proc/results', 1), InputError);
});
