import { distanceTo, type NetworkCoordinates } from '../network-coordinates.js';
import type { MigrationPolicy } from '../policy.js';
import { COORDINATE_PARAMETERS, type CoordinateValues, towardsPoint } from './virtual-place.js';

/** The descent ends when its step is this small, in s. */
const LEAST_STEP = 1e-6;

/**
 * Gradient: the point where the network usage, sum of rate x distance, is least, i.e. the weighted geometric median
 * of the readers. From where the key is, a step along the negative gradient; a step that does not lower the usage is
 * halved.
 */
export const gradient: MigrationPolicy<CoordinateValues> = {
  kind: 'migration',
  name: 'gradient',
  doc: 'each key to the node next to the point of least network usage (rate x latency), in network coordinates',
  source:
    'Rizou et al., "Solving the multi-operator placement problem in large-scale operator networks", ICCCN \'10',
  reads: ['migration.rateWeight'],
  parameters: COORDINATE_PARAMETERS,
  make: (context) => towardsPoint(context, geometricMedian),
};

/** Network usage of a point: sum of weight x distance. */
function usage(point: Float64Array, coordinates: NetworkCoordinates, weight: Float64Array): number {
  let sum = 0;
  for (let node = 0; node < weight.length; node++)
    if (weight[node] > 0) sum += weight[node] * distanceTo(point, coordinates, node);
  return sum;
}

/** The point of least usage; where it is a reader's own point, that point. */
export function geometricMedian(
  coordinates: NetworkCoordinates,
  weight: Float64Array,
  start: Float64Array,
): Float64Array {
  const { points, dimensions } = coordinates;
  let point = start;
  let best = usage(point, coordinates, weight);
  // The usage has corners at the readers, where a descent would creep: they are tried themselves.
  let step = 0;
  for (let node = 0; node < weight.length; node++) {
    if (weight[node] === 0) continue;
    step = Math.max(step, distanceTo(start, coordinates, node));
    const own = points.slice(node * dimensions, (node + 1) * dimensions);
    const value = usage(own, coordinates, weight);
    if (value < best) {
      best = value;
      point = own;
    }
  }
  while (step > LEAST_STEP) {
    const pull = new Float64Array(dimensions);
    for (let node = 0; node < weight.length; node++) {
      const distance = distanceTo(point, coordinates, node);
      if (weight[node] === 0 || distance === 0) continue;
      for (let d = 0; d < dimensions; d++) {
        pull[d] = pull[d] + (weight[node] * (points[node * dimensions + d] - point[d])) / distance;
      }
    }
    const length = Math.hypot(...pull);
    if (length === 0) break;
    const next = point.map((x, d) => x + (step * pull[d]) / length);
    const value = usage(next, coordinates, weight);
    if (value < best) {
      best = value;
      point = next;
    } else {
      step /= 2;
    }
  }
  return point;
}
