import t from 'tap';
import { accessFrom, priceOf, violations } from '../../core/placement/problem.js';
import { storeProblem } from './instances.js';

t.test('access lists pairs by key and by function and drops those with probability 0', async (t) => {
  const access = accessFrom(2, 3, [
    [1, 2, 0.5],
    [0, 2, 1],
    [1, 0, 0.25],
    [0, 1, 0],
  ]);
  t.same(access.keyStart, Int32Array.from([0, 1, 1, 3]));
  t.same(access.keyFunction, Int32Array.from([1, 0, 1]));
  t.same(access.probability, Float64Array.from([0.25, 1, 0.5]));
  t.same(access.functionStart, Int32Array.from([0, 1, 3]));
  t.same(access.functionKey, Int32Array.from([2, 0, 2]));
  t.same(access.functionUse, Int32Array.from([1, 0, 2]));
});

t.test('access refuses pairs that are not there, listed twice, or no probability', async (t) => {
  t.throws(() => accessFrom(1, 1, [[1, 0, 1]]), /1 is not a function/);
  t.throws(() => accessFrom(1, 1, [[0, -1, 1]]), /-1 is not a key/);
  t.throws(() => accessFrom(1, 1, [[0, 0, 1.5]]), /probability 1.5/);
  t.throws(() => accessFrom(1, 1, [[0, 0, Number.NaN]]), /probability NaN/);
  const twice = [
    [0, 0, 1],
    [0, 0, 0.5],
  ] as const;
  t.throws(() => accessFrom(1, 1, twice), /listed twice/);
});

t.test('the price by hand: one key moves to the reader, one stays in the store', async (t) => {
  // T = 0 and 1.02 s; the excess is 0.52 s; the move of 1.02 s is the dearest of its key; z = 0.5 and 0.
  const placement = Int32Array.from([0, 2]);
  const price = priceOf(
    placement,
    storeProblem({ requests: Float64Array.from([10]), tieWeight: 0.1, slack: true }),
  );
  close(t, price.penalty, 5.2);
  close(t, price.migration, 1);
  close(t, price.slack, 0.5);
  close(t, price.accessTime, 1.02);
  close(t, price.objective, 0.5 * 5.2 + 0.5 * 1 + 0.5 + 0.102);
});

t.test('per function the excess is that of the sum, and there is no Z', async (t) => {
  const price = priceOf(Int32Array.from([2, 2]), storeProblem({ scope: 'per-function', slack: true }));
  close(t, price.penalty, 2.04 - 0.5);
  t.equal(price.slack, 0);
  close(t, price.objective, 0.5 * 1.54);
});

t.test('every key that a function does not use adds T_max to Z', async (t) => {
  const problem = storeProblem({ access: accessFrom(1, 2, [[0, 0, 1]]) });
  close(t, priceOf(Int32Array.from([2, 2]), problem).slack, 0.5);
});

t.test('violations name what is broken', async (t) => {
  const names = (placement: number[], changes: Parameters<typeof storeProblem>[0]) =>
    violations(Int32Array.from(placement), storeProblem(changes)).map(({ constraint, index }) => [
      constraint,
      index,
    ]);
  t.same(names([0, 2], {}), []);
  t.same(names([0, 0], { capacity: Float64Array.from([1.5e6, 9e6, 9e6]) }), [['capacity', 0]]);
  t.same(names([0, 1], { mayHost: Uint8Array.from([1, 0, 1]) }), [['hosting', 1]]);
  t.same(names([0, 1], { access: accessFrom(1, 2, [[0, 0, 1]]) }), [['unused-key-moved', 1]]);
  t.same(names([0, 3], {}), [['assignment', 1]]);
  t.same(names([0], {}), [['assignment', -1]]);
});

t.test('a place that is exactly full is not overfull', async (t) => {
  const problem = storeProblem({ capacity: Float64Array.from([2e6, 0, 0]) });
  t.same(violations(Int32Array.from([0, 0]), problem), []);
});

function close(t: { ok(value: boolean, message: string): boolean }, found: number, wanted: number): void {
  t.ok(Math.abs(found - wanted) < 1e-12, `${found} is ${wanted}`);
}
