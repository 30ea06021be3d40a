/** Runs `ds2p scalability`: size after size, small ones first, every solve a row as soon as it is there. */
import { headerLine, type Row, rowLine } from '../../../results/csv.js';
import { SOLVE_COLUMNS } from '../../../results/scalability.js';
import { Progress } from '../progress.js';
import type { Style } from '../style.js';
import {
  guessedSeconds,
  type Job,
  jobsOf,
  lineOf,
  type ScalabilityPlan,
  type States,
  skipReason,
  stateOf,
  statesKey,
} from './scalability-jobs.js';
import type { Series, Size } from './scalability-plan.js';
import { SolvePool, type TimedSolve } from './solve-pool.js';
import type { State } from './states-worker.js';

/** Solves of one problem at most; quick ones are repeated. */
const REPETITIONS = 20;
const WARM_UP_SECONDS = 2;
/** A solve that took this part of its limit ran into it. */
const AT_LIMIT = 0.95;

class SolveProgress extends Progress {
  override text(): string {
    return super.text().replaceAll('runs', 'solves');
  }
}

/**
 * @param write gets the lines of solves.csv, header first.
 * @param style of the progress on stderr; plain where absent.
 * @returns the rows in the order of the file: by size, series, seed, state.
 */
export async function runScalability(
  plan: ScalabilityPlan,
  signal: AbortSignal,
  write: (line: string) => void,
  style?: Style,
): Promise<readonly Row[]> {
  // A thread that is ended takes its compiled code with it, hence threads of their own for every series.
  const pools = new Map(plan.series.map((series) => [series, new SolvePool(plan.threads, signal)]));
  const jobs = plan.sizes.map((size) => jobsOf(plan, size));
  const progress = new SolveProgress(
    jobs.reduce((sum, list) => sum + list.length, 0),
    jobs.flat().reduce((sum, job) => sum + guessedSeconds(job, plan), 0),
    process.stderr,
    { style },
  );
  const rows: Row[] = [];
  /** By series and source, the sizes at which no more than half of the problems were solved. */
  const hopeless = new Map<string, Size[]>();
  write(headerLine(SOLVE_COLUMNS));
  try {
    await warmUp(pools, plan, signal);
    for (const [s, size] of plan.sizes.entries()) {
      if (signal.aborted) break;
      const states = await statesOf(firstOf(pools), plan, size, signal);
      const found = await inLanes(plan.threads, jobs[s], signal, async (job) => {
        const reason = skipReason(job, states, hopeless.get(lineOf(job)) ?? []);
        const row =
          reason === undefined
            ? await solveJob(pools.get(job.series)!, plan, job, states)
            : { ...identity(plan, job), ...EMPTY, outcome: 'skipped', reason };
        if (signal.aborted) return undefined;
        progress.add(guessedSeconds(job, plan), row.outcome === 'failed');
        write(rowLine(SOLVE_COLUMNS, row));
        return row;
      });
      // An interrupt leaves the last ones out; all that is there stands in the order of the jobs.
      const done = found.filter((row): row is Row => row !== undefined);
      rows.push(...done);
      if (done.length < found.length) break;
      for (const line of new Set(jobs[s].map(lineOf))) {
        const own = done.filter((_, i) => lineOf(jobs[s][i]) === line);
        const unsolved = own.filter(({ outcome }) => outcome !== 'solved').length;
        if (own.length > 0 && 2 * unsolved >= own.length)
          hopeless.set(line, [...(hopeless.get(line) ?? []), size]);
      }
    }
  } finally {
    progress.stop();
    await Promise.all([...pools.values()].map((pool) => pool.close()));
  }
  return rows;
}

type Pools = ReadonlyMap<Series, SolvePool>;
const firstOf = (pools: Pools): SolvePool => [...pools.values()][0];

/** Solves the smallest size by every series once, untimed, so that no later time holds the compilation of a solver. */
async function warmUp(pools: Pools, plan: ScalabilityPlan, signal: AbortSignal): Promise<void> {
  const [size] = plan.sizes;
  const { series, seeds, timeLimit, capacity } = plan;
  const formulations = series.map(({ formulation }) => formulation);
  const task = { ...size, seed: seeds[0], states: 1, stride: 1, capacity, formulations };
  const [made] = await firstOf(pools)
    .states({ ...task, source: 'generated' })
    .catch(() => []);
  if (made === undefined) return;
  await inLanes(1, series, signal, (row) =>
    pools.get(row)!.solve({
      problem: made.problems[row.formulation]!,
      solver: row.solver,
      reduce: !row.printed,
      timeLimit: Math.min(timeLimit, WARM_UP_SECONDS),
      repetitions: 1,
    }),
  );
}

async function statesOf(
  pool: SolvePool,
  plan: ScalabilityPlan,
  size: Size,
  signal: AbortSignal,
): Promise<States> {
  const formulations = [...new Set(plan.series.map(({ formulation }) => formulation))];
  const { capacity, states, sources, seeds } = plan;
  const all = new Map<string, readonly State[]>();
  const wanted = sources.flatMap((source) => seeds.map((seed) => ({ source, seed })));
  await inLanes(plan.threads, wanted, signal, async ({ source, seed }) => {
    const task = { ...size, source, seed, states, stride: seeds.length, capacity, formulations };
    const made = await pool.states(task).catch((error: Error) => {
      // An interrupt ends the thread, which is no failure of the simulation.
      if (signal.aborted) return [];
      throw error;
    });
    all.set(statesKey(source, seed), made);
  });
  return all;
}

function identity({ capacity, timeLimit, seeds }: ScalabilityPlan, job: Job) {
  const { size, series, source, seed, state } = job;
  return {
    ...size,
    source,
    capacity,
    formulation: series.formulation,
    solver: series.solver,
    printed: series.printed,
    seed: source === 'generated' ? seed + state * seeds.length : seed,
    state_s: Number.NaN,
    time_limit_s: timeLimit,
  };
}

/** The cells of a solve that was not tried. */
const EMPTY = {
  keys_used: Number.NaN,
  reason: '',
  status: '',
  solved_by: '',
  objective: Number.NaN,
  bound: Number.NaN,
  gap_percent: Number.NaN,
  solve_time_ms: Number.NaN,
  solve_cpu_time_ms: Number.NaN,
  repetitions: 0,
  variables: Number.NaN,
  variables_solved: Number.NaN,
  keys_left: Number.NaN,
};

async function solveJob(pool: SolvePool, plan: ScalabilityPlan, job: Job, states: States): Promise<Row> {
  const { time, problems } = stateOf(job, states)!;
  const problem = problems[job.series.formulation]!;
  const { solver, printed } = job.series;
  const { timeLimit } = plan;
  const found = await pool.solve({
    problem,
    solver,
    reduce: !printed,
    timeLimit,
    repetitions: REPETITIONS,
  });
  const { price, bound, sizes } = found;
  const objective = price?.objective ?? Number.NaN;
  return {
    ...identity(plan, job),
    ...EMPTY,
    state_s: time,
    keys_used: problem.keys,
    outcome: outcomeOf(found, timeLimit),
    reason: found.error ?? '',
    status: found.status,
    solved_by: found.solver,
    objective,
    bound: Number.isFinite(bound) ? bound : Number.NaN,
    gap_percent: (100 * Math.max(0, objective - bound)) / Math.max(Math.abs(objective), 1e-9),
    solve_time_ms: found.wallMs,
    solve_cpu_time_ms: found.cpuMs,
    repetitions: found.repetitions,
    variables: sizes?.variables ?? Number.NaN,
    variables_solved: sizes?.variablesReduced ?? Number.NaN,
    keys_left: sizes?.keysLeft ?? Number.NaN,
  };
}

function outcomeOf({ how, status, wallMs }: TimedSolve, timeLimit: number): string {
  if (how === 'failed') return 'failed';
  if (how === 'ended') return 'timeout';
  if (status !== 'limit') return 'solved';
  return wallMs >= AT_LIMIT * 1000 * timeLimit ? 'timeout' : 'stopped';
}

/** Handles `items` in their order, no more than `lanes` at a time; results stand in the order of the items. */
async function inLanes<T, R>(
  lanes: number,
  items: readonly T[],
  signal: AbortSignal,
  handle: (item: T) => Promise<R>,
): Promise<(R | undefined)[]> {
  const results: (R | undefined)[] = Array(items.length).fill(undefined);
  let next = 0;
  const lane = async () => {
    while (next < items.length && !signal.aborted) {
      const i = next++;
      results[i] = await handle(items[i]);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
