/** Runs `ds2p scalability`: size after size, small ones first, every solve a row as soon as it is there. */
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { SOLVE_COLUMNS } from '../../results/scalability.js';
import { Progress } from '../harness/progress.js';
import { type Capacity, MOST_PRINTED_VARIABLES, type Series, type Size } from './scalability-plan.js';
import { SolvePool, type TimedSolve } from './solve-pool.js';
import type { State } from './states-worker.js';

export interface ScalabilityPlan {
  readonly sizes: readonly Size[];
  readonly series: readonly Series[];
  readonly capacity: Capacity;
  readonly seeds: readonly number[];
  /** Decisions looked at in each simulation. */
  readonly states: number;
  readonly timeLimit: number;
  readonly threads: number;
}

/** Solves of one problem at most; quick ones are repeated. */
const REPETITIONS = 20;
/** Printed formulations take seconds, so that only the first state of each simulation is solved by them. */
const PRINTED_STATES = 1;
/** A solve that took this part of its limit ran into it. */
const AT_LIMIT = 0.95;

/** A problem to be solved by a series. */
interface Job {
  readonly size: Size;
  readonly series: Series;
  readonly seed: number;
  /** Index of the state in its simulation. */
  readonly state: number;
}

class SolveProgress extends Progress {
  override text(): string {
    return super.text().replaceAll('runs', 'solves');
  }
}

/**
 * @param write gets the lines of solves.csv, header first.
 * @returns the rows in the order of the file: by size, series, seed, state.
 */
export async function runScalability(
  plan: ScalabilityPlan,
  signal: AbortSignal,
  write: (line: string) => void,
): Promise<readonly Row[]> {
  const pool = new SolvePool(plan.threads, signal);
  const jobs = plan.sizes.map((size) => jobsOf(plan, size));
  const progress = new SolveProgress(
    jobs.reduce((sum, list) => sum + list.length, 0),
    jobs.flat().reduce((sum, job) => sum + guessedSeconds(job, plan), 0),
  );
  const rows: Row[] = [];
  /** By series, the sizes at which none of its problems was solved. */
  const hopeless = new Map<Series, Size[]>();
  write(headerLine(SOLVE_COLUMNS));
  try {
    for (const [s, size] of plan.sizes.entries()) {
      if (signal.aborted) break;
      const states = await statesOf(pool, plan, size, signal);
      const found = await inLanes(plan.threads, jobs[s], signal, async (job) => {
        const reason = skipReason(job, states, hopeless.get(job.series) ?? []);
        const row =
          reason === undefined
            ? await solveJob(pool, plan, job, states)
            : { ...identity(plan, job), ...EMPTY, outcome: 'skipped', reason };
        if (signal.aborted) return undefined;
        progress.add(guessedSeconds(job, plan), row.outcome === 'failed');
        write(rowLine(SOLVE_COLUMNS, row));
        return row;
      });
      const done = found.filter((row): row is Row => row !== undefined);
      rows.push(...done);
      for (const series of plan.series) {
        const own = done.filter((row) => isOf(row, series));
        if (own.length > 0 && own.every(({ outcome }) => outcome !== 'solved'))
          hopeless.set(series, [...(hopeless.get(series) ?? []), size]);
      }
    }
  } finally {
    progress.stop();
    await pool.close();
  }
  return rows;
}

function jobsOf({ series, seeds, states }: ScalabilityPlan, size: Size): readonly Job[] {
  return series.flatMap((row) =>
    seeds.flatMap((seed) =>
      Array.from({ length: row.printed ? Math.min(PRINTED_STATES, states) : states }, (_, state) => ({
        size,
        series: row,
        seed,
        state,
      })),
    ),
  );
}

const isOf = (row: Row, { formulation, solver, printed }: Series): boolean =>
  row.formulation === formulation && row.solver === solver && row.printed === printed;

/** What a solve may take, for the estimate of the time that is left; the figures are those of docs/placement.md. */
function guessedSeconds({ size: { nodes, functions }, series }: Job, { timeLimit }: ScalabilityPlan): number {
  const scale = (nodes * functions) / 300;
  const guess = series.printed ? (series.solver === 'glpk' ? timeLimit : scale) : 0.3 + 0.02 * scale;
  return Math.min(timeLimit, guess);
}

async function statesOf(
  pool: SolvePool,
  plan: ScalabilityPlan,
  size: Size,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly State[]>> {
  const formulations = [...new Set(plan.series.map(({ formulation }) => formulation))];
  const { capacity, states } = plan;
  const bySeed = new Map<number, readonly State[]>();
  await inLanes(plan.threads, plan.seeds, signal, async (seed) => {
    const task = { ...size, seed, states, capacity, formulations };
    const made = await pool.states(task).catch((error: Error) => {
      // An interrupt ends the thread, which is no failure of the simulation.
      if (signal.aborted) return [];
      throw error;
    });
    bySeed.set(seed, made);
  });
  return bySeed;
}

const problemOf = ({ series, seed, state }: Job, states: ReadonlyMap<number, readonly State[]>) =>
  states.get(seed)?.[state]?.problems[series.formulation];

/** Why a job is not tried; undefined where it is. */
function skipReason(
  job: Job,
  states: ReadonlyMap<number, readonly State[]>,
  hopeless: readonly Size[],
): string | undefined {
  const { size, series } = job;
  const smaller = hopeless.find(({ nodes, functions }) => nodes <= size.nodes && functions <= size.functions);
  if (smaller !== undefined)
    return `no problem was solved within the limit at ${smaller.nodes} nodes and ${smaller.functions} functions`;
  const problem = problemOf(job, states);
  if (problem === undefined) return 'the simulation has no such decision';
  const { nodes: n, keys, functions } = problem;
  const variables = keys * n * (n + 1) + 2 * functions * keys;
  if (!series.printed || variables <= MOST_PRINTED_VARIABLES) return undefined;
  return `${variables} printed variables do not fit into memory`;
}

function identity({ capacity, timeLimit }: ScalabilityPlan, { size, series, seed, state }: Job) {
  return {
    ...size,
    capacity,
    formulation: series.formulation,
    solver: series.solver,
    printed: series.printed,
    seed,
    state_s: Number.NaN,
    state,
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

async function solveJob(
  pool: SolvePool,
  plan: ScalabilityPlan,
  job: Job,
  states: ReadonlyMap<number, readonly State[]>,
): Promise<Row> {
  const problem = problemOf(job, states)!;
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
    state_s: states.get(job.seed)![job.state].time,
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
