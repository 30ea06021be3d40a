/** What can be said of a decision where the policy does not explain itself. */
import type { Candidate, Explanation, OffloadingPolicy, PolicyContext, RequestView } from '../policy.js';
import { seconds, timesOf } from './explaining.js';
import { computeNodes } from './never-reject.js';

/** The explanation of a policy that has none: what it saw of every compute node, and its word for the choice. */
export function withoutExplanation(
  context: PolicyContext,
  { doc }: OffloadingPolicy,
  { node, function: f }: RequestView,
  decision: number,
): Explanation {
  const { view } = context;
  return {
    rule: `The policy does not explain itself; it says of itself: ${doc}. This is what it saw at every node that runs functions.`,
    candidates: computeNodes(context).map((j): Candidate => {
      const times = timesOf(context, node, f, j, true);
      const total = times.reduce((sum, { value }) => sum + value, 0);
      return {
        node: j,
        values: [
          ...times,
          seconds('total', total),
          { name: 'free memory', value: view.freeMemory(j), unit: 'MB' },
          { name: 'idle containers', value: view.idleContainers(j, f), unit: '-' },
        ],
        admissible: view.canRun(j, f),
        reason: '',
      };
    }),
    decision,
    because: 'the policy says so',
  };
}
