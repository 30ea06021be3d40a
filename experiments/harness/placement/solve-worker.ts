/** What a worker thread does for `solve` and `scalability`: it solves one placement problem and takes its time. */
import { min } from 'simple-statistics';
import { type PlacementProblem, type Price, priceOf } from '../../../core/placement/problem.js';
import { loadPlacementSolvers, type PlacementResult, solvePlacement } from '../../../core/placement/solve.js';
import { threadCpuSeconds } from '../cpu-time.js';

export interface SolveTask {
  readonly problem: PlacementProblem;
  readonly solver: string;
  readonly reduce: boolean;
  /** Seconds of wall time after which the solver is asked to stop; Infinity: its own limits of work hold instead. */
  readonly timeLimit: number;
  /** Most solves; quick ones are repeated, so that their times are those of compiled code. */
  readonly repetitions: number;
}

export interface SolveAnswer {
  readonly result: PlacementResult;
  readonly price: Price;
  /** Least time of a solve, from the problem in memory to the checked plan, ms: what others do on the machine only adds. */
  readonly wallMs: number;
  /** Mean CPU time of the later half, when code is compiled, ms; NaN where the platform does not tell. */
  readonly cpuMs: number;
  /** How many solves there were. */
  readonly repetitions: number;
}

/** Solves are repeated while all of them together take less than this, ms. */
const REPEAT_WITHIN_MS = 100;
/** Solves that take less than a second are repeated so often in any case: the first one compiles code. */
const FEWEST = 3;
const QUICK_MS = 1000;

// Nobody is handed a task before the solvers are loaded, so that loading is not timed.
await loadPlacementSolvers();

const now = () => performance.now() / 1000;
const isQuick = (wall: readonly number[]) => wall.length < FEWEST && wall[0] < QUICK_MS;

export default function solveTask(task: SolveTask): SolveAnswer {
  const { problem, solver, reduce, timeLimit } = task;
  const wall: number[] = [];
  const cpu: number[] = [threadCpuSeconds()];
  let result: PlacementResult;
  let total = 0;
  do {
    const limits = Number.isFinite(timeLimit) ? { deadline: { now, at: now() + timeLimit } } : {};
    const startMs = performance.now();
    result = solvePlacement(problem, { solver, reduce, limits });
    wall.push(performance.now() - startMs);
    cpu.push(threadCpuSeconds());
    total += wall[wall.length - 1];
  } while (wall.length < task.repetitions && (total < REPEAT_WITHIN_MS || isQuick(wall)));
  const warm = Math.floor(wall.length / 2);
  return {
    result,
    price: priceOf(result.placement, problem),
    wallMs: min(wall),
    cpuMs: (1000 * (cpu[cpu.length - 1] - cpu[warm])) / (wall.length - warm),
    repetitions: wall.length,
  };
}
