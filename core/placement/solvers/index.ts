/** The registry of backends: what `placement.solver` and `--solver` may name. */
import { HEURISTICS } from '../heuristics/index.js';
import { branchAndBoundBackend } from './branch-and-bound.js';
import { branchAndCutBackend } from './branch-and-cut.js';
import { glpkBackend } from './glpk.js';
import { highsBackend } from './highs.js';
import type { Backend } from './solver.js';

export const EXACT_SOLVERS: readonly Backend[] = [
  glpkBackend,
  highsBackend,
  branchAndBoundBackend,
  branchAndCutBackend,
];

export const SOLVERS: readonly Backend[] = [...EXACT_SOLVERS, ...HEURISTICS];

/** The row of the registry. @throws RangeError when there is none of this name. */
export function solverNamed(name: string): Backend {
  const backend = SOLVERS.find((row) => row.name === name);
  if (backend === undefined) {
    const known = ['auto', ...SOLVERS.map((row) => row.name)].join(', ');
    throw new RangeError(`"${name}" is not a solver. Known: ${known}.`);
  }
  return backend;
}
