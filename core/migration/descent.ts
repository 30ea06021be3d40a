import { costsOf } from '../placement/costs.js';
import { formulationNamed } from '../placement/formulations/index.js';
import { printedSize } from '../placement/formulations/printed.js';
import { judge } from '../placement/result.js';
import type { MigrationPolicy, Move } from '../policy.js';
import { descend } from './descent/search.js';
import { placementProblems } from './placement-problems.js';
import { PARAMETERS_OF_THE_PROBLEM } from './state-aware.js';

/**
 * Descent: the objective of state-aware, eqs. (8)-(25) in the reading that placement.formulation chooses, minimised by
 * coordinate descent instead of a solver. It gives no proof, and takes a fraction of a millisecond.
 */
export const descent: MigrationPolicy = {
  kind: 'migration',
  name: 'descent',
  doc: 'the objective of state-aware without a solver: keys, then whole functions, moved while that pays',
  source: 'this project',
  reads: PARAMETERS_OF_THE_PROBLEM,
  make(context) {
    const { view, parameters } = context;
    const keys = view.accessedKeys;
    const problemNow = placementProblems(context, formulationNamed(parameters.formulation));
    return () => {
      const problem = problemNow();
      const size = printedSize(problem);
      const { placement, ...record } = judge(problem, costsOf(problem), {
        status: 'feasible',
        placement: descend(problem),
        bound: 0,
        solver: 'descent',
        work: { count: 0, unit: 'none' },
        sizes: {
          ...size,
          variablesReduced: size.variables,
          constraintsReduced: size.constraints,
          keysLeft: keys.length,
          components: 1,
        },
      });
      const moves: Move[] = [];
      placement.forEach((to, k) => {
        if (to !== view.placeOf(keys[k])) moves.push({ key: keys[k], to });
      });
      return { moves, placement: record };
    };
  },
};
