/** What a worker thread does: it simulates a batch of runs, one after the other. */
import { threadId, workerData } from 'node:worker_threads';
import { max, mean, median } from 'simple-statistics';
import { loadPlacementSolvers, type RunMetrics, type Scenario, simulate } from '../../core/index.js';
import { threadCpuSeconds } from './cpu-time.js';
import type { Run } from './expand.js';

/** What depends on the machine. Times of decisions are NaN where none was timed. */
export interface Timing {
  readonly wallS: number;
  readonly cpuS: number;
  readonly worker: number;
  readonly decisions: number;
  readonly decisionTimeMeanMs: number;
  readonly decisionTimeMedianMs: number;
  readonly decisionTimeMaxMs: number;
}

export type Outcome =
  | { readonly metrics: RunMetrics; readonly timing: Timing }
  /** The run threw. */
  | { readonly error: string };

/** What every worker gets once, when it starts. */
export interface WorkerSetup {
  readonly scenario?: Scenario;
}

const { scenario } = (workerData ?? {}) as WorkerSetup;
const clock = () => performance.now();
let solvers: Promise<unknown> | undefined;

function timingOf(times: readonly number[], wallS: number, cpuS: number): Timing {
  const all = [...times];
  const of = (statistic: (values: number[]) => number) => (all.length === 0 ? Number.NaN : statistic(all));
  return {
    wallS,
    cpuS,
    worker: threadId,
    decisions: all.length,
    decisionTimeMeanMs: of(mean),
    decisionTimeMedianMs: of(median),
    decisionTimeMaxMs: of(max),
  };
}

function perform({ parameters, seed }: Run): Outcome {
  const wall = clock();
  const cpu = threadCpuSeconds();
  try {
    const spec = scenario === undefined ? { parameters, seed } : { parameters, seed, scenario };
    const { metrics, decisionTimesMs } = simulate(spec, { clock });
    return { metrics, timing: timingOf(decisionTimesMs, (clock() - wall) / 1000, threadCpuSeconds() - cpu) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The task of the pool: outcomes in the order of the runs. */
export default async function performBatch(runs: readonly Run[]): Promise<readonly Outcome[]> {
  solvers ??= loadPlacementSolvers();
  await solvers;
  return runs.map(perform);
}
