import type { OffloadingPolicy } from '../policy.js';
import { greedyLocal } from './greedy-local.js';
import { sloAware } from './slo-aware.js';

/** Random-stateful: slo-aware or greedy-local, a fair coin for each decision. */
export const randomStateful: OffloadingPolicy = {
  kind: 'offloading',
  name: 'random-stateful',
  doc: 'slo-aware or greedy-local, a fair coin each time',
  source: "the authors' repository (model)",
  reads: sloAware.reads,
  make(context) {
    const aware = sloAware.make(context);
    const local = greedyLocal.make(context);
    const { random } = context;
    return (request) => (random.next32() & 1 ? aware(request) : local(request));
  },
};
