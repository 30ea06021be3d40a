import t from 'tap';
import { Stream } from '../../../core/index.js';
import { geometricMedian } from '../../../core/migration/gradient.js';
import { distanceTo, vivaldi } from '../../../core/network-coordinates.js';

/** Places on a plane, in s. */
const PLACES = [
  [0, 0],
  [0.02, 0],
  [0, 0.03],
  [0.05, 0.05],
  [0.08, 0.01],
  [0.03, 0.07],
];
const apart = (i: number, j: number) => Math.hypot(PLACES[i][0] - PLACES[j][0], PLACES[i][1] - PLACES[j][1]);
const learn = (seed: number, options = {}) =>
  vivaldi(PLACES.length, apart, new Stream(seed, 'vivaldi'), options);

t.test('Vivaldi finds coordinates whose distances are the latencies, where there are such', async (t) => {
  for (const seed of [1, 2, 3]) {
    const coordinates = learn(seed, { rounds: 2000 });
    t.ok(coordinates.medianError < 0.02, `median error ${coordinates.medianError}`);
    const { points, dimensions } = coordinates;
    const distance = distanceTo(points.subarray(0, dimensions), coordinates, 3);
    t.ok(Math.abs(distance / apart(0, 3) - 1) < 0.05);
  }
});

t.test('the same stream gives the same coordinates, another one others', async (t) => {
  t.same(learn(1).points, learn(1).points);
  t.not(learn(1).points[0], learn(2).points[0]);
});

t.test('one node, and nodes without latency between them, have coordinates too', async (t) => {
  t.equal(vivaldi(1, () => 0, new Stream(1, 'x')).medianError, 0);
  t.ok(vivaldi(3, () => 0, new Stream(1, 'x')).points.every(Number.isFinite));
});

/** Coordinates of four corners of a square of side 1. */
const SQUARE = { dimensions: 2, points: Float64Array.from([0, 0, 1, 0, 1, 1, 0, 1]), medianError: 0 };
const median = (weights: readonly number[]) =>
  geometricMedian(SQUARE, Float64Array.from(weights), Float64Array.from([0, 0]));

t.test('gradient descends to the weighted geometric median', async (t) => {
  const centre = median([1, 1, 1, 1]);
  t.ok(Math.hypot(centre[0] - 0.5, centre[1] - 0.5) < 1e-3, 'the centre of a square, by symmetry');
  t.same([...median([1, 0, 3, 0])], [1, 1], 'a reader with over half of the weight draws everything');
  // Fermat's point of the triangle (0,0), (1,0), (0,1): each side is seen under 120 degrees.
  const fermat = median([1, 1, 0, 1]);
  const expected = (3 - Math.sqrt(3)) / 6;
  t.ok(Math.hypot(fermat[0] - expected, fermat[1] - expected) < 1e-3, `${fermat}`);
});
