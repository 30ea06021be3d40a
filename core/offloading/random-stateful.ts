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
  explain(context) {
    const aware = sloAware.explain!(context);
    const local = greedyLocal.explain!(context);
    const rule = 'A fair coin for each decision: slo-aware or greedy-local.';
    return (request, decision) => {
      // The coin is not thrown again: what was decided tells how it fell, unless both would decide alike.
      const [a, b] = [aware(request, decision), local(request, decision)];
      if (a.decision === b.decision) return { ...a, rule: `${rule} Here both decide alike. ${a.rule}` };
      const [own, name] = a.decision === decision ? [a, sloAware.name] : [b, greedyLocal.name];
      return { ...own, rule: `${rule} Here it was ${name}. ${own.rule}` };
    };
  },
};
