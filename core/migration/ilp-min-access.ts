import { accessFrom } from '../placement/problem.js';
import { solvePlacement } from '../placement/solve.js';
import type { MigrationPolicy } from '../policy.js';
import { linksOf } from './placement-problems.js';

/**
 * Ilp-min-access: the placement of least rate-weighted access time plus migration term, without any SLO:
 *
 *     min  w sum_k sum_f sum_i rate(k, f, i) T(i, j_k, k)  +  (1 - w) sum_k mig_k / migmax_k
 *
 * under the capacities (19), with traced rates in accesses/s and T of eq. (4) in s. As a placement problem: every
 * access slot counts as a function of its own that runs where its accesses come from, nobody pays a penalty, and the
 * weight of access times, which breaks ties elsewhere, is all that remains.
 */
export const ilpMinAccess: MigrationPolicy<{ readonly accessWeight: number }> = {
  kind: 'migration',
  name: 'ilp-min-access',
  doc: 'the placement of least rate-weighted access time plus migration time, without SLO',
  source: "the authors' repository (model); eqs. (4), (9), (19), (20)",
  reads: [
    'placement.solver',
    'migration.storeMayHost',
    'migration.rateWeight',
    'nodes.edgeStorage',
    'nodes.cloudStorage',
  ],
  parameters: {
    accessWeight: {
      unit: '-',
      kind: { type: 'number', min: 0, max: 1 },
      default: 0.5,
      doc: 'weight w of the access time; that of migration is 1 - w',
    },
  },
  make(context) {
    const { view, parameters, own } = context;
    const { nodeCount } = view;
    const keys = view.accessedKeys;
    const indexOfKey = new Map(Array.from(keys, (key, k) => [key, k]));
    const links = linksOf(context);
    const mayHost = new Uint8Array(nodeCount).fill(1);
    if (!parameters.storeMayHost) mayHost[view.store] = 0;
    const slots = Array.from({ length: view.functionCount }, (_, f) => view.accessesOf(f)).flat();
    const size = Float64Array.from(keys, (key) => view.keySize(key));
    const nothing = new Float64Array(slots.length);
    return () => {
      const share = new Float64Array(slots.length * nodeCount);
      const rate = slots.map(({ slot }, row) => {
        let total = 0;
        for (let node = 0; node < nodeCount; node++) total += view.accessRate(slot, node);
        for (let node = 0; node < nodeCount && total > 0; node++)
          share[row * nodeCount + node] = view.accessRate(slot, node) / total;
        return total;
      });
      const highest = Math.max(...rate, Number.MIN_VALUE);
      const current = Int32Array.from(keys, (key) => view.placeOf(key));
      const capacity = Float64Array.from({ length: nodeCount }, (_, node) => view.spareStorage(node));
      current.forEach((node, k) => {
        capacity[node] += size[k];
      });
      const { placement, ...record } = solvePlacement(
        {
          nodes: nodeCount,
          functions: slots.length,
          keys: keys.length,
          ...links,
          size,
          // "Probabilities" are rates in units of the highest one.
          access: accessFrom(
            slots.length,
            keys.length,
            slots.map(({ key }, row) => [row, indexOfKey.get(key)!, rate[row] / highest]),
          ),
          share,
          tMax: nothing,
          penalty: nothing,
          requests: nothing,
          wp: 0,
          wm: 1 - own.accessWeight,
          current,
          capacity,
          mayHost,
          tieWeight: own.accessWeight * highest,
          slack: false,
          scope: 'per-key',
        },
        { solver: parameters.placementSolver },
      );
      const moves = Array.from(placement, (to, k) => ({ key: keys[k], to })).filter(
        ({ key, to }) => to !== view.placeOf(key),
      );
      return { moves, placement: record };
    };
  },
};
