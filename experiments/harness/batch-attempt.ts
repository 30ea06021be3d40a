/** One batch in one worker: outcomes as they come, and what is left when the worker throws, dies or hangs. */
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { Run } from './expand.js';
import type { Batch, BatchMessage, Outcome } from './worker.js';

export type WorkerPool = Piscina<Batch, void>;

/** How a batch ended. */
export interface Attempt {
  /** The run that threw, or during which the worker died or was stopped, and why. */
  readonly failed?: { readonly run: Run; readonly error: string };
  /** Runs that were not begun. */
  readonly left: readonly Run[];
}

/** A worker that starts has this much more time for its first run. */
const START_UP_MS = 60_000;

const minutesText = (ms: number): string => (ms >= 120_000 ? `${ms / 60_000} min` : `${ms / 1000} s`);

/**
 * Hands a batch to a worker. `onDone` hears of each run as it ends well. A run that takes longer than
 * `timeoutMs` fails, and its worker is ended.
 */
export async function attemptBatch(
  pool: WorkerPool,
  runs: readonly Run[],
  onDone: (run: Run, outcome: Outcome) => void,
  timeoutMs?: number,
): Promise<Attempt> {
  const { port1: port, port2 } = new MessageChannel();
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let timedOut = false;
  let done = 0;
  let thrown: string | undefined;
  const watch = (grace = 0) => {
    clearTimeout(timer);
    if (timeoutMs === undefined || done === runs.length) return;
    timer = setTimeout(() => {
      timedOut = true;
      controller.abort();
    }, timeoutMs + grace);
  };
  const take = (message: BatchMessage) => {
    if (message !== 'begins') {
      if ('error' in message) thrown = message.error;
      else onDone(runs[done++], message);
    }
    watch();
  };
  // An error that a row's writer throws within the listener has to reach the caller.
  let broken: unknown;
  port.on('message', (message: BatchMessage) => {
    try {
      if (broken === undefined) take(message);
    } catch (error) {
      broken = error;
      controller.abort();
    }
  });
  let ended: Error | undefined;
  watch(START_UP_MS);
  try {
    await pool.run({ runs, port: port2 }, { transferList: [port2], signal: controller.signal });
  } catch (error) {
    ended = error as Error;
  }
  clearTimeout(timer);
  port.removeAllListeners('message');
  // What the worker sent before it ended may still be on its way.
  for (let next = receiveMessageOnPort(port); next && broken === undefined; next = receiveMessageOnPort(port))
    take(next.message as BatchMessage);
  clearTimeout(timer);
  port.close();
  if (broken !== undefined) throw broken;
  if (thrown !== undefined) return { failed: { run: runs[done], error: thrown }, left: runs.slice(done + 1) };
  if (ended === undefined || done === runs.length) return { left: runs.slice(done) };
  const error = timedOut
    ? `the run took longer than --run-timeout ${minutesText(timeoutMs!)}`
    : `the worker ended: ${ended.message}`;
  return { failed: { run: runs[done], error }, left: runs.slice(done + 1) };
}
