import type { MigrationPolicy, Move } from '../policy.js';

/**
 * Greedy: each key to the node with the largest product of access rate and latency from the key's present
 * place; ties to the lowest index. A key whose accesses all come from its place stays. The ranking is over
 * nodes with all functions added up, or over (function, node) pairs (migration.greedyRanks).
 */
export const greedy: MigrationPolicy = {
  kind: 'migration',
  name: 'greedy',
  doc: "each key to the node with the largest access rate times latency from the key's place",
  source: 'sec. 5.1',
  reads: ['migration.greedyRanks', 'migration.rateWeight'],
  make({ view, parameters }) {
    const perPair = parameters.greedyRanks === 'pairs';
    const slotsOfKey = new Map<number, number[]>();
    for (let f = 0; f < view.functionCount; f++) {
      for (const { slot, key } of view.accessesOf(f)) {
        slotsOfKey.set(key, [...(slotsOfKey.get(key) ?? []), slot]);
      }
    }
    const best = (slots: readonly number[], place: number): number => {
      let target = place;
      let highest = 0;
      for (let node = 0; node < view.nodeCount; node++) {
        let rate = 0;
        for (const slot of slots) {
          const of = view.accessRate(slot, node);
          rate = perPair ? Math.max(rate, of) : rate + of;
        }
        const score = rate * view.latency(place, node);
        if (score > highest) {
          highest = score;
          target = node;
        }
      }
      return target;
    };
    return () => {
      const moves: Move[] = [];
      for (const key of view.accessedKeys) {
        const place = view.placeOf(key);
        const to = best(slotsOfKey.get(key) ?? [], place);
        if (to !== place) moves.push({ key, to });
      }
      return { moves, ifRoom: true };
    };
  },
};
