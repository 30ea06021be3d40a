import { TWELVE_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const uniform: Experiment = {
  name: 'uniform',
  title: 'Uniform popularity of keys',
  question: 'Are the results alike when functions draw their keys uniformly, so that few keys are shared?',
  section: 'sec. 5.2, results not shown in the paper',
  presets: ['as-published'],
  fixed: { 'keys.popularity': 'uniform', 'slo.tMax': 0.1 },
  axes: { 'workload.kind': ['w1', 'w2'], ...TWELVE_PAIRS },
  ...SECTION_5_1,
};
