/** The report of a reproduction, as whoever opens it meets it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import t from 'tap';
import { cellNumber, readCsv } from '../../results/csv.js';
import { ds2p } from '../scripts/process.js';
import { downloaded, launch, marks, noBrowser, open, redrawn, seriousViolations } from './browser.js';

t.setTimeout(300_000);
const skip = noBrowser();
const root = t.testdir();
const line = 'reproduce --only table3,fig3,uniform,fig4,t-max --duration 130 --replications 2 --out out';
const made = skip === false ? await ds2p(line.split(' '), root) : undefined;
const path = join(root, 'out/reproduction/report.html');
const browser = skip === false ? await launch() : undefined;
t.teardown(() => browser?.close());
/** Opening and drawing takes seconds, so that tests share a page, and leave its figures as they found them. */
const shared = browser === undefined ? undefined : await open(browser, path);

const FIG2 = '#figure-fig2';

/** A row of the summary of Table 3, at T_max = 0.1 s under as-published. */
const table3Row = (migration: string, offloading: string) =>
  readCsv(join(root, 'out/table3/summary.csv')).find(
    (row) =>
      row.preset === 'as-published' &&
      row.t_max_s === '0.1' &&
      row.migration_policy === migration &&
      row.offloading_policy === offloading,
  )!;

const reset = (page: Page) =>
  redrawn(page, FIG2, () => page.locator(FIG2).getByRole('button', { name: 'Reset this figure' }).click());

t.test('reproduce tells where its report is', { skip }, async (t) => {
  t.equal(made!.code, 0, made!.stderr);
  t.match(made!.stderr, 'Report: out/reproduction/report.html');
  t.ok(statSync(path).size < 6e6, `${statSync(path).size} B are less than 6 MB`);
});

t.test('the report opens without a complaint, and asks for nothing but itself', { skip }, async (t) => {
  const { page, requests, complaints, dialogs } = shared!;
  t.same(requests, []);
  t.same(complaints, []);
  t.same(dialogs, []);
  for (const figure of ['fig2', 'fig3', 'uniform-w1', 'uniform-w2', 't-max', 'fig4', 'table3-paper'])
    t.ok((await page.locator(`#figure-${figure} .chart svg`).count()) === 1, `${figure} is drawn`);
});

t.test('figures draw every point of their rows with its interval', { skip }, async (t) => {
  const { page } = shared!;
  t.equal(await marks(page, FIG2, 'symbol'), 6 * 12);
  t.equal(await marks(page, FIG2, 'rule'), 6 * 12);
  t.equal(
    await marks(page, '#figure-table3-paper', 'symbol'),
    24 * 5 * 2 + 24 * 4,
    'the paper and two presets',
  );
  t.equal(await marks(page, '#figure-table3-unserved-or-late', 'rect'), 48 * 2);
});

t.test('a keyboard is enough', { skip }, async (t) => {
  const { page } = shared!;
  await page.keyboard.press('Tab');
  t.equal(
    await page.evaluate('document.activeElement.className'),
    'skip',
    'the first stop skips what is above',
  );
  const box = page.locator(FIG2).getByRole('checkbox', { name: 'SLO-aware', exact: true });
  await box.focus();
  await redrawn(page, FIG2, () => page.keyboard.press('Space'));
  t.equal(await marks(page, FIG2, 'symbol'), 6 * 8);
  const select = page.locator(FIG2).getByRole('combobox', { name: 'Workload' });
  await select.focus();
  await redrawn(page, FIG2, () => page.keyboard.press('ArrowDown'));
  t.match(await page.locator(FIG2).locator('.status').textContent(), /W2/);
  await reset(page);
  const unreachable = await page.evaluate(
    '[...document.querySelectorAll("button, select, input, summary, a[href]")].filter((e) => e.tabIndex < 0).length',
  );
  t.equal(unreachable, 0);
});

t.test('choices and filters change what is drawn', { skip }, async (t) => {
  const { page } = shared!;
  const figure = page.locator(FIG2);
  await redrawn(page, FIG2, () => figure.getByRole('checkbox', { name: 'SLO-aware', exact: true }).uncheck());
  t.equal(await marks(page, FIG2, 'symbol'), 6 * 8, 'a policy is hidden');
  await redrawn(page, FIG2, () => figure.getByRole('checkbox', { name: 'Random', exact: true }).uncheck());
  t.equal(await marks(page, FIG2, 'symbol'), 6 * 6);
  await redrawn(page, FIG2, () => figure.getByRole('checkbox', { name: 'SLO-aware', exact: true }).check());
  await redrawn(page, FIG2, () =>
    figure.getByRole('combobox', { name: 'Metric' }).selectOption('migrated_data_mb'),
  );
  t.equal(
    await marks(page, FIG2, 'symbol'),
    3 * 9,
    'one metric, with rejected, and unserved or late requests',
  );
  const text = () => figure.locator('.chart svg').textContent();
  t.match(await text(), /Migrated data \(MB\).*Rejected \(% of arrivals\)/s);
  await redrawn(page, FIG2, () => figure.getByRole('combobox', { name: 'Workload' }).selectOption('W2'));
  t.match(await figure.locator('.status').textContent(), /W2, zipf popularity/);
  t.match(await figure.locator('h3').textContent(), /W2/);
  await redrawn(page, FIG2, () =>
    figure.getByRole('combobox', { name: 'Popularity' }).selectOption('uniform'),
  );
  t.match(await figure.locator('.status').textContent(), /W2, uniform popularity, Tₘₐₓ = 0.1 s/);
  // Uniform popularity was run with one T_max only: the other choices give way.
  await redrawn(page, FIG2, () => figure.getByRole('combobox', { name: 'Tₘₐₓ (s)' }).selectOption('0.2'));
  t.match(await figure.locator('.status').textContent(), /W1, zipf popularity, Tₘₐₓ = 0.2 s/);
  t.match(await figure.locator('.status').textContent(), /it is now Workload W1, Popularity zipf\./);
  await redrawn(page, FIG2, () =>
    figure.getByRole('combobox', { name: 'Preset' }).selectOption('as-written'),
  );
  t.match(await figure.locator('.status').textContent(), /preset as-written, W1/);
  await reset(page);
  t.match(await figure.locator('.status').textContent(), /12 of 12 configurations, preset as-published, W1/);
  t.equal(await marks(page, FIG2, 'symbol'), 6 * 12);
});

t.test(
  'a claim about a metric that its figure does not open with sets the figure to it',
  { skip },
  async (t) => {
    const { page } = shared!;
    const metric = (place: Page) =>
      place.locator('#figure-fig3').getByRole('combobox', { name: 'Metric' }).inputValue();
    const link = (id: string) =>
      page.locator(`#claim-${id}`).getByRole('link', { name: 'Fig. 3', exact: true });
    const drawn = () => page.locator('#figure-fig3 .chart svg').textContent();
    await link('fewer-cold-starts-under-w2').focus();
    await redrawn(page, '#figure-fig3', () => page.keyboard.press('Enter'));
    t.equal(await metric(page), 'cold_starts_percent', 'by the keyboard');
    t.match(await drawn(), /Cold starts \(per 100 completed\)/);
    await redrawn(page, '#figure-fig3', () => link('less-contention-under-w2').click());
    t.equal(await metric(page), 'offloaded_percent');
    t.match(await page.locator('#figure-fig3 .status').textContent(), /requests executed elsewhere/);
    const reset = page.locator('#figure-fig3').getByRole('button', { name: 'Reset this figure' });
    await redrawn(page, '#figure-fig3', () => reset.click());
    t.equal(await metric(page), '');
    await redrawn(page, '#figure-fig3', () => link('less-contention-under-w2').click());
    t.equal(await metric(page), 'offloaded_percent', 'the same link again');
    await redrawn(page, '#figure-fig3', () => reset.click());
    const { page: deep } = await open(browser!, path, {}, '#figure-fig3.cold_starts_percent');
    t.equal(await metric(deep), 'cold_starts_percent', 'by the address of the page');
    await deep.close();
  },
);

t.test('a figure whose series are all hidden says so, and comes back', { skip }, async (t) => {
  const { page, complaints } = shared!;
  for (const place of [FIG2, '#figure-t-max', '#figure-table3-paper']) {
    const figure = page.locator(place);
    const boxes = await figure.getByRole('group', { name: 'Migration' }).getByRole('checkbox').all();
    for (const box of boxes) await box.uncheck();
    await figure.getByText('Every series is hidden').waitFor();
    t.equal(await figure.locator('.chart svg').count(), 0);
    for (const box of boxes) await box.check();
    await page.waitForSelector(`${place} .chart svg`);
  }
  t.same(complaints, []);
  t.ok(Number(await page.evaluate('document.body.scrollHeight')) < 60_000);
  t.equal(await marks(page, FIG2, 'symbol'), 6 * 12);
});

t.test('a click on a legend hides its series', { skip }, async (t) => {
  const { page } = shared!;
  await redrawn(page, FIG2, () =>
    page.locator(`${FIG2} .chart svg g.role-legend-label text`, { hasText: 'Greedy-data' }).click(),
  );
  t.equal(await marks(page, FIG2, 'symbol'), 6 * 8);
  t.notOk(
    await page.locator(FIG2).getByRole('checkbox', { name: 'Greedy-data', exact: true }).isChecked(),
    'and the switch says so',
  );
  await reset(page);
});

t.test(
  'a tooltip tells mean, interval, n, rejected requests and a command that makes the point again',
  { skip },
  async (t) => {
    const { page } = shared!;
    // The first symbol of the first panel but one: violations.
    await page.locator(`${FIG2} .chart svg g.mark-symbol.role-mark`).nth(1).locator('path').first().hover();
    const tooltip = page.locator('#vg-tooltip-element.visible');
    await tooltip.waitFor();
    const text = (await tooltip.innerText()).replaceAll(/\s+/g, ' ');
    t.match(text, /SLO violations \(% of completed\):? \S+, 95 % interval \S+ to \S+/);
    const box = (await tooltip.boundingBox())!;
    const value = (await tooltip.locator('td.value').last().boundingBox())!;
    t.ok(value.y + value.height <= box.y + box.height + 1, 'nothing of the command is cut off');
    t.match(text, /n:? 2 replications/);
    t.match(text, /Rejected:? \S+ % of arrivals/);
    const [, command] = /(npx ds2p run .+)$/.exec(text)!;
    const { stdout } = await ds2p([...command.split(' ').slice(2), '--json'], root);
    const rows = JSON.parse(stdout) as readonly Record<string, number | string>[];
    t.equal(rows.length, 2);
    const mean = rows.reduce((sum, row) => sum + Number(row.slo_violations_percent), 0) / rows.length;
    const own = table3Row(String(rows[0].migration_policy), String(rows[0].offloading_policy));
    t.equal(mean, cellNumber(own.slo_violations_percent_mean), 'the command gives the rows of the summary');
    t.match(text, String(Number(mean.toPrecision(4))), 'which is what the tooltip says');
  },
);

t.test('a tooltip leaves out lines of which there is nothing to tell', { skip }, async (t) => {
  const { page } = shared!;
  await page.locator('#figure-table3-paper .chart svg g.mark-symbol.role-mark path').first().hover();
  const tooltip = page.locator('#vg-tooltip-element.visible', { hasText: 'Paper' });
  await tooltip.waitFor();
  t.notMatch(await tooltip.innerText(), /^(n|Rejected|Command)\b|not told|not known/m);
});

t.test('a bar is told of where an interval lies over it, too', { skip }, async (t) => {
  const { page } = shared!;
  const bars = page.locator('#figure-table3-unserved-or-late .chart svg g.mark-rect.role-mark path');
  const late = page.locator(
    '#figure-table3-unserved-or-late .chart svg g.mark-rect.role-mark path[aria-label^="No migration + Greedy-local, Served"]',
  );
  t.equal(await bars.count(), 2 * 48);
  await late.first().hover();
  const tooltip = page.locator('#vg-tooltip-element.visible', { hasText: 'Served, but late' });
  await tooltip.waitFor();
  const summary = table3Row('none', 'greedy-local');
  const share = cellNumber(summary.unserved_or_late_percent_mean) - cellNumber(summary.rejected_percent_mean);
  t.match(
    (await tooltip.innerText()).replaceAll(/\s+/g, ' '),
    `Share of arrivals (%) ${Number(share.toPrecision(4))}, 95 % interval `,
  );
});

t.test('numbers of a figure are rows of a table that differ', { skip }, async (t) => {
  const { page } = shared!;
  const points = page.locator('#figure-table3-unserved-or-late details.points');
  await points.locator('summary').click();
  await points.locator('tbody tr').first().waitFor();
  const rows = await points.locator('tbody tr').allInnerTexts();
  t.equal(rows.length, 2 * 48);
  t.equal(new Set(rows).size, rows.length);
  await points.locator('summary').click();
});

t.test('each figure is given out as SVG, PNG and CSV', { skip }, async (t) => {
  const { page } = shared!;
  const svg = await downloaded(page, page.locator(FIG2), 'SVG');
  t.equal(svg.suggestedFilename(), 'fig2.svg');
  const drawing = readFileSync(await svg.path(), 'utf8');
  t.match(drawing, /^<svg /);
  t.match(drawing, 'Policies under W1', 'with its title');
  const png = await downloaded(page, page.locator(FIG2), 'PNG');
  t.equal(png.suggestedFilename(), 'fig2.png');
  const picture = readFileSync(await png.path());
  t.same([...picture.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  t.ok(picture.length > 20_000, 'and there is something on it');
  await redrawn(page, FIG2, () =>
    page.locator(FIG2).getByRole('checkbox', { name: 'SLO-aware', exact: true }).uncheck(),
  );
  const csv = await downloaded(page, page.locator(FIG2), 'CSV');
  t.equal(csv.suggestedFilename(), 'fig2.csv');
  const rows = readCsv(await csv.path());
  t.equal(rows.length, 8, 'the rows that are shown');
  const row = rows.find(
    (each) => each.migration_policy === 'greedy' && each.offloading_policy === 'greedy-data',
  )!;
  const own = cellNumber(table3Row('greedy', 'greedy-data').response_time_p50_s_mean);
  t.ok(Math.abs(Number(row.response_time_p50_s_mean) - own) < 1e-6 * own);
  t.notOk(
    rows.some((each) => each.offloading_policy === 'slo-aware'),
    'what is hidden is left out',
  );
  await reset(page);
});

/** Digits of a number without its point, its sign, its power and zeros that only place it. */
const digits = (text: string): number =>
  text
    .replace(/e.*/, '')
    .replace(/^-?0?\.?0*/, '')
    .replace('.', '').length;

t.test('the CSV of a figure has what it draws, and joins the files of the folder', { skip }, async (t) => {
  const { page } = shared!;
  const factors = ['preset', 'migration_policy', 'offloading_policy', 'workload', 'popularity', 't_max_s'];
  for (const [figure, folder, metrics] of [
    ['fig2', 'table3', 6],
    ['fig3', 'fig3', 6],
    ['t-max', 't-max', 6],
    ['table3-paper', 'table3', 5],
  ] as const) {
    const file = await downloaded(page, page.locator(`#figure-${figure}`), 'CSV');
    const rows = readCsv(await file.path());
    const columns = Object.keys(rows[0]!);
    t.ok(columns.length <= factors.length + 4 * metrics + 8, `${figure}: ${columns.join(', ')}`);
    t.same(
      ['duration_s', 'n', 'rejected_percent_mean', 'command'].filter((column) => !columns.includes(column)),
      [],
    );
    const summary = readCsv(join(root, 'out', folder, 'summary.csv'));
    const own = rows.filter((row) => row.source !== 'Paper');
    t.ok(own.length > 0);
    for (const row of own) {
      const [found, ...more] = summary.filter((each) => factors.every((name) => each[name] === row[name]));
      t.ok(found !== undefined && more.length === 0, `${figure}: one row of the summary`);
      const wrong = Object.keys(row).filter((name) => {
        const [value, wanted] = [cellNumber(row[name]!), cellNumber(found?.[name] ?? row[name]!)];
        return /_(mean|half_width)$/.test(name) && !(Math.abs(value - wanted) <= 1e-6 * Math.abs(wanted));
      });
      t.same(
        wrong.filter((name) => row[name] !== '' || found?.[name] !== ''),
        [],
      );
      const noisy = Object.entries(row).filter(([name, text]) => name !== 'command' && digits(text) > 12);
      t.same(
        noisy.filter(([, text]) => Number.isFinite(Number(text))),
        [],
        'no number has noise',
      );
    }
  }
  const times = readCsv(await (await downloaded(page, page.locator('#figure-fig4'), 'CSV')).path());
  t.match(
    times.find(({ source }) => source === 'ours'),
    { preset: 'as-published', placement_formulation: 'sound', command: /^npx ds2p run / },
  );
  t.notOk('text' in times[0]! || 'functions_label' in times[0]!, 'no labels');
});

for (const [name, options] of [
  ['light', undefined],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true }],
] as const) {
  t.test(
    `${name}: no serious violation of accessibility, and nothing wider than the window`,
    { skip },
    async (t) => {
      const { page, complaints } = options === undefined ? shared! : await open(browser!, path, options);
      t.same(complaints, []);
      t.same(await seriousViolations(page), []);
      const [content, window] = (await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      )) as [number, number];
      t.ok(content <= window, `${content} pixels in a window of ${window}`);
      if (options !== undefined) await page.context().close();
    },
  );
}

t.test('on paper the page is light, unfolded and without its switches', { skip }, async (t) => {
  const { page } = await open(browser!, path, { colorScheme: 'dark' });
  const dark = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  await page.emulateMedia({ media: 'print' });
  const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  t.not(dark, paper);
  t.equal(paper, 'rgb(255, 255, 255)');
  t.equal(await page.locator('.controls:visible, .downloads:visible, nav:visible').count(), 0);
  await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
  t.equal(await page.locator('details:not([open]):not(.points):not(.stays-folded)').count(), 0);
  t.equal(await page.locator('details.stays-folded[open]').count(), 0, 'all parameters would fill sheets');
  t.ok((await page.pdf({ format: 'A4' })).length > 50_000);
  await page.context().close();
});

t.test(
  'figures on paper are the same from every window, which has its own again after that',
  { skip },
  async (t) => {
    const widths = (page: Page, event: string) =>
      page.evaluate(async (name) => {
        window.dispatchEvent(new Event(name));
        await new Promise((resolve) => setTimeout(resolve));
        return [...document.querySelectorAll('.chart svg')].map((svg) => svg.getAttribute('width'));
      }, event);
    const before = await shared!.page.evaluate(() =>
      [...document.querySelectorAll('.chart svg')].map((svg) => svg.getAttribute('width')),
    );
    const { page: phone } = await open(browser!, path, { viewport: { width: 360, height: 740 } });
    const onPaper = await widths(shared!.page, 'beforeprint');
    t.not(onPaper.join(), before.join());
    t.strictSame(await widths(phone, 'beforeprint'), onPaper);
    t.strictSame(await widths(shared!.page, 'afterprint'), before);
    await phone.context().close();
  },
);

t.test('a page that is printed as soon as it is there has all of its figures', { skip }, async (t) => {
  const context = await browser!.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  // No frame comes before the sheets, so that nothing is observed; what is drawn after "beforeprint" but later than all
  // promises comes too late.
  await page.addInitScript(() => {
    for (const observer of [ResizeObserver, IntersectionObserver]) observer.prototype.observe = () => {};
    document.addEventListener('DOMContentLoaded', () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const onPaper = document.querySelectorAll('.chart[data-drawn] svg').length;
        Object.assign(window, { onPaper, whole: document.documentElement.dataset.drawn });
      };
      window.dispatchEvent(new Event('beforeprint'));
      port2.postMessage('');
    });
  });
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction('window.onPaper !== undefined');
  t.equal(await page.evaluate('window.whole'), undefined, 'the page was not whole by itself');
  t.equal(await page.evaluate('window.onPaper'), await shared!.page.locator('.chart').count());
  await context.close();
});

t.test('the switch of colours overrides what the system asks for', { skip }, async (t) => {
  const { page } = shared!;
  const back = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await back();
  await page.getByRole('combobox', { name: 'Colours' }).selectOption('dark');
  await page.waitForSelector('html[data-theme=dark]');
  t.not(await back(), light);
  const ink = await page.evaluate(
    `getComputedStyle(document.querySelector('${FIG2} .chart svg text[fill="#222222"]')).fill`,
  );
  t.not(ink, 'rgb(34, 34, 34)', 'figures have the inks of a dark page');
});
