import { SIX_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const tMax: Experiment = {
  name: 't-max',
  title: 'Sweep of the SLO',
  question: 'How strict may the largest data access time T_max be before each policy fails?',
  section: 'not in the paper, which shows 0.1 s and 0.2 s',
  presets: ['as-published'],
  axes: { 'slo.tMax': [0.02, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5], ...SIX_PAIRS },
  ...SECTION_5_1,
  quick: { axes: { 'slo.tMax': [0.05, 0.1, 0.2, 0.5], ...SIX_PAIRS } },
};
