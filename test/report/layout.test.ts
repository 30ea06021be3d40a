/** Where things stand on a page: links lead to their targets, and nothing is wider than a window. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import t from 'tap';
import { ds2p } from '../scripts/process.js';
import { launch, noBrowser, open, seriousViolations } from './browser.js';

t.setTimeout(600_000);
const skip = noBrowser();
const browser = skip === false ? await launch() : undefined;
t.teardown(() => browser?.close());

const root = t.testdir({
  'failing.mjs':
    'export default { kind: "offloading", name: "failing", doc: "It fails.", source: "a test", make: () => () => { throw new Error("no"); } };',
  'wide.json': JSON.stringify({
    name: 'wide',
    question: 'What about three axes?',
    axes: {
      'workload.load': [0.5, 1],
      'slo.tMax': [0.05, 0.2],
      'policy.migration': ['greedy', 'state-aware'],
      'policy.offloading': ['slo-aware', 'greedy-local'],
    },
    duration: 40,
    replications: 2,
  }),
  'failing.json': JSON.stringify({
    name: 'failing',
    question: 'What if all fails?',
    axes: { 'slo.tMax': [0.1, 0.2], 'policy.offloading': ['./failing.mjs'] },
    duration: 40,
    replications: 1,
  }),
});

/** Pages of each kind, with what makes them and the code of a process that made them. */
const PAGES: readonly (readonly [name: string, line: string, path: string, code: number])[] = [
  [
    'a reproduction',
    'reproduce --only table3,fig4 --duration 130 --replications 1 --out out',
    'out/reproduction/report.html',
    0,
  ],
  ['a sweep', 'sweep wide.json', 'results/wide/report.html', 0],
  ['a failing sweep', 'sweep failing.json', 'results/failing/report.html', 1],
  [
    'a comparison',
    'compare --experiment table3 --baseline state-aware+slo-aware --candidate greedy+slo-aware,none+greedy-local --duration 60 --replications 2',
    'results/compare-table3/report.html',
    0,
  ],
  [
    'placement problems',
    'scalability --quick --max-nodes 10 --source generated',
    'results/scalability/report.html',
    0,
  ],
  ['a run', 'run --duration 300 --record', 'results/run/inspect.html', 0],
];
if (skip === false) {
  for (const [name, line, , code] of PAGES) {
    const { code: ended, stderr } = await ds2p(line.split(' '), root);
    if (ended !== code) throw new Error(`${name} ended with ${ended}: ${stderr}`);
  }
  await ds2p(['inspect', '--run', '1', '--no-open'], root);
}
const pathOf = (name: string): string => join(root, PAGES.find(([own]) => own === name)![2]);

const PHONE = { viewport: { width: 360, height: 780 } };
const FIG4 = 'figure-fig4';

/** Pixels between the top of an element and where links within the page lead to. */
const missedBy = (page: Page, id: string) =>
  page.evaluate((id) => {
    const { scrollPaddingTop } = getComputedStyle(document.documentElement);
    return document.getElementById(id)!.getBoundingClientRect().top - Number.parseFloat(scrollPaddingTop);
  }, id);

for (const width of [1200, 360]) {
  t.test(`${width}: links lead to their targets although figures are drawn later`, { skip }, async (t) => {
    const url = pathToFileURL(pathOf('a reproduction')).href;
    for (const [how, address] of [
      ['a link that is clicked at once', url],
      ['an address within the page', `${url}#${FIG4}`],
    ] as const) {
      const page = await browser!.newPage({ viewport: { width, height: 900 } });
      await page.goto(address, { waitUntil: 'commit' });
      if (address === url) await page.locator(`a[href="#${FIG4}"]`).first().click();
      await page.waitForSelector('html[data-drawn=all]', { timeout: 60_000 });
      // The last drawing is seen to in the frame after it.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      const off = await missedBy(page, FIG4);
      t.ok(Math.abs(off) < 3, `${how}: ${off} pixels off`);
      await page.close();
    }
  });
}

t.test('who scrolls while figures are drawn is left alone', { skip }, async (t) => {
  const page = await browser!.newPage();
  await page.goto(`${pathToFileURL(pathOf('a reproduction')).href}#${FIG4}`, { waitUntil: 'commit' });
  await page.locator(`#${FIG4} .chart`).waitFor();
  await page.keyboard.press('Home');
  await page.waitForSelector('html[data-drawn=all]', { timeout: 60_000 });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  t.ok((await missedBy(page, FIG4)) > 900, 'the target is far below');
  await page.close();
});

for (const [name] of PAGES) {
  t.test(`${name} fits phones, and has no serious violation there`, { skip }, async (t) => {
    for (const width of [360, 320]) {
      const { page, complaints } = await open(browser!, pathOf(name), {
        viewport: { width, height: 780 },
      });
      t.same(complaints, []);
      const content = await page.evaluate(() => document.documentElement.scrollWidth);
      t.ok(content <= width, `${content} pixels in a window of ${width}`);
      if (width === 360) t.same(await seriousViolations(page), []);
      await page.context().close();
    }
  });
}

/** Pixels between the margins of a sheet (small-and-paper.css), of which an inch has 96. */
const SHEETS = { A4: ((210 - 2 * 15) / 25.4) * 96, letter: (8.5 - (2 * 15) / 25.4) * 96 };
const POINTS = 72 / 96;

for (const [name] of PAGES) {
  t.test(`${name} is as wide as a sheet, and can be read there`, { skip }, async (t) => {
    const { page } = await open(browser!, pathOf(name));
    await page.emulateMedia({ media: 'print' });
    // The page is wider than its room also where the browser would shrink it to the sheet.
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    for (const [sheet, exact] of Object.entries(SHEETS)) {
      const width = Math.floor(exact);
      await page.setViewportSize({ width, height: 1000 });
      const { content, letters } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        letters: [...document.querySelectorAll('td, th, .chart svg text')]
          .filter((element) => element.textContent !== '' && element.getClientRects().length > 0)
          .map((element) => {
            const svg = element.closest('svg');
            const shrunk =
              svg === null ? 1 : svg.getBoundingClientRect().width / Number(svg.getAttribute('width'));
            return Number.parseFloat(getComputedStyle(element).fontSize) * shrunk;
          }),
      }));
      t.ok(content <= width, `${sheet}: ${content} pixels on ${width}`);
      const least = POINTS * Math.min(...letters);
      t.ok(letters.length > 0 && least >= 5.5, `${sheet}: the smallest letters have ${least} points`);
    }
    await page.context().close();
  });
}

t.test('figures with one view place their panels below each other on a phone', { skip }, async (t) => {
  for (const [name, figures] of [
    ['a reproduction', ['table3-paper', 'table3-unserved-or-late', 'fig4']],
    ['a comparison', ['comparison']],
    ['placement problems', ['scalability']],
  ] as const) {
    const { page } = await open(browser!, pathOf(name), PHONE);
    for (const figure of figures) {
      const [content, room] = await page
        .locator(`#figure-${figure} .scroll`)
        .first()
        .evaluate((element) => [element.scrollWidth, element.clientWidth]);
      t.ok(content! <= room!, `${figure}: ${content} pixels in ${room}`);
    }
    await page.setViewportSize({ width: 1200, height: 900 });
    const wide = `#figure-${figures[0]} .chart svg`;
    await page.waitForFunction(
      (selector) => (document.querySelector(selector)?.clientWidth ?? 0) > 500,
      wide,
      { timeout: 20_000 },
    );
    await page.context().close();
  }
});

t.test('what scrolls sideways tells at which edge there is more', { skip }, async (t) => {
  const { page } = await open(browser!, pathOf('a reproduction'), PHONE);
  const more = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => (element as HTMLElement).dataset.more);
  for (const selector of ['nav.contents ul', '.scroll:has(table.table3)']) {
    t.equal(await more(selector), 'right', selector);
    const fade = await page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).maskImage);
    t.match(fade, /^linear-gradient/, 'which fades');
    await page
      .locator(selector)
      .first()
      .evaluate((element) => element.scrollTo({ left: 10_000, behavior: 'instant' }));
    await page.waitForFunction(
      (selector) => document.querySelector<HTMLElement>(selector)!.dataset.more === 'left',
      selector,
    );
  }
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('nav.contents ul')!.dataset.more === undefined,
  );
  await page.context().close();
});

t.test(
  'commands break between their arguments, and rows of tables with commands are low',
  { skip },
  async (t) => {
    const { page } = await open(browser!, pathOf('a run'), PHONE);
    const words = await page
      .locator('.run-commands .words span')
      .evaluateAll((spans) => spans.map((span) => [span.textContent, span.getClientRects().length] as const));
    t.ok(words.some(([text]) => text?.startsWith('--')));
    t.same(
      words.filter(([, lines]) => lines !== 1),
      [],
      'each is in one piece',
    );
    await page.context().close();
    const report = await open(browser!, pathOf('a reproduction'));
    await report.page.locator('#figure-fig2 .points summary').click();
    const heights = await report.page
      .locator('#figure-fig2 .points td .command')
      .evaluateAll((commands) => commands.map((command) => command.clientHeight));
    t.ok(
      heights.length === 12 && Math.max(...heights) < 40,
      `commands are ${Math.max(...heights)} pixels high`,
    );
    await report.page.context().close();
  },
);
