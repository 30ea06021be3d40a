/** The registry of migration policies. */
import { HEURISTICS } from '../placement/heuristics/index.js';
import type { MigrationPolicy } from '../policy.js';
import { greedy } from './greedy.js';
import { none } from './none.js';
import { random } from './random.js';
import { heuristicStateAware, stateAware } from './state-aware.js';

export const MIGRATION_POLICIES: readonly MigrationPolicy[] = [
  none,
  random,
  greedy,
  stateAware,
  ...HEURISTICS.map(heuristicStateAware),
];
