/**
 * Lagrangian heuristic (Fisher, "The Lagrangian relaxation method for solving integer programming problems",
 * Management Science 27(1), 1981): subgradient ascent on the relaxation that the branch and bound is bounded by,
 * its prices guiding the construction of plans, which local search improves.
 *
 * Prices tell what a byte costs at each place and what an excess of a key costs its function; packing keys by them
 * gives plans that greedy does not see, and the best bound says how far the best of them can be from optimal.
 */
import type { ReducedProblem } from '../reduced-problem.js';
import { Relaxation } from '../solvers/relaxation.js';
import { firstPlan } from './greedy.js';
import type { HeuristicOutcome } from './heuristic.js';
import { LocalSearch } from './local-search.js';
import { Plan } from './plan.js';

/** Subgradient steps in all; how many without progress halve the step; a plan is built after every so many. */
const STEPS = 150;
const PATIENCE = 5;
const BUILD_EVERY = 10;
/** Moves that one local search may price, for each candidate of the problem. */
const WORK_A_CANDIDATE = 60;
const RELATIVE_TOLERANCE = 1e-12;

export function lagrangian(reduced: ReducedProblem): HeuristicOutcome {
  const plan = firstPlan(reduced) ?? new Plan(reduced);
  const hasPlan = plan.choice.every((c) => c >= 0);
  let best = hasPlan ? plan.choice.slice() : null;
  let bestValue = Number.POSITIVE_INFINITY;
  const search = new LocalSearch(plan);
  const work = WORK_A_CANDIDATE * reduced.place.length;
  if (hasPlan) {
    search.run(work);
    best = plan.choice.slice();
    bestValue = plan.value;
  }
  const relaxation = new Relaxation(reduced);
  const sub = {
    alive: new Uint8Array(reduced.place.length).fill(1),
    floor: new Float64Array(reduced.functions),
    sign: new Int8Array(reduced.functions),
  };
  if (reduced.scope === 'per-key') sub.floor.set(reduced.base);
  const trial = new Float64Array(relaxation.multipliers);
  relaxation.prepare(sub, trial);
  relaxation.initialise(trial);
  const bySize = Int32Array.from({ length: reduced.keys }, (_, k) => k).sort(
    (a, b) => reduced.size[b] - reduced.size[a] || a - b,
  );
  let bound = Number.NEGATIVE_INFINITY;
  let length = 1;
  let idle = 0;
  let scale = 1;
  for (let s = 0; s < STEPS; s++) {
    const value = relaxation.evaluate(sub, trial);
    if (s === 0) scale = meanRange(reduced, relaxation);
    if (value > bound) {
      bound = value;
      idle = 0;
    } else if (++idle >= PATIENCE) {
      length /= 2;
      idle = 0;
    }
    if (s % BUILD_EVERY === BUILD_EVERY - 1) {
      const packed = pack(reduced, relaxation.reducedCost, bySize);
      if (packed !== null) {
        plan.assign(packed);
        search.run(work);
        if (plan.value < bestValue) {
          bestValue = plan.value;
          best = plan.choice.slice();
        }
      }
    }
    if (bound >= bestValue - RELATIVE_TOLERANCE * Math.max(1, Math.abs(bestValue))) break;
    const gap = best === null ? scale : bestValue - value;
    if (!relaxation.step(sub, trial, length * gap, scale)) break;
  }
  return { choice: best, bound: Math.min(bound, bestValue) };
}

function meanRange(reduced: ReducedProblem, relaxation: Relaxation): number {
  const { keys, start } = reduced;
  let sum = 0;
  for (let k = 0; k < keys; k++) {
    let most = relaxation.least[k];
    for (let c = start[k]; c < start[k + 1]; c++) most = Math.max(most, relaxation.reducedCost[c]);
    sum += most - relaxation.least[k];
  }
  return sum > 0 ? sum / keys : 1;
}

function pack(reduced: ReducedProblem, price: Float64Array, order: Int32Array): Int32Array | null {
  const { start, place, size, room } = reduced;
  const left = room.slice();
  const choice = new Int32Array(order.length);
  for (const k of order) {
    let best = -1;
    for (let c = start[k]; c < start[k + 1]; c++) {
      if (left[place[c]] < size[k]) continue;
      if (best < 0 || price[c] < price[best]) best = c;
    }
    if (best < 0) return null;
    choice[k] = best;
    left[place[best]] -= size[k];
  }
  return choice;
}
