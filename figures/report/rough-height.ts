/** How high a figure will be: its place is kept free until it is drawn, so that a page does not grow under its reader. */
import type { TopLevelSpec } from '../figure.js';
import type { Panel } from './reflow.js';

/** Pixels of an axis with its title, between views, of a heading of a panel, of a line of a subtitle, and of a legend. */
const AXIS = 42;
const SPACING = 20;
const HEADING = 20;
const LINE = 14;
const LEGEND = 46;
/** Pixels of a view that does not say how high it is. */
const UNKNOWN = 200;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const listed = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

/** The values of the vertical axis of a view, as far as it lists them. */
function steps({ encoding, layer = [] }: Panel): number {
  const sort = encoding?.y?.sort;
  return Array.isArray(sort) ? sort.length : Math.max(1, ...layer.map(steps));
}

function inRows(heights: readonly number[], columns: number): number {
  const rows = Array.from({ length: Math.ceil(heights.length / columns) }, (_, row) =>
    Math.max(...heights.slice(row * columns, (row + 1) * columns)),
  );
  return sum(rows) + SPACING * (rows.length - 1);
}

function viewHeight(view: Panel): number {
  const { concat, hconcat, vconcat, facet, spec, columns = 1, height, title } = view;
  const heading = title === undefined ? 0 : HEADING;
  if (vconcat !== undefined) return heading + inRows(vconcat.map(viewHeight), 1);
  if (hconcat !== undefined) return heading + inRows(hconcat.map(viewHeight), hconcat.length);
  if (concat !== undefined) return heading + inRows(concat.map(viewHeight), columns);
  if (facet !== undefined && spec !== undefined)
    return inRows(Array(listed(facet.sort)).fill(HEADING + viewHeight(spec)), columns);
  const own = typeof height === 'object' ? (height.step ?? 0) * steps(view) : (height ?? UNKNOWN);
  return heading + own + AXIS;
}

/** Pixels that the drawing of a specification takes, roughly. @param spec as `forPage` makes it. */
export function roughHeight(spec: TopLevelSpec): number {
  const { title, ...view } = spec as unknown as Panel & { readonly title?: { readonly text?: unknown } };
  return Math.round(LINE * listed(title?.text) + viewHeight(view) + LEGEND);
}
