/**
 * What will happen when the keys are somewhere else: where the offloading policy will run the requests of each
 * function then, how many will be late or unserved, how long they will take, and how much memory they will hold.
 */
import { lateProbability } from '../../offloading/late-probability.js';
import type { Access, SystemView } from '../../view.js';

/** How requests choose their node: as slo-aware does, or as least-late does. */
export type Rule = 'slo-aware' | 'least-late';

export class Forecast {
  /** Requests/s that are late or find no admissible node, and seconds of completion time a second, by function. */
  readonly late: Float64Array;
  readonly time: Float64Array;
  /** By node: requests/s that run there, and the memory in MB that they hold. */
  readonly flow: Float64Array;
  readonly memory: Float64Array;
  /** The same by f * N + j. */
  readonly #flowOf: Float64Array;
  readonly #memoryOf: Float64Array;
  readonly #view: SystemView;
  readonly #rule: Rule;
  readonly #overhead: number;
  readonly #compute: readonly number[];
  /** By node: expected data access time of the function looked at, and P(late). */
  readonly #access: Float64Array;
  readonly #lateAt: Float64Array;
  /** i * N + j: 2 d_ij in s, and s a byte; looked up a million times in a decision. */
  readonly #trip: Float64Array;
  readonly #perByte: Float64Array;
  #accesses: readonly (readonly Access[])[] = [];

  /** @param overhead of an offload, s. */
  constructor(view: SystemView, rule: Rule, overhead: number) {
    this.#view = view;
    this.#rule = rule;
    this.#overhead = overhead;
    this.#compute = Array.from({ length: view.nodeCount }, (_, j) => j).filter((j) => view.canCompute(j));
    this.late = new Float64Array(view.functionCount);
    this.time = new Float64Array(view.functionCount);
    const n = view.nodeCount;
    this.flow = new Float64Array(n);
    this.memory = new Float64Array(n);
    this.#flowOf = new Float64Array(view.functionCount * n);
    this.#memoryOf = new Float64Array(view.functionCount * n);
    this.#access = new Float64Array(n);
    this.#lateAt = new Float64Array(n);
    this.#trip = new Float64Array(n * n);
    this.#perByte = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        this.#trip[i * n + j] = 2 * view.latency(i, j);
        this.#perByte[i * n + j] = view.secondsPerByte(i, j);
      }
    }
  }

  /** Forecasts all functions with the keys at `place`. @param accesses of each function, as believed now. */
  begin(place: Int32Array, accesses: readonly (readonly Access[])[]): void {
    this.#accesses = accesses;
    for (const sums of [this.flow, this.memory, this.#flowOf, this.#memoryOf]) sums.fill(0);
    for (let f = 0; f < accesses.length; f++) this.update(f, place);
  }

  /** Forecasts function f with the keys at `place` (by key). */
  update(f: number, place: Int32Array): void {
    const view = this.#view;
    const { nodeCount } = view;
    const first = f * nodeCount;
    for (let j = 0; j < nodeCount; j++) {
      this.flow[j] = this.flow[j] - this.#flowOf[first + j];
      this.memory[j] = this.memory[j] - this.#memoryOf[first + j];
      this.#flowOf[first + j] = 0;
      this.#memoryOf[first + j] = 0;
    }
    this.late[f] = 0;
    this.time[f] = 0;
    const accesses = this.#accesses[f];
    const places = new Set<number>();
    for (const { key, probability } of accesses)
      if (probability > 0 && view.canCompute(place[key])) places.add(place[key]);
    for (const j of this.#compute) {
      let expected = 0;
      let all = 0;
      for (const { key, probability } of accesses) {
        const link = j * nodeCount + place[key];
        const time = this.#trip[link] + view.keySize(key) * this.#perByte[link];
        expected += probability * time;
        all += time;
      }
      this.#access[j] = expected;
      this.#lateAt[j] = all <= view.tMax(f) ? 0 : Number.NaN;
    }
    const lateAt = (j: number): number => {
      if (Number.isNaN(this.#lateAt[j]))
        this.#lateAt[j] = lateProbability(view, f, j, view.tMax(f), accesses, (key) => place[key]);
      return this.#lateAt[j];
    };
    for (let i = 0; i < view.edgeCount; i++) {
      const rate = view.arrivalRate(f, i);
      if (rate === 0) continue;
      const j = this.#rule === 'slo-aware' ? this.#sloAware(f, i, places) : this.#leastLate(f, i, lateAt);
      if (j < 0) {
        this.late[f] += rate;
        continue;
      }
      const busy = view.executionTime(f, j) + this.#access[j];
      this.late[f] += rate * lateAt(j);
      this.time[f] += rate * this.#completion(f, i, j);
      this.#flowOf[first + j] = this.#flowOf[first + j] + rate;
      this.#memoryOf[first + j] = this.#memoryOf[first + j] + rate * busy * view.functionMemory(f);
    }
    for (let j = 0; j < nodeCount; j++) {
      this.flow[j] = this.flow[j] + this.#flowOf[first + j];
      this.memory[j] = this.memory[j] + this.#memoryOf[first + j];
    }
  }

  #completion(f: number, i: number, j: number): number {
    const offload = i === j ? 0 : this.#view.offloadTime(i, j) + this.#overhead;
    return this.#view.executionTime(f, j) + this.#access[j] + offload;
  }

  /** The node that slo-aware takes while all have room; -1 where none is admissible. */
  #sloAware(f: number, i: number, places: ReadonlySet<number>): number {
    const view = this.#view;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    const consider = (j: number): void => {
      if (j < 0 || this.#access[j] > view.tMax(f)) return;
      const time = this.#completion(f, i, j);
      if (time < least) {
        least = time;
        best = j;
      }
    };
    if (view.canCompute(i)) consider(i);
    for (const j of places) consider(j);
    consider(view.nearestCloud(i));
    return best;
  }

  /** The node that least-late takes while all have room. */
  #leastLate(f: number, i: number, lateAt: (j: number) => number): number {
    let best = -1;
    for (const j of this.#compute) {
      if (best < 0) best = j;
      const difference = lateAt(j) - lateAt(best);
      if (difference < 0 || (difference === 0 && this.#completion(f, i, j) < this.#completion(f, i, best)))
        best = j;
    }
    return best;
  }
}
