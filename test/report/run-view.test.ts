/** The view of one run, as whoever opens its page meets it. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t from 'tap';
import { placesAt } from '../../core/index.js';
import { readRecordedRun } from '../../experiments/harness/recorded-run.js';
import { writeRunPage } from '../../figures/report/run-page.js';
import { notableRequest } from '../../figures/run/notable-request.js';
import { overTimeRows, overTimeTold } from '../../figures/run/over-time.js';
import { secondsText } from '../../figures/run/time-axis.js';
import { readCsv } from '../../results/csv.js';
import { ds2p } from '../scripts/process.js';
import { downloaded, launch, marks, noBrowser, open, seriousViolations } from './browser.js';

const skip = noBrowser();
const browser = skip === false ? await launch() : undefined;
t.teardown(() => browser?.close());
t.setTimeout(300_000);

const root = t.testdir();
const line =
  'run --duration 1200 --migration random --set migration.randomMoves=all-once --replications 2 --record';
const made = skip === false ? await ds2p(line.split(' '), root) : undefined;
if (skip === false) await ds2p(['inspect', '--run', '1', '--no-open'], root);
const folder = join(root, 'results/run');
const path = join(folder, 'inspect.html');
const recorded = (number = 1) => readRecordedRun(join(folder, `recording-${number}.json`));

/** The part of the page under a heading. */
const part = (page: Page, heading: string) =>
  page.locator('.run-part').filter({ has: page.getByRole('heading', { name: heading, exact: true }) });
const slider = (page: Page) => page.getByRole('slider', { name: 'Time' });
/** The line at the chosen instant in the first figure. */
const CURSOR_LINE = '.run-part .chart svg g.mark-rule.role-mark line';
const cursor = (page: Page) => page.locator(CURSOR_LINE).first().getAttribute('transform');

t.test(
  'the page of a run draws it without a complaint, and asks for nothing but itself',
  { skip },
  async (t) => {
    t.equal(made!.code, 0, made!.stderr);
    const { page, requests, complaints, dialogs } = await open(browser!, path);
    t.same([requests, complaints, dialogs], [[], [], []]);
    t.equal(await page.locator('.run-part .chart svg').count(), 5);
    const { recording, command } = recorded();
    const strips = await page
      .locator('.run-part')
      .first()
      .locator('.chart svg g.mark-rect.role-mark path')
      .count();
    t.equal(strips, recording.keys.name.length + 2 * recording.moves.key.length, 'a strip and a tick a move');
    const names = page.locator('.run-part').first().locator('.role-axis-label text', { hasText: /^k/ });
    t.equal(await names.count(), recording.keys.name.length, 'each strip has its name');
    t.equal(await marks(page, '.run-part:has(h3:text-is("Nodes and latencies"))', 'symbol'), 11);
    t.ok((await page.locator('.run-commands').innerText()).includes(command));
    const { request, because } = notableRequest(recording);
    const commands = await page.locator('.run-commands').innerText();
    t.match(commands, `npx ds2p explain results/run --run 1 --request ${request}`);
    t.equal(because, 'rejected');
    t.match(commands, /; this one came when most were rejected\n/);
    await page.context().close();
  },
);

t.test('a keyboard moves the instant at which everything is looked at', { skip }, async (t) => {
  const { page } = await open(browser!, path);
  const table = part(page, 'How far functions are from their data').locator('table').first();
  const [lineBefore, tableBefore] = [await cursor(page), await table.innerText()];
  t.match(await page.locator('.run-time output').innerText(), /^12\d\d(\.\d)? s/, 'at first the end');
  await slider(page).focus();
  await page.keyboard.press('Home');
  t.match(await page.locator('.run-time output').innerText(), /^0 s/);
  await page.waitForFunction(
    (text) => document.querySelector('.side-by-side table')!.textContent!.includes(text),
    'at 0 s',
  );
  t.not(await table.innerText(), tableBefore);
  await page.waitForFunction(
    ([selector, before]) => document.querySelector(selector)?.getAttribute('transform') !== before,
    [CURSOR_LINE, lineBefore] as const,
    { timeout: 10_000 },
  );
  await page.getByRole('button', { name: 'Next decision' }).focus();
  await page.keyboard.press('Enter');
  t.match(await page.locator('.run-time output').innerText(), /^120 s/);
  const held = await part(page, 'Nodes and latencies').locator('tbody tr td:last-child').allInnerTexts();
  t.ok(held.filter((keys) => Number(keys) > 0).length > 3, 'keys are all over after the first decision');
  await page.context().close();
});

t.test('a click on a node and a choice of it show its latencies', { skip }, async (t) => {
  const { page } = await open(browser!, path);
  const map = part(page, 'Nodes and latencies');
  await map.locator('.chart svg g.mark-symbol.role-mark path[aria-label*="Node: edge4"]').click();
  await map.locator('caption', { hasText: 'Latencies from edge4' }).waitFor();
  await map.getByRole('combobox', { name: 'Latencies from' }).selectOption('store');
  await map.locator('caption', { hasText: 'Latencies from store' }).waitFor();
  const shown = (await map.locator('tbody td:nth-child(3)').allInnerTexts()).map(Number);
  t.equal(shown.length, 10);
  t.same(
    shown,
    [...shown].sort((a, b) => a - b),
    'the nearest node stands first',
  );
  t.match(await map.locator('.status').allInnerTexts(), [/Keys that nodes hold/]);
  await map.locator('.chart svg text', { hasText: 'Distances from store are its latencies' }).waitFor();
  await map.getByRole('combobox', { name: 'Latencies from' }).selectOption({ index: 11 });
  await map.locator('.chart svg text', { hasText: /off by \d+ % in the median/ }).waitFor();
  t.equal(await map.locator('table').count(), 0, 'no node is chosen');
  await page.context().close();
});

t.test('files of a run name it, and have counts that come to its metrics', { skip }, async (t) => {
  const { page } = await open(browser!, path);
  const files = new Map<string, readonly Readonly<Record<string, string>>[]>();
  for (const heading of [
    'Where each key lives over time',
    'What happened over time',
    'Memory that containers hold',
    'Containers of each node',
    'Nodes and latencies',
  ]) {
    const file = await downloaded(page, part(page, heading), 'CSV');
    const [, figure] = /^run-1-seed-1-(.+)\.csv$/.exec(file.suggestedFilename()) ?? [];
    t.type(figure, 'string', file.suggestedFilename());
    files.set(figure!, readCsv(await file.path()));
  }
  t.same([...files.keys()], ['key-places', 'over-time', 'memory', 'containers', 'node-map']);
  const { metrics, recording } = recorded();
  const sum = (column: string) =>
    files.get('over-time')!.reduce((total, row) => total + Number(row[column]), 0);
  for (const [column, metric] of [
    ['arrivals', 'arrivals'],
    ['started', 'completions'],
    ['rejected', 'rejected'],
    ['violations', 'slo_violations'],
    ['cold_starts', 'cold_starts'],
  ] as const)
    t.equal(sum(column), metrics[metric], column);
  t.ok(sum('violations') > 0 && sum('cold_starts') > 0);
  t.ok(Math.abs((100 * sum('offloaded')) / sum('started') - metrics.offloaded_percent!) < 1e-9);
  const columns = (name: string) => Object.keys(files.get(name)![0]!);
  t.same(columns('memory'), ['node', 'kind', 'begin_s', 'end_s', 'memory_percent']);
  t.same(columns('containers').slice(4), ['busy_containers', 'idle_containers']);
  t.same(columns('node-map'), ['time_s', 'from_node', 'node', 'kind', 'latency_ms', 'keys']);
  const nodes = files.get('node-map')!;
  t.same(
    nodes.map(({ latency_ms }) => Number(latency_ms)),
    recording.nodes.latency_ms.slice(0, nodes.length).map((latency) => Number(latency.toPrecision(12))),
  );
  t.equal(
    nodes.reduce((total, { keys }) => total + Number(keys), 0),
    recording.keys.name.length,
  );
  t.equal(files.get('key-places')!.filter(({ moved }) => moved === '1').length, recording.moves.key.length);
  await page.context().close();
});

t.test('another run and other keys can be chosen', { skip }, async (t) => {
  const { page } = await open(browser!, writeRunPage(join(root, 'both'), [recorded(1), recorded(2)]));
  const choice = page.getByRole('combobox', { name: 'Run', exact: true });
  const labels = await choice.locator('option').allInnerTexts();
  t.same(
    labels.map((label) => label.replace(/, .*/, '')),
    ['seed 1', 'seed 2'],
    'what differs comes first',
  );
  t.ok(
    labels.every((label) => label.includes('Random + SLO-aware')),
    'migration stands before offloading, as everywhere',
  );
  await page.getByRole('button', { name: 'Decision before' }).click();
  const instant = await page.locator('.run-time output').innerText();
  for (const [index, label] of labels.entries()) {
    await choice.selectOption({ label });
    const command = page.locator('.run-commands code', { hasText: `--seed ${index + 1} ` });
    await command.waitFor();
    t.equal(await page.locator('.run-time output').innerText(), instant, 'the chosen instant stays');
  }
  const keys = part(page, 'Where each key lives over time');
  await keys.getByRole('combobox', { name: 'Keys' }).selectOption('of f1');
  await keys.locator('.status', { hasText: /^[1-5] of 100 keys/ }).waitFor();
  await page.context().close();
});

t.test('drawings stay as they are when another instant is looked at', { skip }, async (t) => {
  const { page } = await open(browser!, path);
  const steps = 21;
  const before = await cursor(page);
  for (const [index, lines] of [1, 4].entries()) {
    const [changes, marks] = await page.evaluate(
      async ([count, place]) => {
        const own = document.querySelectorAll('.run-part .chart')[place]!;
        const svg = own.querySelector('svg')!;
        const input = document.querySelector<HTMLInputElement>('.run-time input')!;
        let seen = 0;
        new MutationObserver((records) => {
          seen += records.length;
        }).observe(own, { subtree: true, childList: true, attributes: true });
        for (let step = 1; step <= count; step++) {
          input.value = String(step * 17 + place);
          input.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
        return [svg.isConnected ? seen : Number.POSITIVE_INFINITY, svg.querySelectorAll('path').length];
      },
      [steps, index] as const,
    );
    t.ok(marks > 200);
    t.ok(changes > 0 && changes <= 10 * lines * steps, `${changes} changes of a drawing of ${marks} marks`);
  }
  t.not(await cursor(page), before);
  await page.context().close();
});

/** What the tooltip says; empty where none is shown. */
const tooltip = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLElement>('#vg-tooltip-element.visible')?.innerText ?? '');

t.test('a pointer anywhere over lines is told the values of that interval', { skip }, async (t) => {
  const { page } = await open(browser!, path);
  const rows = overTimeRows(recorded().recording);
  for (const [heading, views] of [
    ['What happened over time', 4],
    ['Containers of each node', 10],
  ] as const) {
    const place = part(page, heading);
    const bands = place.locator('.chart svg g.mark-rect.role-mark');
    t.equal(await bands.count(), views, `${heading}: bands in each view`);
    for (const view of [0, views - 1]) {
      const last = bands.nth(view).locator('path').last();
      await last.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await last.boundingBox())!;
      for (const share of [0.1, 0.9]) {
        await page.mouse.move(x - 40, y + height * share);
        await page.waitForFunction(() => document.querySelector('#vg-tooltip-element.visible') !== null);
        t.match(await tooltip(page), /From.* s to .* s/);
      }
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.waitForFunction(
        (text) =>
          document.querySelector<HTMLElement>('#vg-tooltip-element.visible')?.innerText.includes(text),
        ` to ${secondsText(Number(rows.at(-1)!.time_s))}`,
      );
      const told = await tooltip(page);
      if (views === 4)
        for (const { title, text } of overTimeTold(rows.at(-1)!)) t.match(told, `${title}\t${text}`);
      else t.match(told, /Node\t[\s\S]*Busy containers\t\d/);
    }
  }
  await page.context().close();
});

t.test('values of the chosen instant are read without a pointer', { skip }, async (t) => {
  const { page } = await open(browser!, path);
  const values = part(page, 'What happened over time').locator('.run-values');
  const rows = overTimeRows(recorded().recording);
  t.match(await values.innerText(), String(rows.at(-1)!.during), 'at first the end');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await values.getByText(String(rows[0]!.during)).waitFor();
  const shown = await values.locator('dd').allInnerTexts();
  t.same(
    shown.slice(1),
    overTimeTold(rows[0]!).map(({ text }) => text),
  );
  const load = part(page, 'Containers of each node');
  await load.locator('summary').focus();
  await page.keyboard.press('Enter');
  t.match(await load.locator('caption').innerText(), /^Means from 0 s to /);
  t.equal(await load.locator('tbody tr').count(), 10);
  await page.context().close();
});

t.test(
  'of many nodes the legend and the map name those that hold keys, in the same colours',
  { skip },
  async (t) => {
    const many = join(root, 'many');
    mkdirSync(many);
    const sizes = '--set nodes.edge=30 --set nodes.cloud=30 --set functions.count=20';
    t.equal((await ds2p(`run --duration 300 ${sizes} --record`.split(' '), many)).code, 0);
    const run = readRecordedRun(join(many, 'results/run/recording-1.json'));
    const held = placesAt(run.recording, 300).map((node) => run.recording.nodes.name[node]!);
    const holders = [...new Set([...held, 'store'])];
    const { page } = await open(browser!, writeRunPage(many, [run]));
    const entries = part(page, 'Where each key lives over time').locator('.role-legend-entry');
    const labels = await entries.locator('.role-legend-label text').allTextContents();
    t.same(new Set(labels), new Set(holders));
    const colors = await entries
      .locator('.role-legend-symbol path')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('fill')));
    const map = part(page, 'Nodes and latencies').locator('.chart svg');
    const names = await map.locator('g.mark-text.role-mark text').allTextContents();
    for (const name of ['edge1', ...holders])
      t.ok(
        names.some((text) => text === name || text.startsWith(`${name}: `)),
        `${name} is named`,
      );
    for (const [i, label] of labels.entries()) {
      const mark = map.locator(`g.mark-symbol.role-mark path[aria-label*="Node: ${label};"]`);
      t.equal(await mark.getAttribute('fill'), colors[i], `${label} has one colour`);
    }
    const load = part(page, 'Containers of each node');
    t.equal(await load.locator('svg').count(), 0, 'no views of so many nodes');
    await load.locator('summary').click();
    t.equal(await load.locator('tbody tr').count(), 60, 'but their numbers');
    await page.context().close();
  },
);

t.test('the view has no serious accessibility violation, and fits a phone', { skip }, async (t) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await open(browser!, path, { colorScheme, viewport: { width: 390, height: 844 } });
    t.same(await seriousViolations(page), [], colorScheme);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    t.ok(wide <= 0, 'nothing makes the page wider than the window');
    t.ok(await page.getByText(/^\d+ of \d+$/).isVisible(), 'decisions are counted');
    await page.context().close();
  }
});

t.test('names of others are text in the page of a run', { skip }, async (t) => {
  const odd = '<script>alert(1)</script>';
  const run = recorded();
  const { recording } = run;
  const named = {
    ...run,
    experiment: odd,
    parameters: { ...run.parameters, 'policy.migration': odd },
    recording: {
      ...recording,
      nodes: { ...recording.nodes, name: recording.nodes.name.map((name) => `${odd}${name}`) },
      functions: { ...recording.functions, name: recording.functions.name.map((name) => `${odd}${name}`) },
    },
  };
  const page = writeRunPage(join(root, 'odd'), [named]);
  t.notMatch(readFileSync(page, 'utf8'), odd, 'no markup of others is in the file');
  const opened = await open(browser!, page);
  t.same([opened.requests, opened.complaints, opened.dialogs], [[], [], []]);
  t.ok((await opened.page.locator('body').innerText()).includes(`${odd}edge1`));
  await opened.page.context().close();
});
