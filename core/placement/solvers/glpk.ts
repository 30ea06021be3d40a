/**
 * GLPK compiled to WebAssembly (glpk.js). Loading is asynchronous, solving is not: a simulation that runs in a worker
 * loads once, before it starts.
 *
 * GLPK has no limit but wall time, which would let the machine change a plan. Where neither a deadline is given nor unlimited
 * work it therefore refuses what it is not known to solve in moments, by the size of the problem.
 */
import createGlpk, { type GLPK } from 'glpk.js/node';
import type { Programme, ProgrammeOutcome } from '../programme.js';
import { type ReducedProblem, reducedValue } from '../reduced-problem.js';
import { choiceOf, programmeConstant, reducedProgramme } from './reduced-programme.js';
import type { Backend, Limits } from './solver.js';

let glpk: GLPK | null = null;

/** Loads GLPK; to be awaited once a thread before a problem is given to it. */
export async function loadGlpk(): Promise<void> {
  glpk ??= await createGlpk();
}

/** GLPK's relative gap is measured against values that the constant left out would not move; this is exact. */
const NO_GAP = 0;

/**
 * Solves to optimality with a relative gap of 0. The status is GLPK's word: plans have to be checked and priced.
 * @throws Error when `loadPlacementSolvers` has not been awaited.
 */
function solveProgramme(programme: Programme, { deadline }: Limits): ProgrammeOutcome {
  if (glpk === null)
    throw new Error('GLPK is not loaded. Await loadPlacementSolvers() once before solving with it.');
  const { GLP_MIN, GLP_MSG_OFF, GLP_OPT, GLP_FEAS, GLP_NOFEAS, GLP_UP, GLP_FX } = glpk;
  const { columns, cost, upper, integer, rows, rowLower, rowUpper, start, index, value } = programme;
  const names = Array.from({ length: columns }, (_, c) => `c${c}`);
  const binaries = names.filter((_, c) => integer[c] === 1 && upper[c] === 1);
  // Binaries have the bounds 0 and 1 already; what may not be chosen is a binary no longer, but the constant 0.
  const bounds = names.flatMap((name, c) =>
    integer[c] === 1 && upper[c] === 1 ? [] : [upperBound(glpk!, name, upper[c])],
  );
  const seconds = deadline === undefined ? undefined : Math.max(1, Math.ceil(deadline.at - deadline.now()));
  const { result } = glpk.solve(
    {
      name: 'placement',
      objective: {
        direction: GLP_MIN,
        name: 'cost',
        vars: names.map((name, c) => ({ name, coef: cost[c] })),
      },
      subjectTo: Array.from({ length: rows }, (_, r) => ({
        name: `r${r}`,
        vars: Array.from({ length: start[r + 1] - start[r] }, (_, e) => ({
          name: names[index[start[r] + e]],
          coef: value[start[r] + e],
        })),
        bnds: rowBounds(glpk!, rowLower[r], rowUpper[r]),
      })),
      bounds: bounds.filter(({ type }) => type === GLP_UP || type === GLP_FX),
      binaries,
    },
    {
      msglev: GLP_MSG_OFF,
      mipgap: NO_GAP,
      presol: true,
      ...(seconds === undefined ? {} : { tmlim: seconds }),
    },
  );
  const found = result.status === GLP_OPT || result.status === GLP_FEAS;
  const optimal = result.status === GLP_OPT;
  return {
    status: optimal ? 'optimal' : result.status === GLP_NOFEAS ? 'infeasible' : 'stopped',
    x: found ? Float64Array.from(names, (name) => result.vars[name]) : null,
    bound: optimal ? result.z : Number.NEGATIVE_INFINITY,
    work: 1,
  };
}

function upperBound({ GLP_UP, GLP_FX, GLP_LO }: GLPK, name: string, upper: number) {
  if (upper === Number.POSITIVE_INFINITY) return { name, type: GLP_LO, lb: 0, ub: 0 };
  return { name, type: upper === 0 ? GLP_FX : GLP_UP, lb: 0, ub: upper };
}

function rowBounds({ GLP_FR, GLP_LO, GLP_UP, GLP_DB, GLP_FX }: GLPK, lower: number, upper: number) {
  // GLPK ignores the sides that the type of the row leaves out.
  const [lb, ub] = [lower, upper].map((bound) => (Number.isFinite(bound) ? bound : 0));
  if (lower === upper) return { type: GLP_FX, lb, ub };
  if (upper === Number.POSITIVE_INFINITY)
    return { type: lower === Number.NEGATIVE_INFINITY ? GLP_FR : GLP_LO, lb, ub };
  return { type: lower === Number.NEGATIVE_INFINITY ? GLP_UP : GLP_DB, lb, ub };
}

export const glpkBackend: Backend = {
  name: 'glpk',
  kind: 'exact',
  doc: 'GLPK 5 in WebAssembly (glpk.js): simplex and branch and cut; what may take it long is left to auto, unless there is a deadline',
  source: 'GNU Linear Programming Kit',
  workUnit: 'calls',
  solve(reduced, limits) {
    if (!isQuick(reduced) && limits.deadline === undefined && limits.work !== Number.POSITIVE_INFINITY)
      return { ...NOTHING, status: 'stopped', work: 0 };
    const outcome = solveProgramme(reducedProgramme(reduced), limits);
    if (outcome.x === null)
      return {
        ...NOTHING,
        status: outcome.status === 'infeasible' ? 'infeasible' : 'stopped',
        work: outcome.work,
      };
    const choice = choiceOf(reduced, outcome.x);
    const value = reducedValue(reduced, choice);
    const bound = Math.min(value, programmeConstant(reduced) + outcome.bound);
    const status = outcome.status === 'optimal' ? 'optimal' : 'stopped';
    return { status, choice, value, bound, work: outcome.work };
  },
  solveProgramme,
};

/** Candidates up to which GLPK was never seen to need more than a second: where capacity can bind, and where it cannot. */
const QUICK_TIGHT = 40;
const QUICK_LOOSE = 150;

function isQuick({ place, room }: ReducedProblem): boolean {
  const loose = place.every((j) => room[j] === Number.POSITIVE_INFINITY);
  return place.length <= (loose ? QUICK_LOOSE : QUICK_TIGHT);
}

const NOTHING = {
  choice: null,
  value: Number.POSITIVE_INFINITY,
  bound: Number.NEGATIVE_INFINITY,
} as const;
