/**
 * The five traps of the printed formulation, each on the smallest problem that shows it. docs/placement.md quotes these
 * problems and their numbers.
 */
import t from 'tap';
import {
  type FormulationName,
  formulationNamed,
  readingOf,
} from '../../core/placement/formulations/index.js';
import { accessFrom, type PlacementProblem, priceOf } from '../../core/placement/problem.js';
import { solvePlacement } from '../../core/placement/solve.js';

/** Three nodes, the last of which is the store; access and migration at 10 MB/s, keys of 100 kB: 10 ms each way of `d`. */
function problem(formulation: FormulationName, changes: Partial<PlacementProblem> = {}): PlacementProblem {
  return {
    nodes: 3,
    functions: 1,
    keys: 1,
    latency: symmetric([0.02, 0.045, 0.045]),
    bandwidth: new Float64Array(9).fill(1e7),
    size: Float64Array.from([1e5]),
    access: accessFrom(1, 1, [[0, 0, 1]]),
    share: Float64Array.from([1, 0, 0]),
    tMax: Float64Array.from([0.1]),
    penalty: Float64Array.from([1]),
    requests: Float64Array.from([1]),
    wp: 0.99,
    wm: 0.01,
    current: Int32Array.from([2]),
    capacity: new Float64Array(3).fill(1e9),
    mayHost: new Uint8Array(3).fill(1),
    ...readingOf(formulationNamed(formulation), { slo: 'per-key', tieWeight: 1e-3 }),
    ...changes,
  };
}

/** d between nodes 0 and 1, 0 and 2, 1 and 2, s. */
function symmetric([d01, d02, d12]: readonly [number, number, number]): Float64Array {
  return Float64Array.from([0, d01, d02, d01, 0, d12, d02, d12, 0]);
}

const placed = (p: PlacementProblem) => [...solvePlacement(p).placement];
const near = (found: number, wanted: number) => Math.abs(found - wanted) < 1e-12;

t.test('trap 1: (8) without shares adds up nodes where the function never runs', async (t) => {
  const unweighted = problem('no-slack', { share: Float64Array.from([1, 1, 1]) });
  const weighted = problem('no-slack');
  const at = Int32Array.from([1]);
  // From node 0: 2 * 20 + 10 ms. From all three: 50 ms, 0 ms, 2 * 45 + 10 ms.
  t.ok(near(priceOf(at, weighted).accessTime, 0.05));
  t.ok(near(priceOf(at, unweighted).accessTime, 0.15));
  t.equal(priceOf(at, weighted).penalty, 0);
  t.ok(near(priceOf(at, unweighted).penalty, 0.05), 'a penalty that nobody pays');
});

t.test('trap 2: Z moves a key away from its reader, since a slack of zero is worth most', async (t) => {
  const local = { current: Int32Array.from([0]), latency: symmetric([0.02, 0.045, 0.02]) };
  t.same(placed(problem('sound', local)), [0]);
  // In the store the access takes exactly T_max = 0.1 s: the slack of 0.1 s is gained, for a migration term of 0.01.
  t.same(placed(problem('as-written', local)), [2]);
  const [before, after] = [Int32Array.from([0]), Int32Array.from([2])].map((at) =>
    priceOf(at, problem('as-written', local)),
  );
  t.ok(near(before!.accessTime, 0) && near(before!.objective, 0.1));
  t.ok(near(after!.accessTime, 0.1) && near(after!.objective, 0.01));
});

t.test('trap 3: (19) counts keys that stay twice, so that a system at rest has no plan', async (t) => {
  // Node 0 holds 600 kB of its 1 MB, node 1 holds 100 kB of its 400 kB: what is left is 400 and 300 kB.
  const keys = {
    nodes: 2,
    keys: 2,
    latency: Float64Array.from([0, 0.02, 0.02, 0]),
    bandwidth: new Float64Array(4).fill(1e7),
    size: Float64Array.from([6e5, 1e5]),
    access: accessFrom(1, 2, [
      [0, 0, 1],
      [0, 1, 1],
    ]),
    share: Float64Array.from([1, 0]),
    current: Int32Array.from([0, 1]),
    mayHost: new Uint8Array(2).fill(1),
  };
  const left = problem('as-written', { ...keys, capacity: Float64Array.from([4e5, 3e5]) });
  t.equal(solvePlacement(left).status, 'infeasible');
  const once = problem('sound', { ...keys, capacity: Float64Array.from([1e6, 4e5]) });
  t.equal(solvePlacement(once).status, 'optimal');
});

t.test(
  'trap 4: (13) binds each key alone, and a function of two keys misses its SLO unpunished',
  async (t) => {
    const two = {
      keys: 2,
      size: Float64Array.from([1e5, 1e5]),
      access: accessFrom(1, 2, [
        [0, 0, 1],
        [0, 1, 1],
      ]),
      latency: symmetric([0.02, 0.03, 0.03]),
      current: Int32Array.from([2, 2]),
    };
    // 70 ms a key, 140 ms for both, T_max 100 ms.
    const stay = Int32Array.from([2, 2]);
    t.equal(priceOf(stay, problem('no-slack', two)).penalty, 0);
    t.ok(near(priceOf(stay, problem('per-function', two)).penalty, 0.04));
    t.same(placed(problem('no-slack', two)), [2, 2]);
    t.equal(
      placed(problem('per-function', two)).filter((j) => j !== 2).length,
      1,
      'moving one key is enough',
    );
  },
);

t.test('trap 5: the penalty of one request never pays for a migration', async (t) => {
  const even = { wp: 0.5, wm: 0.5, latency: symmetric([0.02, 0.1, 0.1]) };
  // In the store 210 ms: 0.11 $ a request against a migration term of 1.
  t.ok(near(priceOf(Int32Array.from([2]), problem('no-slack', even)).penalty, 0.11));
  t.same(placed(problem('no-slack', even)), [2]);
  // From ten requests until the next decision on, moving pays: 0.5 * 1.1 against 0.5 * 1.
  t.same(placed(problem('sound', { ...even, requests: Float64Array.from([9]) })), [2]);
  t.same(placed(problem('sound', { ...even, requests: Float64Array.from([10]) })), [0]);
});
