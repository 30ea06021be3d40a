/** A pair of policies in words; apart from what pages do not carry, whose code uses it too. */
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, policyLabel } from '../theme.js';

/** "No migration + Greedy-local", of references as a command line has them. */
export const pairText = (migration: string, offloading: string): string =>
  `${policyLabel(MIGRATION_LOOKS, migration)} + ${policyLabel(OFFLOADING_LOOKS, offloading)}`;
