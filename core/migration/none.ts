import type { MigrationPolicy } from '../policy.js';

/** No migration: every key stays where it was at first. */
export const none: MigrationPolicy = {
  kind: 'migration',
  name: 'none',
  doc: 'keys never move',
  source: 'sec. 5.1',
  make: () => null,
};
