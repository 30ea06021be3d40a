/**
 * The reduced problem as a programme: binaries x_c for candidates, delta_f for functions with a choice left.
 *
 *     min sum_c cost_c x_c + sum_f weight_f delta_f
 *     choice_k:       sum_{c of k} x_c = 1
 *     excess_f_k:     delta_f >= sum_{c of k} (burden_fc - base_f)^+ x_c               per key
 *     excess_f:       delta_f >= base_f + sum_k sum_{c of k} burden_fc x_c             per function
 *     capacity_j:     sum_{c at j} l_k x_c <= room_j                                   where it can bind
 *     cardinality_j:  sum_{c at j, l_k > room_j / (m + 1)} x_c <= m                    for m = 1, 2, ... where it cuts
 *
 * Per key, delta stands for the part above base_f, which is a constant. The cardinality rows are valid since m + 1 keys, each
 * larger than room_j / (m + 1), do not fit together; they cut fractional points off that the capacity row allows.
 */
import { type Programme, ProgrammeBuilder } from '../programme.js';
import type { ReducedProblem } from '../reduced-problem.js';

const INFINITE = Number.POSITIVE_INFINITY;
/** Cardinality rows for more keys than this hardly cut anything. */
const LARGEST_CARDINALITY = 6;

/** Columns are the candidates, in their order, then delta_f. */
export function reducedProgramme(reduced: ReducedProblem): Programme {
  const { keys, start, cost, functions, weight } = reduced;
  const builder = new ProgrammeBuilder();
  builder.columnFamily((c) => `x_${c}`);
  for (let c = 0; c < cost.length; c++) builder.column(cost[c], 1, true);
  builder.columnFamily((f) => `delta_${f}`);
  for (let f = 0; f < functions; f++) builder.column(weight[f]);
  builder.rowFamily((k) => `choice_${k}`);
  for (let k = 0; k < keys; k++) {
    for (let c = start[k]; c < start[k + 1]; c++) builder.entry(c, 1);
    builder.row(1, 1);
  }
  addExcess(reduced, builder);
  addCapacity(reduced, builder);
  return builder.build();
}

/** The part of the value that `reducedProgramme` leaves out. */
export function programmeConstant({ scope, functions, weight, base }: ReducedProblem): number {
  let sum = 0;
  if (scope === 'per-key') for (let f = 0; f < functions; f++) sum += weight[f] * base[f];
  return sum;
}

/** The choice that the columns of the programme stand for: of each key the candidate with the largest x. */
export function choiceOf({ keys, start }: ReducedProblem, x: Float64Array): Int32Array {
  const choice = new Int32Array(keys);
  for (let k = 0; k < keys; k++) {
    choice[k] = start[k];
    for (let c = start[k]; c < start[k + 1]; c++) if (x[c] > x[choice[k]]) choice[k] = c;
  }
  return choice;
}

function addExcess(reduced: ReducedProblem, builder: ProgrammeBuilder): void {
  const { scope, keys, functions, start, cost, useStart, useFunction, burdenStart, burden, base } = reduced;
  if (scope === 'per-key') {
    builder.rowFamily((u) => `excess_${u}`);
    for (let k = 0; k < keys; k++) {
      for (let u = useStart[k]; u < useStart[k + 1]; u++) {
        const f = useFunction[u];
        for (let c = start[k]; c < start[k + 1]; c++) {
          const above = burden[burdenStart[u] + c - start[k]] - base[f];
          if (above > 0) builder.entry(c, -above);
        }
        builder.entry(cost.length + f, 1);
        builder.row(0, INFINITE);
      }
    }
    return;
  }
  const usesOf: [key: number, use: number][][] = Array.from({ length: functions }, () => []);
  for (let k = 0; k < keys; k++)
    for (let u = useStart[k]; u < useStart[k + 1]; u++) usesOf[useFunction[u]].push([k, u]);
  builder.rowFamily((f) => `excess_${f}`);
  usesOf.forEach((uses, f) => {
    for (const [k, u] of uses)
      for (let c = start[k]; c < start[k + 1]; c++) builder.entry(c, -burden[burdenStart[u] + c - start[k]]);
    builder.entry(cost.length + f, 1);
    builder.row(base[f], INFINITE);
  });
}

function addCapacity({ keys, start, place, size, room }: ReducedProblem, builder: ProgrammeBuilder): void {
  const at: [candidate: number, size: number][][] = Array.from(room, () => []);
  for (let k = 0; k < keys; k++)
    for (let c = start[k]; c < start[k + 1]; c++)
      if (room[place[c]] < INFINITE) at[place[c]].push([c, size[k]]);
  builder.rowFamily((row) => `capacity_${row}`);
  at.forEach((candidates, j) => {
    if (candidates.length === 0) return;
    // In units of the room, so that coefficients stay near 1.
    const unit = Math.max(1, room[j]);
    for (const [c, bytes] of candidates) builder.entry(c, bytes / unit);
    builder.row(-INFINITE, room[j] / unit);
    let fewer = 0;
    for (let m = 1; m <= LARGEST_CARDINALITY; m++) {
      const large = candidates.filter(([, bytes]) => bytes > room[j] / (m + 1));
      // A row for more keys says something new only where it counts keys that smaller rows do not.
      if (large.length <= Math.max(m, fewer)) continue;
      fewer = large.length;
      for (const [c] of large) builder.entry(c, 1);
      builder.row(-INFINITE, m);
    }
  });
}
