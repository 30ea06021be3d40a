/** Sweeps on a real Slurm: a job array, a cancelled task, a time limit, and the same files in the end. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { ds2p } from '../scripts/process.js';
import { filesOf, journalLines, undisturbed, words, writeSlowPolicy } from '../scripts/sweeps.js';
import { Cluster, noSlurm } from './cluster.js';

const skip = noSlurm();
const cluster = skip === false ? await Cluster.start() : undefined;
t.teardown(() => cluster?.stop());

const logs = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => `${name}:\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('\n');

t.test(
  'an array of 4 of which one task is cancelled, submitted again, gives the files of an unsharded sweep',
  { skip },
  async (t) => {
    t.setTimeout(500_000);
    const folder = t.testdir();
    const slow = writeSlowPolicy(folder, 'SLURM_JOB_ID', 40);
    const changes = {
      axes: {
        'slo.tMax': [0.05, 0.1, 0.2, 0.3],
        'policy.migration': ['none', 'random', 'greedy'],
        'policy.offloading': [slow, 'slo-aware'],
      },
      replications: 40,
    };
    const expected = await undisturbed(folder, changes);
    const runs = readCsv(join(folder, 'undisturbed/tiny/runs.csv')).length;
    const results = join(folder, 'results/tiny');
    const line = words('slurm tiny.json --tasks 4 --cpus 1 --time 0:10:00 --submit');
    const first = await ds2p(line, folder, cluster!.env);
    t.equal(first.code, 0, first.stderr);
    const job = first.stdout.match(/^array job (\d+): tasks 1-4$/m)?.[1];
    t.match(first.stdout, /^merge job \d+$/m);
    const cancelled = join(results, 'shards/2-of-4');
    await cluster!.until('task 2 has made some runs', () => journalLines(cancelled) >= 3);
    cluster!.run('scancel', [`${job}_2`]);
    await cluster!.idle();
    const made = journalLines(cancelled);
    t.ok(made >= 3 && made < runs / 4, `${made} runs of the cancelled task are kept`);
    t.match(logs(join(results, 'slurm')), /was cancelled; submit again to go on\./);
    t.match(
      logs(join(results, 'slurm')),
      new RegExp(`${runs / 4 - made} runs are missing:\n  run \\d+ of the plan: `),
    );
    t.equal(readCsv(join(results, 'runs.csv')).length, runs - (runs / 4 - made), 'what is there is joined');

    const second = await ds2p(line, folder, cluster!.env);
    t.match(second.stdout, /^array job \d+: tasks 2$/m, 'only what is missing is submitted');
    await cluster!.idle();
    t.strictSame(filesOf(results), expected, logs(join(results, 'slurm')));
    const { sessions } = JSON.parse(readFileSync(join(cancelled, 'manifest.json'), 'utf8'));
    t.equal(sessions.length, 2);
    t.equal(sessions[1].made, runs / 4 - made, 'no run is made twice');

    const third = await ds2p(line, folder, cluster!.env);
    t.match(third.stderr, /No run is missing; only the parts are joined\./);
    await cluster!.idle();
    t.strictSame(filesOf(results), expected);
  },
);

t.test('a task that comes to its time limit ends cleanly, is requeued, and goes on', { skip }, async (t) => {
  t.setTimeout(300_000);
  const folder = t.testdir();
  const changes = {
    replications: 90,
    axes: { 'policy.offloading': [writeSlowPolicy(folder, 'SLURM_JOB_ID', 400)] },
    fixed: { 'policy.migration': 'none' },
  };
  const expected = await undisturbed(folder, changes);
  const results = join(folder, 'results/tiny');
  const shard = join(results, 'shards/1-of-1');
  // A minute is the shortest limit; Slurm signals up to a minute early, and so soon.
  const line = words('slurm tiny.json --tasks 1 --cpus 1 --time 1 --sbatch=--signal=B:USR1@28 --submit');
  const { code, stderr } = await ds2p(line, folder, cluster!.env);
  t.equal(code, 0, stderr);
  await cluster!.idle();
  t.match(logs(join(results, 'slurm')), /SIGUSR1: stopping when the runs in flight have ended/);
  t.match(logs(join(results, 'slurm')), /is put into the queue again\./);
  const { sessions } = JSON.parse(readFileSync(join(shard, 'manifest.json'), 'utf8'));
  t.ok(sessions.length >= 2, `${sessions.length} sessions`);
  t.equal(sessions[0].stopped, 'SIGUSR1 came');
  t.equal(
    sessions.reduce((sum: number, { made }: { made: number }) => sum + made, 0),
    90,
  );
  t.strictSame(filesOf(results), expected, logs(join(results, 'slurm')));
});
