/** What the placement problems of a run came to: one record a decision, and their sums for the run's columns. */
import type { PlacementResult } from './result.js';

/** A decision's result without its plan. */
export type PlacementRecord = Omit<PlacementResult, 'placement'>;

/** Columns of a run; means over decisions are NaN where there was none. */
export interface PlacementMetrics {
  readonly placement_optimal: number;
  readonly placement_feasible: number;
  readonly placement_limit: number;
  readonly placement_infeasible: number;
  readonly placement_stayed: number;
  readonly placement_objective_mean: number;
  readonly placement_bound_mean: number;
  readonly placement_gap_mean_percent: number;
  readonly placement_gap_max_percent: number;
  readonly placement_variables_mean: number;
  readonly placement_variables_reduced_mean: number;
  readonly placement_keys_left_mean: number;
  readonly placement_by_reduction: number;
  readonly placement_by_glpk: number;
  readonly placement_by_highs: number;
  readonly placement_by_branch_and_bound: number;
  readonly placement_by_branch_and_cut: number;
  readonly placement_by_heuristic: number;
  readonly placement_work: number;
}

const EXACT = ['reduction', 'glpk', 'highs', 'branch-and-bound', 'branch-and-cut'];

export function placementMetrics(records: readonly PlacementRecord[]): PlacementMetrics {
  const count = (holds: (record: PlacementRecord) => boolean): number => records.filter(holds).length;
  const by = (solver: string): number => count((record) => record.solver === solver);
  const allowed = records.filter((record) => record.allowed);
  const gaps = allowed.map(({ gap }) => 100 * gap);
  return {
    placement_optimal: count(({ status }) => status === 'optimal'),
    placement_feasible: count(({ status }) => status === 'feasible'),
    placement_limit: count(({ status }) => status === 'limit'),
    placement_infeasible: count(({ status }) => status === 'infeasible'),
    placement_stayed: count(({ stayed }) => stayed),
    placement_objective_mean: mean(allowed.map(({ objective }) => objective)),
    placement_bound_mean: mean(allowed.map(({ bound }) => bound)),
    placement_gap_mean_percent: mean(gaps),
    placement_gap_max_percent: gaps.reduce((most, gap) => (gap > most ? gap : most), gaps[0] ?? Number.NaN),
    placement_variables_mean: mean(records.map(({ sizes }) => sizes.variables)),
    placement_variables_reduced_mean: mean(records.map(({ sizes }) => sizes.variablesReduced)),
    placement_keys_left_mean: mean(records.map(({ sizes }) => sizes.keysLeft)),
    placement_by_reduction: by('reduction'),
    placement_by_glpk: by('glpk'),
    placement_by_highs: by('highs'),
    placement_by_branch_and_bound: by('branch-and-bound'),
    placement_by_branch_and_cut: by('branch-and-cut'),
    placement_by_heuristic: count(({ solver }) => !EXACT.includes(solver)),
    placement_work: records.reduce((sum, { work }) => sum + work.count, 0),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
