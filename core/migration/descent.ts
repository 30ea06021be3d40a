import type { MigrationPolicy, Move } from '../policy.js';
import { descend } from './descent/search.js';
import { linksOf, problemNow, stateAware } from './state-aware.js';

/**
 * Descent: the objective of state-aware, eqs. (8)-(25) in the reading that placement.formulation chooses, minimised by
 * coordinate descent instead of a solver. It gives no proof, and takes a fraction of a millisecond.
 */
export const descent: MigrationPolicy = {
  kind: 'migration',
  name: 'descent',
  doc: 'the objective of state-aware without a solver: keys, then whole functions, moved while that pays',
  source: 'this project',
  reads: stateAware.reads!.filter((name) => name !== 'placement.solver'),
  make(context) {
    const { view, parameters } = context;
    const keys = view.accessedKeys;
    const links = linksOf(context);
    const mayHost = new Uint8Array(view.nodeCount).fill(1);
    if (!parameters.storeMayHost) mayHost[view.store] = 0;
    return () => {
      const placement = descend(problemNow(context, keys, links, mayHost));
      if (placement === null) return { moves: [], outcome: 'stayed' };
      const moves: Move[] = [];
      placement.forEach((to, k) => {
        if (to !== view.placeOf(keys[k])) moves.push({ key: keys[k], to });
      });
      return { moves, outcome: 'feasible' };
    };
  },
};
