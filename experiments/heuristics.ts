import { type Experiment, type ParameterValues, SECTION_5_1 } from './experiment.js';

/** A scenario in which heuristics are compared: how it is called, and what it sets. */
export interface HeuristicScenario {
  readonly label: string;
  readonly values: ParameterValues;
}

const PAPER = {
  'workload.kind': 'w1',
  'workload.load': 1,
  'keys.popularity': 'zipf',
  'keys.largeSize': 1e6,
  'slo.tMax': 0.1,
  'nodes.edge': 5,
  'nodes.cloud': 5,
  'nodes.edgeMemory': 4096,
  'functions.count': 5,
} satisfies ParameterValues;

/** Table 3 and Fig. 3 of the paper, and three scenarios that are harder, each in a way of its own. */
export const HEURISTIC_SCENARIOS: readonly HeuristicScenario[] = [
  { label: 'Table 3', values: PAPER },
  { label: 'W2', values: { ...PAPER, 'workload.kind': 'w2' } },
  { label: 'Load x 4', values: { ...PAPER, 'workload.load': 4 } },
  { label: 'Large values', values: { ...PAPER, 'keys.largeSize': 1e7 } },
  {
    label: 'Crowded',
    values: {
      ...PAPER,
      'workload.kind': 'w2',
      'keys.popularity': 'uniform',
      'slo.tMax': 0.05,
      'nodes.edge': 10,
      'nodes.cloud': 10,
      'nodes.edgeMemory': 2048,
      'functions.count': 30,
    },
  },
];

const MIGRATIONS = [
  'none',
  'random',
  'greedy',
  'state-aware',
  'gradient',
  'spring',
  'ilp-min-access',
  'nearest-majority',
  'descent',
  'joint',
];
const OFFLOADINGS = [
  'greedy-local',
  'greedy-data',
  'slo-aware',
  'random-stateful',
  'skippy',
  'best-effort',
  'least-late',
];

/** Every migration policy with the paper's offloading and ours, every offloading policy with none, the paper's and ours. */
const PAIRS: readonly ParameterValues[] = MIGRATIONS.flatMap((migration) =>
  OFFLOADINGS.filter(
    (offloading) =>
      ['slo-aware', 'least-late'].includes(offloading) ||
      ['none', 'state-aware', 'joint'].includes(migration),
  ).map((offloading) => ({ 'policy.migration': migration, 'policy.offloading': offloading })),
);

const cases = (scenarios: readonly HeuristicScenario[]): readonly ParameterValues[] =>
  scenarios.flatMap(({ values }) => PAIRS.map((pair) => ({ ...values, ...pair })));

export const heuristics: Experiment = {
  name: 'heuristics',
  title: 'All policies of the product',
  question: 'Which heuristics beat the policies of the paper, where, and by how much?',
  section: 'not in the paper; sec. 5.3 and 7 leave heuristics to future work',
  presets: ['as-published'],
  cases: cases(HEURISTIC_SCENARIOS),
  apart: true,
  ...SECTION_5_1,
};
