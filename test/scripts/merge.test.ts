/** Shards made apart are joined to the files of the sweep made in one place, whatever became of them. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { ds2p } from './process.js';
import { filesOf, journalLines, TINY_RUNS, undisturbed, words, writeSweep } from './sweeps.js';

async function makeShards(folder: string, of: number, options = ''): Promise<void> {
  for (let i = 1; i <= of; i++) {
    const { code, stderr } = await ds2p(
      words(`sweep tiny.json --threads 2 --shard ${i}/${of}${options}`),
      folder,
    );
    if (code !== 0) throw new Error(stderr);
  }
}

const shardsOf = (folder: string, of: number): string[] =>
  Array.from({ length: of }, (_, i) => join('results/tiny/shards', `${i + 1}-of-${of}`)).filter((each) =>
    existsSync(join(folder, each)),
  );

t.test('merged files are byte-identical to those of an unsharded sweep', async (t) => {
  const folder = t.testdir();
  const expected = await undisturbed(folder);
  await makeShards(folder, 3);
  const shards = shardsOf(folder, 3);
  t.equal(
    shards.reduce((sum, shard) => sum + journalLines(join(folder, shard)), 0),
    TINY_RUNS,
  );
  for (const order of [shards, [...shards].reverse()]) {
    const { code, stderr } = await ds2p(['merge', ...order, '-o', 'out'], folder);
    t.equal(code, 0, stderr);
    t.strictSame(filesOf(join(folder, 'out')), expected);
    rmSync(join(folder, 'out'), { recursive: true });
  }
  const { code } = await ds2p(['merge', ...shards, '-o', 'results/tiny'], folder);
  t.equal(code, 0);
  const manifest = JSON.parse(readFileSync(join(folder, 'results/tiny/manifest.json'), 'utf8'));
  t.match(manifest, {
    shard: null,
    runs: { planned: TINY_RUNS, completed: TINY_RUNS },
    configuration: { replications: 10 },
  });
  t.equal(manifest.sessions.length, 4, 'three shards and the merge');
  // The whole can be gone on with, and more shards reuse what is merged.
  const again = await ds2p(words('sweep tiny.json'), folder);
  t.match(
    again.stderr,
    new RegExp(`^${TINY_RUNS} of ${TINY_RUNS} runs \\(${TINY_RUNS} of them before\\)`, 'm'),
  );
  const other = await ds2p(words('sweep tiny.json --shard 1/2 --dry-run'), folder);
  t.match(other.stdout, /^runs +120 of 240, shard 1\/2$/m);
  await makeShards(folder, 2);
  t.equal(journalLines(join(folder, 'results/tiny/shards/1-of-2')), 0, 'nothing is made again');
});

t.test('missing runs are named, with the parts that are absent, and doubled ones as well', async (t) => {
  const folder = t.testdir();
  const expected = await undisturbed(folder);
  await makeShards(folder, 3);
  const shards = shardsOf(folder, 3);
  const missing = await ds2p(['merge', shards[0], shards[2], '-o', 'out'], folder);
  t.equal(missing.code, 1);
  t.match(missing.stderr, /^160 of 240 runs from 2 folders/m);
  t.match(
    missing.stderr,
    /^80 runs are missing:\n {2}run \d+ of the plan: policy\.offloading=.* slo\.tMax=.* seed=\d+$/m,
  );
  t.match(missing.stderr, /^No folder was given of the parts 2\/3\.$/m);
  t.equal(readCsv(join(folder, 'out/runs.csv')).length, 160);
  const doubled = await ds2p(['merge', ...shards, 'undisturbed/tiny', '-o', 'out'], folder);
  t.equal(doubled.code, 0);
  t.match(
    doubled.stderr,
    /^240 runs are in several folders, with the same results:\n {2}run \d+ of the plan: .* in results\/tiny\/shards\/\d-of-3 and undisturbed\/tiny$/m,
  );
  t.strictSame(filesOf(join(folder, 'out')), expected);
});

t.test('what does not belong together is not joined, and every reason is told at once', async (t) => {
  const folder = t.testdir({ empty: {} });
  writeSweep(folder, { replications: 1 });
  await makeShards(folder, 2);
  const [one, two] = shardsOf(folder, 2);
  await ds2p(words('sweep tiny.json --seed 5 --out other'), folder);
  cpSync(join(folder, two), join(folder, 'oldmodel'), { recursive: true });
  const journal = join(folder, 'oldmodel/journal.jsonl');
  const { crc32 } = await import('node:zlib');
  const [first, ...rest] = readFileSync(journal, 'utf8').split('\n');
  const header = first.slice(9).replace(/"model":"[^"]*"/, '"model":"0"');
  writeFileSync(journal, [`${crc32(header).toString(16).padStart(8, '0')} ${header}`, ...rest].join('\n'));
  const { code, stderr } = await ds2p(
    ['merge', one, two, two, 'other/tiny', 'oldmodel', 'empty', 'none', '-o', 'out'],
    folder,
  );
  t.equal(code, 2);
  t.match(stderr, /^none: there is no such folder\./m);
  const rest2 = await ds2p(['merge', one, two, two, 'other/tiny', 'oldmodel', 'empty', '-o', 'out'], folder);
  t.equal(rest2.code, 2);
  for (const message of [
    /^results\/tiny\/shards\/2-of-2: the folder is given twice\./m,
    /^other\/tiny: it does not belong to the sweep of "results\/tiny\/shards\/1-of-2": seed is 1 there and 5 here\./m,
    /^oldmodel: its runs are of model version 0, and this is version/m,
    /^empty: there is no manifest\.json\./m,
    /^empty: there is no journal\.jsonl\./m,
  ])
    t.match(rest2.stderr, message);
  t.notOk(existsSync(join(folder, 'out')));
});

t.test('a part is not made the whole, by whatever path it is given', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { replications: 1 });
  await makeShards(folder, 2);
  const shards = shardsOf(folder, 2);
  const before = filesOf(join(folder, shards[0]));
  for (const out of [shards[0], `${shards[0]}/`, `./results/../${shards[0]}`]) {
    const { code, stderr } = await ds2p(['merge', ...shards, '-o', out], folder);
    t.equal(code, 2);
    t.match(stderr, /^--out: ".*1-of-2\/?" is one of the parts\. Give another folder for the whole/);
  }
  t.strictSame(filesOf(join(folder, shards[0])), before);
});

t.test('runs with two different results are refused', async (t) => {
  const folder = t.testdir();
  await undisturbed(folder, { replications: 1 });
  cpSync(join(folder, 'undisturbed/tiny'), join(folder, 'changed'), { recursive: true });
  const journal = join(folder, 'changed/journal.jsonl');
  const { crc32 } = await import('node:zlib');
  const lines = readFileSync(journal, 'utf8').split('\n');
  const json = lines[3].slice(9).replace(/,\[(\d+)/, (_all, arrivals) => `,[${Number(arrivals) + 1}`);
  lines[3] = `${crc32(json).toString(16).padStart(8, '0')} ${json}`;
  writeFileSync(journal, lines.join('\n'));
  const { code, stderr } = await ds2p(words('merge undisturbed/tiny changed -o out'), folder);
  t.equal(code, 2);
  t.match(stderr, /^changed: run \d+ of the plan: .* has other results than in "undisturbed\/tiny"\./);
});

t.test('runs of an earlier form of a sweep are taken with --reuse', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { replications: 1 });
  await makeShards(folder, 2);
  const old = shardsOf(folder, 2);
  const expected = await undisturbed(folder, { replications: 2 });
  await makeShards(folder, 3);
  const shards = shardsOf(folder, 3);
  t.equal(
    shards.reduce((sum, shard) => sum + journalLines(join(folder, shard)), 0),
    24,
    'only what is missing is made',
  );
  const { code, stderr } = await ds2p(
    ['merge', ...shards, ...old.flatMap((each) => ['--reuse', each]), '-o', 'out'],
    folder,
  );
  t.equal(code, 0, stderr);
  t.strictSame(filesOf(join(folder, 'out')), expected);
});

t.test('slurm writes scripts and tells how to submit them; without sbatch, --submit says so', async (t) => {
  const folder = t.testdir();
  writeSweep(folder);
  const line = words(
    'slurm tiny.json --tasks 4 --cpus 2 --time 4:00:00 --seed 3 --sbatch=--partition=main --run-timeout 5m',
  );
  const { code, stdout, stderr } = await ds2p([...line, '--setup', 'module load nodejs'], folder);
  t.equal(code, 0, stderr);
  t.equal(
    stdout,
    'job=$(sbatch --parsable --array=1-4 results/tiny/slurm/array.sbatch)\nsbatch --dependency=afterany:$job results/tiny/slurm/merge.sbatch\n',
  );
  const script = readFileSync(join(folder, 'results/tiny/slurm/array.sbatch'), 'utf8');
  for (const text of [
    '#SBATCH --array=1-4',
    '#SBATCH --cpus-per-task=2',
    '#SBATCH --time=4:00:00',
    '#SBATCH --signal=B:USR1@300',
    '#SBATCH --partition=main',
    '\nmodule load nodejs\n',
    '--run-timeout 300s --grace 200s',
  ])
    t.ok(script.includes(text), text);
  t.equal(JSON.parse(readFileSync(join(folder, 'results/tiny/slurm/experiment.json'), 'utf8')).seed, 3);
  const none = await ds2p([...line, '--submit'], folder, { PATH: '/nowhere' });
  t.equal(none.code, 2);
  t.match(none.stderr, /^--submit: there is no sbatch on this machine\./m);
  const bad = await ds2p(words('slurm tiny.json --tasks 0 --cpus x --time soon --sbatch partition'), folder);
  t.equal(bad.code, 2);
  t.equal(bad.stderr.trim().split('\n').length, 4, bad.stderr);
});
