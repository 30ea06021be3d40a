/** Small placement problems for tests: random ones by fast-check, hand-made ones, and their optimum by trying all plans. */

import {
  accessFrom,
  isUnused,
  type PlacementProblem,
  priceOf,
  violations,
} from '../../core/placement/problem.js';
import { fc } from '../fast-check.js';

/** Any problem up to a size: both scopes, slack or not, tight, loose or unlimited capacity, forbidden hosts, ties. */
const problemUpTo = (most: { nodes: number; functions: number; keys: number }) =>
  fc
    .record({
      nodes: fc.integer({ min: 1, max: most.nodes }),
      functions: fc.integer({ min: 1, max: most.functions }),
      keys: fc.integer({ min: 1, max: most.keys }),
      scope: fc.constantFrom('per-key' as const, 'per-function' as const),
      slack: fc.boolean(),
      tieWeight: fc.constantFrom(0, 1e-3),
      fill: fc.constantFrom(0.25, 0.5, 0.8, 1.5, Number.POSITIVE_INFINITY),
      wp: fc.constantFrom(0, 0.5, 0.9, 0.99, 1),
      requests: fc.constantFrom(1, 30),
      tMax: fc.constantFrom(0.02, 0.1, 0.3),
    })
    .chain((shape) => {
      const { nodes: n, functions: m, keys } = shape;
      const floats = (count: number, min: number, max: number) =>
        fc
          .array(fc.integer({ min: 0, max: 12 }), { minLength: count, maxLength: count })
          .map((steps) => Float64Array.from(steps, (step) => min + (step * (max - min)) / 12));
      return fc
        .record({
          latency: floats(n * n, 0.001, 0.1),
          fast: fc.array(fc.boolean(), { minLength: n * n, maxLength: n * n }),
          size: floats(keys, 1e4, 2e6),
          probability: floats(m * keys, -1, 1),
          share: floats(m * n, 0, 1),
          penalty: floats(m, 0, 2),
          current: fc.array(fc.nat(n - 1), { minLength: keys, maxLength: keys }),
          mayHost: fc.array(fc.constantFrom(1, 1, 1, 0), { minLength: n, maxLength: n }),
        })
        .map(({ latency, fast, size, probability, share, penalty, current, mayHost }): PlacementProblem => {
          const triples: [number, number, number][] = [];
          for (let f = 0; f < m; f++)
            for (let k = 0; k < keys; k++)
              if (probability[f * keys + k] > 0) triples.push([f, k, probability[f * keys + k]]);
          const total = size.reduce((sum, bytes) => sum + bytes, 0);
          return {
            nodes: n,
            functions: m,
            keys,
            latency: latency.map((_, at) => latency[Math.min(at, (at % n) * n + Math.floor(at / n))]),
            bandwidth: Float64Array.from(fast, (isFast) => (isFast ? 125e6 : 12.5e6)),
            size,
            access: accessFrom(m, keys, triples),
            share,
            tMax: new Float64Array(m).fill(shape.tMax),
            penalty,
            requests: new Float64Array(m).fill(shape.requests),
            wp: shape.wp,
            wm: 1 - shape.wp,
            current: Int32Array.from(current),
            capacity: new Float64Array(n).fill(shape.fill * total),
            mayHost: Uint8Array.from(mayHost),
            tieWeight: shape.tieWeight,
            slack: shape.slack,
            scope: shape.scope,
          };
        });
    });

/** Small enough to try all plans. */
export const tinyProblem: fc.Arbitrary<PlacementProblem> = problemUpTo({ nodes: 4, functions: 4, keys: 5 });

/** Large enough for solvers to branch. */
export const middlingProblem: fc.Arbitrary<PlacementProblem> = problemUpTo({
  nodes: 7,
  functions: 6,
  keys: 12,
});

/** The least price over all allowed plans, Infinity when there is none. */
export function exhaustiveOptimum(problem: PlacementProblem): number {
  const placement = problem.current.slice();
  let best = Number.POSITIVE_INFINITY;
  const place = (k: number): void => {
    if (k === problem.keys) {
      const { objective } = priceOf(placement, problem);
      if (objective < best && violations(placement, problem).length === 0) best = objective;
      return;
    }
    const places = isUnused(problem, k) ? [problem.current[k]] : Array(problem.nodes).keys();
    for (const j of places) {
      placement[k] = j;
      place(k + 1);
    }
  };
  place(0);
  return best;
}

/**
 * Two nodes and a store, 10 ms and 1 MB/s apart, and one function at node 0 that reads keys of 1 MB kept in the
 * store. T = 2 * 0.01 + 1 = 1.02 s a key, T_max = 0.5 s.
 */
export function storeProblem(changes: Partial<PlacementProblem> = {}): PlacementProblem {
  const keys = changes.keys ?? 2;
  return {
    nodes: 3,
    functions: 1,
    keys,
    latency: Float64Array.from([0, 0.01, 0.01, 0.01, 0, 0.01, 0.01, 0.01, 0]),
    bandwidth: new Float64Array(9).fill(1e6),
    size: new Float64Array(keys).fill(1e6),
    access: accessFrom(
      1,
      keys,
      Array.from({ length: keys }, (_, k) => [0, k, 1] as const),
    ),
    share: Float64Array.from([1, 0, 0]),
    tMax: Float64Array.from([0.5]),
    penalty: Float64Array.from([1]),
    requests: Float64Array.from([1]),
    wp: 0.5,
    wm: 0.5,
    current: new Int32Array(keys).fill(2),
    capacity: new Float64Array(3).fill(Number.POSITIVE_INFINITY),
    mayHost: new Uint8Array(3).fill(1),
    tieWeight: 0,
    slack: false,
    scope: 'per-key',
    ...changes,
  };
}
