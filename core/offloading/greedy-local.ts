import { type Candidate, type OffloadingPolicy, REJECT } from '../policy.js';
import { firstAdmissible, roomWords } from './explaining.js';

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
  explain({ view }) {
    return ({ node, function: f }) => {
      const here: Candidate = {
        node,
        values: [],
        admissible: view.canRun(node, f),
        reason: `here: ${roomWords(view, node, f)}`,
      };
      const cloud = view.nearestCloud(node);
      const values = [{ name: 'latency', value: view.latency(node, cloud), unit: 's' }];
      const away: Candidate = {
        node: cloud,
        values,
        admissible: true,
        reason: 'the nearest cloud node, which is taken to have room',
      };
      const candidates = cloud < 0 ? [here] : [here, away];
      const decision = firstAdmissible(candidates);
      const because =
        decision === node
          ? 'there is room here'
          : decision === REJECT
            ? 'there is no room here, and no cloud node'
            : 'there is no room here';
      return { rule: 'Here if there is room, else the nearest cloud node.', candidates, decision, because };
    };
  },
};
