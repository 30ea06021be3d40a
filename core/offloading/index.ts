/** The registry of offloading policies. */
import type { OffloadingPolicy } from '../policy.js';
import { bestEffort } from './best-effort.js';
import { greedyData } from './greedy-data.js';
import { greedyLocal } from './greedy-local.js';
import { leastLate } from './least-late.js';
import { randomStateful } from './random-stateful.js';
import { skippy } from './skippy.js';
import { sloAware } from './slo-aware.js';

export const OFFLOADING_POLICIES: readonly OffloadingPolicy[] = [
  sloAware,
  greedyData,
  greedyLocal,
  randomStateful,
  skippy,
  bestEffort,
  leastLate,
];
