import { type OffloadingPolicy, type PolicyContext, REJECT, TRY_AGAIN } from '../policy.js';

/**
 * SLO-aware offloading, eqs. (1)-(7): among the configurations whose expected data access time meets T_max,
 * the one of least expected completion time; local execution wins ties. Candidates beside the node itself
 * are the compute nodes that hold a key of the function and the nearest cloud node.
 *
 * Estimates change only when keys move or estimates do, so the ranking of a (node, function) is kept until
 * then, and a decision goes down the ranking to the first that has room. Where memory is not part of
 * admissibility (offloading.checkMemory), only the local configuration is asked for room; a node that
 * holds keys and has none counts as a target like any other, and tries again.
 */
export const sloAware: OffloadingPolicy = {
  kind: 'offloading',
  name: 'slo-aware',
  doc: 'least expected completion time among the nodes that meet the SLO on data access time',
  source: 'sec. 4.1, eqs. (1)-(7)',
  reads: ['slo.tMax', 'offloading.checkMemory', 'knowledge.mode'],
  make(context) {
    const { view, parameters } = context;
    const { functionCount } = view;
    const checkMemory = parameters.checkMemory;
    const rankings: (Int32Array | undefined)[] = [];
    const stamps = new Int32Array(view.nodeCount * functionCount);
    return (request) => {
      const { node, function: f } = request;
      const row = node * functionCount + f;
      const epoch = view.dataEpoch;
      let ranking = rankings[row];
      if (ranking === undefined || stamps[row] !== epoch) {
        ranking = rank(context, node, f);
        rankings[row] = ranking;
        stamps[row] = epoch;
      }
      for (let place = 0; place < ranking.length; place++) {
        const candidate = ranking[place];
        if (candidate === TRY_AGAIN) return TRY_AGAIN;
        if (!checkMemory && candidate !== node) return candidate;
        if (view.canRun(candidate, f)) return candidate;
      }
      return REJECT;
    };
  },
};

/** Admissible configurations of f at the node by expected completion time, the node itself first in ties. */
function rank({ view, parameters }: PolicyContext, node: number, f: number): Int32Array {
  const candidates = new Set<number>([node]);
  for (const { key, probability } of view.accessesOf(f)) {
    const place = view.placeOf(key);
    if (probability > 0 && view.canCompute(place)) candidates.add(place);
  }
  const holdsKeys = view.canCompute(node) && view.localBytes(f, node) > 0;
  const cloud = view.nearestCloud(node);
  if (cloud >= 0) candidates.add(cloud);
  const completionTime = (j: number): number =>
    view.executionTime(f, j) +
    view.expectedDataAccessTime(f, j) +
    (j === node ? 0 : view.offloadTime(node, j));
  const admissible = [...candidates].filter((j) => view.expectedDataAccessTime(f, j) <= view.tMax(f));
  const times = new Map(admissible.map((j) => [j, completionTime(j)]));
  admissible.sort(
    (i, j) => times.get(i)! - times.get(j)! || Number(j === node) - Number(i === node) || i - j,
  );
  const ranking = admissible.flatMap((j) =>
    j === node && holdsKeys && !parameters.checkMemory ? [j, TRY_AGAIN] : [j],
  );
  return Int32Array.from(ranking);
}
