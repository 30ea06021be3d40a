import t from 'tap';
import { withoutReductions } from '../../core/placement/reduce.js';
import { fits, type ReducedProblem, reducedValue } from '../../core/placement/reduced-problem.js';
import { loadPlacementSolvers } from '../../core/placement/solve.js';
import { CoverCuts } from '../../core/placement/solvers/cover-cuts.js';
import { CutRelaxation } from '../../core/placement/solvers/cut-relaxation.js';
import { MixingCuts } from '../../core/placement/solvers/mixing-cuts.js';
import { programmeConstant, reducedProgramme } from '../../core/placement/solvers/reduced-programme.js';
import { fc } from '../fast-check.js';
import { tinyProblem } from './instances.js';

const reducedProblem = tinyProblem
  .map((problem) => withoutReductions(problem))
  .filter(({ feasible, reduced }) => feasible && reduced.keys > 0)
  .map(({ reduced }) => reduced);

/** The columns of the programme that a choice stands for: x and the least delta. */
function pointOf(reduced: ReducedProblem, choice: Int32Array): Float64Array {
  const { keys, place, start, useStart, useFunction, burdenStart, burden, base, functions } = reduced;
  const point = new Float64Array(place.length + functions);
  for (let k = 0; k < keys; k++) {
    point[choice[k]] = 1;
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const delta = place.length + useFunction[u];
      const above = burden[burdenStart[u] + choice[k] - start[k]] - base[useFunction[u]];
      point[delta] = Math.max(point[delta], above);
    }
  }
  return point;
}

function forEachAllowed(reduced: ReducedProblem, visit: (choice: Int32Array) => void): void {
  const choice = new Int32Array(reduced.keys);
  const choose = (k: number): void => {
    if (k === reduced.keys) {
      if (fits(reduced, choice)) visit(choice);
      return;
    }
    for (let c = reduced.start[k]; c < reduced.start[k + 1]; c++) {
      choice[k] = c;
      choose(k + 1);
    }
  };
  choose(0);
}

/** Some fractional point: each key split over its candidates, delta given. */
const splits = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });

function fractional(reduced: ReducedProblem, numbers: readonly number[]): Float64Array {
  const point = new Float64Array(reduced.place.length + reduced.functions);
  for (let k = 0; k < reduced.keys; k++) {
    let total = 0;
    for (let c = reduced.start[k]; c < reduced.start[k + 1]; c++) total += point[c] = numbers[c % 40] + 1e-3;
    for (let c = reduced.start[k]; c < reduced.start[k + 1]; c++) point[c] /= total;
  }
  return point;
}

t.test('mixing cuts cut the point that they were made for, and no plan', async (t) => {
  let made = 0;
  fc.assert(
    fc.property(reducedProblem, splits, (reduced, numbers) => {
      if (reduced.scope !== 'per-key') return true;
      const x = fractional(reduced, numbers);
      const { count, start, index, value } = new MixingCuts(reduced).separate(x);
      made += count;
      const left = (cut: number, point: Float64Array): number => {
        let sum = 0;
        for (let e = start[cut]; e < start[cut + 1]; e++) sum += value[e] * point[index[e]];
        return sum;
      };
      let valid = true;
      for (let cut = 0; cut < count; cut++) {
        valid &&= left(cut, x) < 0;
        forEachAllowed(reduced, (choice) => {
          valid &&= left(cut, pointOf(reduced, choice)) >= -1e-12;
        });
      }
      return valid;
    }),
    { numRuns: 500 },
  );
  t.ok(made > 100, `${made} cuts were made`);
});

t.test('covers cut the point that they were made for, and no plan', async (t) => {
  let made = 0;
  fc.assert(
    fc.property(reducedProblem, splits, (reduced, numbers) => {
      const x = fractional(reduced, numbers);
      const { start, index, limit } = new CoverCuts(reduced).separate(x);
      made += limit.length;
      const left = (cut: number, point: Float64Array): number => {
        let sum = 0;
        for (let e = start[cut]; e < start[cut + 1]; e++) sum += point[index[e]];
        return sum;
      };
      let valid = true;
      for (let cut = 0; cut < limit.length; cut++) {
        valid &&= left(cut, x) > limit[cut];
        forEachAllowed(reduced, (choice) => {
          valid &&= left(cut, pointOf(reduced, choice)) <= limit[cut];
        });
      }
      return valid;
    }),
    { numRuns: 500 },
  );
  t.ok(made > 20, `${made} covers were made`);
});

t.test('the programme of a reduced problem allows exactly the plans, at their values', async () => {
  fc.assert(
    fc.property(reducedProblem, (reduced) => {
      if (reduced.scope !== 'per-key') return true;
      const programme = reducedProgramme(reduced);
      let agree = true;
      forEachAllowed(reduced, (choice) => {
        const point = pointOf(reduced, choice);
        let cost = programmeConstant(reduced);
        for (let c = 0; c < programme.columns; c++) cost += programme.cost[c] * point[c];
        agree &&= Math.abs(cost - reducedValue(reduced, choice)) <= 1e-9 * Math.max(1, cost);
        for (let r = 0; r < programme.rows; r++) {
          let sum = 0;
          for (let e = programme.start[r]; e < programme.start[r + 1]; e++)
            sum += programme.value[e] * point[programme.index[e]];
          agree &&= sum >= programme.rowLower[r] - 1e-12 && sum <= programme.rowUpper[r] + 1e-12;
        }
      });
      return agree;
    }),
    { numRuns: 300 },
  );
});

t.test(
  'bound and regret of the relaxation are below the value of every plan that takes a candidate',
  async () => {
    await loadPlacementSolvers();
    fc.assert(
      fc.property(reducedProblem, (reduced) => {
        const relaxation = new CutRelaxation(reduced);
        const feasible = relaxation.solve(() => false);
        relaxation.dispose();
        let holds = true;
        forEachAllowed(reduced, (choice) => {
          const value = reducedValue(reduced, choice) + 1e-9 * Math.max(1, reducedValue(reduced, choice));
          holds &&= feasible;
          for (const c of choice) holds &&= relaxation.bound + relaxation.regret[c] <= value;
        });
        return holds;
      }),
      { numRuns: 300 },
    );
  },
);
