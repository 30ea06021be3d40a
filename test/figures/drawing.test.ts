import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { readFolder, summaryRow } from '../../figures/data.js';
import { fig2 } from '../../figures/fig2.js';
import { fig4 } from '../../figures/fig4.js';
import { textWidth } from '../../figures/fonts.js';
import { drawFigures, figuresFor } from '../../figures/index.js';
import { renderPng, renderSvg } from '../../figures/render.js';
import { replicationsText } from '../../figures/rows.js';
import { table3Paper } from '../../figures/table3-paper.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, seriesOf } from '../../figures/theme.js';
import { writeSynthetic } from './synthetic.js';

const count = (text: string, part: string): number => text.split(part).length - 1;

/** Width and height of a PNG, from its header. */
const pngSize = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

const root = t.testdir();
const table3 = writeSynthetic(root, 'table3');

t.test('Fig. 2 draws a point and an interval a pair of policies in each of its six panels', async (t) => {
  const rows = fig2.rows(readFolder(table3));
  t.equal(rows.length, 12);
  const svg = await renderSvg(fig2.spec(rows), rows);
  t.equal(count(svg, 'aria-roledescription="point"'), 6 * 12);
  t.equal(count(svg, 'aria-roledescription="rule mark"'), 6 * 12);
  for (const text of ['Greedy-local', 'Penalty ($ per request)', 'Rejected (% of arrivals)', 'No migration'])
    t.match(svg, text);
});

t.test('a PNG is twice as large as its SVG and holds text without fonts of the machine', async (t) => {
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20"><text x="0" y="15" font-family="Arimo">${text}</text></svg>`;
  const png = renderPng(svg('SLO-aware'));
  t.same(pngSize(png), { width: 200, height: 40 });
  t.not(Buffer.compare(png, renderPng(svg(''))), 0, 'the text leaves marks');
});

t.test('text is measured by the font, which is as wide as Arial', async (t) => {
  // Arial: A 1366, i 455 units of 2048.
  t.ok(Math.abs(textWidth('A', 2048) - 1366) < 1);
  t.ok(Math.abs(textWidth('iiii', 2048) - 4 * 455) < 1);
  t.ok(textWidth('Penalty', 10, true) > textWidth('Penalty', 10));
});

t.test('drawFigures draws what fits the experiment, as SVG and PNG', async (t) => {
  const paths = await drawFigures(table3);
  t.same(
    paths.map((path) => basename(path)),
    ['fig2', 'table3-paper', 'table3-unserved-or-late'].flatMap((name) => [`${name}.svg`, `${name}.png`]),
  );
  for (const path of paths) t.ok(readFileSync(path).length > 5000, `${basename(path)} is not empty`);
  const svg = readFileSync(paths[2]!, 'utf8');
  t.equal(
    count(svg, 'aria-roledescription="point"'),
    120 * 3,
    'each of 120 cells: the paper, and two presets',
  );
});

t.test('drawFigures writes into another folder where one is given', async (t) => {
  const out = join(t.testdir(), 'elsewhere');
  const paths = await drawFigures(writeSynthetic(root, 'load'), { out });
  t.same(paths, [join(out, 'load.svg'), join(out, 'load.png')]);
});

t.test('a folder of another name gets the panels of pairs, titled by its name', async (t) => {
  const folder = writeSynthetic(t.testdir(), 'fig3');
  const path = join(folder, 'summary.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^fig3,/gm, 'my <data>,'));
  const paths = await drawFigures(folder);
  t.same(
    paths.map((file) => basename(file)),
    ['policies.svg', 'policies.png'],
  );
  t.match(readFileSync(paths[0]!, 'utf8'), 'Policies in my &lt;data&gt;');
});

t.test('a folder that varies a number too is drawn along it, and its pairs say at which value', async (t) => {
  const folder = writeSynthetic(t.testdir(), 't-max');
  const path = join(folder, 'summary.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^t-max,/gm, 'mine,'));
  const paths = await drawFigures(folder);
  t.same(
    paths.filter((file) => file.endsWith('.svg')).map((file) => basename(file)),
    ['policies.svg', 'along-t_max_s.svg'],
  );
  const [first] = readFolder(folder).summary;
  t.match(readFileSync(paths[0]!, 'utf8'), `: slo.tMax (s) = ${first!.t_max_s}<`);
});

t.test('a folder without results is refused with a remedy', async (t) => {
  await t.rejects(drawFigures(t.testdir()), /summary\.csv: there is no such file\. Give a folder/);
});

t.test('a zero has a place on the axis of penalties', async (t) => {
  const rows = fig2.rows(readFolder(table3)).map((row) => ({ ...row, avg_penalty_usd_per_request_mean: 0 }));
  const svg = await renderSvg(fig2.spec(rows), rows);
  t.notMatch(svg, /NaN|Infinity/);
  t.equal(count(svg, 'aria-roledescription="point"'), 6 * 12);
});

t.test('one replication is drawn without intervals and says so', async (t) => {
  const folder = writeSynthetic(t.testdir(), 'table3', 1);
  const rows = fig2.rows(readFolder(folder));
  t.equal(replicationsText(rows), 'One replication of 3600 s, no intervals');
  const svg = await renderSvg(fig2.spec(rows), rows);
  t.equal(count(svg, 'aria-roledescription="point"'), 6 * 12);
  t.notMatch(svg, 'NaN');
});

t.test('a subtitle tells how many replications there are, and of how long', async (t) => {
  const text = (...counts: number[]) => replicationsText(counts.map((n) => ({ n, duration_s: 900 })));
  t.equal(text(3, 3), 'Means of 3 replications of 900 s with 95 % intervals');
  t.equal(text(2, 3), 'Means of 2 to 3 replications of 900 s with 95 % intervals');
  t.match(text(1, 3), /with 95 % intervals where there are two or more$/);
  const folder = readFolder(writeSynthetic(t.testdir(), 'fig4', 1));
  t.match(JSON.stringify(fig4.spec(fig4.rows(folder)).title), 'One replication, no intervals; short bars');
});

t.test("runs of another duration are drawn without the paper's migrated data", async (t) => {
  const rows = table3Paper.rows(readFolder(writeSynthetic(t.testdir(), 'table3', 3, 900)));
  const spec = table3Paper.spec(rows);
  t.match(JSON.stringify(spec.title), /3 replications of 900 s .*migrated data of 3600 s, left out/);
  const svg = await renderSvg(spec, rows);
  t.equal(count(svg, 'aria-roledescription="point"'), 120 * 3 - 24);
});

t.test('intervals are cut off where a metric cannot be', async (t) => {
  const row = summaryRow({
    slo_violations_percent_mean: '90',
    slo_violations_percent_half_width: '20',
    migrated_data_mb_mean: '5',
    migrated_data_mb_half_width: '8',
  });
  t.match(row, { slo_violations_percent_lo: 70, slo_violations_percent_hi: 100 });
  t.match(row, { migrated_data_mb_lo: 0, migrated_data_mb_hi: 13 });
  t.equal(row.rejected_percent_mean, null, 'an absent metric is null, not 0');
});

t.test('known policies keep their looks, and unknown ones get looks of their own', async (t) => {
  const all = seriesOf(OFFLOADING_LOOKS, ['new', 'SLO-aware', 'Greedy-local']);
  t.same(all.labels, ['Greedy-local', 'SLO-aware', 'new']);
  t.equal(new Set(all.colors).size, 3);
  t.equal(new Set(all.shapes).size, 3);
  t.equal(seriesOf(OFFLOADING_LOOKS, ['SLO-aware']).colors[0], all.colors[1]);
  t.same(seriesOf(MIGRATION_LOOKS, ['State-aware', 'No migration']).labels, ['No migration', 'State-aware']);
});

t.test('figuresFor finds the figures of an experiment', async (t) => {
  const folder = { experiment: 'uniform', summary: [], varied: [], decisions: [] };
  t.same(
    figuresFor(folder).map(({ name }) => name),
    ['uniform-w1', 'uniform-w2', 'uniform-unserved-or-late'],
  );
});
