/** Draws one specification into an element, and gives it out as a file. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import embed, { type Result } from 'vega-embed';
import type { TopLevelSpec } from '../../figure.js';
import type { FigureRow } from '../../rows.js';

/** Draws; the text of `description` is what a screen reader says of the picture. */
export async function draw(element: HTMLElement, spec: TopLevelSpec, description: string): Promise<Result> {
  return embed(element, { ...spec, description } as never, {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: false,
    tooltip: { theme: 'page' },
  });
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

function saveText(text: string, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Pixels of a PNG for a pixel of the drawing. */
const PNG_SCALE = 2;

export async function saveSvg({ view }: Result, name: string): Promise<void> {
  saveText(await view.toSVG(), 'image/svg+xml', `${name}.svg`);
}

export async function savePng({ view }: Result, name: string): Promise<void> {
  const canvas = await view.toCanvas(PNG_SCALE);
  save(canvas.toDataURL('image/png'), `${name}.png`);
}

/** The rows that are drawn, all columns of them that hold something. */
export function saveCsv(rows: readonly FigureRow[], name: string): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) =>
    rows.some((row) => row[column] !== null && row[column] !== undefined),
  );
  saveText(stringify([...rows], { header: true, columns }), 'text/csv', `${name}.csv`);
}
