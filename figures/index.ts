/** Draws the figures that fit a folder of results. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fittingFigures } from './fitting.js';
import { renderSvg } from './render.js';
import { drawScalability } from './scalability-draw.js';
import { isScalability } from './scalability-folder.js';
import { writeDrawing } from './write-drawing.js';

export { FIGURES, figuresFor } from './registry.js';

export interface DrawOptions {
  /** Where the files go; by default the folder `figures` in the folder of results. */
  readonly out?: string;
}

/**
 * Draws what fits the experiment of a folder of results, each figure as SVG and as PNG.
 * @returns the paths of the files, none where the folder holds nothing that a figure shows.
 * @throws Error where the folder has no summary.csv with rows.
 */
export async function drawFigures(resultsFolder: string, options: DrawOptions = {}): Promise<string[]> {
  if (isScalability(resultsFolder)) return drawScalability(resultsFolder, options.out);
  const out = options.out ?? join(resultsFolder, 'figures');
  const paths: string[] = [];
  for (const { figure, rows } of fittingFigures(resultsFolder)) {
    // Drawing keeps the thread busy; in between a signal is heard.
    await nextTurn();
    const svg = await renderSvg(figure.spec(rows), rows);
    paths.push(...writeDrawing(out, figure.name, svg));
  }
  return paths;
}
