/** Placement problems solved in worker threads, so that a solver that does not return can be ended. */
import { Piscina } from 'piscina';
import { type PlacementProblem, type Price, priceOf, violations } from '../../../core/placement/problem.js';
import type { PlacementResult } from '../../../core/placement/solve.js';
import type { SolveAnswer, SolveTask } from './solve-worker.js';
import type { State, StatesTask } from './states-worker.js';

export interface TimedSolve {
  /** `ended`: the solver did not return in time and its thread was ended; `failed`: it threw. */
  readonly how: 'returned' | 'ended' | 'failed';
  /** What went wrong where it failed. */
  readonly error?: string;
  readonly status: PlacementResult['status'];
  /** K node indices; null where there is no plan that breaks no constraint. */
  readonly placement: Int32Array | null;
  readonly price: Price | null;
  readonly bound: number;
  readonly solver: string;
  readonly sizes: PlacementResult['sizes'] | null;
  readonly work: PlacementResult['work'] | null;
  readonly stayed: boolean;
  /** As in `SolveAnswer`; of a solve that was ended the time until then. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly repetitions: number;
}

/** A solver that was asked to stop gets this much longer, as a part of its limit and in seconds, to hand over its plan. */
const GRACE = { part: 0.1, seconds: 1 };

export class SolvePool {
  readonly #pool: Piscina<SolveTask, SolveAnswer>;
  readonly #stop: () => void;
  readonly #signal: AbortSignal;

  constructor(threads: number, signal: AbortSignal) {
    this.#pool = new Piscina<SolveTask, SolveAnswer>({
      filename: new URL('./solve-worker.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: 60_000,
    });
    this.#signal = signal;
    this.#stop = () => void this.#pool.destroy();
    signal.addEventListener('abort', this.#stop);
  }

  /** Solves in a thread. Never rejects: an aborted signal, as well as a thread that died, shows as 'failed'. */
  async solve(task: SolveTask): Promise<TimedSolve> {
    const ending = new AbortController();
    const limitMs = 1000 * (task.timeLimit * (1 + GRACE.part) + GRACE.seconds);
    let timer: NodeJS.Timeout | undefined;
    let startedMs = performance.now();
    try {
      if (Number.isFinite(limitMs)) {
        // Waiting for a thread that starts anew does not count.
        await this.#ready();
        startedMs = performance.now();
        timer = setTimeout(() => ending.abort(), limitMs);
      }
      return returned(await this.#pool.run(task, { signal: ending.signal }));
    } catch (error) {
      const timeMs = performance.now() - startedMs;
      if (ending.signal.aborted && !this.#signal.aborted) return unreturned(task, 'ended', timeMs);
      const reason = error instanceof Error ? error.message : String(error);
      return unreturned(task, 'failed', timeMs, reason);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Placement problems of simulated states, made in a thread. @throws Error where the simulation does. */
  async states(task: StatesTask): Promise<readonly State[]> {
    const filename = new URL('./states-worker.js', import.meta.url).href;
    return (await this.#pool.run(task as never, { filename })) as unknown as readonly State[];
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    await this.#pool.destroy();
  }

  /** Resolves when a thread has loaded its solvers. */
  async #ready(): Promise<void> {
    await this.#pool.run(TRIVIAL);
  }
}

function returned({ result, price, wallMs, cpuMs, repetitions }: SolveAnswer): TimedSolve {
  const { status, placement, allowed, stayed, bound, solver, sizes, work } = result;
  return {
    how: 'returned',
    status,
    placement: allowed ? placement : null,
    price: allowed ? price : null,
    bound,
    solver,
    sizes,
    work,
    stayed,
    wallMs,
    cpuMs,
    repetitions,
  };
}

/** Without an answer the keys stay, where they may. */
function unreturned(
  { problem, solver }: SolveTask,
  how: 'ended' | 'failed',
  timeMs: number,
  error?: string,
): TimedSolve {
  const mayStay = violations(problem.current, problem).length === 0;
  return {
    how,
    ...(error === undefined ? {} : { error }),
    status: 'limit',
    placement: mayStay ? problem.current : null,
    price: mayStay ? priceOf(problem.current, problem) : null,
    bound: Number.NEGATIVE_INFINITY,
    solver,
    sizes: null,
    work: null,
    stayed: true,
    wallMs: timeMs,
    cpuMs: timeMs,
    repetitions: 1,
  };
}

/** One node, one key, nobody who uses it: solved as soon as a thread can solve anything. */
const NOTHING: PlacementProblem = {
  nodes: 1,
  functions: 0,
  keys: 1,
  latency: new Float64Array(1),
  bandwidth: new Float64Array(1),
  size: new Float64Array(1),
  access: {
    keyStart: new Int32Array(2),
    keyFunction: new Int32Array(0),
    probability: new Float64Array(0),
    functionStart: new Int32Array(1),
    functionKey: new Int32Array(0),
    functionUse: new Int32Array(0),
  },
  share: new Float64Array(0),
  tMax: new Float64Array(0),
  penalty: new Float64Array(0),
  requests: new Float64Array(0),
  wp: 0.5,
  wm: 0.5,
  current: new Int32Array(1),
  capacity: new Float64Array([1]),
  mayHost: new Uint8Array([1]),
  tieWeight: 0,
  slack: false,
  scope: 'per-key',
};
const TRIVIAL: SolveTask = {
  problem: NOTHING,
  solver: 'auto',
  reduce: true,
  timeLimit: Number.POSITIVE_INFINITY,
  repetitions: 1,
};
