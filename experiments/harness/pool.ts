/** Fans runs out over worker threads. */
import { Piscina } from 'piscina';
import type { Scenario } from '../../core/index.js';
import type { Run } from './expand.js';
import { policyCodeOf } from './policy-registry.js';
import type { Outcome, WorkerSetup } from './worker.js';

/** A task costs about this much, so that handing it out costs little beside it. In seconds. */
const BATCH_SECONDS = 0.25;
/** No more runs a task, so that rows and progress come steadily. */
const BATCH_RUNS = 16;
/** Below this much work a worker, its warm-up would cost more than it saves. In seconds. */
const WARM_UP_FROM = 3;

export interface PoolOptions {
  readonly threads: number;
  readonly scenario?: Scenario;
  /** Aborting stops the pool at once; runs in flight are lost. */
  readonly signal?: AbortSignal;
  /** Called for each run as it ends, in no particular order. */
  readonly onOutcome: (run: Run, outcome: Outcome) => void;
}

/** Consecutive runs, cut into tasks of about equal cost. */
export function batches(runs: readonly Run[]): readonly (readonly Run[])[] {
  const all: Run[][] = [];
  let cost = Number.POSITIVE_INFINITY;
  for (const run of runs) {
    if (cost >= BATCH_SECONDS || all[all.length - 1].length >= BATCH_RUNS) {
      all.push([]);
      cost = 0;
    }
    all[all.length - 1].push(run);
    cost += run.cost;
  }
  return all;
}

/**
 * Runs all, and resolves when the last has ended or the signal was aborted. A run that throws has an outcome
 * with its error; when a worker dies, every run of its task has one.
 */
export async function runPool(runs: readonly Run[], options: PoolOptions): Promise<void> {
  const { signal, onOutcome } = options;
  const tasks = batches(runs);
  if (tasks.length === 0) return;
  const threads = Math.min(options.threads, tasks.length);
  const cost = runs.reduce((sum, run) => sum + run.cost, 0);
  const warmUp = cost / threads >= WARM_UP_FROM;
  const policies = policyCodeOf(
    runs.flatMap(({ parameters }) => [parameters.offloading, parameters.migration]),
  );
  const setup: WorkerSetup = {
    warmUp,
    policies,
    ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
  };
  const pool = new Piscina<readonly Run[], readonly Outcome[]>({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData: setup,
  });
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop);
  let next = 0;
  let stopped = false;
  // One lane a thread takes the next task when its last one has ended, so that a million runs need no queue.
  const lane = async () => {
    while (next < tasks.length && !signal?.aborted) {
      const task = tasks[next++];
      const outcomes = await pool.run(task).catch((error: Error): readonly Outcome[] => {
        const reason = `the worker ended: ${error.message}`;
        return task.map(() => ({ error: reason }));
      });
      if (stopped || signal?.aborted) return;
      outcomes.forEach((outcome, i) => {
        onOutcome(task[i], outcome);
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, lane));
  } finally {
    // When `onOutcome` threw, other lanes must not report the end of their workers as failures of runs.
    stopped = true;
    signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}
