import type { Parameters } from '../parameters.js';
import { formulationNamed } from '../placement/formulations/index.js';
import { solvePlacement } from '../placement/solve.js';
import type { Backend } from '../placement/solvers/solver.js';
import type { MigrationDecision, MigrationPolicy, Move, PolicyContext } from '../policy.js';
import { placementProblems } from './placement-problems.js';

/** What the placement problem is made of, whoever solves it. */
export const PARAMETERS_OF_THE_PROBLEM = [
  'placement.formulation',
  'placement.slo',
  'placement.penaltyWeight',
  'placement.tieWeight',
  'migration.storeMayHost',
  'migration.rateWeight',
  'migration.interval',
  'knowledge.mode',
  'slo.tMax',
  'slo.penalty',
  'nodes.edgeStorage',
  'nodes.cloudStorage',
] as const;

/**
 * State-aware migration, eqs. (8)-(25): the placement of the accessed keys that minimises penalties and
 * migration time. Keys that nobody accesses stay. The readings of the equations, `sound` and the others, are those
 * of core/placement/formulations; all weigh the nodes of (8) by where the function runs, or, before it ran, by where it
 * arrives. Without a checked plan that costs less than staying, all keys stay, and the run's columns count it.
 */
export const stateAware: MigrationPolicy = {
  kind: 'migration',
  name: 'state-aware',
  doc: 'the integer linear program of sec. 4.2, to proven optimality or the best plan within a limit of work',
  source: 'sec. 4.2, eqs. (8)-(25)',
  reads: [...PARAMETERS_OF_THE_PROBLEM, 'placement.solver'],
  make: (context) => decideWith(context, ({ placementSolver }) => placementSolver),
};

/** The same problem, solved by a heuristic whatever `placement.solver` says. */
export function heuristicStateAware(heuristic: Backend): MigrationPolicy {
  return {
    kind: 'migration',
    name: `state-aware:${heuristic.name}`,
    doc: `the placement problem of state-aware by a heuristic: ${heuristic.doc}`,
    source: heuristic.source,
    reads: PARAMETERS_OF_THE_PROBLEM,
    make: (context) => decideWith(context, () => heuristic.name),
  };
}

function decideWith(context: PolicyContext, solverOf: (parameters: Parameters) => string): MigrationDecision {
  const { view, parameters } = context;
  const problemNow = placementProblems(context, formulationNamed(parameters.formulation));
  const keys = view.accessedKeys;
  return () => {
    const { placement, ...record } = solvePlacement(problemNow(), { solver: solverOf(parameters) });
    const moves: Move[] = [];
    placement.forEach((to, k) => {
      if (to !== view.placeOf(keys[k])) moves.push({ key: keys[k], to });
    });
    return { moves, placement: record };
  };
}
