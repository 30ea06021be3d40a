/** Policies by the names that figures give them, so that a reader meets one name for one thing. */
import { parameterColumn } from '../../results/columns.js';
import { comparedPairLabel, pairText } from '../pair-names.js';
import { MIGRATION_LOOKS, OFFLOADING_LOOKS, policyLabel } from '../theme.js';
import type { CsvRow } from './facts.js';

export { comparedPairLabel, pairText };

/** The pair of a row of a summary. */
export const pairLabel = (row: CsvRow): string =>
  pairText(row[parameterColumn('migration')] ?? '', row[parameterColumn('offloading')] ?? '');

/** The label of a policy of either kind: no two kinds share a reference that they label differently. */
export function anyPolicyLabel(reference: string): string {
  const looks = Object.hasOwn(OFFLOADING_LOOKS, reference) ? OFFLOADING_LOOKS : MIGRATION_LOOKS;
  return policyLabel(looks, reference);
}

/** The paper's policies, which the words of claims call by their names of the command line; longer names come first. */
const CLAIMED: Readonly<Record<string, string>> = Object.fromEntries(
  ['greedy-local', 'greedy-data', 'slo-aware', 'state-aware', 'greedy', 'random', 'none'].map((name) => [
    name,
    anyPolicyLabel(name),
  ]),
);
/** Those names as words of their own; in "state-aware offloading" they are an adjective. */
const CLAIMED_NAME = new RegExp(
  `(?<![\\w-])(?:${Object.keys(CLAIMED).join('|')})(?![\\w-])(?! (?:offloading|migration|placement|decision))`,
  'g',
);

/** The words of a claim with the names that figures give the policies. */
export const withClaimedPolicies = (text: string): string =>
  text.replaceAll(CLAIMED_NAME, (name) => CLAIMED[name]!);

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
