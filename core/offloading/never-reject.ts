/**
 * What policies share that refuse no request: a preference among all nodes that run functions, kept until keys move,
 * and the first of it that has room.
 */
import {
  type Candidate,
  type Estimate,
  type ExplainDecision,
  type OffloadingDecision,
  type PolicyContext,
  REJECT,
  TRY_AGAIN,
} from '../policy.js';
import type { SystemView } from '../view.js';
import { roomWords, seconds, timesOf } from './explaining.js';

/** Which nodes a request of f at `node` prefers, best first; all of them that run functions. */
export type Preference = (node: number, f: number) => Int32Array;

/**
 * Expected completion time in s of f when it is at `node` and runs on j, eqs. (1) and (5); the offload's overhead
 * (offloading.overhead, ms) is part of it, since requests do pay it.
 */
export function completionTime(
  { view, parameters }: PolicyContext,
  node: number,
  f: number,
  j: number,
): number {
  const offload = j === node ? 0 : view.offloadTime(node, j) + parameters.offloadOverhead / 1000;
  return view.executionTime(f, j) + view.expectedDataAccessTime(f, j) + offload;
}

/** Nodes that run functions, by rising index. */
export function computeNodes({ view }: PolicyContext): readonly number[] {
  return Array.from({ length: view.nodeCount }, (_, node) => node).filter((node) => view.canCompute(node));
}

/**
 * The decision that takes the best node with room. Room may be gone when the request gets there, since others are on
 * their way too; so where it cannot be sent on (to a cloud node, or to an edge node by the last offload) there must be
 * room for `margin` containers, if any node has that much. When nobody has room, the request waits, i.e. it is decided
 * again after the overhead of an offload, or tries its luck at the nearest cloud node when it may wait no more.
 */
export function firstWithRoom(
  context: PolicyContext,
  preference: Preference,
  margin: number,
): OffloadingDecision {
  const { view, parameters } = context;
  const { functionCount, edgeCount } = view;
  const kept: (Int32Array | undefined)[] = [];
  const stamps = new Int32Array(view.nodeCount * functionCount);

  return ({ node, function: f, offloads }) => {
    const row = node * functionCount + f;
    let order = kept[row];
    if (order === undefined || stamps[row] !== view.dataEpoch) {
      order = preference(node, f);
      kept[row] = order;
      stamps[row] = view.dataEpoch;
    }
    const isLast = offloads + 1 >= parameters.maxOffloads;
    let tight = NOWHERE;
    for (let place = 0; place < order.length; place++) {
      const candidate = order[place];
      if (!view.canRun(candidate, f)) continue;
      const mayGoOn = candidate === node || (candidate < edgeCount && !isLast);
      if (mayGoOn || hasMargin(view, candidate, f, margin)) return candidate;
      if (tight === NOWHERE) tight = candidate;
    }
    if (tight !== NOWHERE) return tight;
    if (!isLast) return TRY_AGAIN;
    const cloud = view.nearestCloud(node);
    return cloud >= 0 ? cloud : REJECT;
  };
}

const NOWHERE = -1;

/** Is there room for `margin` containers of the function, by free memory, idle containers, or eviction? */
function hasMargin(view: SystemView, node: number, f: number, margin: number): boolean {
  const memory = view.functionMemory(f);
  let room = Math.floor(view.freeMemory(node) / memory);
  // Free memory nearly always suffices, and counting idle containers takes longer.
  if (room >= margin) return true;
  room += view.idleContainers(node, f);
  for (let g = 0; g < view.functionCount && room < margin; g++) {
    if (g !== f) room += Math.floor((view.idleContainers(node, g) * view.functionMemory(g)) / memory);
  }
  return room >= margin;
}

const TOTAL_RULE =
  'The total counts the overhead of an offload (offloading.overhead), which eqs. (1) to (7) of the paper leave out.';

/** Explains the decisions of `firstWithRoom`. @param judge what the preference is made from, beside times. */
export function explainFirstWithRoom(
  context: PolicyContext,
  preference: Preference,
  margin: number,
  rule: string,
  judge: (f: number, j: number) => Estimate,
): ExplainDecision {
  const { view, parameters } = context;
  return ({ node, function: f, offloads }) => {
    const isLast = offloads + 1 >= parameters.maxOffloads;
    const withRoom: number[] = [];
    const candidates = Array.from(preference(node, f), (j): Candidate => {
      const mayGoOn = j === node || (j < view.edgeCount && !isLast);
      const isRoomy = mayGoOn || hasMargin(view, j, f, margin);
      if (view.canRun(j, f)) withRoom.push(j);
      const times = timesOf(context, node, f, j, true);
      const tight = isRoomy ? '' : `, but not for ${margin} containers, and it cannot send the request on`;
      return {
        node: j,
        values: [judge(f, j), ...times, seconds('total', completionTime(context, node, f, j))],
        admissible: view.canRun(j, f) && isRoomy,
        reason: `${roomWords(view, j, f)}${view.canRun(j, f) ? tight : ''}`,
      };
    });
    const best = candidates.find(({ admissible }) => admissible);
    const cloud = view.nearestCloud(node);
    const [decision, because] =
      best !== undefined
        ? [best.node, 'it is the best with enough room']
        : withRoom.length > 0
          ? [withRoom[0], 'it is the best with any room, since none has enough']
          : !isLast
            ? [TRY_AGAIN, 'nobody has room, so the request waits']
            : cloud >= 0
              ? [cloud, 'nobody has room and the request may wait no more: the nearest cloud node is tried']
              : [REJECT, 'nobody has room, and the request may wait no more'];
    const roomRule =
      margin > 1
        ? `A node that cannot send the request on needs room for ${margin} containers, the parameter margin of the policy, since others may be on their way to it.`
        : '';
    return {
      rule: [rule, roomRule, TOTAL_RULE].filter(Boolean).join(' '),
      candidates,
      decision,
      because,
    };
  };
}
