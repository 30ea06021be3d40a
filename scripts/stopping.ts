/** What signals do: at once where nothing would be lost, else a clean stop first. */
import { onStderr } from './colour.js';
import { EXIT } from './exit.js';

/** SIGUSR1 is what batch systems are asked to send before the time limit of a job. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGUSR1'] as const;

/** Said of commands whose runs in flight are waited for. */
export const WAITS_FOR_RUNS =
  'stopping when the runs in flight have ended. Once more to stop now; finished runs are kept.';

/** Said of commands that give up what they are at, and then put in order what they have. */
export const STOPS_SOON = 'stopping; what is finished is kept. Once more to stop now.';

const controller = new AbortController();

/** Aborted when a signal came that asks for a clean stop. */
export const stopSignal = controller.signal;

/** What the first signal makes us say; undefined where it ends the process. */
let atWork: string | undefined;

/** While `action` goes on, the first signal aborts `stopSignal` and says `text`, and only the second ends the process. */
export async function stoppingCleanly<T>(text: string, action: () => Promise<T>): Promise<T> {
  atWork = text;
  try {
    return await action();
  } finally {
    atWork = undefined;
  }
}

/** What is said when a signal ends the process at once. */
let lastWord: string | undefined;

/** While `action` goes on, a signal ends the process at once and says `text`: what there is, and how to go on. */
export async function sayingIfStopped<T>(text: string, action: () => Promise<T>): Promise<T> {
  const before = lastWord;
  lastWord = text;
  try {
    return await action();
  } finally {
    lastWord = before;
  }
}

function stop(name: string): void {
  if (atWork === undefined || controller.signal.aborted) {
    if (lastWord !== undefined) console.error(`\n${onStderr.doubtful(`${name}: ${lastWord}`)}`);
    process.exit(EXIT.interrupted);
  }
  console.error(`\n${onStderr.doubtful(`${name}: ${atWork}`)}`);
  controller.abort(`${name} came`);
}

/** Takes care of signals from now on. */
export function listenToSignals(): void {
  for (const name of SIGNALS) process.on(name, stop);
  // A terminal that is closed stops what it shows. What writes elsewhere goes on, as with nohup: Node undoes what
  // nohup has done, so that the signal has to be taken care of here.
  process.on('SIGHUP', (name) => {
    if (process.stderr.isTTY) stop(name);
  });
}
