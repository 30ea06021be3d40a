import { TWELVE_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const fig3: Experiment = {
  name: 'fig3',
  title: 'Fig. 3: offloading and migration policies under W2',
  question: 'Does the order of policies stay when each function is called from one edge node only?',
  section: 'sec. 5.2, Fig. 3',
  presets: ['as-published'],
  fixed: { 'workload.kind': 'w2', 'keys.popularity': 'zipf', 'slo.tMax': 0.1 },
  axes: TWELVE_PAIRS,
  ...SECTION_5_1,
};
