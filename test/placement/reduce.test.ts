import t from 'tap';
import { type PlacementProblem, priceOf, violations } from '../../core/placement/problem.js';
import { reduce } from '../../core/placement/reduce.js';
import { fits, reducedValue } from '../../core/placement/reduced-problem.js';
import { fc } from '../fast-check.js';
import { exhaustiveOptimum, storeProblem, tinyProblem } from './instances.js';

t.test('the reductions keep an optimum', async () => {
  fc.assert(
    fc.property(tinyProblem, (problem) => {
      const optimum = exhaustiveOptimum(problem);
      const kept = optimumOfReduced(problem);
      return optimum === kept || Math.abs(optimum - kept) <= 1e-9 * Math.max(1, optimum);
    }),
    { numRuns: 2000 },
  );
});

t.test('values of the reduced problem differ from objectives by a constant', async () => {
  fc.assert(
    fc.property(tinyProblem, (problem) => {
      const differences: number[] = [];
      forEachChoice(problem, (choice, placement) => {
        const { reduced } = reduce(problem);
        differences.push(priceOf(placement, problem).objective - reducedValue(reduced, choice));
      });
      return differences.every((difference) => Math.abs(difference - differences[0]) <= 1e-9);
    }),
    { numRuns: 300 },
  );
});

t.test('choices that fit the rooms left are allowed by the problem, and no others', async () => {
  fc.assert(
    fc.property(tinyProblem, (problem) => {
      let agree = true;
      forEachChoice(problem, (choice, placement) => {
        agree &&= fits(reduce(problem).reduced, choice) === (violations(placement, problem).length === 0);
      });
      return agree;
    }),
    { numRuns: 300 },
  );
});

t.test('a key whose places are all dominated by one is fixed there', async (t) => {
  const { reduced, placement } = reduce(storeProblem({ mayHost: Uint8Array.from([1, 1, 0]) }));
  t.equal(reduced.keys, 0);
  t.same(placement, Int32Array.from([0, 0]));
});

t.test('places too small for every key are not dominating', async (t) => {
  const capacity = Float64Array.from([1e6, 1e9, 1e9]);
  const { reduced } = reduce(storeProblem({ capacity, requests: Float64Array.from([10]) }));
  t.equal(reduced.keys, 2, 'one of the two has to go elsewhere, so neither is fixed');
  t.equal(reduced.room[0] < Number.POSITIVE_INFINITY, true);
  t.equal(reduced.room[2], Number.POSITIVE_INFINITY);
});

/** Every choice of the reduced problem with the plan that it stands for. */
function forEachChoice(
  problem: PlacementProblem,
  visit: (choice: Int32Array, placement: Int32Array) => void,
): void {
  const { feasible, placement, reduced } = reduce(problem);
  if (!feasible) return;
  const choice = new Int32Array(reduced.keys);
  const choose = (k: number): void => {
    if (k === reduced.keys) {
      visit(choice, placement);
      return;
    }
    for (let c = reduced.start[k]; c < reduced.start[k + 1]; c++) {
      choice[k] = c;
      placement[reduced.key[k]] = reduced.place[c];
      choose(k + 1);
    }
  };
  choose(0);
}

function optimumOfReduced(problem: PlacementProblem): number {
  let best = Number.POSITIVE_INFINITY;
  forEachChoice(problem, (_, placement) => {
    if (violations(placement, problem).length > 0) return;
    best = Math.min(best, priceOf(placement, problem).objective);
  });
  return best;
}
