/** Sweep of the SLO. */
import { parameterColumn } from '../results/columns.js';
import { sweepFigure } from './forms.js';

export const tMax = sweepFigure('t-max', 'How strict the SLO may be', {
  column: parameterColumn('tMax'),
  title: 'Tₘₐₓ (s)',
  scale: { type: 'log' },
  values: [0.02, 0.05, 0.1, 0.2, 0.5],
});
