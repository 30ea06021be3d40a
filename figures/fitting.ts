/** Which figures fit a folder of results; apart from the drawing, whose library takes long to load. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from './data.js';
import type { Figure } from './figure.js';
import { figuresFor } from './registry.js';
import type { FigureRow } from './rows.js';

/** A figure with the rows that it shows of a folder. */
export interface FittingFigure {
  readonly figure: Figure;
  readonly rows: readonly FigureRow[];
}

/** The figures that have something to show of a folder. @throws InputError where it has no summary.csv with rows. */
export function fittingFigures(resultsFolder: string): readonly FittingFigure[] {
  const folder = readFolder(resultsFolder);
  return figuresFor(folder)
    .map((figure) => ({ figure, rows: figure.rows(folder) }))
    .filter(({ rows }) => rows.length > 0);
}

/** Whether "ds2p figures" would draw any of a folder. @throws InputError where its summary.csv is damaged. */
export const hasFigures = (resultsFolder: string): boolean =>
  existsSync(join(resultsFolder, 'summary.csv')) && fittingFigures(resultsFolder).length > 0;
