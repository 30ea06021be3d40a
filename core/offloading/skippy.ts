import { type Candidate, type OffloadingPolicy, type PolicyContext, REJECT } from '../policy.js';
import { firstAdmissible, roomWords } from './explaining.js';
import { computeNodes } from './never-reject.js';

type Weights = {
  readonly dataWeight: number;
  readonly startWeight: number;
  readonly capabilityWeight: number;
  readonly localityWeight: number;
  readonly prefer: string;
};

const weight = (doc: string) => ({
  unit: '-',
  kind: { type: 'number', min: 0 } as const,
  default: 1,
  doc,
});

/**
 * Skippy: the node with the highest weighted sum of scores among those with room, as far as the model has what the
 * four contributions of the paper's sec. 6 need:
 *
 * 1. proximity to data: the expected data access time, scaled so that the best node has 1 and the worst 0;
 * 2. proximity to the registry of images: every node has a copy of the code (sec. 2), so what is left of the time to
 *    have the function ready is its cold start: 1 where a container is idle, 0 where one must be started;
 * 3. specialised hardware: the model has none but the speed-up s_i; the fastest node has 1, others their part of it;
 * 4. preference for edge or cloud: 1 on the preferred side, else 0.
 *
 * All nodes that run functions are candidates, as for a cluster's scheduler; neither the node of arrival nor the SLO
 * enters the score. Ties go to the node to which the request travels least.
 */
export const skippy: OffloadingPolicy<Weights> = {
  kind: 'offloading',
  name: 'skippy',
  doc: 'the highest weighted score of proximity to data, readiness, hardware and preferred side, with room',
  source:
    'Rausch, Rashed, Dustdar, "Optimized container scheduling for data-intensive serverless edge computing", FGCS 114 (2021); sec. 6',
  reads: ['knowledge.mode'],
  parameters: {
    dataWeight: weight('weight of the proximity to data'),
    startWeight: weight('weight of having an idle container'),
    capabilityWeight: weight('weight of the speed of the node'),
    localityWeight: weight('weight of the preferred side'),
    prefer: {
      unit: '-',
      kind: { type: 'choice', choices: ['edge', 'cloud', 'none'] },
      default: 'edge',
      doc: 'side that the functions prefer',
    },
  },
  make(context) {
    const { view, own } = context;
    const nodes = computeNodes(context);
    const scores = new Float64Array(view.functionCount * view.nodeCount);
    const stamps = new Int32Array(view.functionCount);
    return ({ node, function: f }) => {
      const first = f * view.nodeCount;
      if (stamps[f] !== view.dataEpoch) {
        contributions(context, nodes, f).forEach((parts, at) => {
          scores[first + nodes[at]] = fixedScore(parts);
        });
        stamps[f] = view.dataEpoch;
      }
      let best = REJECT;
      let highest = Number.NEGATIVE_INFINITY;
      for (const j of nodes) {
        const fixed = scores[first + j];
        // Not even an idle container would bring it up to the best so far.
        if (fixed + own.startWeight < highest || !view.canRun(j, f)) continue;
        const score = fixed + (own.startWeight > 0 && view.idleContainers(j, f) > 0 ? own.startWeight : 0);
        const isNearer = score === highest && best >= 0 && view.latency(node, j) < view.latency(node, best);
        if (score > highest || isNearer) {
          highest = score;
          best = j;
        }
      }
      return best;
    };
  },
  explain(context) {
    const { view, own } = context;
    const nodes = computeNodes(context);
    const side =
      own.prefer === 'none'
        ? 'Side would be 1 on the side that functions prefer, and here they prefer none.'
        : `Side is 1 on ${own.prefer} nodes, which functions prefer, else 0.`;
    const { dataWeight, startWeight, capabilityWeight, localityWeight } = own;
    const weights = [dataWeight, startWeight, capabilityWeight, localityWeight];
    const scale = weights.every((each) => each === 1)
      ? 'Every weight is 1.'
      : `They are shown times their weights, ${weights.slice(0, 3).join(', ')} and ${localityWeight}.`;
    const rule = `The highest score among the nodes with room, the sum of four; ties go to the nearest. Near data is 1 where the expected data access time is least, 0 where it is most. Idle container is 1 where a container of the function is idle, else 0. Speed is 1 on the fastest node, and on others their part of its speed. ${side} ${scale}`;
    return ({ node, function: f }) => {
      const parts = contributions(context, nodes, f);
      const scored = nodes.map((j, at) => {
        const start = own.startWeight > 0 && view.idleContainers(j, f) > 0 ? own.startWeight : 0;
        return { j, ...parts[at], start, score: fixedScore(parts[at]) + start };
      });
      scored.sort(
        (x, y) => y.score - x.score || view.latency(node, x.j) - view.latency(node, y.j) || x.j - y.j,
      );
      const candidates = scored.map(({ j, data, start, capability, locality, score }): Candidate => {
        const values = {
          'near data': data,
          'idle container': start,
          speed: capability,
          side: locality,
          score,
        };
        return {
          node: j,
          values: Object.entries(values).map(([name, value]) => ({ name, value, unit: '-' })),
          admissible: view.canRun(j, f),
          reason: roomWords(view, j, f),
        };
      });
      const decision = firstAdmissible(candidates);
      return {
        rule,
        candidates,
        decision,
        because: decision === REJECT ? 'no node has room' : 'it has the highest score of those with room',
      };
    };
  },
};

/** Contributions 1, 3 and 4 of a node, weighted; they hold until keys move. */
interface Contributions {
  readonly data: number;
  readonly capability: number;
  readonly locality: number;
}

const fixedScore = ({ data, capability, locality }: Contributions): number => data + capability + locality;

function contributions(
  { view, own }: PolicyContext<Weights>,
  nodes: readonly number[],
  f: number,
): readonly Contributions[] {
  const access = nodes.map((j) => view.expectedDataAccessTime(f, j));
  const time = nodes.map((j) => view.executionTime(f, j));
  const [least, most] = [Math.min(...access), Math.max(...access)];
  const fastest = Math.min(...time);
  return nodes.map((j, at) => {
    const proximity = most === least ? 1 : (most - access[at]) / (most - least);
    const side = own.prefer === 'none' ? 0 : Number(j < view.edgeCount === (own.prefer === 'edge'));
    return {
      data: own.dataWeight * proximity,
      capability: (own.capabilityWeight * fastest) / time[at],
      locality: own.localityWeight * side,
    };
  });
}
