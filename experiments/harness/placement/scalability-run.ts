/** Runs `ds2p scalability`: size after size, small ones first, every solve a row as soon as it is there. */
import { headerLine, type Row, rowLine } from '../../../results/csv.js';
import { SOLVE_COLUMNS } from '../../../results/scalability.js';
import { Progress } from '../progress.js';
import {
  type Capacity,
  MOST_PRINTED_VARIABLES,
  type Series,
  type Size,
  type Source,
  seriesName,
} from './scalability-plan.js';
import { SolvePool, type TimedSolve } from './solve-pool.js';
import type { State } from './states-worker.js';

export interface ScalabilityPlan {
  readonly sizes: readonly Size[];
  readonly series: readonly Series[];
  readonly sources: readonly Source[];
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
const WARM_UP_SECONDS = 2;
/** A solve that took this part of its limit ran into it. */
const AT_LIMIT = 0.95;

/** A problem to be solved by a series. */
interface Job {
  readonly size: Size;
  readonly series: Series;
  readonly source: Source;
  readonly seed: number;
  /** Index of the state in its simulation, or of the generated problem. */
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
  /** By series and source, the sizes at which no more than half of the problems were solved. */
  const hopeless = new Map<string, Size[]>();
  write(headerLine(SOLVE_COLUMNS));
  try {
    await warmUp(pool, plan, signal);
    for (const [s, size] of plan.sizes.entries()) {
      if (signal.aborted) break;
      const states = await statesOf(pool, plan, size, signal);
      const found = await inLanes(plan.threads, jobs[s], signal, async (job) => {
        const reason = skipReason(job, states, hopeless.get(lineOf(job)) ?? []);
        const row =
          reason === undefined
            ? await solveJob(pool, plan, job, states)
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
    await pool.close();
  }
  return rows;
}

function jobsOf({ series, sources, seeds, states }: ScalabilityPlan, size: Size): readonly Job[] {
  const count = (row: Series) => (row.printed ? Math.min(PRINTED_STATES, states) : states);
  return sources.flatMap((source) =>
    series.flatMap((row) =>
      seeds.flatMap((seed) =>
        Array.from({ length: count(row) }, (_, state) => ({ size, series: row, source, seed, state })),
      ),
    ),
  );
}

/** A line of the figure. */
const lineOf = ({ series, source }: Job): string => `${source} ${seriesName(series)}`;

/** What a solve may take, for the estimate of the time that is left; the figures are those of docs/placement.md. */
function guessedSeconds({ size: { nodes, functions }, series }: Job, { timeLimit }: ScalabilityPlan): number {
  const scale = (nodes * functions) / 300;
  const guess = series.printed ? (series.solver === 'glpk' ? timeLimit : scale) : 0.3 + 0.02 * scale;
  return Math.min(timeLimit, guess);
}

/** Solves the smallest size by every series once, untimed, so that no later time holds the compilation of a solver. */
async function warmUp(pool: SolvePool, plan: ScalabilityPlan, signal: AbortSignal): Promise<void> {
  const [size] = plan.sizes;
  const { series, seeds, timeLimit, capacity } = plan;
  const formulations = series.map(({ formulation }) => formulation);
  const task = { ...size, seed: seeds[0], states: 1, stride: 1, capacity, formulations };
  const [made] = await pool.states({ ...task, source: 'generated' }).catch(() => []);
  if (made === undefined) return;
  await inLanes(1, series, signal, ({ formulation, solver, printed }) =>
    pool.solve({
      problem: made.problems[formulation]!,
      solver,
      reduce: !printed,
      timeLimit: Math.min(timeLimit, WARM_UP_SECONDS),
      repetitions: 1,
    }),
  );
}

/** Problems of a size, by source and seed. */
type States = ReadonlyMap<string, readonly State[]>;
const statesKey = (source: Source, seed: number): string => `${source} ${seed}`;

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

const stateOf = ({ source, seed, state }: Job, states: States): State | undefined =>
  states.get(statesKey(source, seed))?.[state];

/** Why a job is not tried; undefined where it is. */
function skipReason(job: Job, states: States, hopeless: readonly Size[]): string | undefined {
  const { size, series } = job;
  const smaller = hopeless.find(({ nodes, functions }) => nodes <= size.nodes && functions <= size.functions);
  if (smaller !== undefined)
    return `half of the problems or more were not solved within the limit at ${smaller.nodes} nodes and ${smaller.functions} functions`;
  const problem = stateOf(job, states)?.problems[series.formulation];
  if (problem === undefined) return 'the simulation has no such decision';
  const { nodes: n, keys, functions } = problem;
  const variables = keys * n * (n + 1) + 2 * functions * keys;
  if (!series.printed || variables <= MOST_PRINTED_VARIABLES) return undefined;
  return `${variables} printed variables do not fit into memory`;
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
