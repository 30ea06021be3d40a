import t from 'tap';
import { type PlacementProblem, priceOf, violations } from '../../core/placement/problem.js';
import { loadPlacementSolvers, solvePlacement } from '../../core/placement/solve.js';
import { fc } from '../fast-check.js';
import { exhaustiveOptimum, middlingProblem, storeProblem, tinyProblem } from './instances.js';

/** GLPK closes gaps to 1e-7 of the objective, so that it may miss the last digits. */
const GLPK_TOLERANCE = 1e-6;

t.test('GLPK says that it has to be loaded first', async (t) => {
  const contested = storeProblem({ requests: Float64Array.from([10]) });
  t.throws(() => solvePlacement(contested, { solver: 'glpk' }), /loadPlacementSolvers/);
});

t.test('a solve', async (t) => {
  await loadPlacementSolvers();

  for (const solver of ['branch-and-bound', 'branch-and-cut', 'glpk', 'highs', 'auto'] as const) {
    t.test(`by ${solver} equals exhaustive search on tiny problems`, async () => {
      const runs = solver === 'glpk' || solver === 'highs' ? 300 : 1500;
      fc.assert(
        fc.property(tinyProblem, (problem) => agrees(problem, solver)),
        { numRuns: runs },
      );
    });
  }

  t.test('by branch and bound equals one by GLPK on problems that make both branch', async () => {
    fc.assert(
      fc.property(middlingProblem, (problem) => {
        const ours = solvePlacement(problem, { solver: 'branch-and-bound' });
        const theirs = solvePlacement(problem, { solver: 'glpk' });
        if (ours.status === 'infeasible' || theirs.status === 'infeasible')
          return ours.status === theirs.status;
        const close = near(ours.objective, theirs.objective, GLPK_TOLERANCE);
        return close && ours.objective <= theirs.objective + 1e-9 && ours.status === 'optimal';
      }),
      { numRuns: 60 },
    );
  });

  t.test('by branch and cut equals one by branch and bound, to the same plan', async () => {
    fc.assert(
      fc.property(middlingProblem, fc.boolean(), (problem, reduce) => {
        const cut = solvePlacement(problem, { solver: 'branch-and-cut', reduce });
        const bound = solvePlacement(problem, { solver: 'branch-and-bound' });
        return cut.status === bound.status && cut.placement.join() === bound.placement.join();
      }),
      { numRuns: 100 },
    );
  });

  t.test('of the printed formulation has the optimum of the reduced one', async () => {
    fc.assert(
      fc.property(tinyProblem, fc.constantFrom('glpk', 'highs'), (problem, solver) => {
        const printed = solvePlacement(problem, { solver, reduce: false });
        const reduced = solvePlacement(problem);
        if ((printed.status === 'infeasible') !== (reduced.status === 'infeasible')) return false;
        return printed.status === 'infeasible' || near(printed.objective, reduced.objective, GLPK_TOLERANCE);
      }),
      { numRuns: 150 },
    );
  });

  t.test('gives the same plan every time and leaves the problem as it was', async () => {
    fc.assert(
      fc.property(tinyProblem, (problem) => {
        const before = structuredClone(problem);
        const first = solvePlacement(problem);
        const again = solvePlacement(before);
        return (
          first.placement.join() === again.placement.join() &&
          JSON.stringify(problem) === JSON.stringify(before)
        );
      }),
    );
  });

  t.test(
    'stopped by its limit returns an allowed plan that is no worse than staying, with a bound',
    async () => {
      fc.assert(
        fc.property(tinyProblem, fc.constantFrom(0, 1, 2), (problem, nodeLimit) => {
          const result = solvePlacement(problem, { solver: 'branch-and-bound', limits: { work: nodeLimit } });
          const optimum = exhaustiveOptimum(problem);
          if (result.status === 'infeasible') return optimum === Number.POSITIVE_INFINITY;
          if (!result.allowed) return violations(problem.current, problem).length > 0;
          const staysAllowed = violations(problem.current, problem).length === 0;
          return (
            violations(result.placement, problem).length === 0 &&
            result.bound <= optimum + 1e-9 &&
            result.objective >= optimum - 1e-9 &&
            (!staysAllowed || result.objective <= priceOf(problem.current, problem).objective + 1e-9)
          );
        }),
      );
    },
  );

  t.test('without an allowed plan keeps every key where it is, with an infinite bound', async (t) => {
    const result = solvePlacement(storeProblem({ capacity: Float64Array.from([0, 0, 1e6]) }));
    t.match(result, { status: 'infeasible', bound: Number.POSITIVE_INFINITY });
    t.same(result.placement, Int32Array.from([2, 2]));
  });

  t.test('moves both keys to the node that reads them when this is worth more than it costs', async (t) => {
    // Staying costs 0.5 * 0.52 r $, moving 0.5 * 2 (both terms are the dearest of their key).
    const stays = solvePlacement(storeProblem());
    t.same(stays.placement, Int32Array.from([2, 2]));
    t.equal(stays.solver, 'reduction');
    const moves = solvePlacement(storeProblem({ requests: Float64Array.from([10]) }));
    t.same(moves.placement, Int32Array.from([0, 0]));
    t.equal(moves.objective, 1);
  });

  t.test('leaves a node that may not host for the best that may', async (t) => {
    const result = solvePlacement(storeProblem({ mayHost: Uint8Array.from([0, 1, 0]) }));
    t.same(result.placement, Int32Array.from([1, 1]));
    t.equal(result.status, 'optimal');
  });

  t.test('prefers the present place among equal ones, then the lowest index', async (t) => {
    const free = { wm: 0, wp: 0, tieWeight: 0 };
    t.same(solvePlacement(storeProblem(free)).placement, Int32Array.from([2, 2]));
    const mayHost = Uint8Array.from([1, 1, 0]);
    t.same(solvePlacement(storeProblem({ ...free, mayHost })).placement, Int32Array.from([0, 0]));
  });

  t.test('never moves a key that nobody uses', async (t) => {
    const used = storeProblem({ keys: 2, requests: Float64Array.from([10]) });
    const { access } = storeProblem({ keys: 1 });
    const keyStart = Int32Array.from([...access.keyStart, access.keyStart[1]]);
    const result = solvePlacement({ ...used, access: { ...access, keyStart } });
    t.same(result.placement, Int32Array.from([0, 2]));
  });
});

function agrees(problem: PlacementProblem, solver: string): boolean {
  const optimum = exhaustiveOptimum(problem);
  const result = solvePlacement(problem, { solver });
  if (optimum === Number.POSITIVE_INFINITY)
    return result.status === 'infeasible' && result.bound === Number.POSITIVE_INFINITY;
  return (
    result.status === 'optimal' &&
    violations(result.placement, problem).length === 0 &&
    result.objective === priceOf(result.placement, problem).objective &&
    near(result.objective, optimum, solver === 'glpk' || solver === 'highs' ? GLPK_TOLERANCE : 1e-9)
  );
}

function near(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
}
