/** Fig. 3: pairs of policies under W2 with T_max = 0.1 s. */
import type { Figure } from './figure.js';
import { PENALTY_NOTE, pairsSpec } from './pairs.js';

export const fig3: Figure = {
  name: 'fig3',
  experiment: 'fig3',
  rows: ({ summary }) => summary.filter((row) => row.preset === 'as-published'),
  spec: (rows) => pairsSpec(rows, 'Policies under W2, Tₘₐₓ = 0.1 s (Fig. 3 of the paper)', PENALTY_NOTE),
};
