/**
 * The reduced problem through GLPK: binaries x_c for candidates, delta_f for functions with a choice left.
 *
 *     min sum_c cost_c x_c + sum_f weight_f delta_f
 *     choice_k:     sum_{c of k} x_c = 1
 *     excess_f_k:   delta_f >= base_f + sum_{c of k} (burden_fc - base_f)^+ x_c        per key
 *     excess_f:     delta_f >= base_f + sum_k sum_{c of k} burden_fc x_c               per function
 *     capacity_j:   sum_{c at j} l_k x_c <= room_j                                     where it can bind
 *
 * Per key, delta stands for the part above base_f, which is a constant.
 */
import { type ReducedProblem, reducedValue } from '../reduced-problem.js';
import { type Row, solveProgramme } from './glpk-runtime.js';
import type { SolverOutcome } from './solver.js';

/**
 * Solves `reduced` to proven optimality, however long it takes. Without a plan the status is 'stopped': GLPK's
 * presolver does not tell an infeasible problem from one that it gave up.
 * @throws Error when `loadPlacementSolvers` has not been awaited.
 */
export function solveWithGlpk(reduced: ReducedProblem): SolverOutcome {
  const { keys, start, cost, functions, weight } = reduced;
  const candidates = Array.from(cost, (_, c) => c);
  const result = solveProgramme({
    name: 'placement',
    objective: [
      ...candidates.map((c) => [`x${c}`, cost[c]] as const),
      ...Array.from({ length: functions }, (_, f) => [`d${f}`, weight[f]] as const),
    ],
    rows: [...choiceRows(reduced), ...excessRows(reduced), ...capacityRows(reduced)],
    binaries: candidates.map((c) => `x${c}`),
  });
  if (result.status === 'none') {
    const bound = Number.NEGATIVE_INFINITY;
    return { status: 'stopped', choice: null, value: Number.POSITIVE_INFINITY, bound };
  }
  const choice = new Int32Array(keys);
  for (let k = 0; k < keys; k++) {
    choice[k] = start[k];
    for (let c = start[k]; c < start[k + 1]; c++) if (result.variables[`x${c}`] > 0.5) choice[k] = c;
  }
  const value = reducedValue(reduced, choice);
  if (result.status !== 'optimal')
    return { status: 'stopped', choice, value, bound: Number.NEGATIVE_INFINITY };
  const constant =
    reduced.scope === 'per-key' ? weight.reduce((sum, w, f) => sum + w * reduced.base[f], 0) : 0;
  return { status: 'optimal', choice, value, bound: Math.min(value, constant + result.value) };
}

function choiceRows({ keys, start }: ReducedProblem): Row[] {
  return Array.from({ length: keys }, (_, k) => ({
    name: `choice${k}`,
    terms: Array.from({ length: start[k + 1] - start[k] }, (_, i) => [`x${start[k] + i}`, 1] as const),
    lower: 1,
    upper: 1,
  }));
}

function excessRows(reduced: ReducedProblem): Row[] {
  const { scope, keys, functions, start, useStart, useFunction, burdenStart, burden, base } = reduced;
  const perKey = scope === 'per-key';
  const ofFunction = Array.from({ length: functions }, (_, f): [string, number][] => [[`d${f}`, 1]]);
  const rows: Row[] = [];
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      const terms: [string, number][] = perKey ? [[`d${f}`, 1]] : ofFunction[f];
      for (let c = start[k]; c < start[k + 1]; c++) {
        const amount = burden[burdenStart[u] + c - start[k]] - (perKey ? base[f] : 0);
        if (!perKey || amount > 0) terms.push([`x${c}`, -amount]);
      }
      if (perKey) rows.push({ name: `excess${f}_${k}`, terms, lower: 0, upper: Number.POSITIVE_INFINITY });
    }
  }
  if (perKey) return rows;
  return ofFunction.map((terms, f) => ({
    name: `excess${f}`,
    terms,
    lower: base[f],
    upper: Number.POSITIVE_INFINITY,
  }));
}

/** In units of the room, so that coefficients stay near 1. */
function capacityRows({ keys, start, place, size, room }: ReducedProblem): Row[] {
  const rows: Row[] = [];
  for (let j = 0; j < room.length; j++) {
    if (room[j] === Number.POSITIVE_INFINITY) continue;
    const unit = Math.max(1, room[j]);
    const terms: [string, number][] = [];
    for (let k = 0; k < keys; k++)
      for (let c = start[k]; c < start[k + 1]; c++) if (place[c] === j) terms.push([`x${c}`, size[k] / unit]);
    rows.push({ name: `capacity${j}`, terms, lower: Number.NEGATIVE_INFINITY, upper: room[j] / unit });
  }
  return rows;
}
