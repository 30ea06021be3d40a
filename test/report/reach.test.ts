/** What keyboards, fingers and small screens reach of a page. */
import { join } from 'node:path';
import t from 'tap';
import { ds2p } from '../scripts/process.js';
import { launch, noBrowser, open } from './browser.js';

t.setTimeout(300_000);
const skip = noBrowser();
const browser = skip === false ? await launch() : undefined;
t.teardown(() => browser?.close());

const root = t.testdir();
const line = 'reproduce --only table3 --duration 130 --replications 1 --out out';
if (skip === false) {
  const { code, stderr } = await ds2p(line.split(' '), root);
  if (code !== 0) throw new Error(`no report: ${stderr}`);
}
const path = join(root, 'out/reproduction/report.html');

const WINDOWS = [
  { width: 1200, height: 900 },
  { width: 360, height: 780 },
] as const;

for (const viewport of WINDOWS) {
  t.test(
    `${viewport.width}: bars hide nothing that gets the focus, forwards or backwards`,
    { skip },
    async (t) => {
      const { page } = await open(browser!, path, { viewport, reducedMotion: 'reduce' });
      await page.locator('.run-time input').focus();
      const visited = { Tab: 0, 'Shift+Tab': 0 };
      for (const key of ['Tab', 'Shift+Tab'] as const)
        for (;;) {
          await page.keyboard.press(key);
          const stop = await page.evaluate(async () => {
            await new Promise((resolve) => requestAnimationFrame(resolve));
            const element = document.activeElement as HTMLElement;
            const { left, right, top, bottom } = element.getBoundingClientRect();
            const middle = (from: number, to: number, room: number) =>
              (Math.max(0, from) + Math.min(room, to)) / 2;
            const found = document.elementFromPoint(
              middle(left, right, innerWidth),
              middle(top, bottom, innerHeight),
            );
            return {
              isInBar: element.closest('.run-time') !== null,
              isBelow: element.closest('.run-time ~ *') !== null,
              name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}`,
              place: `${top} to ${bottom}`,
              isSeen: element.contains(found) || element.closest('label')?.contains(found) === true,
            };
          });
          if (key === 'Tab' && stop.isInBar) continue;
          if (!stop.isBelow) break;
          visited[key]++;
          if (!stop.isSeen) t.fail(`${key}: ${stop.name} at ${stop.place} is hidden`);
        }
      t.ok(visited.Tab > 20, `${visited.Tab} stops`);
      t.equal(visited.Tab, visited['Shift+Tab']);
      await page.context().close();
    },
  );
}

t.test('a mark that is tapped tells of itself until another place is', { skip }, async (t) => {
  const { page } = await open(browser!, path, {
    viewport: { width: 390, height: 800 },
    isMobile: true,
    hasTouch: true,
  });
  const points = page.locator('#figure-fig2 .chart svg g.mark-symbol.role-mark path');
  const tooltip = page.locator('#vg-tooltip-element.visible');
  await points.nth(3).scrollIntoViewIfNeeded();
  await points.nth(3).tap({ force: true });
  await tooltip.waitFor();
  const told = await tooltip.innerText();
  t.match(told, /95 % interval|no interval|replication/);
  await page.locator('#figure-fig2 h3').tap();
  await tooltip.waitFor({ state: 'hidden' });
  const { x, y, width, height } = (await points.nth(3).boundingBox())!;
  await page.touchscreen.tap(x + width / 2, y + height + 6);
  await tooltip.waitFor();
  t.equal(await tooltip.innerText(), told, 'a finger may miss a point by some pixels');
  await page.context().close();
});

for (const width of [360, 768]) {
  t.test(
    `${width}: captions are within the window, and do not fade with their tables`,
    { skip },
    async (t) => {
      const { page } = await open(browser!, path, { viewport: { width, height: 900 } });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      // Their sizes are told in the frame after they were laid out.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      const captions = await page.locator('.scroll caption').evaluateAll((all) =>
        all
          .filter((caption) => caption.getClientRects().length > 0)
          .map((caption) => {
            const part = caption.closest<HTMLElement>('.scroll')!;
            const beyond = caption.getBoundingClientRect().right - part.getBoundingClientRect().right;
            const { maskSize } = getComputedStyle(part);
            const [, unfaded] = /^100% ([\d.]+)px,/.exec(maskSize) ?? [];
            const fades = part.dataset.more !== undefined && !(Number(unfaded) >= caption.clientHeight);
            return { text: caption.textContent, beyond, fades, scrolls: part.dataset.more !== undefined };
          }),
      );
      t.ok(captions.filter(({ scrolls }) => scrolls).length > 1, 'some tables scroll');
      t.same(
        captions.filter(({ beyond, fades }) => beyond > 1 || fades),
        [],
      );
      await page.context().close();
    },
  );
}

t.test(
  'on a phone a statement and its number, bound and answer are read without scrolling',
  { skip },
  async (t) => {
    const { page } = await open(browser!, path, { viewport: { width: 360, height: 780 } });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>('.claims details'))
        details.open = true;
    });
    const cells = page.locator('table.statements tbody :is(th, td)');
    t.ok((await cells.count()) > 40);
    const beyond = await cells.evaluateAll(
      (all) =>
        all.filter((cell) => {
          const { left, right } = cell.getBoundingClientRect();
          return left < 0 || right > innerWidth || cell.scrollWidth > cell.clientWidth + 1;
        }).length,
    );
    t.equal(beyond, 0);
    await page.context().close();
  },
);
