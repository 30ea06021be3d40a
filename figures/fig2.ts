/** Fig. 2: pairs of policies under W1 with T_max = 0.1 s. */
import type { Figure } from './figure.js';
import { PENALTY_NOTE, pairsSpec } from './pairs.js';

export const fig2: Figure = {
  name: 'fig2',
  experiment: 'table3',
  rows: ({ summary }) => summary.filter((row) => row.preset === 'as-published' && row.t_max_s === 0.1),
  spec: (rows) => pairsSpec(rows, 'Policies under W1, Tₘₐₓ = 0.1 s (Fig. 2 of the paper)', PENALTY_NOTE),
};
