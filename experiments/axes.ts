/** Axes that several experiments share. */
import type { Axes, ParameterValues } from './experiment.js';

/** The twelve pairs of section 5.2: every migration policy with every offloading policy. */
export const TWELVE_PAIRS = {
  'policy.migration': ['none', 'random', 'greedy', 'state-aware'],
  'policy.offloading': ['greedy-local', 'greedy-data', 'slo-aware'],
} satisfies Axes;

/** The six pairs of the sweeps: the simplest and the best offloading policy under three migrations. */
export const SIX_PAIRS = {
  'policy.migration': ['none', 'greedy', 'state-aware'],
  'policy.offloading': ['greedy-local', 'slo-aware'],
} satisfies Axes;

/** Half of `total` nodes at the edge, half in the cloud; the edge gets the odd one. The store is not counted. */
export function halfEdgeHalfCloud(total: number): ParameterValues {
  return { 'nodes.edge': Math.ceil(total / 2), 'nodes.cloud': Math.floor(total / 2) };
}
