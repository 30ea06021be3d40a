/** Fig. 3: pairs of policies under W2 with T_max = 0.1 s. */
import { pairsFigure } from './forms.js';

export const fig3 = pairsFigure('fig3', 'fig3', 'Policies under W2, Tₘₐₓ = 0.1 s (Fig. 3 of the paper)');
