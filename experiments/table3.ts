import { TWELVE_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const table3: Experiment = {
  name: 'table3',
  title: 'Table 3: offloading and migration policies under W1',
  question:
    'Which pair of policies keeps penalty, violations and response time low when every function is called from every edge node?',
  section: 'sec. 5.2, Table 3, Fig. 2',
  presets: ['as-published', 'as-written'],
  fixed: { 'workload.kind': 'w1', 'keys.popularity': 'zipf' },
  axes: { 'slo.tMax': [0.1, 0.2], ...TWELVE_PAIRS },
  ...SECTION_5_1,
};
