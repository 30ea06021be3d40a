import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { ds2p, start } from './process.js';
import { journalLines, undisturbed, waitForLines, words, writeSweep } from './sweeps.js';

t.test('status tells from another terminal how a sweep goes, and that it was killed', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { duration: 200, replications: 200 });
  const results = join(folder, 'results/tiny');
  const { child, ended } = start(words('sweep tiny.json --fresh --threads 1'), folder);
  await waitForLines(results, 3, () => child.exitCode !== null);
  // The first word of a slow machine may come before its first run has ended.
  const status = join(results, 'status.json');
  while (!existsSync(status) || JSON.parse(readFileSync(status, 'utf8')).made === 0) await sleep(50);
  const running = await ds2p(words('status results/tiny'), folder);
  t.match(running.stdout, new RegExp(`results/tiny +running +\\d+/4800 +0 .* ${child.pid} on `));
  const json = JSON.parse((await ds2p(words('status results/tiny --json'), folder)).stdout);
  t.match(json, [{ state: 'running', planned: 4800, process: { pid: child.pid }, shards: [] }]);
  t.ok(json[0].done >= 3 && json[0].rate_per_s > 0 && json[0].eta_s > 0);
  child.kill('SIGKILL');
  await ended;
  const killed = await ds2p(words('status results/tiny'), folder);
  t.match(killed.stdout, new RegExp(`results/tiny +incomplete +${journalLines(results)}/4800 `));
  t.match(killed.stderr, /Go on with: npx ds2p sweep tiny\.json --threads 1$/m, 'without --fresh');
  t.match(
    readFileSync(join(results, 'sweep.log'), 'utf8'),
    /^\d{4}-\d\d-\d\dT[\d:.]+Z start: tiny: 4800 runs, 0 done before; 1 thread$/m,
  );
});

t.test('status counts the parts of a sharded sweep, and the whole of them', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { replications: 2 });
  await ds2p(words('sweep tiny.json --shard 1/2'), folder);
  const half = await ds2p(words('status results/tiny'), folder);
  t.match(half.stdout, /^results\/tiny +incomplete +24\/48 /m);
  t.match(half.stdout, /^results\/tiny\/shards\/1-of-2 +finished +24\/24 /m);
  await ds2p(words('sweep tiny.json --shard 2/2'), folder);
  const both = await ds2p(words('status results/tiny'), folder);
  t.match(both.stdout, /^results\/tiny +finished +48\/48 /m);
  t.match(both.stderr, /^Join the parts with: npx ds2p merge results\/tiny\/shards\/\* -o results\/tiny$/m);
  await undisturbed(folder, { replications: 2 });
  const several = await ds2p(words('status results/tiny undisturbed/tiny --json'), folder);
  t.equal(JSON.parse(several.stdout).length, 2);
  await ds2p(words('run --record --duration 20'), folder);
  const mixed = await ds2p(words('status results/tiny results/run --json'), folder);
  t.equal(mixed.code, 0, mixed.stderr);
  t.equal(JSON.parse(mixed.stdout).length, 1);
  t.equal(mixed.stderr, 'results/run holds no sweep, and is left out.\n');
  const none = await ds2p(words('status tiny.json .'), folder);
  t.equal(none.code, 2);
  t.equal(none.stderr.trim().split('\n').length, 2);
});
