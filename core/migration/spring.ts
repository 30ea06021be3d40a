import type { MigrationPolicy } from '../policy.js';
import { COORDINATE_PARAMETERS, type CoordinateValues, towardsPoint } from './virtual-place.js';

/**
 * Spring relaxation: each link of a key is a spring whose constant is its data rate, so that the key rests where
 * sum of rate x distance^2 is least. That point is the centroid of the accessing nodes weighted by their rates, which
 * the relaxation of the paper approaches step by step.
 */
export const spring: MigrationPolicy<CoordinateValues> = {
  kind: 'migration',
  name: 'spring',
  doc: 'each key to the node next to the rate-weighted centroid of its readers, in network coordinates',
  source: 'Pietzuch et al., "Network-aware operator placement for stream-processing systems", ICDE \'06',
  reads: ['migration.rateWeight'],
  parameters: COORDINATE_PARAMETERS,
  make: (context) =>
    towardsPoint(context, ({ points, dimensions }, weight, start) => {
      const centre = new Float64Array(dimensions);
      let total = 0;
      for (let node = 0; node < weight.length; node++) {
        total += weight[node];
        for (let d = 0; d < dimensions; d++) {
          centre[d] = centre[d] + weight[node] * points[node * dimensions + d];
        }
      }
      return total === 0 ? start : centre.map((sum) => sum / total);
    }),
};
