/** All figures. */

import { fig2 } from './fig2.js';
import { fig3 } from './fig3.js';
import { fig4 } from './fig4.js';
import type { Figure } from './figure.js';
import { heuristics } from './heuristics.js';
import { load } from './load.js';
import { nodes } from './nodes.js';
import { ownFigure, ownFigures } from './own-experiments.js';
import { popularity } from './popularity.js';
import type { FolderData } from './rows.js';
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

/** The figures of a folder: those of its experiment, or those of any where no figure is made for it. */
export function figuresFor(folder: FolderData): readonly Figure[] {
  const made = FIGURES.filter(({ experiment }) => experiment === folder.experiment);
  return made.length === 0 ? ownFigures(folder).map(ownFigure) : made;
}
