/** Sweep of the number of nodes. */
import { sweepFigure } from './forms.js';

export const nodes = sweepFigure('nodes', 'More nodes under the same total load', {
  column: 'nodes',
  title: 'Compute nodes, half of them at the edge',
  scale: { zero: false },
  values: [10, 20, 40, 60, 80, 100],
});
