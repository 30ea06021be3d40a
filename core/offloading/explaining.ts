/** What the explanations of policies have in common. */
import { type Candidate, type Estimate, type PolicyContext, REJECT } from '../policy.js';
import type { SystemView } from '../view.js';

/** How a node has room for a function: the first of these that does. */
export type Room = 'idle container' | 'free memory' | 'eviction' | 'none';

/** How `node` has room for a container of `f`, as the view shows it. */
export function roomAt(view: SystemView, node: number, f: number): Room {
  if (!view.canRun(node, f)) return 'none';
  if (view.idleContainers(node, f) > 0) return 'idle container';
  return view.freeMemory(node) >= view.functionMemory(f) ? 'free memory' : 'eviction';
}

const ROOM_WORDS: Record<Room, string> = {
  'idle container': 'a container is idle',
  'free memory': 'memory is free',
  eviction: 'idle containers of other functions can be evicted',
  none: 'no room',
};

/** Room in words. */
export const roomWords = (view: SystemView, node: number, f: number): string =>
  ROOM_WORDS[roomAt(view, node, f)];

/** A number of seconds as an estimate. */
export const seconds = (name: string, value: number): Estimate => ({ name, value, unit: 's' });

/**
 * What `f` would take on node j when it is at `node`, eqs. (1) to (7), in parts that add up to what a policy ranks by:
 * execution, data access, the way of the input there and of the output back, each with its latency.
 * @param withOverhead whether the policy counts offloading.overhead, which a request pays beside these.
 */
export function timesOf(
  { view, parameters }: PolicyContext,
  node: number,
  f: number,
  j: number,
  withOverhead: boolean,
): readonly Estimate[] {
  const way = (size: number) =>
    j === node ? 0 : view.latency(node, j) + size * view.secondsPerByte(node, j);
  const overhead = j === node ? 0 : parameters.offloadOverhead / 1000;
  return [
    seconds('execution', view.executionTime(f, j)),
    seconds('data access', view.expectedDataAccessTime(f, j)),
    seconds('there', way(parameters.inputSize)),
    seconds('back', way(parameters.outputSize)),
    ...(withOverhead ? [seconds('overhead', overhead)] : []),
  ];
}

/** The first candidate that is admissible; REJECT where none is. */
export const firstAdmissible = (candidates: readonly Candidate[]): number =>
  candidates.find(({ admissible }) => admissible)?.node ?? REJECT;
