/** A real browser, with a profile of its own, that fails a test when a page asks for anything but files. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Download,
  type Locator,
  type Page,
} from 'playwright-core';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why there is no browser; false where there is one. @throws Error where every test has to run. */
export function noBrowser(): string | false {
  if (existsSync(PROGRAM)) return false;
  const reason = `there is no ${PROGRAM}; apt-get install chromium, or name another one in CHROMIUM`;
  if (process.env.DS2P_TEST_ALL === '1') throw new Error(reason);
  return reason;
}

/** Playwright gives each browser a new folder for its profile and removes it in the end. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: PROGRAM, args: FLAGS });

/** A page with what went wrong in it. */
export interface Opened {
  readonly page: Page;
  /** Requests for other things than files and what the page itself holds. */
  readonly requests: string[];
  /** What a browser's console shows as warning or error, and errors that nobody caught. */
  readonly complaints: string[];
  /** Texts of dialogs, as an injected script would open one. */
  readonly dialogs: string[];
}

const OWN = /^(file|data|blob|about):/;

/** Opens a file and waits until all of its figures are drawn. @param hash a place within it, with "#". */
export async function open(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
  hash = '',
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const opened: Opened = { page, requests: [], complaints: [], dialogs: [] };
  page.on('request', (request) => {
    if (!OWN.test(request.url())) opened.requests.push(request.url());
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) opened.complaints.push(message.text());
  });
  page.on('pageerror', (error) => opened.complaints.push(error.message));
  page.on('dialog', (dialog) => {
    opened.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`${pathToFileURL(path).href}${hash}`);
  await page.waitForSelector('html[data-drawn=all]', { timeout: 60_000 });
  return opened;
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds that is serious or critical, in words. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  const { violations } = found as { readonly violations: readonly Violation[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}, ${nodes.length} x, as in ${nodes[0].html.slice(0, 200)}`);
}

/** Points, bars and the like within a part of a page: the marks of a drawing, not those of its legends. */
export const marks = (
  page: Page,
  place: string,
  kind: 'symbol' | 'rect' | 'rule' | 'line',
): Promise<number> =>
  page
    .locator(
      `${place} .chart svg g.mark-${kind}.role-mark path, ${place} .chart svg g.mark-${kind}.role-mark line`,
    )
    .count();

/** Waits until a figure has been drawn anew by what `change` does to it. */
export async function redrawn(page: Page, place: string, change: () => Promise<unknown>): Promise<void> {
  const drawing = await page.locator(`${place} .chart svg`).first().elementHandle();
  await change();
  await page.waitForFunction((old) => old !== null && !old.isConnected, drawing, { timeout: 20_000 });
  await page.waitForSelector(`${place} .chart svg`);
}

/** Clicks on a download of the figures in `place`, and returns the file. @param kind SVG, PNG or CSV. */
export async function downloaded(page: Page, place: Locator, kind: string): Promise<Download> {
  const waiting = page.waitForEvent('download');
  await place.getByRole('button', { name: new RegExp(`^${kind} of `) }).click();
  return waiting;
}
