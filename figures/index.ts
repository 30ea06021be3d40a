/** All figures, and drawing those that fit a folder of results. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FolderData, readFolder } from './data.js';
import { fig2 } from './fig2.js';
import { fig3 } from './fig3.js';
import { fig4 } from './fig4.js';
import type { Figure } from './figure.js';
import { heuristics } from './heuristics.js';
import { load } from './load.js';
import { nodes } from './nodes.js';
import { popularity } from './popularity.js';
import { renderPng, renderSvg } from './render.js';
import { drawScalability, isScalability } from './scalability-draw.js';
import { scenario } from './scenario.js';
import { tMax } from './t-max.js';
import { table3Paper } from './table3-paper.js';
import { uniformW1, uniformW2 } from './uniform.js';
import { fig3Unserved, table3Unserved, uniformUnserved } from './unserved-or-late.js';

/** In the order of the experiments that they draw. */
export const FIGURES: readonly Figure[] = [
  fig2,
  table3Paper,
  table3Unserved,
  fig3,
  fig3Unserved,
  uniformW1,
  uniformW2,
  uniformUnserved,
  fig4,
  tMax,
  nodes,
  popularity,
  load,
  heuristics,
];

/** The figures of a folder: those of its experiment, or the panels of pairs where no figure is made for it. */
export function figuresFor(folder: FolderData): readonly Figure[] {
  const made = FIGURES.filter(({ experiment }) => experiment === folder.experiment);
  return made.length === 0 ? [scenario] : made;
}

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
  const folder = readFolder(resultsFolder);
  const out = options.out ?? join(resultsFolder, 'figures');
  const paths: string[] = [];
  for (const figure of figuresFor(folder)) {
    const rows = figure.rows(folder);
    if (rows.length === 0) continue;
    // Drawing keeps the thread busy; in between a signal is heard.
    await nextTurn();
    const svg = await renderSvg(figure.spec(rows), rows);
    mkdirSync(out, { recursive: true });
    const path = join(out, figure.name);
    writeFileSync(`${path}.svg`, svg);
    writeFileSync(`${path}.png`, renderPng(svg));
    paths.push(`${path}.svg`, `${path}.png`);
  }
  return paths;
}
