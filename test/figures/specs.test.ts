import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { benchFigure } from '../../figures/bench.js';
import { readFolder } from '../../figures/data.js';
import { FIGURES } from '../../figures/index.js';
import { compileSpec } from '../../figures/render.js';
import { scenario } from '../../figures/scenario.js';
import { BENCH_COLUMNS } from '../../results/columns.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { writeSynthetic } from './synthetic.js';

/** The sources of the project lie three folders above a compiled test. */
const GOLDEN = new URL('../../../figures/golden/', import.meta.url);
/** Set this variable to write the golden files anew: UPDATE_GOLDEN=1. */
const update = process.env.UPDATE_GOLDEN === '1';

const root = t.testdir();
const folders = new Map<string, string>();
const folderOf = (experiment: string): string => {
  const folder = folders.get(experiment) ?? writeSynthetic(root, experiment);
  folders.set(experiment, folder);
  return folder;
};

/** Every column that a spec names: in `field` and as `datum.x` in an expression. */
function namedColumns(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return [...value.matchAll(/datum\.(\w+)/g)].map((match) => match[1]!).filter((name) => name !== 'value');
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'field' && typeof inner === 'string' ? [inner] : namedColumns(inner),
  );
}

/** The specs of all figures; that of scenarios on the results of fig3, which have its form. */
const cases = [
  ...FIGURES.map((figure) => ({ figure, experiment: figure.experiment! })),
  { figure: scenario, experiment: 'fig3' },
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
    t.ok(rows.length > 0, 'gets rows from the results of its experiment');
    const spec = figure.spec(rows);
    t.notMatch(JSON.stringify(spec), /"aggregate"|"bin"|"errorb/, 'computes no statistics');
    const known = new Set(rows.flatMap((row) => Object.keys(row)));
    const unknown = [...new Set(namedColumns(spec))].filter((column) => !known.has(column));
    t.same(unknown, [], 'names only columns that its rows have');
    const compiled = `${JSON.stringify(compileSpec(spec), null, 2)}\n`;
    const golden = new URL(`${figure.name}.json`, GOLDEN);
    if (update) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(golden, compiled);
    }
    t.ok(existsSync(golden), 'has a golden file; UPDATE_GOLDEN=1 writes it');
    t.equal(compiled, readFileSync(golden, 'utf8'), 'compiles without a warning to the golden spec');
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
