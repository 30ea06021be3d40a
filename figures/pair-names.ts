/** Pairs of policies by the names that figures give them. */
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, policyLabel } from './theme.js';

/** "No migration + Greedy-local", of references as a command line has them. */
export const pairText = (migration: string, offloading: string): string =>
  `${policyLabel(MIGRATION_LOOKS, migration)} + ${policyLabel(OFFLOADING_LOOKS, offloading)}`;

/**
 * The pair that `ds2p compare` names by "migration+offloading", by its labels. A file or a setting may hold a "+", too:
 * it is cut where a policy that is known stands on a side.
 */
export function comparedPairLabel(name: string): string {
  const cuts = [...name.matchAll(/\+/g)].map(
    ({ index }) => [name.slice(0, index), name.slice(index + 1)] as const,
  );
  const known = cuts.find(
    ([migration, offloading]) =>
      Object.hasOwn(MIGRATION_LOOKS, migration) || Object.hasOwn(OFFLOADING_LOOKS, offloading),
  );
  const [migration, offloading] = known ?? cuts[0] ?? [];
  return migration === undefined || offloading === undefined ? name : pairText(migration, offloading);
}
