/** Uniform popularity of keys: the results that the paper mentions and does not show. */
import { pairsFigure } from './forms.js';

const uniform = (workload: 'W1' | 'W2') =>
  pairsFigure(
    `uniform-${workload.toLowerCase()}`,
    'uniform',
    `Policies under ${workload} with uniform popularity of keys, Tₘₐₓ = 0.1 s`,
    { workload },
  );

export const uniformW1 = uniform('W1');
export const uniformW2 = uniform('W2');
