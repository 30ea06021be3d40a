/** Simulated annealing. */
import { Stream } from '../../rng.js';
import type { ReducedProblem } from '../reduced-problem.js';
import { firstPlan } from './greedy.js';
import type { HeuristicOutcome } from './heuristic.js';
import { LocalSearch } from './local-search.js';
import type { Plan } from './plan.js';

export function annealing(reduced: ReducedProblem, trials = Number(process.env.TRIALS ?? 20000)): HeuristicOutcome {
  const plan = firstPlan(reduced);
  if (plan === null) return { choice: null, bound: Number.NEGATIVE_INFINITY };
  const best = anneal(plan, trials, Number(process.env.HOT ?? 0.5), Number(process.env.COLD ?? 1e-3));
  plan.assign(best);
  new LocalSearch(plan).run(Number(process.env.WORK ?? 20) * reduced.place.length);
  return { choice: plan.choice, bound: Number.NEGATIVE_INFINITY };
}

export function anneal(plan: Plan, trials: number, hotF: number, coldF: number): Int32Array {
  const { keys, functions, scope, start, place, size, room } = plan.reduced;
  const perKey = scope === 'per-key';
  const PCT = Number(process.env.PCT ?? 50);
  const stream = new Stream(1, 'placement/annealing');
  const best = plan.choice.slice();
  let bestValue = plan.value;
  // temperatures: from typical change
  let sum = 0;
  let n = 0;
  for (let k = 0; k < keys; k++)
    for (let c = start[k]; c < start[k + 1]; c++) {
      const d = Math.abs(plan.change(k, c));
      if (d > 0) { sum += d; n++; }
    }
  const scale = n > 0 ? sum / n : 1;
  let temperature = scale * hotF;
  const cooling = (coldF / hotF) ** (1 / trials);
  const at = new Int32Array(keys);
  const from = plan.choice;
  for (let t = 0; t < trials; t++) {
    temperature *= cooling;
    const word = stream.next32();
    let k = Math.floor((word * keys) / 4294967296);
    if (perKey && word % 100 < PCT) {
      const s = plan.setterOf(Math.floor((stream.next32() * functions) / 4294967296));
      if (s >= 0) k = s;
    }
    const width = start[k + 1] - start[k];
    const c = start[k] + Math.floor((stream.next32() * width) / 4294967296);
    const old = from[k];
    if (c === old) continue;
    const change = plan.change(k, c);
    const threshold = -temperature * Math.log((stream.next32() + 1) / 4294967296);
    if (plan.hasRoom(k, c)) {
      if (change > threshold) continue;
      plan.move(k, c);
    } else {
      const j = place[c];
      const count = plan.keysAt(j, at);
      if (count === 0) continue;
      const o = at[Math.floor((stream.next32() * count) / 4294967296)];
      if (plan.load[j] + size[k] - size[o] > room[j]) continue;
      const oOld = from[o];
      plan.move(k, c);
      // swap when other can go to old place, else random candidate
      let oc = -1;
      if ((stream.next32() & 1) === 1) { for (let d = start[o]; d < start[o + 1]; d++) if (place[d] === place[old]) { oc = d; break; } }
      if (oc < 0) { oc = start[o] + Math.floor((stream.next32() * (start[o + 1] - start[o])) / 4294967296); }
      if (oc === oOld || !plan.hasRoom(o, oc) || change + plan.change(o, oc) > threshold) {
        plan.move(k, old);
        continue;
      }
      plan.move(o, oc);
    }
    if (plan.value < bestValue - 1e-12 * Math.abs(bestValue)) {
      bestValue = plan.value;
      best.set(plan.choice);
    }
  }
  return best;
}
