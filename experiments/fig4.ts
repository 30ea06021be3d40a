import { halfEdgeHalfCloud } from './axes.js';
import { type Experiment, type ParameterValues, SECTION_5_1 } from './experiment.js';

const size = (nodes: number, functions: number): ParameterValues => ({
  ...halfEdgeHalfCloud(nodes),
  'functions.count': functions,
});

/** 600 s hold five decisions, and five replications make 25 of each size. */
export const fig4: Experiment = {
  name: 'fig4',
  title: 'Fig. 4: time of a state-aware decision',
  question: 'How long does one decision of state-aware take as nodes and functions grow?',
  section: 'sec. 5.3, Fig. 4',
  presets: ['as-published'],
  fixed: { 'policy.migration': 'state-aware', 'policy.offloading': 'slo-aware' },
  cases: [
    ...[10, 15, 20, 25, 30, 35].map((nodes) => size(nodes, 5)),
    ...[10, 15, 20, 25, 30, 35].map((nodes) => size(nodes, 30)),
    ...[10, 20].map((functions) => size(10, functions)),
  ],
  axes: { 'placement.formulation': ['sound', 'as-written'] },
  ...SECTION_5_1,
  replications: 5,
  duration: 600,
  quick: {
    cases: [size(10, 5), size(35, 5), size(10, 30), size(35, 30)],
    replications: 1,
    duration: 240,
  },
};
