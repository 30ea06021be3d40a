/**
 * Network coordinates: a point a node such that distances between points come close to latencies, learnt from
 * measurements between pairs. Vivaldi with the adaptive time step of Dabek, Cox, Kaashoek and Morris, "Vivaldi: a
 * decentralized network coordinate system", SIGCOMM '04, Fig. 3, without height.
 */
import type { Stream } from './rng.js';
import { normal } from './samplers.js';

/** Constants c_c and c_e of the paper, which found 0.25 to do well. */
const STEP = 0.25;
const ERROR_WEIGHT = 0.25;

export interface NetworkCoordinates {
  readonly dimensions: number;
  /** Coordinates in s, `dimensions` a node. */
  readonly points: Float64Array;
  /** Median over pairs of |distance - latency| / latency. */
  readonly medianError: number;
}

/**
 * Coordinates of `nodes` nodes, the same for the same stream.
 * @param latency one-way latency d_ij in s. @param rounds measurements that each node makes, of a random other node.
 */
export function vivaldi(
  nodes: number,
  latency: (i: number, j: number) => number,
  stream: Stream,
  { dimensions = 3, rounds = 400 }: { readonly dimensions?: number; readonly rounds?: number } = {},
): NetworkCoordinates {
  const points = new Float64Array(nodes * dimensions);
  const error = new Float64Array(nodes).fill(1);
  const toward = new Float64Array(dimensions);
  for (let round = 0; round < rounds && nodes > 1; round++) {
    for (let i = 0; i < nodes; i++) {
      const other = stream.integer(nodes - 1);
      const j = other < i ? other : other + 1;
      const measured = latency(i, j);
      let length = 0;
      for (let d = 0; d < dimensions; d++) {
        toward[d] = points[i * dimensions + d] - points[j * dimensions + d];
        length += toward[d] ** 2;
      }
      length = Math.sqrt(length);
      const distance = length;
      // Nodes that are at one point part in a random direction.
      while (length === 0) {
        for (let d = 0; d < dimensions; d++) {
          toward[d] = normal(stream);
          length += toward[d] ** 2;
        }
        length = Math.sqrt(length);
      }
      const balance = error[i] + error[j] === 0 ? 0.5 : error[i] / (error[i] + error[j]);
      const sample = measured === 0 ? 0 : Math.abs(distance - measured) / measured;
      error[i] = sample * ERROR_WEIGHT * balance + error[i] * (1 - ERROR_WEIGHT * balance);
      const move = (STEP * balance * (measured - distance)) / length;
      for (let d = 0; d < dimensions; d++) {
        const at = i * dimensions + d;
        points[at] = points[at] + move * toward[d];
      }
    }
  }
  return { dimensions, points, medianError: medianError(nodes, latency, points, dimensions) };
}

/** Distance in s between a point and the point of a node. */
export function distanceTo(
  point: Float64Array,
  { points, dimensions }: NetworkCoordinates,
  node: number,
): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += (point[d] - points[node * dimensions + d]) ** 2;
  return Math.sqrt(sum);
}

function medianError(
  nodes: number,
  latency: (i: number, j: number) => number,
  points: Float64Array,
  dimensions: number,
): number {
  const errors: number[] = [];
  for (let i = 0; i < nodes; i++) {
    const point = points.subarray(i * dimensions, (i + 1) * dimensions);
    for (let j = i + 1; j < nodes; j++) {
      const measured = latency(i, j);
      const distance = distanceTo(point, { points, dimensions, medianError: 0 }, j);
      if (measured > 0) errors.push(Math.abs(distance - measured) / measured);
    }
  }
  errors.sort((a, b) => a - b);
  return errors.length === 0 ? 0 : errors[Math.floor(errors.length / 2)];
}
