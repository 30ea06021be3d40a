import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { benchFigure } from '../../figures/bench.js';
import { readFolder } from '../../figures/data.js';
import { fig4 } from '../../figures/fig4.js';
import type { Figure } from '../../figures/figure.js';
import { FIGURES } from '../../figures/index.js';
import { ownFigure, ownFigures } from '../../figures/own-experiments.js';
import { compileSpec, renderSvg } from '../../figures/render.js';
import { standingAlone, table3Unserved } from '../../figures/unserved-or-late.js';
import { BENCH_COLUMNS, parameterColumn } from '../../results/columns.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { checkSpec } from './spec-checks.js';
import { writeSynthetic } from './synthetic.js';

const root = t.testdir();
const folders = new Map<string, string>();
const folderOf = (experiment: string): string => {
  const folder = folders.get(experiment) ?? writeSynthetic(root, experiment);
  folders.set(experiment, folder);
  return folder;
};

/** A figure that folders of any other experiment get. */
function ownOf(experiment: string, name: string): Figure {
  const own = ownFigures(readFolder(folderOf(experiment))).find((each) => each.name === name)!;
  return ownFigure(own);
}

/** The specs of all figures; those of experiments of one's own on results that have their form. */
const cases = [
  ...FIGURES.map((figure) => ({ figure, experiment: figure.experiment! })),
  { figure: ownOf('fig3', 'policies'), experiment: 'fig3' },
  { figure: ownOf('table3', 'by-preset'), experiment: 'table3' },
];

/** Results of a benchmark: a case that is measured alone, and cases of a group whose times differ widely. */
function writeBench(): string {
  const path = join(root, 'bench.csv');
  const row = (group: string, name: string, leastNs: number): Row => ({
    group,
    case: name,
    operation: 'request',
    repetitions: 20,
    least_ns: leastNs,
    median_ns: 1.1 * leastNs,
    against: '',
    against_least_ns: Number.NaN,
    against_median_ns: Number.NaN,
    ratio: Number.NaN,
  });
  const rows = [row('policies', 'a', 90), row('reference', 'b', 120), row('reference', 'c', 20_000)];
  const lines = rows.map((each) => rowLine(BENCH_COLUMNS, each)).join('');
  writeFileSync(path, headerLine(BENCH_COLUMNS) + lines);
  return path;
}

const specs = [
  ...cases.map(({ figure, experiment }) => ({
    figure,
    rowsOf: () => figure.rows(readFolder(folderOf(experiment))),
  })),
  { figure: benchFigure, rowsOf: () => benchFigure.rows(writeBench()) },
];

for (const { figure, rowsOf } of specs) {
  t.test(`the spec of ${figure.name}`, async (t) => {
    const rows = rowsOf();
    checkSpec(t, figure.name, figure.spec(rows), rows);
  });
}

t.test('figures have distinct names', async (t) => {
  const names = specs.map(({ figure }) => figure.name);
  t.equal(new Set(names).size, names.length);
});

t.test('a spec of which Vega-Lite warns is refused', async (t) => {
  const spec = cases[0]!.figure.spec([]);
  const wrong = {
    ...spec,
    concat: [
      {
        mark: 'bar',
        encoding: { x: { field: 'a', type: 'quantitative', scale: { type: 'log', zero: true } } },
      },
    ],
  };
  t.throws(() => compileSpec(wrong as never), /Vega-Lite warns/);
});

/** The file of a sweep along a parameter of one's own over `values`, made of rows of `summary`. */
async function drawnAlong(values: readonly number[], title: string, count = 1): Promise<string> {
  const data = readFolder(folderOf('popularity'));
  const column = parameterColumn('zipfExponent');
  const summary = data.summary
    .slice(0, count)
    .flatMap((row) => values.map((value) => ({ ...row, [column]: value })));
  const folder = { ...data, experiment: 'own', summary, varied: [{ column, title, isNumber: true }] };
  const own = ownFigures(folder).find(({ name }) => name === `along-${column}`)!;
  const figure = ownFigure(own);
  const rows = figure.rows(folder);
  return renderSvg(figure.spec(rows), rows);
}

t.test('an axis of given values is labelled with these, not with what is round', async (t) => {
  for (const values of [
    [0, 1, 2.5],
    [1, 10.5, 20],
    [0.00012, 0.3, 1234.5],
  ]) {
    const svg = await drawnAlong(values, 'keys.zipfExponent');
    const axes = svg.split("X-axis titled 'keys.zipfExponent'").slice(1);
    t.equal(axes.length, 6, 'an axis a panel');
    for (const axis of axes) {
      const texts = [...axis.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
      t.same(texts.slice(0, texts.indexOf('keys.zipfExponent')), values.map(String));
    }
  }
});

t.test('points are said to stand side by side only where they do', async (t) => {
  t.notMatch(await drawnAlong([0, 1], 'a', 1), 'side by side');
  t.match(await drawnAlong([0, 1], 'a', 12), 'Points at one value stand side by side.');
});

t.test('of two outcomes, the one that is left stands on its own, with its own interval', async (t) => {
  const data = readFolder(folderOf('table3'));
  const share = (metric: string, mean: number, halfWidth: number) => ({
    [`${metric}_percent_mean`]: mean,
    [`${metric}_percent_half_width`]: halfWidth,
  });
  const row = {
    ...data.summary[0],
    ...share('rejected', 40, 5),
    ...share('late', 10, 2),
    ...share('unserved_or_late', 50, 6),
    unserved_or_late_percent_lo: 44,
    unserved_or_late_percent_hi: 56,
  };
  const both = table3Unserved.rows({ ...data, summary: [row] });
  const spec = table3Unserved.spec(both);
  t.match(JSON.stringify(spec.title), 'intervals are those of rejected and late requests together');
  t.same(standingAlone(spec, both), { spec, rows: both }, 'both as they are');
  const drawn = (outcome: string) => {
    const alone = standingAlone(
      spec,
      both.filter((each) => each.outcome === outcome),
    );
    t.match(JSON.stringify(alone.spec.title), 'intervals are those of what is shown');
    const [{ from_percent, to_percent, lo_percent, hi_percent }] = alone.rows as [(typeof both)[number]];
    return [from_percent, to_percent, lo_percent, hi_percent];
  };
  t.same(drawn('Rejected'), [0, 40, 35, 45]);
  t.same(drawn('Served, but late'), [0, 10, 8, 12]);
  const [other] = cases.map(({ figure }) => figure).filter(({ name }) => name === 'heuristics');
  const rows = other!.rows(readFolder(folderOf('heuristics')));
  t.equal(standingAlone(spec, rows).rows, rows, 'rows of another figure');
});

t.test('Fig. 4 says where intervals are cut, and draws no two series of one size in one place', async (t) => {
  const folder = readFolder(folderOf('fig4'));
  const drawn = (halfWidth: number) => {
    const decisions = folder.decisions.map((each) => ({
      ...each,
      mean: { ...each.mean, halfWidth: halfWidth * each.mean.mean },
    }));
    const rows = fig4.rows({ ...folder, decisions });
    return { rows, spec: fig4.spec(rows) };
  };
  t.notMatch(JSON.stringify(drawn(0.1).spec.title), 'cut');
  const { rows, spec } = drawn(2);
  t.match(JSON.stringify(spec.title), /Intervals that reach below [\d.]+ ms are cut there/);
  const svg = await renderSvg(spec, rows);
  const [overNodes] = svg.split('Functions, at 10 nodes');
  const marks = [
    ...overNodes!.matchAll(
      /aria-label="([^"]*)" role="[^"]*" aria-roledescription="point" transform="translate\(([\d.]+),/g,
    ),
  ];
  const at10 = marks.filter(
    ([, label]) => label!.startsWith('Compute nodes: 10;') && label!.includes('Formulation'),
  );
  t.equal(at10.length, 4, 'two formulations of 5 and of 30 functions');
  t.equal(new Set(at10.map(([, , x]) => x)).size, 4);
});
