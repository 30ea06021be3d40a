import { type Experiment, type ParameterValues, SECTION_5_1 } from './experiment.js';

/** Five edge nodes and cloud nodes for the rest, so that the nodes where requests arrive stay the same. */
const EDGE_NODES = 5;

const size = (nodes: number, functions: number): ParameterValues => ({
  'nodes.edge': EDGE_NODES,
  'nodes.cloud': nodes - EDGE_NODES,
  'functions.count': functions,
});

/**
 * Sizes, T_max, 600 s and five replications are those of the scalability experiment in the authors'
 * repository: 5 edge nodes with 5 to 30 cloud nodes, 5 to 30 functions, T_max 0.2 s. The text gives
 * neither T_max nor how nodes are divided.
 */
export const fig4: Experiment = {
  name: 'fig4',
  title: 'Fig. 4: time of a state-aware decision',
  question: 'How long does one decision of state-aware take as nodes and functions grow?',
  section: 'sec. 5.3, Fig. 4',
  presets: ['as-published'],
  fixed: { 'slo.tMax': 0.2, 'policy.migration': 'state-aware', 'policy.offloading': 'slo-aware' },
  cases: [
    ...[10, 15, 20, 25, 30, 35].map((nodes) => size(nodes, 5)),
    ...[10, 15, 20, 25, 30, 35].map((nodes) => size(nodes, 30)),
    ...[10, 15, 20, 25].map((functions) => size(10, functions)),
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
