/** What a worker thread does: it simulates a batch of runs, one after the other. */
import { type MessagePort, threadId, workerData } from 'node:worker_threads';
import { max, mean, median } from 'simple-statistics';
import {
  loadPlacementSolvers,
  Recorder,
  type Recording,
  RunMemory,
  type RunMetrics,
  type Scenario,
  simulate,
} from '../../core/index.js';
import { consoleToStderr } from './console.js';
import { threadCpuSeconds } from './cpu-time.js';
import type { Run } from './expand.js';
import { registerAll } from './policy-modules.js';
import { type PolicyCode, policiesFromFiles } from './policy-registry.js';
import { warmUp } from './warm-up.js';

/** What depends on the machine. Times of decisions are NaN where none was timed. */
export interface Timing {
  /** When the run began and ended, in ms since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly wallS: number;
  readonly cpuS: number;
  readonly worker: number;
  readonly decisions: number;
  readonly decisionTimeMeanMs: number;
  readonly decisionTimeMedianMs: number;
  readonly decisionTimeMaxMs: number;
}

export type Outcome =
  /** The recording is there where the pool records. */
  | { readonly metrics: RunMetrics; readonly timing: Timing; readonly recording?: Recording }
  /** The run threw, its worker died, or it took too long; `attempts` is how often it was tried. */
  | { readonly error: string; readonly attempts?: number };

/** How runs are recorded. */
export interface RecordOptions {
  /** Time between samples in s; absent: that of `Recorder`. */
  readonly interval?: number;
}

/** What every worker gets once, when it starts. */
export interface WorkerSetup {
  readonly scenario?: Scenario;
  /** Whether runs are many enough that compiling the simulator before the first one pays. */
  readonly warmUp?: boolean;
  /** Code of the policies of users' files. */
  readonly policies?: readonly PolicyCode[];
  /** Not 0 when no further run shall begin; shared with the pool. */
  readonly stop?: Int32Array;
  /** Absent: runs are not recorded. */
  readonly record?: RecordOptions;
}

/** A task of the pool. */
export interface Batch {
  readonly runs: readonly Run[];
  /** Outcomes go here one by one, in the order of the runs, after the word that the first run begins. */
  readonly port: MessagePort;
}

/** What comes through the port of a batch. */
export type BatchMessage = 'begins' | Outcome;

const { scenario, warmUp: isWarmedUp, stop, record, policies = [] } = (workerData ?? {}) as WorkerSetup;
const clock = () => performance.now();
const memory = new RunMemory();
consoleToStderr();
// The pool hands out no run before this module is ready, so that no run is timed while code is compiled.
await loadPlacementSolvers();
await registerAll(policies);
if (isWarmedUp) warmUp(clock, memory);

function timingOf(times: readonly number[], startMs: number, cpuS: number): Timing {
  const all = [...times];
  const of = (statistic: (values: number[]) => number) => (all.length === 0 ? Number.NaN : statistic(all));
  const endMs = performance.timeOrigin + clock();
  return {
    startMs,
    endMs,
    wallS: (endMs - startMs) / 1000,
    cpuS,
    worker: threadId,
    decisions: all.length,
    decisionTimeMeanMs: of(mean),
    decisionTimeMedianMs: of(median),
    decisionTimeMaxMs: of(max),
  };
}

function perform({ parameters, seed }: Run): Outcome {
  const startMs = performance.timeOrigin + clock();
  const cpu = threadCpuSeconds();
  try {
    const spec = scenario === undefined ? { parameters, seed } : { parameters, seed, scenario };
    const recorder = record && new Recorder(spec, record.interval);
    const watched = recorder && { observer: recorder, sampling: recorder };
    const { metrics, decisionTimesMs } = simulate(spec, {
      clock,
      memory,
      ...policiesFromFiles(parameters),
      ...watched,
    });
    const timing = timingOf(decisionTimesMs, startMs, threadCpuSeconds() - cpu);
    return recorder === undefined
      ? { metrics, timing }
      : { metrics, timing, recording: recorder.recording() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The task of the pool. It ends early where the pool is asked to stop, or a run throws. */
export default function performBatch({ runs, port }: Batch): void {
  const send = (message: BatchMessage) => port.postMessage(message);
  send('begins');
  for (const run of runs) {
    if (stop !== undefined && Atomics.load(stop, 0) !== 0) break;
    const outcome = perform(run);
    send(outcome);
    // The pool decides what becomes of the rest.
    if ('error' in outcome) break;
  }
  port.close();
}
