import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { compileSpec, renderSvg } from '../../figures/render.js';
import { scalabilityRows, scalabilitySpec } from '../../figures/scalability.js';

const GOLDEN = new URL('../../../figures/golden/scalability.json', import.meta.url);

/** Made-up rows of summary.csv; never for a figure that is shown. */
const row = (changes: Record<string, string>) => ({
  nodes: '10',
  functions: '5',
  keys: '100',
  source: 'simulated',
  capacity: 'loose',
  formulation: 'sound',
  solver: 'auto',
  printed: 'false',
  time_limit_s: '10',
  n: '4',
  timeouts: '0',
  stopped: '0',
  failed: '0',
  skipped: '0',
  solve_time_median_ms: '2',
  solve_time_min_ms: '1',
  solve_time_max_ms: '4',
  ...changes,
});
const printed = { formulation: 'as-written', solver: 'glpk', printed: 'true' };
const untimed = { solve_time_median_ms: '', solve_time_min_ms: '', solve_time_max_ms: '' };
const summary = ['simulated', 'generated'].flatMap((source) => [
  row({ source }),
  row({ source, functions: '30' }),
  row({ source, functions: '10' }),
  row({ source, nodes: '35', functions: '30' }),
  row({ source, nodes: '35', functions: '35' }),
  row({
    source,
    ...printed,
    n: '2',
    timeouts: '1',
    solve_time_median_ms: '6000',
    solve_time_max_ms: '10000',
  }),
  row({ source, ...printed, functions: '30', n: '0', skipped: '2', ...untimed }),
]);
const rows = scalabilityRows(summary);

t.test('timeouts are drawn at the time until then, sizes that were not tried above the limit', async (t) => {
  const glpk = rows.filter(({ series }) => series === 'as-written, glpk, printed in full');
  t.same(new Set(glpk.map(({ kind }) => kind)), new Set(['timeout', 'skipped']));
  for (const { kind, time_s } of glpk) t.equal(time_s, kind === 'skipped' ? 20 : 6);
  const svg = await renderSvg(scalabilitySpec(rows), rows);
  for (const text of ['as-written, glpk, printed in full', 'paper: &lt; 10 s', 'Generated problems'])
    t.match(svg, text);
});

t.test("a size stands in every panel whose axis it is on, and the paper's figures beside it", async (t) => {
  const panels = rows
    .filter(({ series, x }) => series === 'sound, auto' && x === 10)
    .map(({ panel }) => panel);
  t.same(panels.slice(0, 3).sort(), ['both', 'functions', 'nodes']);
  const paper = rows.filter(({ kind, source }) => kind === 'paper' && source === 'simulated');
  t.same(
    paper.map(({ panel, x, time_s }) => [panel, x, time_s]),
    [
      ['nodes', 10, 2],
      ['functions', null, 2],
      ['nodes', 35, 10],
    ],
  );
});

t.test(
  'the spec compiles without a warning to the golden one and names columns that rows have',
  async (t) => {
    const spec = scalabilitySpec(rows);
    t.notMatch(JSON.stringify(spec), /"aggregate"|"bin"|"errorb/, 'computes no statistics');
    const named = [...JSON.stringify(spec).matchAll(/"field":"(\w+)"/g)].map((match) => match[1]);
    const known = new Set(rows.flatMap((each) => Object.keys(each)));
    t.same(
      named.filter((name) => !known.has(name)),
      [],
    );
    const compiled = `${JSON.stringify(compileSpec(spec), null, 2)}\n`;
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(GOLDEN, compiled);
    t.ok(existsSync(GOLDEN), 'has a golden file; UPDATE_GOLDEN=1 writes it');
    t.equal(compiled, readFileSync(GOLDEN, 'utf8'));
  },
);

t.test('series differ by shape and dash, whatever the colours of paper', async (t) => {
  const svg = await renderSvg(scalabilitySpec(rows), rows);
  const ofMarks = (kind: string, attribute: string) =>
    new Map(
      [...svg.matchAll(/<path aria-label="([^"]*)"[^>]*aria-roledescription="([^"]*)"[^>]*>/g)]
        .filter(([, , role]) => role === kind)
        .map(([mark, label]) => [
          /(?:^|; )series: ([^;]*)/.exec(label!)?.[1],
          new RegExp(` ${attribute}="([^"]*)"`).exec(mark)?.[1],
        ]),
    );
  const dashes = ofMarks('line mark', 'stroke-dasharray');
  t.equal(dashes.size, 2);
  t.equal(new Set(dashes.values()).size, 2);
  const shapes = ofMarks('point', 'd');
  t.ok(shapes.size >= 2);
  t.equal(new Set(shapes.values()).size, shapes.size);
});

t.test('words about the paper stand above their mark, and below it at the limit', async (t) => {
  const [words] =
    JSON.stringify(compileSpec(scalabilitySpec(rows))).match(/datum\.time_s < \d+ \? -10 : 12/) ?? [];
  t.equal(words, 'datum.time_s < 10 ? -10 : 12');
});

t.test('a folder with one source and one panel gets that panel alone', async (t) => {
  const one = scalabilityRows([row({ functions: '7' })]);
  t.match(JSON.stringify(scalabilitySpec(one)), /Functions, at 10 compute nodes/);
  t.notMatch(JSON.stringify(scalabilitySpec(one)), /Generated problems|Compute nodes = functions/);
});

t.test('a figure of single problems speaks of no medians', async (t) => {
  const subtitle = (n: string) =>
    JSON.stringify(scalabilitySpec(scalabilityRows(summary.map((each) => ({ ...each, n })))).title);
  t.match(subtitle('1'), 'Times of one problem each. Hollow with an arrow');
  t.match(subtitle('3'), 'Medians of up to 3 problems, bars');
});
