/** Draws a folder that `ds2p scalability` has written. */
import { join } from 'node:path';
import { readCsv } from '../results/csv.js';
import { renderSvg } from './render.js';
import { scalabilityRows, scalabilitySpec } from './scalability.js';
import { writeDrawing } from './write-drawing.js';

/** @returns the paths of the files, none where the folder holds no rows that a panel shows. */
export async function drawScalability(folder: string, out = join(folder, 'figures')): Promise<string[]> {
  const rows = scalabilityRows(readCsv(join(folder, 'summary.csv')));
  if (rows.every(({ kind }) => kind === 'paper')) return [];
  const svg = await renderSvg(scalabilitySpec(rows), rows);
  return [...writeDrawing(out, 'scalability', svg)];
}
