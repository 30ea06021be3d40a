/** Uniform popularity of keys: the results that the paper mentions and does not show. */
import type { Figure } from './figure.js';
import { PENALTY_NOTE, pairsSpec } from './pairs.js';

const uniform = (workload: 'W1' | 'W2'): Figure => ({
  name: `uniform-${workload.toLowerCase()}`,
  experiment: 'uniform',
  rows: ({ summary }) => summary.filter((row) => row.preset === 'as-published' && row.workload === workload),
  spec: (rows) =>
    pairsSpec(rows, `Policies under ${workload} with uniform popularity of keys, Tₘₐₓ = 0.1 s`, PENALTY_NOTE),
});

export const uniformW1 = uniform('W1');
export const uniformW2 = uniform('W2');
