/**
 * The pictures of docs/images that show a report: `npm run screenshots -- results/reproduction/report.html`. A report of
 * the full reproduction is meant, so that what the README shows is what its first command gives.
 */
import type { BrowserContextOptions } from 'playwright-core';
import { openReport } from './chromium.js';

const { address, browser } = await openReport();

/** Each picture: how the page is opened, and the part of it at the top of the window. */
const PICTURES: readonly {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly at?: string;
}[] = [
  { name: 'report-light', options: { viewport: { width: 1200, height: 1000 }, colorScheme: 'light' } },
  {
    name: 'report-dark',
    options: { viewport: { width: 1200, height: 1000 }, colorScheme: 'dark' },
    at: '#run',
  },
  {
    name: 'report-phone',
    options: { viewport: { width: 390, height: 844 }, colorScheme: 'light', isMobile: true },
    at: '#figure-fig2',
  },
];

for (const { name, options, at } of PICTURES) {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(address);
  await page.waitForSelector('html[data-drawn=all]');
  if (at !== undefined)
    await page.evaluate(`document.querySelector('${at}').scrollIntoView({ behavior: 'instant' })`);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `docs/images/${name}.png` });
  console.log(`docs/images/${name}.png`);
}
await browser.close();
