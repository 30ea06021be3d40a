/** The registry of heuristics: each is a backend, and `state-aware:<name>` a migration policy. */
import type { Backend } from '../solvers/solver.js';

export const HEURISTICS: readonly Backend[] = [];
