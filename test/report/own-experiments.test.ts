/** Reports of experiments that the product does not know: whatever varies can be chosen, whatever is missing is borne. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { whereText } from '../../figures/report/client/texts.js';
import { ZIPF_EXPONENT_COLUMN } from '../../figures/rows.js';
import { parameterColumn } from '../../results/columns.js';
import { cellNumber, readCsv } from '../../results/csv.js';
import { ds2p } from '../scripts/process.js';
import { downloaded, launch, marks, noBrowser, open, redrawn, seriousViolations } from './browser.js';

t.setTimeout(300_000);
const skip = noBrowser();
const browser = skip === false ? await launch() : undefined;
t.teardown(() => browser?.close());

t.test('keys that are drawn with exponent 0 are told of as uniform, which they are', async (t) => {
  t.equal(ZIPF_EXPONENT_COLUMN, parameterColumn('zipfExponent'));
  const row = (exponent: number) => ({
    popularity: 'zipf',
    [ZIPF_EXPONENT_COLUMN]: exponent,
    workload: 'W1',
  });
  t.equal(whereText([row(0)]), 'W1, uniform popularity');
  t.equal(whereText([row(0.9), row(2)]), 'W1, zipf popularity');
  t.equal(whereText([row(0), row(2)]), 'W1', 'some of both');
});

t.test('every value of any parameter draws its own points', { skip }, async (t) => {
  const root = t.testdir();
  const sweep = {
    name: 'own',
    title: 'Nodes & load',
    question: 'What about nodes and load?',
    axes: {
      'workload.load': [0.3, 1, 3, 4],
      'nodes.edge': [2, 5],
      'policy.offloading': ['slo-aware', 'greedy-local'],
    },
    duration: 40,
    replications: 2,
  };
  writeFileSync(join(root, 'own.json'), JSON.stringify(sweep));
  const { code, stderr } = await ds2p(['sweep', 'own.json'], root);
  t.equal(code, 0, stderr);
  const { page, complaints } = await open(browser!, join(root, 'results/own/report.html'));
  const place = '#figure-policies';
  const figure = page.locator(place);
  const rows = readCsv(join(root, 'results/own/summary.csv'));
  t.equal(await figure.locator('h3').textContent(), 'Policies in Nodes & load', 'the title, not the name');
  for (const load of ['1', '3', '4']) {
    await redrawn(page, place, () =>
      figure.getByRole('combobox', { name: 'workload.load' }).selectOption(load),
    );
    t.match(await figure.locator('.status').textContent(), `workload.load = ${load}, nodes.edge = 2.`);
    t.match(await figure.locator('h3').textContent(), `workload.load = ${load}`);
    const row = rows.find(
      (each) =>
        each.workload_load === load && each.nodes_edge === '2' && each.offloading_policy === 'greedy-local',
    )!;
    const mean = Number(cellNumber(row.response_time_p50_s_mean).toPrecision(4));
    const spoken = await figure
      .locator('.chart svg g.mark-symbol.role-mark path')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')));
    t.ok(
      spoken.some((text) => text?.includes(`Response time, median (s): ${mean},`)),
      `${mean} is drawn at a load of ${load}`,
    );
  }
  t.equal(await page.locator('#figure-along-workload_load .chart svg').count(), 1);
  t.equal(await page.locator('#figure-along-nodes_edge .chart svg').count(), 1);
  t.same(complaints, []);
  await page.context().close();
});

t.test(
  'axes of words are compared by figures of their own, on the page and in files',
  { skip },
  async (t) => {
    const root = t.testdir();
    const axes = { 'keys.popularity': ['zipf', 'uniform'], 'placement.formulation': ['sound', 'as-written'] };
    const sweep = { name: 'words', question: 'What about words?', axes, duration: 130, replications: 2 };
    writeFileSync(join(root, 'words.json'), JSON.stringify(sweep));
    const { code, stderr } = await ds2p(['sweep', 'words.json'], root);
    t.equal(code, 0, stderr);
    const { page, complaints } = await open(browser!, join(root, 'results/words/report.html'));
    t.equal(await page.locator('#figure-policies').count(), 0, 'no figure of one point');
    const rows = readCsv(join(root, 'results/words/summary.csv'));
    for (const [id, title] of [
      ['by-popularity', 'By keys.popularity'],
      ['by-placement_formulation', 'By placement.formulation'],
    ] as const) {
      const figure = page.locator(`#figure-${id}`);
      t.equal(await figure.locator('h3').textContent(), title);
      t.match(await figure.locator('.status').textContent(), /^2 of 2 configurations/);
      t.equal(await marks(page, `#figure-${id}`, 'symbol'), 6 * 2);
      const saved = readCsv(await (await downloaded(page, figure, 'CSV')).path());
      t.equal(saved.length, 2, 'a row a value');
    }
    const uniform = rows.find(
      (row) => row.popularity === 'uniform' && row.placement_formulation === 'sound',
    )!;
    const mean = Number(cellNumber(uniform.response_time_p50_s_mean).toPrecision(4));
    const spoken = await page
      .locator('#figure-by-popularity .chart svg g.mark-symbol.role-mark path')
      .evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label') ?? ''));
    t.ok(
      spoken.some(
        (text) =>
          text.includes('uniform popularity') &&
          text.includes(`Response time, median (s): ${mean}, 95 % interval`),
      ),
      'each point says its value of the axis, and its interval',
    );
    t.same(complaints, []);
    await page.context().close();
    const drawn = await ds2p(['figures', 'results/words', '--json'], root);
    t.same(
      JSON.parse(drawn.stdout)[0].files.map((file: string) => file.replace(/.*[\\/]/, '')),
      [
        'by-popularity.svg',
        'by-popularity.png',
        'by-placement_formulation.svg',
        'by-placement_formulation.png',
      ],
    );
  },
);

for (const [name, line] of [
  ['a system that rejects everything', 'sweep load --t-max 0.000001 --offloading slo-aware'],
  ['a system without arrivals', 'sweep load --set workload.load=0.0000001'],
  ['a single replication', 'sweep fig3 --replications 1'],
  ['placement problems', 'scalability --quick --max-nodes 10 --source generated'],
] as const) {
  t.test(`${name}: the report has no complaint and no serious violation`, { skip }, async (t) => {
    const root = t.testdir();
    const words = line.split(' ');
    const short = words[0] === 'sweep' ? ['--duration', '30', '--replications', '2'] : [];
    const asked = words.includes('--replications') ? short.slice(0, 2) : short;
    const { code, stderr } = await ds2p([...words, ...asked], root);
    t.equal(code, 0, stderr);
    const folder = words[0] === 'sweep' ? words[1] : 'scalability';
    const path = join(root, `results/${folder}/report.html`);
    const { page, complaints, requests } = await open(browser!, path);
    t.same([complaints, requests], [[], []]);
    t.same(await seriousViolations(page), []);
    await page.context().close();
  });
}
