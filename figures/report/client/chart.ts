/** Draws one specification into an element, and gives it out as a file. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import embed, { type Result } from 'vega-embed';
import type { CsvTable } from '../../csv-table.js';
import type { TopLevelSpec } from '../../figure.js';

/** Vega's level of messages. */
const ERRORS_ONLY = 1;

/** Vega gives a layer without rows the role of a picture, which then has no name. */
function silenceEmptyMarks(element: HTMLElement): void {
  for (const mark of element.querySelectorAll('svg [role^="graphics-"]:not([aria-label])')) {
    if (mark.childElementCount > 0) continue;
    mark.removeAttribute('role');
    mark.setAttribute('aria-hidden', 'true');
  }
}

/** Draws what was made to fit; the text of `description` is what a screen reader says of the picture. */
export async function draw(element: HTMLElement, spec: TopLevelSpec, description: string): Promise<Result> {
  const drawn = await embed(element, { ...spec, description } as never, {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: false,
    // A panel whose metric no row has is drawn empty, of which Vega would warn.
    logLevel: ERRORS_ONLY,
    tooltip: { theme: 'page' },
  });
  silenceEmptyMarks(element);
  return drawn;
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

/** A file shows the whole specification, its title too, whatever room the page has. */
async function asFile<T>(spec: TopLevelSpec, use: (view: Result['view']) => Promise<T>): Promise<T> {
  const drawn = await embed(document.createElement('div'), spec as never, { actions: false });
  try {
    return await use(drawn.view);
  } finally {
    drawn.finalize();
  }
}

export async function saveSvg(spec: TopLevelSpec, name: string): Promise<void> {
  saveText(await asFile(spec, (view) => view.toSVG()), 'image/svg+xml', `${name}.svg`);
}

export async function savePng(spec: TopLevelSpec, name: string): Promise<void> {
  const canvas = await asFile(spec, (view) => view.toCanvas(PNG_SCALE));
  save(canvas.toDataURL('image/png'), `${name}.png`);
}

export function saveCsv({ columns, rows }: CsvTable, name: string): void {
  saveText(stringify([...rows], { header: true, columns: [...columns] }), 'text/csv', `${name}.csv`);
}
