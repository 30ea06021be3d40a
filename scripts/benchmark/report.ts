/**
 * How long a report takes to open: `npm run bench:report -- results/reproduction/report.html`. Times run from the start
 * of the navigation, in a browser that has been started, with an empty profile. In a page with a run in it, also how
 * long the page takes from an instant that is chosen until it shows that instant.
 */
import { statSync } from 'node:fs';
import { max, median, min } from 'simple-statistics';
import { textTable } from '../terminal.js';
import { openReport } from './chromium.js';

const REPETITIONS = 10;
const { path, address, browser } = await openReport();

/** Runs in the page: notes when the first figure stands, and when all do. */
const WATCH = `
  globalThis.drawnAt = {};
  new MutationObserver(() => {
    const note = (name, selector) => {
      if (drawnAt[name] === undefined && document.querySelector(selector)) drawnAt[name] = performance.now();
    };
    note('first', '.chart[data-drawn]');
    note('all', 'html[data-drawn=all]');
  }).observe(document, { subtree: true, childList: true, attributes: true });
`;

/** Runs in the page: times from the choice of an instant until the page can draw its next frame. */
const MOVE = `(async () => {
  const input = document.querySelector('.run-time input');
  const taken = [];
  for (let step = 1; input !== null && step <= 21; step++) {
    const begin = performance.now();
    input.value = String(step * 17);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    taken.push(performance.now() - begin);
  }
  return taken;
})()`;

const times: Record<'first' | 'all' | 'instants', number[]> = { first: [], all: [], instants: [] };
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  await page.goto(address);
  await page.waitForFunction('drawnAt.all !== undefined', undefined, { timeout: 120_000 });
  const { first, all } = (await page.evaluate('drawnAt')) as { first: number; all: number };
  times.first.push(first);
  times.all.push(all);
  times.instants.push(...((await page.evaluate(MOVE)) as number[]));
  await context.close();
}
await browser.close();

console.log(`${path}: ${(statSync(path).size / 1e6).toFixed(2)} MB, opened ${REPETITIONS} times`);
const row = (name: string, values: number[]) => [
  name,
  ...[min, median, max].map((statistic) => `${Math.round(statistic(values))} ms`),
];
console.log(
  textTable(
    ['until', 'least', 'median', 'most'],
    [
      row('the first figure is drawn', times.first),
      row('all figures are drawn', times.all),
      ...(times.instants.length === 0 ? [] : [row('another instant of a run is shown', times.instants)]),
    ],
  ),
);
