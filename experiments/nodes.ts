import { halfEdgeHalfCloud, SIX_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const nodes: Experiment = {
  name: 'nodes',
  title: 'Sweep of the number of nodes',
  question: 'Do more nodes help or hurt when the same total load is spread over them?',
  section: 'not in the paper, which varies nodes for the time of a decision only',
  presets: ['as-published'],
  cases: [10, 20, 40, 60, 80, 100].map(halfEdgeHalfCloud),
  axes: SIX_PAIRS,
  ...SECTION_5_1,
  quick: { cases: [10, 40, 100].map(halfEdgeHalfCloud) },
};
