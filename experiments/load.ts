import { SIX_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const load: Experiment = {
  name: 'load',
  title: 'Sweep of the load',
  question: 'Which policies hold, and how many requests are rejected, as all arrival rates grow?',
  section: 'not in the paper, which shows one load',
  presets: ['as-published'],
  axes: { 'workload.load': [0.25, 0.5, 1, 1.5, 2, 3], ...SIX_PAIRS },
  ...SECTION_5_1,
  quick: { axes: { 'workload.load': [0.5, 1, 2], ...SIX_PAIRS } },
};
