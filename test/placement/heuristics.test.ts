import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import t from 'tap';
import { MIGRATION_POLICIES, presetParameters, simulate } from '../../core/index.js';
import { Budget } from '../../core/placement/heuristics/heuristic.js';
import { HEURISTICS } from '../../core/placement/heuristics/index.js';
import { Plan } from '../../core/placement/heuristics/plan.js';
import { type PlacementProblem, priceOf, violations } from '../../core/placement/problem.js';
import { reduce } from '../../core/placement/reduce.js';
import { reducedValue } from '../../core/placement/reduced-problem.js';
import { problemFromReference, REFERENCE_READINGS } from '../../core/placement/reference-format.js';
import { type PlacementResult, solvePlacement } from '../../core/placement/solve.js';
import { fc } from '../fast-check.js';
import { exhaustiveOptimum, middlingProblem, storeProblem, tinyProblem } from './instances.js';

const ROUNDING = 1e-9;
const slackOf = (value: number) => ROUNDING * Math.max(1, Math.abs(value));

/** What holds for every heuristic on every problem, given its optimum (Infinity: there is no allowed plan). */
function isHonest(problem: PlacementProblem, result: PlacementResult, optimum: number): boolean {
  const staying = priceOf(problem.current, problem).objective;
  const mayStay = violations(problem.current, problem).length === 0;
  if (optimum === Number.POSITIVE_INFINITY) return !result.allowed && result.stayed;
  const slack = slackOf(optimum);
  if (result.bound > optimum + slack || result.status === 'infeasible') return false;
  if (!result.allowed) return !mayStay && result.stayed;
  return (
    violations(result.placement, problem).length === 0 &&
    result.objective === priceOf(result.placement, problem).objective &&
    result.objective >= optimum - slack &&
    result.objective >= result.bound - slack &&
    (!mayStay || result.objective <= staying + slack) &&
    (result.status !== 'optimal' || result.objective <= optimum + slack)
  );
}

for (const { name: solver } of HEURISTICS) {
  t.test(`${solver} is never better than the optimum and its bound, nor worse than staying`, async () => {
    fc.assert(
      fc.property(tinyProblem, (problem) =>
        isHonest(problem, solvePlacement(problem, { solver }), exhaustiveOptimum(problem)),
      ),
      { numRuns: 250 },
    );
  });

  t.test(`${solver} is that on problems that the branch and bound has to search, too`, async () => {
    fc.assert(
      fc.property(middlingProblem, (problem) => {
        const exact = solvePlacement(problem, { solver: 'branch-and-bound' });
        if (exact.status === 'limit') return true;
        const optimum = exact.status === 'infeasible' ? Number.POSITIVE_INFINITY : exact.objective;
        return isHonest(problem, solvePlacement(problem, { solver }), optimum);
      }),
      { numRuns: 60 },
    );
  });

  t.test(`${solver} stays honest when it may do little or no work`, async () => {
    fc.assert(
      fc.property(tinyProblem, fc.constantFrom(0, 1, 5, 50), (problem, work) =>
        isHonest(problem, solvePlacement(problem, { solver, limits: { work } }), exhaustiveOptimum(problem)),
      ),
      { numRuns: 100 },
    );
  });

  t.test(`${solver} gives the same plan every time and leaves the problem as it was`, async () => {
    fc.assert(
      fc.property(middlingProblem, (problem) => {
        const before = structuredClone(problem);
        const first = solvePlacement(problem, { solver });
        const again = solvePlacement(before, { solver });
        return (
          first.placement.join() === again.placement.join() &&
          first.work.count === again.work.count &&
          JSON.stringify(problem) === JSON.stringify(before)
        );
      }),
      { numRuns: 30 },
    );
  });

  t.test(`${solver} moves both keys to their reader when this pays, and not when it does not`, async (t) => {
    t.same(solvePlacement(storeProblem(), { solver }).placement, Int32Array.from([2, 2]));
    const capacity = Float64Array.from([1.5e6, 1e9, 1e9]);
    const narrow = storeProblem({ requests: Float64Array.from([10]), capacity, scope: 'per-function' });
    const { placement } = solvePlacement(narrow, { solver });
    t.equal(placement.filter((j) => j === 0).length, 1, 'there is room for one');
  });

  t.test(`state-aware:${solver} is a policy that moves keys and records how it decided`, async (t) => {
    const name = `state-aware:${solver}`;
    t.ok(MIGRATION_POLICIES.some((policy) => policy.name === name));
    const parameters = presetParameters('as-published', { migration: name, duration: 250 });
    const { metrics } = simulate({ parameters, seed: 1 });
    t.equal(metrics.migration_decisions, 2);
    t.ok(metrics.migrations > 0, 'keys leave the store');
    t.same(simulate({ parameters, seed: 1 }).metrics, metrics, 'the run can be repeated');
  });
}

t.test('what a plan says of a move is what the move does', async () => {
  fc.assert(
    fc.property(middlingProblem, fc.infiniteStream(fc.nat()), (problem, numbers) => {
      const { reduced, feasible } = reduce(problem);
      if (!feasible || reduced.keys === 0) return true;
      const next = (n: number): number => (numbers.next().value as number) % n;
      const plan = new Plan(reduced, new Budget({}, Number.POSITIVE_INFINITY));
      plan.assign(reduced.start.slice(0, reduced.keys));
      for (let step = 0; step < 20; step++) {
        const k = next(reduced.keys);
        const c = reduced.start[k] + next(reduced.start[k + 1] - reduced.start[k]);
        const expected = plan.value + plan.change(k, c);
        plan.move(k, c);
        const value = reducedValue(reduced, plan.choice);
        const slack = slackOf(value);
        if (Math.abs(plan.value - expected) > slack || Math.abs(plan.value - value) > slack) return false;
      }
      return true;
    }),
    { numRuns: 200 },
  );
});

t.test('the list of keys at a place follows the moves', async (t) => {
  const capacity = Float64Array.from([2.5e6, 2.5e6, 1e9]);
  const { reduced } = reduce(storeProblem({ keys: 4, capacity, requests: Float64Array.from([10]) }));
  const plan = new Plan(reduced, new Budget({}, Number.POSITIVE_INFINITY));
  plan.assign(reduced.start.slice(0, reduced.keys));
  const found = new Int32Array(reduced.keys);
  const at = (j: number) => [...found.subarray(0, plan.keysAt(j, found))].sort();
  t.same(at(2), [0, 1, 2, 3]);
  const toReader = reduced.place.indexOf(0, reduced.start[1]);
  plan.move(1, toReader);
  t.same([at(0), at(2)], [[1], [0, 2, 3]]);
  plan.clear();
  t.same([at(0), at(2)], [[], []]);
});

const folder = resolve(process.cwd(), '../shared/ilp/reference');
if (!existsSync(folder)) t.pass('the reference instances', { skip: `they are not at ${folder}` });
else {
  t.test('on the reference instances the best heuristic is within 0.05 % of the optimum', async (t) => {
    for (const file of readdirSync(folder).sort()) {
      const instance = JSON.parse(readFileSync(resolve(folder, file), 'utf8'));
      for (const reading of ['literal', 'noZ', 'perFunction'] as const) {
        const { status, objective } = instance.optimal[reading];
        const problem = problemFromReference(instance, REFERENCE_READINGS[reading]);
        const results = HEURISTICS.map(({ name }) => solvePlacement(problem, { solver: name }));
        if (status === 'infeasible') {
          t.ok(
            results.every(({ allowed, stayed }) => !allowed && stayed),
            `${file}, ${reading}: no plan where there is none`,
          );
          continue;
        }
        for (const result of results)
          t.ok(isHonest(problem, result, objective), `${file}, ${reading}: honest`);
        const best = Math.min(...results.map((result) => result.objective));
        t.ok(best <= objective * (1 + 5e-4) + 1e-9, `${file}, ${reading}: ${best} against ${objective}`);
      }
    }
  });
}
