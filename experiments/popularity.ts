import { SIX_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const popularity: Experiment = {
  name: 'popularity',
  title: 'Sweep of the popularity of keys',
  question: 'How much do the policies depend on functions sharing popular keys?',
  section: 'not in the paper, which shows Zipf of exponent 1 and mentions uniform',
  presets: ['as-published'],
  fixed: { 'keys.popularity': 'zipf' },
  axes: { 'keys.zipfExponent': [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5], ...SIX_PAIRS },
  ...SECTION_5_1,
  quick: { axes: { 'keys.zipfExponent': [0, 1, 1.5], ...SIX_PAIRS } },
};
