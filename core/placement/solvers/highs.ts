/**
 * HiGHS as a backend: handed arrays, with all gaps at 0. Its limit in a simulation is the nodes of its tree, so that
 * no machine changes a plan.
 */
import type { Programme, ProgrammeOutcome } from '../programme.js';
import { reducedValue } from '../reduced-problem.js';
import { HIGHS_INFEASIBLE, HIGHS_OPTIMAL, highsModel } from './highs-runtime.js';
import { choiceOf, programmeConstant, reducedProgramme } from './reduced-programme.js';
import type { Backend, Limits } from './solver.js';

/** `primal_solution_status` of a feasible point. */
const FEASIBLE_POINT = 2;
/** The limit in nodes of its tree that holds where neither work nor a deadline is given. */
const DEFAULT_NODES = 2000;
/** Nodes are counted in 32 bits. */
const MOST_NODES = 2 ** 31 - 1;

/**
 * With a good plan at hand its heuristics only cost time, and so do restarts of a tree that is small: without them the median
 * solve at 10 and 35 nodes, 30 functions, tight, takes half the CPU time (6 instances a reading). Where more columns than `SMALL` are
 * left, plans can still be poor and trees large, and both pay.
 */
const SMALL = 1500;
const FOR_A_PROOF = {
  mip_heuristic_effort: 0,
  mip_heuristic_run_rins: false,
  mip_heuristic_run_rens: false,
  mip_heuristic_run_root_reduced_cost: false,
  mip_allow_restart: false,
} as const;

/**
 * Solves to a gap of 0 or the limit; `cutoff` is a value that only better points are asked to beat.
 * @throws Error when `loadPlacementSolvers` has not been awaited.
 */
export function solveMixedInteger(
  programme: Programme,
  { work, deadline }: Limits,
  cutoff = Number.POSITIVE_INFINITY,
): ProgrammeOutcome {
  const model = highsModel(programme, true);
  try {
    const nodes = work ?? (deadline === undefined ? DEFAULT_NODES : MOST_NODES);
    model.options.set({
      mip_rel_gap: 0,
      mip_abs_gap: 0,
      mip_feasibility_tolerance: 1e-9,
      mip_max_nodes: Math.min(MOST_NODES, Math.ceil(nodes)),
      ...(cutoff < Number.POSITIVE_INFINITY ? { objective_bound: cutoff } : {}),
      ...(cutoff < Number.POSITIVE_INFINITY && programme.columns <= SMALL ? FOR_A_PROOF : {}),
      ...(deadline === undefined ? {} : { time_limit: Math.max(0.01, deadline.at - deadline.now()) }),
    });
    const { modelStatus } = model.run();
    const found = model.info.get('primal_solution_status') === FEASIBLE_POINT;
    const bound = Number(model.info.get('mip_dual_bound'));
    return {
      status:
        modelStatus === HIGHS_OPTIMAL
          ? 'optimal'
          : modelStatus === HIGHS_INFEASIBLE
            ? 'infeasible'
            : 'stopped',
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
    const outcome = solveMixedInteger(reducedProgramme(reduced), limits);
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
  solveProgramme: (programme, limits) => solveMixedInteger(programme, limits),
};
