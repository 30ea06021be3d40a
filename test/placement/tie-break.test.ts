import t from 'tap';
import {
  isUnused,
  type PlacementProblem,
  priceOf,
  tieTolerance,
  violations,
} from '../../core/placement/problem.js';
import { loadPlacementSolvers, solvePlacement } from '../../core/placement/solve.js';
import { EXACT_SOLVERS } from '../../core/placement/solvers/index.js';
import { fc } from '../fast-check.js';
import { tinyProblem } from './instances.js';

await loadPlacementSolvers();

for (const solver of ['auto', ...EXACT_SOLVERS.map(({ name }) => name)]) {
  t.test(`${solver} finds, of all optima, the one that comes first`, async () => {
    fc.assert(
      fc.property(tinyProblem, fc.boolean(), (problem, reduce) => {
        // GLPK and HiGHS give the printed programme any of its optima: only reduced problems have one plan.
        const printed = !reduce && (solver === 'glpk' || solver === 'highs');
        const { status, placement } = solvePlacement(problem, { solver, reduce: reduce || printed });
        const preferred = preferredOptimum(problem);
        return preferred === null ? status === 'infeasible' : placement.join() === preferred.join();
      }),
      { numRuns: solver === 'glpk' || solver === 'highs' ? 200 : 500 },
    );
  });
}

/** By trying all plans in the order of the tie-break: the first whose objective is the least, within the tolerance. */
function preferredOptimum(problem: PlacementProblem): Int32Array | null {
  const allowed: { placement: Int32Array; objective: number }[] = [];
  const placement = problem.current.slice();
  const place = (k: number): void => {
    if (k === problem.keys) {
      if (violations(placement, problem).length === 0)
        allowed.push({ placement: placement.slice(), objective: priceOf(placement, problem).objective });
      return;
    }
    const present = problem.current[k];
    const others = Array.from({ length: problem.nodes }, (_, j) => j).filter((j) => j !== present);
    for (const j of isUnused(problem, k) ? [present] : [present, ...others]) {
      placement[k] = j;
      place(k + 1);
    }
  };
  place(0);
  const least = Math.min(...allowed.map(({ objective }) => objective));
  const first = allowed.find(({ objective }) => objective <= least + tieTolerance(problem));
  return first?.placement ?? null;
}
