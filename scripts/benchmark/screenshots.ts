/**
 * The pictures of docs/images that show a report: `npm run screenshots -- results/reproduction/report.html`. A report of
 * the full reproduction is meant, so that what the README shows is what its first command gives.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContextOptions, chromium } from 'playwright-core';

const [path = 'results/reproduction/report.html'] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
for (const file of [path, executablePath])
  if (!existsSync(file)) {
    console.error(`${file}: there is no such file.`);
    process.exit(2);
  }

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

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const { name, options, at } of PICTURES) {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(pathToFileURL(resolve(path)).href);
  await page.waitForSelector('html[data-drawn=all]');
  if (at !== undefined)
    await page.evaluate(`document.querySelector('${at}').scrollIntoView({ behavior: 'instant' })`);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `docs/images/${name}.png` });
  console.log(`docs/images/${name}.png`);
}
await browser.close();
