import type { OffloadingPolicy, PolicyContext } from '../policy.js';
import { MARGIN } from './best-effort.js';
import { lateProbability } from './late-probability.js';
import { completionTime, computeNodes, explainFirstWithRoom, firstWithRoom } from './never-reject.js';

/**
 * Least-late: looks at the share of requests that are unserved or late, not at an expectation. slo-aware admits a node
 * when the mean data access time meets T_max; a request is late when its own does not, and every other request may be.
 * So: the node where the request is late with the least probability, from the joint law of its accesses; among those
 * within `tolerance` of the least the one of least expected completion time. Nothing is rejected while a node has room.
 */
export const leastLate: OffloadingPolicy<{ readonly tolerance: number; readonly margin: number }> = {
  kind: 'offloading',
  name: 'least-late',
  doc: 'the node where the request is least likely to be late, then the fastest; nothing is rejected',
  source: 'this project',
  reads: ['slo.tMax', 'offloading.maxOffloads', 'knowledge.mode'],
  parameters: {
    tolerance: {
      unit: '%',
      kind: { type: 'number', min: 0, max: 100 },
      default: 0,
      doc: 'nodes whose probability of being late exceeds the least by at most this count as equally good',
    },
    margin: MARGIN,
  },
  make(context) {
    const { own } = context;
    return firstWithRoom(context, (node, f) => rank(context, node, f, own.tolerance / 100), own.margin);
  },
  explain(context) {
    const { own, view } = context;
    return explainFirstWithRoom(
      context,
      (node, f) => rank(context, node, f, own.tolerance / 100),
      own.margin,
      rule(own.tolerance),
      (f, j) => ({ name: 'late', value: 100 * lateProbability(view, f, j), unit: '%' }),
    );
  },
};

/** @param tolerance in percentage points. */
const rule = (tolerance: number): string =>
  tolerance === 0
    ? 'The least probability of being late, then the least expected completion time, among the nodes with room.'
    : `Among the nodes with room: the least probability of being late, those up to ${tolerance} percentage points above the least of all nodes being equal; then the least expected completion time.`;

function rank(context: PolicyContext, node: number, f: number, tolerance: number): Int32Array {
  const { view } = context;
  const nodes = computeNodes(context);
  const late = new Map(nodes.map((j) => [j, lateProbability(view, f, j)]));
  const least = Math.min(...late.values());
  // Above the tolerance every difference counts.
  const lateness = (j: number) => Math.max(late.get(j)!, least + tolerance);
  const time = new Map(nodes.map((j) => [j, completionTime(context, node, f, j)]));
  return Int32Array.from(nodes).sort(
    (i, j) =>
      lateness(i) - lateness(j) ||
      time.get(i)! - time.get(j)! ||
      Number(j === node) - Number(i === node) ||
      i - j,
  );
}
