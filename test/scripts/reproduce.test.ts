import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readCsv } from '../../results/csv.js';
import { ds2p } from './process.js';

t.test('reproduce runs, draws, compares and tells how long it took', async (t) => {
  const folder = t.testdir();
  const line = 'reproduce --quick --only table3,fig4 --duration 130 --replications 2 --out out';
  const { code, stdout, stderr } = await ds2p(line.split(' '), folder);
  t.equal(code, 0, stderr);
  t.equal(readCsv(join(folder, 'out/table3/runs.csv')).length, 2 * 2 * 12 * 2);
  t.equal(readCsv(join(folder, 'out/fig4/runs.csv')).length, 4 * 2 * 2);
  for (const file of ['table3/figures/fig2.png', 'table3/figures/table3-paper.svg', 'fig4/figures/fig4.png'])
    t.ok(existsSync(join(folder, 'out', file)), file);
  t.notOk(existsSync(join(folder, 'out/load')));
  t.type(JSON.parse(readFileSync(join(folder, 'out/reproduction.json'), 'utf8')), 'object');
  t.match(stdout, /^Table 3 \(W1, Zipf\)/);
  t.match(stderr, /Total time: \d+ s\.\n$/);
});

t.test('figures draws again from the CSVs alone, into another folder', async (t) => {
  const folder = t.testdir();
  await ds2p('experiment fig3 --duration 10 --replications 2'.split(' '), folder);
  const { code, stdout } = await ds2p('figures results/fig3 --out drawn'.split(' '), folder);
  t.equal(code, 0);
  const files = stdout.trim().split('\n');
  t.ok(
    files.length >= 2 && files.every((file) => file.startsWith('drawn') && existsSync(join(folder, file))),
  );
});
