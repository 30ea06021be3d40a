/** What others have named stands in a page as text, whatever it looks like. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { newPolicyFiles } from '../../scripts/policy-templates.js';
import { ds2p } from '../scripts/process.js';
import { launch, noBrowser, open } from './browser.js';

t.setTimeout(300_000);
const skip = noBrowser();
const browser = skip === false ? await launch() : undefined;
t.teardown(() => browser?.close());

const SCRIPT = '<script>alert(1)';
const IMAGE = '<img src=x onerror=alert(2)>';

t.test(
  'a policy, an experiment and a question with markup in their names show it as text',
  { skip },
  async (t) => {
    const root = t.testdir();
    const policies = join(root, 'policies');
    mkdirSync(policies);
    const template = newPolicyFiles('offloading', 'my-idea', 'policies').get('my-idea.ts')!;
    writeFileSync(join(policies, `${SCRIPT}.ts`), template);
    writeFileSync(
      join(root, 'odd.json'),
      JSON.stringify({
        name: 'odd',
        title: `Odd ${IMAGE}`,
        question: `Who asks ${SCRIPT}?`,
        axes: {
          'policy.offloading': ['slo-aware', `./policies/${SCRIPT}.ts`],
          'slo.tMax': [0.1, 0.2],
        },
        duration: 100,
        replications: 2,
      }),
    );
    const { code, stderr } = await ds2p(['sweep', 'odd.json'], root);
    t.equal(code, 0, stderr);
    const path = join(root, 'results/odd/report.html');
    t.notMatch(readFileSync(path, 'utf8'), IMAGE, 'no markup of others is in the file');
    const { page, requests, complaints, dialogs } = await open(browser!, path);
    t.same([requests, complaints, dialogs], [[], [], []]);
    const text = await page.locator('body').innerText();
    t.match(text, `Odd ${IMAGE}`);
    t.match(text, `Who asks ${SCRIPT}?`);
    t.match(text, SCRIPT);
    t.equal(await page.locator('img').count(), 0);
    await page.locator('#figure-policies .chart svg g.mark-symbol.role-mark path').last().hover();
    const tooltip = page.locator('#vg-tooltip-element.visible');
    await tooltip.waitFor();
    t.same(dialogs, []);
    await page.context().close();
  },
);

t.test('a cell of a CSV file with markup shows as text', { skip }, async (t) => {
  const root = t.testdir();
  await ds2p('sweep load --duration 20 --replications 2 --no-report'.split(' '), root);
  const file = join(root, 'results/load/summary.csv');
  const content = readFileSync(file, 'utf8')
    .replaceAll(/^load,/gm, `${IMAGE},`)
    .replaceAll('zipf', IMAGE);
  writeFileSync(file, content);
  const { code, stderr } = await ds2p(['report', 'results/load'], root);
  t.equal(code, 0, stderr);
  const { page, requests, complaints, dialogs } = await open(
    browser!,
    join(root, 'results/load/report.html'),
  );
  t.same([requests, complaints, dialogs], [[], [], []]);
  t.equal(await page.locator('img').count(), 0);
  t.match(await page.locator('body').innerText(), IMAGE);
  await page.context().close();
});
