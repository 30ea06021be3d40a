/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi, "Optimization by simulated annealing", Science 220, 1983) on
 * complete plans, from greedy with regret. A trial takes a random key to a random candidate; where that place is
 * full, a random key from there changes places with it or goes to a random candidate of its own. Local search ends it.
 *
 * Per key only the largest excess of a function costs something, so that many moves change nothing and the search is
 * blind among them. At first the other excesses therefore count a little, too; that fades to nothing.
 *
 * The random numbers come from a stream of a fixed seed, so one problem has one answer.
 */
import { Stream } from '../../rng.js';
import type { Backend } from '../solvers/solver.js';
import { firstPlan } from './greedy.js';
import { answer, Budget, WORK_UNIT } from './heuristic.js';
import { LocalSearch } from './improve.js';
import type { Plan } from './plan.js';

/** Trials for each candidate, more of them where there are few: some milliseconds at N = 35, F = 30. */
const TRIALS_A_CANDIDATE = 30;
const MORE_TRIALS_A_CANDIDATE = 150;
const FEW_TRIALS = 26_000;
const MOST_TRIALS = 3_000_000;
/** The last part of the work is left for the local search. */
const SEARCH_A_CANDIDATE = 15;
/** First and last temperature as parts of the mean change that a move of one key makes. */
const HOT = 0.3;
const COLD = 1e-2;
/** What excesses that do not set delta_f count at first, as a part of what they would cost if all keys of f had them. */
const HIDDEN_WEIGHT = 0.5;
/** A deadline is looked at after every so many trials. */
const CLOCK_EVERY = 1024;
const TWO_POW_32 = 2 ** 32;
/** -ln 2^-32, rounded up. */
const NEVER = 22.2;

export const annealing: Backend = {
  name: 'annealing',
  kind: 'heuristic',
  doc: 'greedy with regret, then simulated annealing from a fixed seed, then local search',
  source: 'Kirkpatrick, Gelatt and Vecchi, Science 1983',
  workUnit: WORK_UNIT,
  solve(reduced, limits) {
    const candidates = reduced.place.length;
    const few = Math.min(FEW_TRIALS, MORE_TRIALS_A_CANDIDATE * candidates);
    const trials = Math.min(MOST_TRIALS, Math.max(few, TRIALS_A_CANDIDATE * candidates));
    const budget = new Budget(limits, 2 * trials + SEARCH_A_CANDIDATE * candidates);
    const plan = firstPlan(reduced, budget);
    if (plan === null) return answer(reduced, null, Number.NEGATIVE_INFINITY, budget.spent);
    const affordable = Math.min(trials, Math.floor(budget.left / 2));
    plan.assign(anneal(plan, affordable));
    new LocalSearch(plan).run();
    return answer(reduced, plan.choice, Number.NEGATIVE_INFINITY, budget.spent);
  },
};

/** The best choice met in `trials` trials; the plan ends anywhere. */
function anneal(plan: Plan, trials: number): Int32Array {
  const { keys, start, place, size, room, tolerance } = plan.reduced;
  const stream = new Stream(1, 'placement/annealing');
  const below = (n: number) => Math.floor((stream.next32() / TWO_POW_32) * n);
  const { choice, budget } = plan;
  const best = choice.slice();
  const neighbours = new Int32Array(keys);
  const hidden = hiddenExcess(plan);
  let bestValue = plan.value;
  let temperature = HOT * meanChange(plan);
  const cooling = Math.exp(Math.log(COLD / HOT) / Math.max(1, trials));
  /** Metropolis: a worsening is taken with probability exp(-worsening / temperature), which is 0 in 32 bits beyond some. */
  const isTaken = (change: number): boolean => {
    if (change <= 0) return true;
    if (change > NEVER * temperature) return false;
    return change <= -temperature * Math.log((stream.next32() + 1) / TWO_POW_32);
  };
  for (let trial = 0; trial < trials; trial++) {
    if (trial % CLOCK_EVERY === 0 && budget.isOver()) break;
    temperature *= cooling;
    const attention = HIDDEN_WEIGHT * (1 - trial / trials);
    const k = below(keys);
    const c = start[k] + below(start[k + 1] - start[k]);
    const from = choice[k];
    if (c === from) continue;
    const change = plan.change(k, c) + attention * (hidden[c] - hidden[from]);
    if (plan.hasRoom(k, c)) {
      if (!isTaken(change)) continue;
      plan.move(k, c);
    } else {
      const j = place[c];
      const count = plan.keysAt(j, neighbours);
      if (count === 0) continue;
      const other = neighbours[below(count)];
      if (plan.load[j] + size[k] - size[other] > room[j]) continue;
      const swap = below(2) === 1 ? candidateAt(plan, other, place[from]) : -1;
      const target = swap >= 0 ? swap : start[other] + below(start[other + 1] - start[other]);
      const there = place[target];
      const freed = there === place[from] ? size[k] : 0;
      if (there === j || plan.load[there] - freed + size[other] > room[there]) continue;
      const rest = change + attention * (hidden[target] - hidden[choice[other]]);
      // Priced one by one first: exact unless the keys share a function, and most trials end here.
      if (!isTaken(rest + plan.change(other, target))) continue;
      plan.move(k, c);
      if (!isTaken(rest + plan.change(other, target))) {
        plan.move(k, from);
        continue;
      }
      plan.move(other, target);
    }
    if (plan.value >= bestValue - tolerance) continue;
    bestValue = plan.value;
    best.set(choice);
  }
  return best;
}

/** The candidate of key `k` at place `j`, -1 where it has none. */
function candidateAt({ reduced: { start, place } }: Plan, k: number, j: number): number {
  for (let c = start[k]; c < start[k + 1]; c++) if (place[c] === j) return c;
  return -1;
}

/** The mean absolute change of the moves of one key that change anything; 1 when none does. */
function meanChange(plan: Plan): number {
  const { keys, start } = plan.reduced;
  let sum = 0;
  let count = 0;
  for (let k = 0; k < keys; k++) {
    for (let c = start[k]; c < start[k + 1]; c++) {
      const change = Math.abs(plan.change(k, c));
      if (change === 0) continue;
      sum += change;
      count++;
    }
  }
  return count > 0 ? sum / count : 1;
}

/** Per key: for each candidate the mean over the uses of a function of weight times excess, summed over functions. */
function hiddenExcess({ reduced }: Plan): Float64Array {
  const { keys, functions, start, useStart, useFunction, burdenStart, burden, weight, base, place } = reduced;
  const hidden = new Float64Array(place.length);
  if (reduced.scope !== 'per-key') return hidden;
  const uses = new Float64Array(functions);
  for (const f of useFunction) uses[f]++;
  for (let k = 0; k < keys; k++) {
    for (let u = useStart[k]; u < useStart[k + 1]; u++) {
      const f = useFunction[u];
      for (let c = start[k]; c < start[k + 1]; c++) {
        const amount = burden[burdenStart[u] + c - start[k]] - base[f];
        if (amount > 0) hidden[c] += (weight[f] * amount) / uses[f];
      }
    }
  }
  return hidden;
}
