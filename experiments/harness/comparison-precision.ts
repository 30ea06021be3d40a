/** `--precision`: replications are added until intervals are narrow enough, or until there are too many. */

import type { ComparisonPlan } from './comparison-plan.js';
import { counted } from './words.js';

/** A scenario and a candidate whose precision is not reached, with the relative half-width that is. */
export interface Unreached {
  readonly label: string;
  readonly candidate: string;
  readonly relative: number;
}

/** So many replications more than now are wanted; the interval narrows with the root of their number. */
export function nextCount(now: number, relative: number, target: number, most: number): number {
  const wanted = Number.isFinite(relative) ? Math.ceil(now * (relative / target) ** 2) : 2 * now;
  return Math.min(most, Math.max(now + 1, Math.min(wanted, 2 * now)));
}

/** What `--precision` came to, as a sentence. */
export function precisionText(
  unreached: readonly Unreached[],
  counts: readonly number[],
  { target, metric, most }: NonNullable<ComparisonPlan['precision']>,
): string {
  const range = [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
  const wanted = `A half-width of ${100 * target} % of ${metric}, relative to the larger mean,`;
  if (unreached.length === 0) return `${wanted} was reached with ${range} replications.`;
  const worst = unreached.reduce((most, next) => (next.relative > most.relative ? next : most));
  const relative = Number.isFinite(worst.relative)
    ? `${(100 * worst.relative).toPrecision(2)} %`
    : 'not known';
  return `${wanted} was not reached by the maximum of ${counted(most, 'replication')} in ${unreached.length} of ${counted(counts.length, 'scenario')} (x candidates); the widest is ${relative}, for ${worst.candidate} in ${worst.label}.`;
}
