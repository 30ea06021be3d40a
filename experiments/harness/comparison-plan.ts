/** What a comparison of policies is about: its scenarios, the pairs of policies in each, and the runs of them all. */
import { join } from 'node:path';
import { PARAMETER_LIST, type Parameters, PRESETS, presetParameters } from '../../core/index.js';
import type { Margin, MetricName } from '../../results/policy-comparison.js';
import type { Experiment } from '../experiment.js';
import type { NamedParameter } from './configuration.js';
import { type ExpandOptions, expandExperiment, type Run } from './expand.js';
import type { PolicyPair } from './policy-pairs.js';
import { valueText } from './values.js';

export interface ComparisonPlan {
  readonly experiment: Experiment;
  readonly baseline: PolicyPair;
  readonly candidates: readonly PolicyPair[];
  /** Names of the candidates in tables, in their order, and that of the baseline. */
  readonly names: readonly string[];
  readonly baselineName: string;
  readonly metrics: readonly MetricName[];
  /** Difference that counts as none, where one was given. */
  readonly margin?: Margin;
  /** The command line, for the manifest. */
  readonly command?: string;
  /** Options of the expansion, without the policies. */
  readonly options: ExpandOptions;
  readonly scenarioName?: string;
  /** Path of the scenario file, for the manifest. */
  readonly scenarioPath?: string;
  /** Replications to begin with. */
  readonly replications: number;
  /** Replications are added until the relative half-width of the metric is at most `target` everywhere. */
  readonly precision?: { readonly target: number; readonly metric: MetricName; readonly most: number };
}

/** A scenario of a comparison: its label, and the first run of each pair, the baseline's first. */
export interface Cell {
  readonly label: string;
  readonly preset: string;
  readonly first: readonly Run[];
}

/** Up to so many parameters that vary are told in full. */
const TOLD = 2;

/**
 * What varies between the configurations of an experiment, policies apart, as the words by which they are told apart.
 * Parameters that differ because presets differ go without saying.
 */
function labels(runs: readonly Run[]): readonly string[] {
  const varies = (id: NamedParameter['id'], own: readonly Run[]) =>
    new Set(own.map(({ parameters }) => JSON.stringify(parameters[id]))).size > 1;
  const byPreset = PRESETS.map((preset) => runs.filter((run) => run.preset === preset));
  const ids = PARAMETER_LIST.filter(
    ({ id }) => id !== 'offloading' && id !== 'migration' && byPreset.some((own) => varies(id, own)),
  );
  const presets = new Set(runs.map(({ preset }) => preset)).size > 1;
  return runs.map(({ preset, parameters }) => {
    const defaults = presetParameters(preset);
    // Of many parameters, those with their default are left out.
    const isTold = (id: NamedParameter['id']) =>
      ids.length <= TOLD || JSON.stringify(parameters[id]) !== JSON.stringify(defaults[id]);
    const parts = ids
      .filter(({ id }) => isTold(id))
      .map(({ id, name, unit }) => `${name} = ${valueText(parameters[id])}${unit === '-' ? '' : ` ${unit}`}`);
    const all = [...(presets ? [preset] : []), ...parts];
    return all.length === 0 ? preset : all.join(', ');
  });
}

/** The first replication of every configuration under a pair of policies. @throws InputError as `expandExperiment`. */
function configurationsUnder({ experiment, options }: ComparisonPlan, pair: PolicyPair): readonly Run[] {
  const { overrides = { parameters: {} } } = options;
  const parameters: Partial<Parameters> = { ...overrides.parameters, ...pair };
  return expandExperiment(experiment, {
    ...options,
    replications: 1,
    overrides: { ...overrides, parameters },
  });
}

/** All scenarios of the plan. @throws InputError with every problem of the input. */
export function cellsOf(plan: ComparisonPlan): readonly Cell[] {
  const byPair = [plan.baseline, ...plan.candidates].map((pair) => configurationsUnder(plan, pair));
  const words = labels(byPair[0]);
  return byPair[0].map(({ preset }, c) => ({
    label: words[c],
    preset,
    first: byPair.map((runs) => runs[c]),
  }));
}

/** Another replication of a run, with the seed of that. */
export const replicate = (run: Run, replication: number): Run => ({
  ...run,
  replication,
  seed: run.seed + replication,
});

/**
 * The runs of all cells: scenario by scenario, in each pair by pair, and of each pair the replications from the first on.
 * @param counts replications by scenario.
 */
export const runsOfCells = (cells: readonly Cell[], counts: readonly number[]): readonly Run[] =>
  cells.flatMap(({ first }, c) =>
    first.flatMap((run, p) =>
      Array.from({ length: counts[c] }, (_, r) => ({
        ...replicate(run, r),
        configuration: c * first.length + p,
      })),
    ),
  );

/** The folder of a comparison within the folder of results. */
export const comparisonFolder = (out: string, experiment: string): string =>
  join(out, `compare-${experiment}`);
