import t from 'tap';
import { componentsOf } from '../../core/placement/components.js';
import { narrow, parentChoice } from '../../core/placement/narrow.js';
import { withoutReductions } from '../../core/placement/reduce.js';
import {
  fits,
  type ReducedProblem,
  reducedValue,
  simpleBound,
} from '../../core/placement/reduced-problem.js';
import { fc } from '../fast-check.js';
import { tinyProblem } from './instances.js';

const reducedProblem = tinyProblem
  .map((problem) => withoutReductions(problem))
  .filter(({ feasible, reduced }) => feasible && reduced.keys > 0)
  .map(({ reduced }) => reduced);

/** Every choice that fits, with its value. */
function allowedChoices(reduced: ReducedProblem): { choice: Int32Array; value: number }[] {
  const found: { choice: Int32Array; value: number }[] = [];
  const choice = new Int32Array(reduced.keys);
  const choose = (k: number): void => {
    if (k === reduced.keys) {
      if (fits(reduced, choice)) found.push({ choice: choice.slice(), value: reducedValue(reduced, choice) });
      return;
    }
    for (let c = reduced.start[k]; c < reduced.start[k + 1]; c++) {
      choice[k] = c;
      choose(k + 1);
    }
  };
  choose(0);
  return found;
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

t.test(
  'a narrowed problem has the choices of its parent without what was ruled out, at the same values',
  async () => {
    fc.assert(
      fc.property(reducedProblem, fc.infiniteStream(fc.boolean()), (parent, ruledOut) => {
        const alive = Uint8Array.from(parent.place, () => (ruledOut.next().value ? 0 : 1));
        const wanted = allowedChoices(parent).filter(({ choice }) => choice.every((c) => alive[c] === 1));
        const narrowed = narrow(parent, alive.slice());
        if (narrowed === null) return wanted.length === 0;
        const left = new Map(
          allowedChoices(narrowed.reduced).map(({ choice, value }) => [
            parentChoice(narrowed, choice).join(),
            value + narrowed.offset,
          ]),
        );
        return (
          left.size === wanted.length &&
          wanted.every(({ choice, value }) => close(left.get(choice.join())!, value))
        );
      }),
      { numRuns: 1000 },
    );
  },
);

t.test('values and choices of a problem are those of its components together', async () => {
  let separated = 0;
  fc.assert(
    fc.property(reducedProblem, (reduced) => {
      const parts = componentsOf(reduced);
      if (parts.length > 1) separated++;
      const best = (problem: ReducedProblem) =>
        Math.min(...allowedChoices(problem).map(({ value }) => value), Number.POSITIVE_INFINITY);
      // Functions without a key left are in no component; what they cost is a constant.
      const idle = reduced.weight.reduce(
        (sum, weight, f) =>
          sum + (reduced.useFunction.includes(f) ? 0 : weight * Math.max(0, reduced.base[f])),
        0,
      );
      const whole = best(reduced);
      const sum = parts.reduce((total, part) => total + best(part), idle);
      return whole === sum || close(whole, sum);
    }),
    { numRuns: 500 },
  );
  t.ok(separated > 50, `${separated} problems fell into parts`);
});

t.test('the bound that needs no search is one', async () => {
  fc.assert(
    fc.property(reducedProblem, (reduced) =>
      allowedChoices(reduced).every(({ value }) => simpleBound(reduced) <= value + 1e-9 * Math.max(1, value)),
    ),
    { numRuns: 300 },
  );
});
