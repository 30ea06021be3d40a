/** An offloading policy as a user would write it, on the public interface alone. */
import type { OffloadingPolicy } from '../../core/index.js';

/** Least completion time: of the nodes that can run the function now, the one that should be done first. */
export const leastCompletionTime: OffloadingPolicy = {
  kind: 'offloading',
  name: 'least-completion-time',
  doc: 'the node with the least expected completion time',
  source: 'benchmark',
  make({ view }) {
    return ({ node, function: f }) => {
      let best = -1;
      let least = Infinity;
      for (let j = 0; j < view.nodeCount; j++) {
        if (!view.canCompute(j)) continue;
        const away = j === node ? 0 : view.offloadTime(node, j);
        const time = view.executionTime(f, j) + view.expectedDataAccessTime(f, j) + away;
        if (time < least && view.canRun(j, f)) {
          best = j;
          least = time;
        }
      }
      return best;
    };
  },
};
