/** The registry of migration policies. */
import type { MigrationPolicy } from '../policy.js';
import { greedy } from './greedy.js';
import { none } from './none.js';
import { random } from './random.js';
import { stateAware } from './state-aware.js';

export const MIGRATION_POLICIES: readonly MigrationPolicy[] = [none, random, greedy, stateAware];
