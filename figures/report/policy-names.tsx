/** Policies by the names that figures give them, so that a reader meets one name for one thing. */
import { parameterColumn } from '../../results/columns.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, policyLabel } from '../theme.js';
import type { CsvRow } from './facts.js';
import { pairText } from './pair-text.js';

export { pairText };

/** The pair of a row of a summary. */
export const pairLabel = (row: CsvRow): string =>
  pairText(row[parameterColumn('migration')] ?? '', row[parameterColumn('offloading')] ?? '');

/** The label of a policy of either kind: no two kinds share a reference that they label differently. */
export function anyPolicyLabel(reference: string): string {
  const looks = Object.hasOwn(OFFLOADING_LOOKS, reference) ? OFFLOADING_LOOKS : MIGRATION_LOOKS;
  return policyLabel(looks, reference);
}

/** A sentence in which pairs of known policies, as "none + greedy-local", have the names of figures. */
export const withPolicyLabels = (text: string): string =>
  text.replaceAll(/([a-z-]+) \+ ([a-z-]+)/g, (whole, migration: string, offloading: string) =>
    Object.hasOwn(MIGRATION_LOOKS, migration) && Object.hasOwn(OFFLOADING_LOOKS, offloading)
      ? pairText(migration, offloading)
      : whole,
  );

/** A policy by its label, with what a command line calls it. */
export const PolicyName = ({ reference }: { readonly reference: string }) => {
  const label = anyPolicyLabel(reference);
  return label === reference ? (
    <code>{reference}</code>
  ) : (
    <>
      {label} (<code>{reference}</code>)
    </>
  );
};

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
