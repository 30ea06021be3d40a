import type { MigrationPolicy, Move } from '../policy.js';

/**
 * Random: keys go to nodes drawn uniformly, the store included; a draw without room is not made.
 *
 * `all-once` draws once for each key. `accessed-by-node` is what yields the migrated data of Table 3 (see
 * docs/reproduction.md): only keys that some function accesses exist, and the nodes are visited one after
 * the other, so that a key that lands on a node not yet visited is drawn, and counted, again.
 */
export const random: MigrationPolicy = {
  kind: 'migration',
  name: 'random',
  doc: 'keys go to nodes drawn uniformly, the store included',
  source: 'sec. 5.1',
  reads: ['migration.randomMoves'],
  make({ view, parameters, random: stream }) {
    const { nodeCount } = view;

    const onceEach = (): Move[] =>
      Array.from({ length: view.keyCount }, (_, key) => ({ key, to: stream.integer(nodeCount) }));

    const nodeByNode = (): Move[] => {
      const moves: Move[] = [];
      const place = new Map(Array.from(view.accessedKeys, (key) => [key, view.placeOf(key)]));
      for (let node = 0; node < nodeCount; node++) {
        for (const [key, at] of [...place]) {
          if (at !== node) continue;
          const to = stream.integer(nodeCount);
          moves.push({ key, to });
          place.set(key, to);
        }
      }
      return moves;
    };

    const draw = parameters.randomMoves === 'all-once' ? onceEach : nodeByNode;
    return () => ({ moves: draw(), ifRoom: true });
  },
};
