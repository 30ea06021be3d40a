/** The registry of heuristics: each is a backend, and `state-aware:<name>` a migration policy. */
import type { Backend } from '../solvers/solver.js';
import { annealing } from './annealing.js';
import { greedy } from './greedy.js';
import { lagrangian } from './lagrangian.js';
import { localSearch } from './local-search.js';
import { lpRounding } from './lp-rounding.js';

/** By rising effort. */
export const HEURISTICS: readonly Backend[] = [greedy, localSearch, lpRounding, lagrangian, annealing];
