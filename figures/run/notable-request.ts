/** A request of a run that is worth asking about. */
import type { Recording } from '../../core/recording.js';

/** Where nothing was rejected, late or offloaded: a request after the first cold starts. */
const OTHERWISE = 1000;

/** What happened to the largest share of requests when the request arrived; `nothing` where none of it ever did. */
export type NotableFor = 'rejected' | 'late' | 'offloaded' | 'nothing';

export interface NotableRequest {
  /** Number from 1 in the order of arrival. */
  readonly request: number;
  readonly because: NotableFor;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/**
 * A request that was probably rejected, else late, else offloaded: a recording counts by interval, so it is the middle one of
 * those that arrived in the first interval with the largest share. Never above the number of arrivals, but 1 without any.
 */
export function notableRequest({ samples }: Recording): NotableRequest {
  const { arrivals, started, rejected, violations, offloaded } = samples;
  // What is rejected or starts in an interval may have arrived before it: more than all is not worth more than all.
  const shares = (counts: readonly number[], wholes: readonly number[]): readonly number[] =>
    counts.map((count, i) => (arrivals[i] === 0 ? 0 : count / Math.max(wholes[i]!, count, 1)));
  const candidates: readonly (readonly [NotableFor, readonly number[]])[] = [
    ['rejected', shares(rejected, arrivals)],
    ['late', shares(violations, started)],
    ['offloaded', shares(offloaded, started)],
  ];
  for (const [because, share] of candidates) {
    const largest = share.reduce((most, each) => Math.max(most, each), 0);
    if (largest === 0) continue;
    const interval = share.indexOf(largest);
    return { request: total(arrivals.slice(0, interval)) + Math.ceil(arrivals[interval]! / 2), because };
  }
  return { request: Math.max(1, Math.min(OTHERWISE, total(arrivals))), because: 'nothing' };
}
