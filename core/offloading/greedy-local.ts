import type { OffloadingPolicy } from '../policy.js';

/** Greedy-local: here if there is room, else the nearest cloud node, which may itself have none. */
export const greedyLocal: OffloadingPolicy = {
  kind: 'offloading',
  name: 'greedy-local',
  doc: 'here if there is room, else the nearest cloud node',
  source: 'sec. 5.1',
  make({ view }) {
    // nearestCloud is -1, which is REJECT, where there is no cloud node.
    return ({ node, function: f }) => (view.canRun(node, f) ? node : view.nearestCloud(node));
  },
};
