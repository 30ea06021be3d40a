/**
 * Greedy with regret (Martello and Toth, "An algorithm for the generalized assignment problem", Operational
 * Research '81): the key that would lose most if its best place were taken goes first.
 *
 * The cost of a place for a key is what it adds to the value of the keys placed so far. The regret is the
 * difference between its two cheapest places with room; with one such place it is infinite, and among those
 * the largest key goes first. Ties go to the lowest index.
 */
import type { ReducedProblem } from '../reduced-problem.js';
import type { Backend } from '../solvers/solver.js';
import { answer, Budget, WORK_UNIT } from './heuristic.js';
import { Plan, UNPLACED } from './plan.js';

export const greedy: Backend = {
  name: 'greedy',
  kind: 'heuristic',
  doc: 'greedy with regret: the key that would lose most without its best place goes first',
  source: 'Martello and Toth, Operational Research 1981',
  workUnit: WORK_UNIT,
  // Every key is placed once, so there is nothing to stop half way.
  solve(reduced) {
    const budget = new Budget({}, Number.POSITIVE_INFINITY);
    const plan = firstPlan(reduced, budget);
    return answer(reduced, plan?.choice ?? null, Number.NEGATIVE_INFINITY, budget.spent);
  },
};

/**
 * Fills `plan`, which holds no key; O(K^2 + uses * places) moves priced. False when some key finds no room: the
 * plan then lacks it and all that come after.
 */
export function placeByRegret(plan: Plan): boolean {
  const { keys, size, place } = plan.reduced;
  const best = new Int32Array(keys);
  const second = new Int32Array(keys);
  const regret = new Float64Array(keys);
  for (let k = 0; k < keys; k++) rank(plan, k, best, second, regret);
  for (let placed = 0; placed < keys; placed++) {
    let next = -1;
    for (let k = 0; k < keys; k++) {
      if (plan.choice[k] !== UNPLACED) continue;
      const more =
        next < 0 || regret[k] > regret[next] || (regret[k] === regret[next] && size[k] > size[next]);
      if (more) next = k;
    }
    if (best[next] < 0) return false;
    const at = place[best[next]];
    plan.move(next, best[next]);
    for (const k of plan.neighbours(next))
      if (plan.choice[k] === UNPLACED) rank(plan, k, best, second, regret);
    if (plan.reduced.room[at] === Number.POSITIVE_INFINITY) continue;
    for (let k = 0; k < keys; k++) {
      if (plan.choice[k] !== UNPLACED || best[k] < 0) continue;
      const lost = (c: number) => c >= 0 && place[c] === at && !plan.hasRoom(k, c);
      if (lost(best[k]) || lost(second[k])) rank(plan, k, best, second, regret);
    }
  }
  return true;
}

/** The two cheapest candidates of key `k` with room, -1 where there is none, and their difference. */
function rank(plan: Plan, k: number, best: Int32Array, second: Int32Array, regret: Float64Array): void {
  const { start } = plan.reduced;
  let [first, next] = [-1, -1];
  let [least, least2] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let c = start[k]; c < start[k + 1]; c++) {
    if (!plan.hasRoom(k, c)) continue;
    const cost = plan.change(k, c);
    if (cost < least) {
      [next, least2] = [first, least];
      [first, least] = [c, cost];
    } else if (cost < least2) [next, least2] = [c, cost];
  }
  best[k] = first;
  second[k] = next;
  regret[k] = next < 0 ? Number.POSITIVE_INFINITY : least2 - least;
}

/**
 * A complete plan to start from: by regret, else the keys where they are now (those whose present place is dominated go to
 * a place that cannot fill up), else large keys first to where most room is. Null when none of them fits.
 */
export function firstPlan(reduced: ReducedProblem, budget: Budget): Plan | null {
  const plan = new Plan(reduced, budget);
  if (placeByRegret(plan)) return plan;
  for (const choice of [stayingChoice(reduced), packedChoice(reduced)]) {
    if (choice === null) continue;
    plan.assign(choice);
    return plan;
  }
  return null;
}

/**
 * The plan closest to staying put, null when it does not fit. `present` need not be known: the first candidate of
 * a key is its present place, unless `reduce` has dropped it for a place that cannot fill up.
 */
function stayingChoice(reduced: ReducedProblem): Int32Array | null {
  const { keys, start, place, size, room } = reduced;
  const choice = new Int32Array(keys);
  const load = new Float64Array(room.length);
  for (let k = 0; k < keys; k++) {
    let c = start[k];
    if (load[place[c]] + size[k] > room[place[c]])
      while (c < start[k + 1] && room[place[c]] < Number.POSITIVE_INFINITY) c++;
    if (c === start[k + 1]) return null;
    choice[k] = c;
    load[place[c]] += size[k];
  }
  return choice;
}

/** Large keys first, each to the candidate with most room left; null when a key finds none. */
function packedChoice(reduced: ReducedProblem): Int32Array | null {
  const { keys, start, place, size, room } = reduced;
  const left = room.slice();
  const choice = new Int32Array(keys);
  const bySize = Int32Array.from({ length: keys }, (_, k) => k).sort((a, b) => size[b] - size[a] || a - b);
  for (const k of bySize) {
    let roomiest = start[k];
    for (let c = start[k] + 1; c < start[k + 1]; c++)
      if (left[place[c]] > left[place[roomiest]]) roomiest = c;
    if (left[place[roomiest]] < size[k]) return null;
    choice[k] = roomiest;
    left[place[roomiest]] -= size[k];
  }
  return choice;
}
