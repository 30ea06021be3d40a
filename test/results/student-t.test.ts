import t from 'tap';
import { centralProbability, studentT } from '../../results/student-t.js';

/** NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: [dof, two-sided 90 %, 95 %, 99 %]. */
const TABLE = [
  [1, 6.314, 12.706, 63.657],
  [2, 2.92, 4.303, 9.925],
  [3, 2.353, 3.182, 5.841],
  [4, 2.132, 2.776, 4.604],
  [5, 2.015, 2.571, 4.032],
  [9, 1.833, 2.262, 3.25],
  [10, 1.812, 2.228, 3.169],
  [29, 1.699, 2.045, 2.756],
  [30, 1.697, 2.042, 2.75],
  [99, 1.66, 1.984, 2.626],
  [100, 1.66, 1.984, 2.626],
] as const;

t.test('quantiles are those of the published table', async (t) => {
  for (const [dof, p90, p95, p99] of TABLE) {
    const quantiles = [0.9, 0.95, 0.99].map((probability) => Number(studentT(probability, dof).toFixed(3)));
    t.strictSame(quantiles, [p90, p95, p99], `${dof} degrees of freedom`);
  }
});

t.test('one and two degrees of freedom agree with their closed forms', async (t) => {
  for (const p of [0.1, 0.5, 0.95, 0.999]) {
    const cauchy = Math.tan((Math.PI * p) / 2);
    const two = p * Math.sqrt(2 / (1 - p * p));
    t.ok(Math.abs(studentT(p, 1) / cauchy - 1) < 1e-12);
    t.ok(Math.abs(studentT(p, 2) / two - 1) < 1e-12);
  }
});

t.test('many degrees of freedom approach the normal distribution', async (t) => {
  t.ok(Math.abs(studentT(0.95, 100_000) - 1.959964) < 1e-4);
});

t.test('the probability of a quantile is the one asked for', async (t) => {
  for (const dof of [1, 2, 3, 4, 7, 8, 33, 200])
    for (const p of [0.01, 0.5, 0.95, 0.9999])
      t.ok(Math.abs(centralProbability(studentT(p, dof), dof) - p) < 1e-12);
});

t.test('what is no probability or no number of degrees of freedom is refused', async (t) => {
  for (const [p, dof] of [
    [0, 1],
    [1, 1],
    [Number.NaN, 1],
    [0.95, 0],
    [0.95, 1.5],
  ])
    t.throws(() => studentT(p, dof), RangeError);
});
