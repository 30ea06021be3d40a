/**
 * Subgradient ascent on the Lagrangian relaxation that also bounds the branch and bound (Held, Wolfe and Crowder,
 * "Validation of subgradient optimization", Math. Programming 6, 1974), for the heuristics that are led by its prices.
 */
import type { ReducedProblem } from '../reduced-problem.js';
import { Relaxation } from '../solvers/relaxation.js';
import type { Budget } from './heuristic.js';

/** So many steps without progress halve the length of a step. */
const PATIENCE = 5;
const RELATIVE_TOLERANCE = 1e-12;

/** What a step has found: the relaxation as `evaluate` left it, and the number of the step from 0. */
export interface AscentStep {
  readonly relaxation: Relaxation;
  readonly step: number;
}

/**
 * Takes at most `steps` steps and returns the best bound. `visit` is called after each and returns the value of the best
 * plan so far, Infinity where there is none: the steps aim at it, and the ascent ends when the bound has reached it.
 */
export function ascend(
  reduced: ReducedProblem,
  steps: number,
  budget: Budget,
  visit: (found: AscentStep) => number,
): number {
  const relaxation = new Relaxation(reduced);
  const sub = {
    alive: new Uint8Array(reduced.place.length).fill(1),
    floor: new Float64Array(reduced.functions),
    sign: new Int8Array(reduced.functions),
  };
  if (reduced.scope === 'per-key') sub.floor.set(reduced.base);
  const multiplier = new Float64Array(relaxation.multipliers);
  relaxation.prepare(sub, multiplier);
  relaxation.initialise(multiplier);
  let bound = Number.NEGATIVE_INFINITY;
  let length = 1;
  let idle = 0;
  let scale = 1;
  for (let step = 0; step < steps && !budget.isOver(); step++) {
    const value = relaxation.evaluate(sub, multiplier);
    budget.spent += reduced.place.length;
    if (step === 0) scale = meanRange(reduced, relaxation);
    if (value > bound) {
      bound = value;
      idle = 0;
    } else if (++idle >= PATIENCE) {
      length /= 2;
      idle = 0;
    }
    const known = visit({ relaxation, step });
    if (bound >= known - RELATIVE_TOLERANCE * Math.max(1, Math.abs(known))) break;
    const distance = known < Number.POSITIVE_INFINITY ? known - value : scale;
    if (!relaxation.step(sub, multiplier, length * distance, scale)) break;
  }
  return bound;
}

/** What a unit of overload may cost: the mean over keys of the range of their reduced costs. */
function meanRange({ keys, start }: ReducedProblem, { reducedCost, least }: Relaxation): number {
  let sum = 0;
  for (let k = 0; k < keys; k++) {
    let most = least[k];
    for (let c = start[k]; c < start[k + 1]; c++) if (reducedCost[c] > most) most = reducedCost[c];
    sum += most - least[k];
  }
  return sum > 0 ? sum / keys : 1;
}
