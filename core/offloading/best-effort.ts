import type { OffloadingPolicy, PolicyContext, PolicyParameter } from '../policy.js';
import { seconds } from './explaining.js';
import { completionTime, computeNodes, explainFirstWithRoom, firstWithRoom } from './never-reject.js';

/** How much room a node must show a request that it could not send on. */
export const MARGIN: PolicyParameter<number> = {
  unit: '-',
  kind: { type: 'integer', min: 1, max: 1000 },
  default: 16,
  doc: 'containers for which a node must have room when it could not send the request on, if any node has that much',
};

/**
 * Best-effort: slo-aware that does not reject. Among the nodes whose expected data access time meets T_max the one of
 * least expected completion time; where none of them has room, or none meets it, the one of least expected data access
 * time, i.e. of least expected excess. Every node that runs functions is a candidate, and each must have room.
 */
export const bestEffort: OffloadingPolicy<{ readonly margin: number }> = {
  kind: 'offloading',
  name: 'best-effort',
  doc: 'as slo-aware, but what nobody can serve in time goes where it is least late instead of being rejected',
  source: 'this project',
  reads: ['slo.tMax', 'offloading.maxOffloads', 'knowledge.mode'],
  parameters: { margin: MARGIN },
  make: (context) => firstWithRoom(context, (node, f) => rank(context, node, f), context.own.margin),
  explain: (context) =>
    explainFirstWithRoom(
      context,
      (node, f) => rank(context, node, f),
      context.own.margin,
      'The least expected excess of the data access time over T_max, then the least expected completion time, among the nodes with room.',
      (f, j) =>
        seconds('excess', Math.max(0, context.view.expectedDataAccessTime(f, j) - context.view.tMax(f))),
    ),
};

function rank(context: PolicyContext, node: number, f: number): Int32Array {
  const { view } = context;
  const entries = computeNodes(context).map((j) => {
    const access = view.expectedDataAccessTime(f, j);
    return { j, excess: Math.max(0, access - view.tMax(f)), time: completionTime(context, node, f, j) };
  });
  entries.sort(
    (x, y) =>
      x.excess - y.excess || x.time - y.time || Number(y.j === node) - Number(x.j === node) || x.j - y.j,
  );
  return Int32Array.from(entries, ({ j }) => j);
}
