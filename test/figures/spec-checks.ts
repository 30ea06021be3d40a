/** What is asked of every specification of a figure. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Test } from 'tap';
import type { TopLevelSpec } from '../../figures/figure.js';
import { compileSpec } from '../../figures/render.js';
import type { FigureRow } from '../../figures/rows.js';

/** The sources of the project lie three folders above a compiled test. */
const GOLDEN = new URL('../../../figures/golden/', import.meta.url);
/** Set this variable to write the golden files anew: UPDATE_GOLDEN=1. */
const update = process.env.UPDATE_GOLDEN === '1';

/** Every column that a spec names: in `field` and as `datum.x` in an expression. */
function namedColumns(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return [...value.matchAll(/datum\.(\w+)/g)].map((match) => match[1]!).filter((name) => name !== 'value');
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'field' && typeof inner === 'string' ? [inner] : namedColumns(inner),
  );
}

/** Columns of rows that stand within the spec, such as those of a bar that tells the scale. */
function ownColumns(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'data' && Array.isArray(inner?.values) ? inner.values.flatMap(Object.keys) : ownColumns(inner),
  );
}

/** Checks a spec against the rows that it draws, and against its golden file. */
export function checkSpec(t: Test, name: string, spec: TopLevelSpec, rows: readonly FigureRow[]): void {
  t.ok(rows.length > 0, 'gets rows from the results of its experiment');
  t.notMatch(JSON.stringify(spec), /"aggregate"|"bin"|"errorb/, 'computes no statistics');
  const known = new Set([...rows.flatMap((row) => Object.keys(row)), ...ownColumns(spec)]);
  const unknown = [...new Set(namedColumns(spec))].filter((column) => !known.has(column));
  t.same(unknown, [], 'names only columns that its rows have');
  const compiled = `${JSON.stringify(compileSpec(spec), null, 2)}\n`;
  const golden = new URL(`${name}.json`, GOLDEN);
  if (update) {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(golden, compiled);
  }
  t.ok(existsSync(golden), 'has a golden file; UPDATE_GOLDEN=1 writes it');
  t.equal(compiled, readFileSync(golden, 'utf8'), 'compiles without a warning to the golden spec');
}
