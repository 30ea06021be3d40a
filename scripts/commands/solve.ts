/** `ds2p solve`: one placement problem from a file, by one solver or by all of them side by side. */
import { FORMULATIONS, type FormulationName } from '../../core/placement/formulations/index.js';
import type { PlacementProblem } from '../../core/placement/problem.js';
import { problemFromReference } from '../../core/placement/reference-format.js';
import { SOLVERS } from '../../core/placement/solvers/index.js';
import { collect, unknownName } from '../../experiments/harness/errors.js';
import { type PlacementFile, readPlacementFile } from '../../experiments/harness/placement/placement-file.js';
import { SolvePool, type TimedSolve } from '../../experiments/harness/placement/solve-pool.js';
import type { Arguments, CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { secondsOption, toggle } from '../options.js';
import { comparisonText, solveText } from '../solve-text.js';
import { print } from '../stdout.js';
import { stoppingCleanly } from '../stopping.js';

const FORMULATION_NAMES = FORMULATIONS.map(({ name }) => name);
const SOLVER_NAMES = ['auto', ...SOLVERS.map(({ name }) => name)];
const DEFAULT_TIME_LIMIT = 60;
const REPETITIONS = 40;

/** Said when a signal comes. */
const SHOWS_ENDED =
  'the solver at work is given up, and those that have ended are shown. Once more to stop now.';

/** Solvers that can take the printed programme with all its variables. */
const PRINTED: readonly string[] = ['glpk', 'highs'];

/** What the options ask for. */
interface Wanted {
  readonly formulation: FormulationName;
  readonly solver: string;
  readonly reduce: boolean;
  readonly timeLimit: number;
}

function wantedFrom(given: Arguments): Wanted {
  const named = (option: string, noun: string, known: readonly string[], fallback: string): string => {
    const name = given.text(option) ?? fallback;
    if (!known.includes(name)) given.problems.push(unknownName(`--${option}`, noun, name, known));
    return name;
  };
  const formulation = named('formulation', 'a formulation', FORMULATION_NAMES, 'sound');
  const solver = named('solver', 'a solver', SOLVER_NAMES, 'auto');
  if (given.has('compare') && given.text('solver') !== undefined)
    given.problems.push({
      path: '--compare',
      fact: 'it runs every solver, and --solver names one.',
      remedy: 'Give one of the two.',
    });
  const reduce = !given.has('no-reduce');
  if (!reduce && !given.has('compare') && !PRINTED.includes(solver) && solver !== 'auto')
    given.problems.push({
      path: '--no-reduce',
      fact: `the solver "${solver}" does not take the printed variables.`,
      remedy: `Use --solver ${PRINTED.join(' or ')}, or leave it out.`,
    });
  return {
    formulation: formulation as FormulationName,
    // Only these can take every printed variable; HiGHS is the one that ends.
    solver: !reduce && solver === 'auto' ? 'highs' : solver,
    reduce,
    timeLimit: secondsOption(given, 'time-limit', DEFAULT_TIME_LIMIT),
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** (objective - bound) / |objective|, as a part of 1; NaN where either is not known. */
export function gapOf(objective: number | undefined, bound: number): number {
  if (objective === undefined || !Number.isFinite(bound)) return Number.NaN;
  return Math.max(0, objective - bound) / Math.max(Math.abs(objective), 1e-9);
}

/** An answer as `--json` prints it; what is not known is null. */
export function solveJson(found: TimedSolve, bound = found.bound) {
  const { how, error, status, placement, price, solver, sizes, work, stayed } = found;
  return {
    status,
    objective: price?.objective ?? null,
    bound: finiteOrNull(found.bound),
    gap: finiteOrNull(gapOf(price?.objective, bound)),
    placement: placement === null ? null : [...placement],
    ms: finiteOrNull(found.wallMs),
    repetitions: found.repetitions,
    solver,
    sizes,
    work,
    stayed,
    terms:
      price === null
        ? null
        : {
            penalty: price.penalty,
            migration: price.migration,
            slack: price.slack,
            access_time_s: price.accessTime,
          },
    ...(how === 'returned' ? {} : { note: error ?? 'ended at the time limit, since it did not return' }),
  };
}

async function solveOne(problem: PlacementProblem, pool: SolvePool, wanted: Wanted): Promise<TimedSolve> {
  const { solver, reduce, timeLimit } = wanted;
  return pool.solve({ problem, solver, reduce, timeLimit, repetitions: REPETITIONS });
}

/** Every solver, one after the other, so that none disturbs the time of another. */
async function solveAll(
  problem: PlacementProblem,
  pool: SolvePool,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<readonly TimedSolve[]> {
  const all: TimedSolve[] = [];
  for (const solver of SOLVER_NAMES) {
    if (signal.aborted) break;
    process.stderr.write(`${solver} ...`);
    const found = await solveOne(problem, pool, { ...wanted, solver });
    if (signal.aborted) break;
    process.stderr.write(` ${found.how === 'returned' ? found.status : found.how}\n`);
    all.push({ ...found, solver: solver === 'auto' ? `auto: ${found.solver}` : solver });
  }
  return all;
}

export const solveCommand: CommandSpec = {
  name: 'solve',
  describe: 'Solve one placement problem from a file',
  positional: [{ name: 'file', describe: 'JSON file, in the format of docs/placement.md', values: 'file' }],
  options: {
    formulation: {
      describe: `how the equations are read (${FORMULATION_NAMES.join(', ')})`,
      type: 'text',
      fallback: 'sound',
      values: FORMULATION_NAMES,
    },
    solver: {
      describe: `who solves it (${SOLVER_NAMES.join(', ')})`,
      type: 'text',
      fallback: 'auto: by size',
      values: SOLVER_NAMES,
    },
    'no-reduce': toggle(
      'leave the exact reductions out, so that every printed variable is there: by glpk, or highs, which auto then takes',
    ),
    compare: toggle('every solver and heuristic side by side: objective, gap to the best bound, time'),
    'time-limit': {
      describe: 'seconds of wall time for each solver; one that does not stop is ended',
      type: 'text',
      fallback: String(DEFAULT_TIME_LIMIT),
    },
    json: jsonOption('an object, with --compare an array'),
  },
  examples: [
    ['ds2p solve problem.json', 'the sound reading, by the solver that its size asks for'],
    ['ds2p solve problem.json --formulation as-written --json', '(8)-(25) as printed, for a script'],
    [
      'ds2p solve problem.json --formulation as-written --solver highs --no-reduce',
      'with every printed variable',
    ],
    ['ds2p solve problem.json --compare --time-limit 10', 'all solvers, ten seconds each'],
  ],
  run: async (given, signal) => {
    const files = given.positional('file');
    const wanted = wantedFrom(given);
    const instance = collect(given.problems, () =>
      files.length === 0 ? undefined : readPlacementFile(files[0]),
    );
    given.check();
    const file = instance as PlacementFile;
    const problem = problemFromReference(file, wanted.formulation);
    const pool = new SolvePool(1, signal);
    try {
      if (given.has('compare')) {
        const all = await stoppingCleanly(SHOWS_ENDED, () => solveAll(problem, pool, wanted, signal));
        const best = Math.max(
          ...all.map(({ status, bound }) => (status === 'infeasible' ? -Infinity : bound)),
        );
        const rows = all.map((found) => solveJson(found, best));
        if (given.has('json')) printJson(rows);
        else if (rows.length > 0) print(comparisonText(rows, wanted));
        if (all.length < SOLVER_NAMES.length) {
          console.error(`Interrupted: ${all.length} of ${SOLVER_NAMES.length} solvers have ended.`);
          return EXIT.interrupted;
        }
        return all.some(({ how }) => how === 'failed') ? EXIT.failed : EXIT.done;
      }
      const found = await solveOne(problem, pool, wanted);
      if (signal.aborted) return EXIT.interrupted;
      const answer = { formulation: wanted.formulation, ...solveJson(found) };
      if (given.has('json')) printJson(answer);
      if (found.how === 'failed') throw new Error(`${wanted.solver} failed: ${found.error}`);
      if (!given.has('json')) print(solveText(answer, problem, file.nodes));
      return EXIT.done;
    } finally {
      await pool.close();
    }
  },
};
