/**
 * HiGHS compiled to WebAssembly (npm `highs`), handed arrays, with all gaps at 0. Its limits in a simulation are
 * branch-and-bound nodes and simplex iterations, so that no machine changes a plan.
 */
import type { Highs } from 'highs';
import * as highsModule from 'highs';
import type { Programme, ProgrammeOutcome } from '../programme.js';
import { reducedValue } from '../reduced-problem.js';
import { choiceOf, programmeConstant, reducedProgramme } from './reduced-programme.js';
import type { Backend, Limits } from './solver.js';

let highs: Highs | null = null;

/** Loads HiGHS; to be awaited once a thread before a problem is given to it. */
export async function loadHighs(): Promise<void> {
  // The declared types take the module for CommonJS, though it is one with a default export.
  const load = highsModule.default as unknown as typeof highsModule.default.default;
  highs ??= await load();
}

/** Status codes of HiGHS. */
const OPTIMAL = 7;
const INFEASIBLE = 8;
/** `primal_solution_status` of a feasible point. */
const FEASIBLE_POINT = 2;
/** The limit in nodes of its tree that holds where neither work nor a deadline is given. */
const DEFAULT_NODES = 2000;

/** @throws Error when `loadPlacementSolvers` has not been awaited. */
function solveProgramme(programme: Programme, { work, deadline }: Limits): ProgrammeOutcome {
  if (highs === null)
    throw new Error('HiGHS is not loaded. Await loadPlacementSolvers() once before solving with it.');
  const { columns, rows, integer } = programme;
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: programme.cost,
    colLower: new Float64Array(columns),
    colUpper: programme.upper,
    rowLower: programme.rowLower,
    rowUpper: programme.rowUpper,
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: columns,
      starts: programme.start,
      indices: programme.index,
      values: programme.value,
    },
    integrality: Int32Array.from(integer),
  });
  try {
    const nodes = work ?? (deadline === undefined ? DEFAULT_NODES : Number.POSITIVE_INFINITY);
    model.options.set({
      output_flag: false,
      mip_rel_gap: 0,
      mip_abs_gap: 0,
      mip_feasibility_tolerance: 1e-9,
      ...(nodes < 2 ** 31 ? { mip_max_nodes: Math.ceil(nodes) } : {}),
      ...(deadline === undefined ? {} : { time_limit: Math.max(0.01, deadline.at - deadline.now()) }),
    });
    const { modelStatus } = model.run();
    const found = model.info.get('primal_solution_status') === FEASIBLE_POINT;
    const bound = Number(model.info.get('mip_dual_bound'));
    return {
      status: modelStatus === OPTIMAL ? 'optimal' : modelStatus === INFEASIBLE ? 'infeasible' : 'stopped',
      x: found ? model.getSolution().colValue : null,
      bound: Number.isFinite(bound) ? bound : Number.NEGATIVE_INFINITY,
      work: Math.max(0, Number(model.info.get('mip_node_count'))),
    };
  } finally {
    model.dispose();
  }
}

export const highsBackend: Backend = {
  name: 'highs',
  kind: 'exact',
  doc: 'HiGHS in WebAssembly: simplex, cuts, branch and bound; limited in nodes of its tree',
  source: 'Huangfu and Hall, "Parallelizing the dual revised simplex method", Math. Prog. Comp. 10, 2018',
  workUnit: 'nodes',
  solve(reduced, limits) {
    const outcome = solveProgramme(reducedProgramme(reduced), limits);
    const constant = programmeConstant(reduced);
    const bound = constant + outcome.bound;
    if (outcome.x === null) {
      const status = outcome.status === 'infeasible' ? 'infeasible' : 'stopped';
      return { status, choice: null, value: Number.POSITIVE_INFINITY, bound, work: outcome.work };
    }
    const choice = choiceOf(reduced, outcome.x);
    const value = reducedValue(reduced, choice);
    const status = outcome.status === 'optimal' ? 'optimal' : 'stopped';
    return { status, choice, value, bound: Math.min(value, bound), work: outcome.work };
  },
  solveProgramme,
};
