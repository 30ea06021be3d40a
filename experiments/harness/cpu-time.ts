/** CPU time of the calling thread. */
import { readFileSync } from 'node:fs';

/** Linux: nanoseconds on the CPU, time in the run queue, and slices of this thread (proc(5), schedstat). */
const SCHEDSTAT = '/proc/thread-self/schedstat';

function fromSchedstat(): number {
  return Number(readFileSync(SCHEDSTAT, 'utf8').split(' ')[0]) / 1e9;
}

function reader(): () => number {
  // Node 23.9 and later tell the CPU time of a thread; process.cpuUsage would count all workers together.
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } };
  if (threadCpuUsage !== undefined)
    return () => {
      const { user, system } = threadCpuUsage.call(process);
      return (user + system) / 1e6;
    };
  try {
    return Number.isNaN(fromSchedstat()) ? () => Number.NaN : fromSchedstat;
  } catch {
    return () => Number.NaN;
  }
}

/** Seconds of CPU that this thread has used; NaN where the platform does not tell. */
export const threadCpuSeconds: () => number = reader();
