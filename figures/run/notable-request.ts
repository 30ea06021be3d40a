/** A request of a run that is worth asking about. */
import type { Recording } from '../../core/recording.js';

/** Where nothing was offloaded or rejected: a request after the first cold starts. */
const OTHERWISE = 1000;

/**
 * Number, from 1 in the order of arrival, of a request that was probably offloaded or rejected: a recording counts by
 * interval, so it is the middle one of the first interval in which the largest share was. Never above the number of arrivals,
 * but 1 without any.
 */
export function notableRequest({ samples }: Recording): number {
  const share = samples.arrivals.map((arrivals, i) =>
    arrivals === 0 ? 0 : (samples.offloaded[i]! + samples.rejected[i]!) / arrivals,
  );
  const largest = share.reduce((most, each) => Math.max(most, each), 0);
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  if (largest === 0) return Math.max(1, Math.min(OTHERWISE, total(samples.arrivals)));
  const interval = share.indexOf(largest);
  return total(samples.arrivals.slice(0, interval)) + Math.ceil(samples.arrivals[interval]! / 2);
}
