import { TWELVE_PAIRS } from './axes.js';
import { type Experiment, SECTION_5_1 } from './experiment.js';

export const scenario: Experiment = {
  name: 'scenario',
  title: 'Offloading and migration policies on measured input',
  question: 'Which pair of policies is best on the nodes, links, functions or arrivals of a scenario file?',
  section: 'not in the paper, whose input is all generated',
  presets: ['as-published'],
  axes: TWELVE_PAIRS,
  needsScenario: true,
  ...SECTION_5_1,
};
