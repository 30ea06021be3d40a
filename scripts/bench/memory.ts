/** How far a long run raises resident memory over that of Node with the program loaded. */
import { loadPlacementSolvers, presetParameters, RunMemory, simulate } from '../../core/index.js';

const SECONDS_A_DAY = 86_400;
/** Memory is read at every this many decisions of the Data Migrator, i.e. once an hour of simulated time. */
const EVERY = 60;

export interface MemoryUse {
  readonly requests: number;
  readonly seconds: number;
  /** MB of 10^6 B that are resident before the long run, and at its fullest. */
  readonly beforeMb: number;
  readonly mostMb: number;
}

/** Simulates `days` of the default workload and policies in this process, after a short run. */
export async function measureMemory(days: number): Promise<MemoryUse> {
  await loadPlacementSolvers();
  const memory = new RunMemory();
  const resident = () => process.memoryUsage.rss() / 1e6;
  const run = (duration: number, clock: () => number) =>
    simulate({ parameters: presetParameters('as-published', { duration }), seed: 1 }, { memory, clock });
  run(600, () => 0);
  const beforeMb = resident();
  const started = performance.now();
  let mostMb = beforeMb;
  let reads = 0;
  const { metrics } = run(days * SECONDS_A_DAY, () => {
    if (reads++ % EVERY === 0) mostMb = Math.max(mostMb, resident());
    return performance.now();
  });
  const seconds = (performance.now() - started) / 1000;
  return { requests: metrics.arrivals, seconds, beforeMb, mostMb: Math.max(mostMb, resident()) };
}
