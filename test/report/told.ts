/** What a page tells of the rows of a figure, for tests. */
import { compileSpec } from '../../figures/render.js';
import { hoverLines } from '../../figures/report/client/texts.js';
import { withHover } from '../../figures/report/hover.js';
import { packRows, unpackRows } from '../../figures/report/page-data.js';
import type { FigureRow } from '../../figures/rows.js';

/** What is told of every row of a figure, by title, after the way that rows take into a page. */
export function toldOf(spec: Parameters<typeof withHover>[0], given: readonly FigureRow[]) {
  const rows = unpackRows(packRows(given));
  const hovered = withHover(spec, rows, hoverLines(rows));
  compileSpec(hovered.spec);
  return hovered.rows.map((row) => ({
    row,
    texts: Object.fromEntries(hovered.told.map(({ column, title }) => [title, String(row[column])])),
    spoken: Object.entries(row).flatMap(([column, text]) =>
      column.endsWith('_spoken') ? [String(text)] : [],
    ),
  }));
}
