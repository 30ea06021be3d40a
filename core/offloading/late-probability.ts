/** How likely a request is late: the law of its data access time, given where the keys are now. */
import type { Access, SystemView } from '../view.js';

/**
 * P(data access time of f on `node` > limit), by all subsets of the function's keys, each accessed independently with
 * its p_fk; at most 2^12 subsets.
 * @param limit seconds, T_max by default. @param placeOf where a key is, by default where it is now.
 */
export function lateProbability(
  view: SystemView,
  f: number,
  node: number,
  limit = view.tMax(f),
  accesses: readonly Access[] = view.accessesOf(f),
  placeOf: (key: number) => number = (key) => view.placeOf(key),
): number {
  const times: number[] = [];
  const chances: number[] = [];
  let all = 0;
  for (const { key, probability } of accesses) {
    const time = view.accessTime(node, placeOf(key), key);
    if (probability === 0 || time === 0) continue;
    times.push(time);
    chances.push(probability);
    all += time;
  }
  // The usual case is quickly told: not even all keys together take too long.
  return all <= limit ? 0 : exceeds(times, chances, 0, limit);
}

/** P(sum of the times that are drawn, from `first` on, > limit). */
function exceeds(times: readonly number[], chances: readonly number[], first: number, limit: number): number {
  if (limit < 0) return 1;
  let rest = 0;
  for (let i = first; i < times.length; i++) rest += times[i];
  if (rest <= limit) return 0;
  const p = chances[first];
  return (
    p * exceeds(times, chances, first + 1, limit - times[first]) +
    (1 - p) * exceeds(times, chances, first + 1, limit)
  );
}
