/** The parts of pages that need no browser. */
import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { PANELS, withRoom } from '../../figures/metrics.js';
import { shortNumber } from '../../figures/number-text.js';
import { pairsSpec } from '../../figures/pairs.js';
import { compileSpec } from '../../figures/render.js';
import { CommandText } from '../../figures/report/command-text.js';
import { explorers } from '../../figures/report/explorers.js';
import { forPage, wrapped } from '../../figures/report/fit.js';
import { withHover } from '../../figures/report/hover.js';
import { packRows, packSummary, unpackRows, unpackSummary } from '../../figures/report/page-data.js';
import { withinPage } from '../../figures/report/page-room.js';
import { reflowed } from '../../figures/report/reflow.js';
import type { ReportFolder } from '../../figures/report/report-folder.js';
import { roughHeight } from '../../figures/report/rough-height.js';
import { type FigureRow, type FolderData, intervalBounds } from '../../figures/rows.js';
import { table3Paper } from '../../figures/table3-paper.js';
import { METRIC_COLUMNS } from '../../results/columns.js';

/** A row with every metric at `mean`, give or take a tenth. */
function row(values: FigureRow, mean = 1): FigureRow {
  const out: Record<string, string | number | null> = { preset: 'as-published', n: 2, ...values };
  for (const { name } of METRIC_COLUMNS)
    Object.assign(out, intervalBounds(name, { [`${name}_mean`]: mean, [`${name}_half_width`]: mean / 10 }));
  return out;
}

const PAIRS = ['Greedy-local', 'SLO-aware'].flatMap((offloading) =>
  ['No migration', 'Greedy'].map((migration) => ({
    offloading,
    migration,
    pair: `${migration} + ${offloading}`,
  })),
);

const folderOf = (summary: readonly FigureRow[], varied: FolderData['varied'] = []): FolderData => ({
  experiment: 'mine',
  summary,
  varied,
  decisions: [],
});

t.test('rows come out of a page as they went in, to seven digits', async (t) => {
  const rows = [
    { a: 'text', b: 1 / 3, c: null },
    { a: null, b: 123456789, c: null },
  ];
  const packed = packRows(rows);
  t.same(packed.columns, ['a', 'b'], 'a column without a value is left out');
  t.same(unpackRows(packed), [
    { a: 'text', b: 0.3333333 },
    { a: null, b: 123456800 },
  ]);
});

t.test('intervals of a summary are computed again from means and half-widths', async (t) => {
  const before = row({ pair: 'x' }, 95);
  const packed = packSummary([before]);
  t.notOk(packed.columns.some((column) => column.endsWith('_lo')));
  const [after] = unpackSummary(packed, METRIC_COLUMNS);
  for (const name of ['slo_violations_percent', 'response_time_p50_s'])
    for (const end of ['mean', 'half_width', 'lo', 'hi'])
      t.equal(after[`${name}_${end}`], before[`${name}_${end}`], `${name}_${end}`);
  t.equal(after.slo_violations_percent_hi, 100, 'and cut off where a share ends');
});

t.test('an experiment of a user gets its pairs, and a sweep along each number that varies', async (t) => {
  const varied = [
    { column: 'workload_load', title: 'workload.load', isNumber: true },
    { column: 'nodes_edge', title: 'nodes.edge', isNumber: true },
    { column: 'nodes_cloud', title: 'nodes.cloud', isNumber: true },
    { column: 'knowledge_mode', title: 'knowledge.mode', isNumber: false },
  ];
  const summary = [0.01, 1, 10].flatMap((load) =>
    [5, 10].flatMap((nodes) =>
      ['true', 'estimated'].flatMap((mode) =>
        PAIRS.map((pair) =>
          row({ ...pair, workload_load: load, nodes_edge: nodes, nodes_cloud: nodes, knowledge_mode: mode }),
        ),
      ),
    ),
  );
  const figures = explorers('results/mine', folderOf(summary, varied));
  t.same(
    figures.map(({ id }) => id),
    ['policies', 'along-workload_load', 'along-nodes_edge', 'along-nodes_cloud', 'by-knowledge_mode'],
  );
  const choices = figures.map((figure) => figure.choices.map(({ column }) => column));
  t.same(
    choices[0],
    ['workload_load', 'nodes_edge', 'knowledge_mode'],
    'what varies together is chosen once',
  );
  t.same(choices[1], ['nodes_edge', 'knowledge_mode']);
  t.same(choices[2], ['workload_load', 'knowledge_mode']);
  const swept = figures.map(({ form }) => (form.kind === 'sweep' ? form.swept : undefined));
  t.match(swept[1], { scale: { type: 'log' } }, 'a factor of a thousand has a logarithmic axis');
  t.match(swept[2], { scale: { zero: false }, values: [5, 10] });
  t.match(figures[4], {
    form: { kind: 'categories', title: 'By knowledge.mode', swept: { column: 'knowledge_mode' } },
    choices: [{ column: 'workload_load' }, { column: 'nodes_edge' }],
  });
});

t.test('words that vary are compared, each once, and a figure of one point is left out', async (t) => {
  const word = (column: string) => ({ column, title: column.replace('_', '.'), isNumber: false });
  const [pair] = PAIRS;
  const summary = ['zipf', 'uniform'].flatMap((popularity) =>
    ['sound', 'as-written'].map((formulation) =>
      row({ ...pair!, popularity, placement_formulation: formulation, keys_twin: popularity }),
    ),
  );
  const varied = ['popularity', 'placement_formulation', 'keys_twin'].map(word);
  const folder = folderOf(summary, varied);
  t.same(
    explorers('results/mine', folder).map(({ id, choices }) => [id, choices.map(({ column }) => column)]),
    [
      ['by-popularity', ['placement_formulation']],
      ['by-placement_formulation', ['popularity']],
    ],
  );
  t.same(
    explorers('results/mine', folderOf([summary[0]!], [])).map(({ id }) => id),
    ['policies'],
    'alone it stays',
  );
  const presets = ['as-published', 'as-written'].flatMap((preset) =>
    PAIRS.map((each) => row({ ...each, preset, workload_memory: preset.length })),
  );
  const memory = { column: 'workload_memory', title: 'workload.memory', isNumber: true };
  t.same(
    explorers('results/mine', folderOf(presets, [memory])).map(({ id }) => id),
    ['policies', 'by-preset'],
    'what presets set differently is the preset',
  );
  const many = Array.from({ length: 401 }, (_, i) => row({ ...pair!, popularity: `word ${i}` }));
  t.same(
    explorers('results/mine', folderOf(many, varied.slice(0, 1))).map(({ id }) => id),
    ['policies'],
    'too many words are no figure',
  );
  const titled = explorers('results/mine', { ...folderOf(summary.slice(0, 1), []), title: 'A title' });
  t.equal(titled[0]!.form.title, 'Policies in A title');
});

t.test('a tooltip has the value with its interval, and lines that are asked for', async (t) => {
  const rows = PAIRS.map((pair) => row(pair, 0.5));
  const { spec, rows: told } = withHover(pairsSpec(rows, 'Title'), rows, [
    { title: 'Of', text: ({ pair }) => String(pair) },
  ]);
  t.doesNotThrow(() => compileSpec(spec));
  const texts = Object.values(told[0]!).map(String);
  t.ok(texts.includes('0.5, 95 % interval 0.45 to 0.55'));
  const marks = JSON.stringify(spec).match(/"tooltip":\[/g);
  t.equal(marks?.length, 6, 'one a panel, at the points');
  const single = { ...rows[0]!, slo_violations_percent_lo: null, slo_violations_percent_half_width: null };
  const alone = withHover(pairsSpec(rows, 'Title'), [single], []);
  t.ok(Object.values(alone.rows[0]!).includes('0.5 (no interval)'));
  t.equal(shortNumber(123456), '123456');
  t.equal(shortNumber(0.000123456), '0.0001235');
  t.equal(shortNumber(null), 'not known');
});

t.test('a narrow page breaks subtitles and puts legends in columns', async (t) => {
  t.same(wrapped('one two three', 7), ['one two', 'three']);
  t.same(wrapped('extraordinarily long', 5), ['extraordinarily', 'long']);
  const spec = pairsSpec(
    PAIRS.map((pair) => row(pair)),
    'A title',
  );
  const narrow = JSON.stringify(forPage(spec, 300));
  t.match(narrow, '"columns":2');
  t.notMatch(narrow, 'A title', 'the heading of the page has it');
  const lines = (forPage(spec, 300) as { title: { text: string[] } }).title.text;
  t.ok(lines.length > 1 && lines.every((line) => line.length * 5 < 300));
  t.equal((forPage(spec, 2000) as { title: { text: string[] } }).title.text.length, 1);
});

t.test('an axis has a length where a metric is zero in all rows', async (t) => {
  const zero = PAIRS.map((pair) => row(pair, 0));
  for (const look of PANELS) {
    const [least, most] = withRoom(look, zero).scale.domain as [number, number];
    t.ok(least === 0 && most > 0, look.column);
  }
  t.equal(withRoom(PANELS[1]!, [...zero, row(PAIRS[0]!, 1)]), PANELS[1], 'and is left alone otherwise');
});

t.test('what a page has no room for is left out, and said', async (t) => {
  const folder = (count: number): ReportFolder => ({
    path: 'results/mine',
    manifest: {},
    data: folderOf(Array.from({ length: count }, (_, i) => row({ pair: 'x', place: i }))),
  });
  const small = withinPage([folder(100)]);
  t.same(small.notes, []);
  t.equal(small.folders[0]!.data.summary.length, 100);
  const large = withinPage([folder(100)], 100 * 60);
  t.equal(large.notes.length, 1);
  t.equal(large.folders[0]!.data.summary.length, 100);
  const [first] = large.folders[0]!.data.summary;
  t.ok('rejected_percent_mean' in first! && !('placement_work_mean' in first!));
  const huge = withinPage([folder(1000)], 100 * 60);
  const kept = huge.folders[0]!.data.summary.length;
  t.ok(kept > 100 && kept < 300, `${kept} are kept`);
  t.match(huge.notes[1], `the first ${kept} of 1000 configurations`);
});

t.test(
  'panels stand as many side by side as fit, and each tells what only one of its row told',
  async (t) => {
    const rows = ['Paper', 'Ours, as-published'].flatMap((source) =>
      [0.1, 0.2].flatMap((t_max_s) => PAIRS.map((pair) => row({ ...pair, source, t_max_s }))),
    );
    const spec = table3Paper.spec(rows);
    const text = (width: number) => JSON.stringify(reflowed(spec, width));
    t.match(reflowed(spec, 1100), { columns: 5 });
    t.equal(
      text(1100).match(/"labels":true/g)!.length,
      4,
      'names stand beside the first of a row: two marks, two limits',
    );
    t.match(reflowed(spec, 330), {
      vconcat: [
        { title: {}, columns: 1 },
        { title: {}, columns: 1 },
      ],
    });
    t.notMatch(text(330), '"labels":false', 'below each other each has its names');
    t.doesNotThrow(() => compileSpec(reflowed(spec, 330)));
    t.match(JSON.stringify(forPage(reflowed(spec, 330), 330)), '"columns":1');
    for (const width of [1100, 700, 330])
      t.ok(roughHeight(forPage(reflowed(spec, width), width)) > (width === 330 ? 1000 : 200));
  },
);

t.test('a command is broken between words of a shell', async (t) => {
  const html = renderToString(CommandText({ text: `npx ds2p run --set 'a=b c' --seed 1` }) as never);
  t.same(
    [...html.matchAll(/<span>(.*?)<\/span>/g)].map(([, word]) => word),
    ['npx', 'ds2p', 'run', '--set', "'a=b c'", '--seed', '1'],
  );
});
