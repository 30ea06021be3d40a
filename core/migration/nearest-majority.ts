import type { MigrationPolicy, Move } from '../policy.js';
import { dataRates } from './virtual-place.js';

/** Nearest-majority: each key to the node that reads it most, all functions added up; a tie keeps it where it is. */
export const nearestMajority: MigrationPolicy = {
  kind: 'migration',
  name: 'nearest-majority',
  doc: 'each key to the node that reads it most',
  source: 'this project; data locality as in sec. 6 (co-location of functions and data)',
  reads: ['migration.rateWeight'],
  make(context) {
    const { view } = context;
    const rates = dataRates(context);
    const rate = new Float64Array(view.nodeCount);
    return () => {
      const moves: Move[] = [];
      for (const key of view.accessedKeys) {
        rates(key, rate);
        const place = view.placeOf(key);
        let to = place;
        for (let node = 0; node < rate.length; node++) if (rate[node] > rate[to]) to = node;
        if (to !== place) moves.push({ key, to });
      }
      return { moves, ifRoom: true };
    };
  },
};
