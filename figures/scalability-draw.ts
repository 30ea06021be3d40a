/** Draws a folder that `ds2p scalability` has written. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../results/csv.js';
import { renderPng, renderSvg } from './render.js';
import { scalabilityRows, scalabilitySpec } from './scalability.js';

/** @returns the paths of the files, none where the folder holds no rows that a panel shows. */
export async function drawScalability(folder: string, out = join(folder, 'figures')): Promise<string[]> {
  const rows = scalabilityRows(readCsv(join(folder, 'summary.csv')));
  if (rows.every(({ kind }) => kind === 'paper')) return [];
  const svg = await renderSvg(scalabilitySpec(rows), rows);
  mkdirSync(out, { recursive: true });
  const path = join(out, 'scalability');
  writeFileSync(`${path}.svg`, svg);
  writeFileSync(`${path}.png`, renderPng(svg));
  return [`${path}.svg`, `${path}.png`];
}
