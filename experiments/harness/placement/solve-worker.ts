/** What a worker thread does for `solve` and `scalability`: it solves one placement problem and takes its time. */
import { median } from 'simple-statistics';
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
  /** Median time of a solve, from the problem in memory to the checked plan, ms. */
  readonly wallMs: number;
  /** Its mean CPU time, ms; NaN where the platform does not tell. */
  readonly cpuMs: number;
  /** How many solves both rest on: the later half of them, when code is compiled. */
  readonly repetitions: number;
}

/** Solves are repeated while all of them together take less than this, ms. */
const REPEAT_WITHIN_MS = 100;

// Nobody is handed a task before the solvers are loaded, so that loading is not timed.
await loadPlacementSolvers();

const now = () => performance.now() / 1000;

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
  } while (wall.length < task.repetitions && total < REPEAT_WITHIN_MS);
  const warm = Math.floor(wall.length / 2);
  const count = wall.length - warm;
  return {
    result,
    price: priceOf(result.placement, problem),
    wallMs: median(wall.slice(warm)),
    cpuMs: (1000 * (cpu[cpu.length - 1] - cpu[warm])) / count,
    repetitions: count,
  };
}
