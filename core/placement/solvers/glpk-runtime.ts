/**
 * GLPK compiled to WebAssembly. Loading is asynchronous, solving is not: a simulation that runs in a worker loads once,
 * before it starts.
 */
import createGlpk, { type GLPK } from 'glpk.js/node';

let glpk: GLPK | null = null;

/** Loads the solvers that need loading; to be awaited once a thread before a problem is given to GLPK. */
export async function loadPlacementSolvers(): Promise<void> {
  glpk ??= await createGlpk();
}

/** One linear constraint: lower <= sum of coefficient * variable <= upper, either side may be infinite. */
export interface Row {
  readonly name: string;
  readonly terms: readonly (readonly [variable: string, coefficient: number])[];
  readonly lower: number;
  readonly upper: number;
}

/** A mixed-integer linear programme, to be minimised; variables are at least 0. */
export interface Programme {
  readonly name: string;
  readonly objective: readonly (readonly [variable: string, coefficient: number])[];
  readonly rows: readonly Row[];
  readonly binaries: readonly string[];
}

export interface ProgrammeResult {
  /** 'none': GLPK gave no plan, which may or may not mean that there is none. */
  readonly status: 'optimal' | 'feasible' | 'none';
  readonly value: number;
  readonly variables: Readonly<Record<string, number>>;
}

/**
 * Solves to optimality with a relative gap of 0. The status is GLPK's word: plans have to be checked and priced.
 * There is no limit, since GLPK's is in wall time, which would let the machine change the plan.
 * @throws Error when `loadPlacementSolvers` has not been awaited.
 */
export function solveProgramme(programme: Programme): ProgrammeResult {
  if (glpk === null)
    throw new Error('GLPK is not loaded. Await loadPlacementSolvers() once before solving with it.');
  const { GLP_MIN, GLP_MSG_OFF, GLP_OPT, GLP_FEAS } = glpk;
  const vars = (terms: Programme['objective']) => terms.map(([name, coef]) => ({ name, coef }));
  const { result } = glpk.solve(
    {
      name: programme.name,
      objective: { direction: GLP_MIN, name: 'cost', vars: vars(programme.objective) },
      subjectTo: programme.rows.map((row) => ({
        name: row.name,
        vars: vars(row.terms),
        bnds: { type: boundType(glpk!, row), lb: finite(row.lower), ub: finite(row.upper) },
      })),
      binaries: [...programme.binaries],
    },
    { msglev: GLP_MSG_OFF, mipgap: 0, presol: true },
  );
  const status = result.status === GLP_OPT ? 'optimal' : result.status === GLP_FEAS ? 'feasible' : 'none';
  return { status, value: result.z, variables: result.vars };
}

function boundType({ GLP_FR, GLP_LO, GLP_UP, GLP_DB, GLP_FX }: GLPK, { lower, upper }: Row): number {
  if (lower === upper) return GLP_FX;
  if (upper === Number.POSITIVE_INFINITY) return lower === Number.NEGATIVE_INFINITY ? GLP_FR : GLP_LO;
  return lower === Number.NEGATIVE_INFINITY ? GLP_UP : GLP_DB;
}

/** GLPK ignores the sides that the type of the row leaves out. */
function finite(bound: number): number {
  return Number.isFinite(bound) ? bound : 0;
}
