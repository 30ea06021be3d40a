/** Fig. 2: pairs of policies under W1 with T_max = 0.1 s. */
import { pairsFigure } from './forms.js';

export const fig2 = pairsFigure('fig2', 'table3', 'Policies under W1, Tₘₐₓ = 0.1 s (Fig. 2 of the paper)', {
  t_max_s: 0.1,
});
