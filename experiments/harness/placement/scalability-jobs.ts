/** The single solves of `ds2p scalability`: which there are, and which are not tried. */
import {
  type Capacity,
  MOST_PRINTED_VARIABLES,
  type Series,
  type Size,
  type Source,
  seriesName,
} from './scalability-plan.js';
import type { State } from './states-worker.js';

export interface ScalabilityPlan {
  readonly sizes: readonly Size[];
  readonly series: readonly Series[];
  readonly sources: readonly Source[];
  readonly capacity: Capacity;
  readonly seeds: readonly number[];
  /** Decisions looked at in each simulation. */
  readonly states: number;
  readonly timeLimit: number;
  readonly threads: number;
}

/** Printed formulations take seconds, so that only the first state of each simulation is solved by them. */
const PRINTED_STATES = 1;

/** A problem to be solved by a series. */
export interface Job {
  readonly size: Size;
  readonly series: Series;
  readonly source: Source;
  readonly seed: number;
  /** Index of the state in its simulation, or of the generated problem. */
  readonly state: number;
}

/** Problems of a size, by source and seed. */
export type States = ReadonlyMap<string, readonly State[]>;
export const statesKey = (source: Source, seed: number): string => `${source} ${seed}`;

export const stateOf = ({ source, seed, state }: Job, states: States): State | undefined =>
  states.get(statesKey(source, seed))?.[state];

export function jobsOf({ series, sources, seeds, states }: ScalabilityPlan, size: Size): readonly Job[] {
  const count = (row: Series) => (row.printed ? Math.min(PRINTED_STATES, states) : states);
  return sources.flatMap((source) =>
    series.flatMap((row) =>
      seeds.flatMap((seed) =>
        Array.from({ length: count(row) }, (_, state) => ({ size, series: row, source, seed, state })),
      ),
    ),
  );
}

/** A line of the figure. */
export const lineOf = ({ series, source }: Job): string => `${source} ${seriesName(series)}`;

/** What a solve may take, for the estimate of the time that is left; the figures are those of docs/placement.md. */
export function guessedSeconds(
  { size: { nodes, functions }, series }: Job,
  { timeLimit }: ScalabilityPlan,
): number {
  const scale = (nodes * functions) / 300;
  const guess = series.printed ? (series.solver === 'glpk' ? timeLimit : scale) : 0.3 + 0.02 * scale;
  return Math.min(timeLimit, guess);
}

/** Why a job is not tried; undefined where it is. */
export function skipReason(job: Job, states: States, hopeless: readonly Size[]): string | undefined {
  const { size, series } = job;
  const smaller = hopeless.find(({ nodes, functions }) => nodes <= size.nodes && functions <= size.functions);
  if (smaller !== undefined)
    return `half of the problems or more were not solved within the limit at ${smaller.nodes} nodes and ${smaller.functions} functions`;
  const problem = stateOf(job, states)?.problems[series.formulation];
  if (problem === undefined) return 'the simulation has no such decision';
  const { nodes: n, keys, functions } = problem;
  const variables = keys * n * (n + 1) + 2 * functions * keys;
  if (!series.printed || variables <= MOST_PRINTED_VARIABLES) return undefined;
  return `${variables} printed variables do not fit into memory`;
}
