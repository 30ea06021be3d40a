/** Fans runs out over worker threads. */
import { Piscina } from 'piscina';
import type { Scenario } from '../../core/index.js';
import { attemptBatch, type WorkerPool } from './batch-attempt.js';
import { batches } from './batches.js';
import type { Run } from './expand.js';
import { allPolicyCode } from './policy-registry.js';
import type { Outcome, RecordOptions, WorkerSetup } from './worker.js';

/** Below this much work a worker, its warm-up would cost more than it saves. In seconds. */
const WARM_UP_FROM = 3;

/** How a pool is asked to end before its runs are done. */
export interface StopSignals {
  /** Aborted: runs in flight are finished, and no other begins. */
  readonly stop?: AbortSignal;
  /** Aborted: workers are ended where they are, and runs in flight are lost. */
  readonly kill?: AbortSignal;
}

export interface PoolOptions extends StopSignals {
  readonly threads: number;
  /** Sum of the estimated costs of all runs, in seconds; it tells whether a warm-up pays. */
  readonly cost: number;
  readonly scenario?: Scenario;
  /** Given: outcomes have recordings. */
  readonly record?: RecordOptions;
  /** A run that takes longer is ended, and has failed. In ms. */
  readonly runTimeoutMs?: number;
  /** Called for each run as it ends, in no particular order. */
  readonly onOutcome: (run: Run, outcome: Outcome) => void;
  /** Called when a run has failed once and is tried again. */
  readonly onRetry?: (run: Run, error: string) => void;
  /** The module of the workers; another one than ours in tests and benchmarks. */
  readonly worker?: URL;
}

const WORKER = new URL('./worker.js', import.meta.url);

function makePool(threads: number, setup: WorkerSetup, worker: URL): WorkerPool {
  return new Piscina({
    filename: worker.href,
    minThreads: threads,
    maxThreads: threads,
    workerData: setup,
  });
}

/**
 * Runs all, and resolves when the last has ended or the pool was asked to end. A run that throws, during which
 * its worker dies, or that takes too long is tried once more, alone in a fresh worker; if that fails too, its
 * outcome is the error. @throws what `onOutcome` throws, with all workers ended.
 */
export async function runPool(runs: Iterable<Run>, options: PoolOptions): Promise<void> {
  const { stop, kill, onOutcome, runTimeoutMs, cost, worker = WORKER } = options;
  const tasks = batches(runs);
  let task = tasks.next();
  if (task.done) return;
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const setup: WorkerSetup = {
    warmUp: cost / options.threads >= WARM_UP_FROM,
    stop: flag,
    policies: allPolicyCode(),
    ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    ...(options.record === undefined ? {} : { record: options.record }),
  };
  const pools = new Set<WorkerPool>();
  const open = (threads: number, own: WorkerSetup): WorkerPool => {
    const pool = makePool(threads, own, worker);
    pools.add(pool);
    return pool;
  };
  let ending = false;
  let killed = false;
  const onStop = () => {
    ending = true;
    Atomics.store(flag, 0, 1);
  };
  const onKill = () => {
    killed = true;
    onStop();
    for (const pool of pools) void pool.destroy();
  };
  const aborted = (signal: AbortSignal | undefined, action: () => void) => {
    if (signal?.aborted) action();
    signal?.addEventListener('abort', action);
  };
  const nextTask = (): readonly Run[] | undefined => {
    if (ending || task.done) return undefined;
    const current = task.value;
    task = tasks.next();
    return current;
  };

  /** A second attempt, in a worker of its own. */
  const retry = async (run: Run, error: string) => {
    options.onRetry?.(run, error);
    const fresh = open(1, { ...setup, warmUp: false });
    try {
      const { failed } = await attemptBatch(fresh, [run], onOutcome, runTimeoutMs);
      if (failed !== undefined && !killed) onOutcome(run, { error: failed.error, attempts: 2 });
    } finally {
      pools.delete(fresh);
      await fresh.destroy();
    }
  };

  // As many workers as there are batches for them: the first few are made before any worker starts.
  const first: (readonly Run[])[] = [];
  while (first.length < options.threads) {
    const next = nextTask();
    if (next === undefined) break;
    first.push(next);
  }
  const main = open(first.length, setup);
  // One lane a worker takes the next batch when its last one has ended, so that a million runs need no queue.
  const lane = async (begin: readonly Run[]) => {
    let batch: readonly Run[] | undefined = begin;
    while (batch !== undefined && batch.length > 0 && !ending) {
      const { failed, left } = await attemptBatch(main, batch, onOutcome, runTimeoutMs);
      if (killed) return;
      if (failed !== undefined && !ending) await retry(failed.run, failed.error);
      batch = left.length > 0 ? left : nextTask();
    }
  };
  aborted(stop, onStop);
  aborted(kill, onKill);
  try {
    await Promise.all(first.map(lane));
  } finally {
    // When `onOutcome` threw, other lanes must not report the end of their workers as failures of runs.
    killed = true;
    ending = true;
    stop?.removeEventListener('abort', onStop);
    kill?.removeEventListener('abort', onKill);
    for (const pool of pools) await pool.destroy();
  }
}
