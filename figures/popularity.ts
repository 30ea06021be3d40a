/** Sweep of the popularity of keys. */
import { parameterColumn } from '../results/columns.js';
import { sweepFigure } from './forms.js';

export const popularity = sweepFigure('popularity', 'From keys drawn uniformly to few popular keys', {
  column: parameterColumn('zipfExponent'),
  title: 'Zipf exponent (0: uniform)',
  scale: { zero: false },
  values: [0, 0.5, 1, 1.5],
});
