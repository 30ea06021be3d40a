import { type Candidate, type OffloadingPolicy, REJECT } from '../policy.js';
import type { SystemView } from '../view.js';
import { firstAdmissible, roomWords } from './explaining.js';

/**
 * Greedy-data: the compute node with the largest expected share of the function's data, sum of p_fk l_k;
 * the nearest cloud node when no compute node holds any. Where that is the node itself and it has no room,
 * the next in this order.
 */
export const greedyData: OffloadingPolicy = {
  kind: 'offloading',
  name: 'greedy-data',
  doc: 'the node that holds the largest expected share of the data; the nearest cloud node when none holds any',
  source: 'sec. 5.1',
  reads: ['knowledge.mode'],
  make({ view }) {
    const { functionCount } = view;
    const first = new Int32Array(view.nodeCount * functionCount);
    const second = new Int32Array(view.nodeCount * functionCount);
    const stamps = new Int32Array(view.nodeCount * functionCount);

    const rank = (node: number, f: number, row: number): void => {
      const ranking = [...sharesOf(view, node, f).keys()];
      first[row] = ranking[0] ?? REJECT;
      second[row] = ranking[1] ?? REJECT;
      stamps[row] = view.dataEpoch;
    };

    return ({ node, function: f }) => {
      const row = node * functionCount + f;
      if (stamps[row] !== view.dataEpoch) rank(node, f, row);
      const best = first[row];
      return best !== node || view.canRun(node, f) ? best : second[row];
    };
  },
  explain({ view }) {
    return ({ node, function: f }) => {
      const cloud = view.nearestCloud(node);
      const candidates = [...sharesOf(view, node, f)].map(([j, share]): Candidate => {
        const whose = j === cloud ? 'the nearest cloud node' : 'it holds data';
        return {
          node: j,
          values: [{ name: 'expected data', value: share, unit: 'B' }],
          admissible: j !== node || view.canRun(node, f),
          reason: j === node ? `here: ${roomWords(view, node, f)}` : `${whose}; it is taken to have room`,
        };
      });
      const decision = firstAdmissible(candidates);
      return {
        rule: 'The node with the largest expected share of the data, the nearest cloud node when none holds any; where that is this node and it has no room, the next.',
        candidates,
        decision,
        because:
          decision === REJECT
            ? 'nobody is left'
            : decision === candidates[0].node
              ? 'it has the largest expected share'
              : 'there is no room here, and it is the next',
      };
    };
  },
};

/** Expected bytes by compute node that holds any, and of the nearest cloud node; the most first. */
function sharesOf(view: SystemView, node: number, f: number): ReadonlyMap<number, number> {
  const share = new Map<number, number>();
  for (const { key, probability } of view.accessesOf(f)) {
    const place = view.placeOf(key);
    // A key that is never accessed draws nobody to its place.
    if (probability === 0 || !view.canCompute(place)) continue;
    share.set(place, (share.get(place) ?? 0) + probability * view.keySize(key));
  }
  const cloud = view.nearestCloud(node);
  if (cloud >= 0 && !share.has(cloud)) share.set(cloud, 0);
  return new Map([...share].sort(([i, ofI], [j, ofJ]) => ofJ - ofI || i - j));
}
