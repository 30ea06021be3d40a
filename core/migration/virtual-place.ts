/**
 * What `spring` and `gradient` share: a key is an operator between the nodes that access it. It gets a best point in
 * the space of network coordinates, and goes to the node next to that point that has room.
 */
import { distanceTo, type NetworkCoordinates, vivaldi } from '../network-coordinates.js';
import type { MigrationDecision, Move, PolicyContext, PolicyParameter } from '../policy.js';

export type CoordinateValues = { readonly dimensions: number; readonly rounds: number };

export const COORDINATE_PARAMETERS: {
  readonly [Name in keyof CoordinateValues]: PolicyParameter<number>;
} = {
  dimensions: {
    unit: '-',
    kind: { type: 'integer', min: 1, max: 16 },
    default: 3,
    doc: 'dimensions of the space of network coordinates',
  },
  rounds: {
    unit: '-',
    kind: { type: 'integer', min: 0, max: 100_000 },
    default: 400,
    doc: 'measurements that each node makes for its Vivaldi coordinates',
  },
};

/**
 * The best point of an operator whose neighbours pull with `weight` (by node), as coordinates in s. `start` is where
 * the operator is now.
 */
export type BestPoint = (
  coordinates: NetworkCoordinates,
  weight: Float64Array,
  start: Float64Array,
) => Float64Array;

/** Traced accesses a second of every key by node, in bytes/s: the data rates of its links. */
export function dataRates({
  view,
}: Pick<PolicyContext, 'view'>): (key: number, into: Float64Array) => number {
  const slots = new Map<number, number[]>();
  for (let f = 0; f < view.functionCount; f++)
    for (const { slot, key } of view.accessesOf(f)) slots.set(key, [...(slots.get(key) ?? []), slot]);
  return (key, into) => {
    let total = 0;
    for (let node = 0; node < into.length; node++) {
      let rate = 0;
      for (const slot of slots.get(key) ?? []) rate += view.accessRate(slot, node);
      into[node] = rate * view.keySize(key);
      total += into[node];
    }
    return total;
  };
}

/** The decision of a policy that finds a point and takes the nearest node; keys that nobody accessed stay. */
export function towardsPoint(context: PolicyContext<CoordinateValues>, best: BestPoint): MigrationDecision {
  const { view, own, random } = context;
  const coordinates = vivaldi(view.nodeCount, (i, j) => view.latency(i, j), random, own);
  const { points, dimensions } = coordinates;
  const rates = dataRates(context);
  const weight = new Float64Array(view.nodeCount);
  const spare = new Float64Array(view.nodeCount);
  return () => {
    for (let node = 0; node < spare.length; node++) spare[node] = view.spareStorage(node);
    const moves: Move[] = [];
    for (const key of view.accessedKeys) {
      if (rates(key, weight) === 0) continue;
      const place = view.placeOf(key);
      const start = points.slice(place * dimensions, (place + 1) * dimensions);
      const point = best(coordinates, weight, start);
      let to = place;
      let nearest = distanceTo(point, coordinates, place);
      for (let node = 0; node < view.nodeCount; node++) {
        const distance = distanceTo(point, coordinates, node);
        if (distance < nearest && spare[node] >= view.keySize(key)) {
          nearest = distance;
          to = node;
        }
      }
      if (to === place) continue;
      spare[place] = spare[place] + view.keySize(key);
      spare[to] = spare[to] - view.keySize(key);
      moves.push({ key, to });
    }
    return { moves, ifRoom: true };
  };
}
