import { halfEdgeHalfCloud } from './axes.js';
import type { Experiment } from './experiment.js';

/**
 * Larger than a night: replications are made one after the other over all configurations, so that a first night
 * shows the whole range once, and every further one narrows the intervals. Go on every night with the same command.
 */
export const overnight: Experiment = {
  name: 'overnight',
  title: 'Scalability of all policies',
  question: 'How does every pair of policies scale in nodes, functions, keys, popularity and T_max?',
  section: 'not in the paper, which goes to 35 nodes and 30 functions for the time of a decision only',
  presets: ['as-published'],
  cases: [10, 20, 50, 100, 200, 500].map(halfEdgeHalfCloud),
  axes: {
    'functions.count': [5, 20, 50, 100, 200, 500],
    'keys.count': [100, 1000, 5000],
    'keys.zipfExponent': [0.5, 1, 1.5],
    'slo.tMax': [0.05, 0.1, 0.2],
    'policy.migration': ['none', 'random', 'greedy', 'state-aware'],
    'policy.offloading': ['greedy-local', 'greedy-data', 'slo-aware', 'random-stateful'],
  },
  // 500 functions on few keys share nearly all of them: that is the range of keys above, not another size.
  constraints: ['functions.count <= keys.count'],
  apart: true,
  replications: 4,
  duration: 600,
  quick: {
    cases: [10, 50].map(halfEdgeHalfCloud),
    axes: {
      'functions.count': [5, 50],
      'keys.count': [100, 1000],
      'policy.migration': ['none', 'random', 'greedy', 'state-aware'],
      'policy.offloading': ['greedy-local', 'greedy-data', 'slo-aware', 'random-stateful'],
    },
    replications: 2,
    duration: 300,
  },
};
