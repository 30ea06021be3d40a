/** Sweep of the load. */
import { parameterColumn } from '../results/columns.js';
import { sweepFigure } from './forms.js';

export const load = sweepFigure('load', 'From a light to a heavy load', {
  column: parameterColumn('load'),
  title: 'Arrival rates, times those of the preset',
  scale: { zero: false },
  values: [0, 0.5, 1, 1.5, 2, 2.5, 3],
});
