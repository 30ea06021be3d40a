/** The registry of migration policies. */
import { HEURISTICS } from '../placement/heuristics/index.js';
import type { MigrationPolicy } from '../policy.js';
import { descent } from './descent.js';
import { gradient } from './gradient.js';
import { greedy } from './greedy.js';
import { ilpMinAccess } from './ilp-min-access.js';
import { joint } from './joint.js';
import { nearestMajority } from './nearest-majority.js';
import { none } from './none.js';
import { random } from './random.js';
import { spring } from './spring.js';
import { heuristicStateAware, stateAware } from './state-aware.js';

export const MIGRATION_POLICIES: readonly MigrationPolicy[] = [
  none,
  random,
  greedy,
  stateAware,
  gradient,
  spring,
  ilpMinAccess,
  nearestMajority,
  descent,
  joint,
  ...HEURISTICS.map(heuristicStateAware),
];
