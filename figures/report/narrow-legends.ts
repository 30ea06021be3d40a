/** Legends in places where their entries do not all fit side by side. */
import type { TopLevelSpec } from '../figure.js';
import { besideFigure, type Panel } from './reflow.js';

/** Channels that have a legend. */
const IN_LEGENDS = ['color', 'shape', 'strokeDash'];
/** Where a specification holds data, which may be much. */
const DATA = ['data', 'datasets'];
/** Pixels of a character of an entry, and of its symbol with what is beside it. */
const ENTRY = { character: 5.6, beside: 28 };
const MOST_COLUMNS = 2;

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The names that legends of a specification list. */
function entriesOf(tree: Tree, name = ''): readonly string[] {
  const { domain } = isTree(tree.scale) ? tree.scale : {};
  const own = IN_LEGENDS.includes(name) && Array.isArray(domain) ? domain.map(String) : [];
  const inner = Object.entries(tree).flatMap(([key, value]) =>
    isTree(value) && !DATA.includes(key) ? entriesOf(value, key) : [],
  );
  return [...own, ...inner];
}

/** Everything in `value`, where legends have at most `columns` columns. */
function withColumns(value: unknown, columns: number): unknown {
  if (Array.isArray(value)) return value.map((each) => withColumns(each, columns));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (DATA.includes(key)) return [key, inner];
      if (key === 'legend' && isTree(inner) && Number(inner.columns) > columns)
        return [key, { ...inner, columns }];
      return [key, withColumns(inner, columns)];
    }),
  );
}

/** The specification for a place of `width` pixels, and what its configuration says of legends there. */
export function withNarrowLegends(
  spec: TopLevelSpec,
  width: number,
): { readonly spec: TopLevelSpec; readonly legend: Tree } {
  const longest = Math.max(0, ...entriesOf(spec as unknown as Tree).map(({ length }) => length));
  const fitting = Math.floor(
    (width - besideFigure(spec as unknown as Panel)) / (longest * ENTRY.character + ENTRY.beside),
  );
  const columns = Math.max(1, Math.min(MOST_COLUMNS, fitting));
  return {
    spec: withColumns(spec, columns) as TopLevelSpec,
    legend: {
      columns,
      labelLimit: width,
      titleOrient: 'top',
      layout: { bottom: { anchor: 'start', direction: 'vertical', margin: 8 } },
    },
  };
}
