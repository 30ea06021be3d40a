/** From an experiment to its runs: presets x cases x zips x axes x replications, in a fixed order. */
import { createHash } from 'node:crypto';
import { type Parameters, type PresetName, presetParameters, type Scenario } from '../../core/index.js';
import type { Experiment, ParameterValues, Plan } from '../experiment.js';
import { type Condition, parseConstraint } from './constraints.js';
import { type CheckContext, crossCheck, sizeOf } from './cross-checks.js';
import { collect, type Problem, throwProblems } from './errors.js';
import { KeyIndex } from './key-index.js';
import {
  byId,
  type ExpandOptions,
  type ResolvedExperiment,
  resolveExperiment,
  withoutRefused,
  zipGroups,
} from './resolve-experiment.js';
import { KEY_DIGITS } from './run-key.js';

export type { ExpandOptions } from './resolve-experiment.js';

/** One run: what a worker needs, and where its row goes. */
export interface Run {
  readonly experiment: string;
  readonly preset: PresetName;
  readonly parameters: Parameters;
  /** Number of its configuration within the experiment, from 0: the row of summary.csv. */
  readonly configuration: number;
  /** From 0. */
  readonly replication: number;
  readonly seed: number;
  /** Number of the run within the experiment, from 0: the row of runs.csv. */
  readonly index: number;
  /** Rough cost in seconds of one core, see `estimatedCost`. */
  readonly cost: number;
}

/** Runs in the order of their indices; an array is one, and so are runs that are made when they are asked for. */
export interface RunList extends Iterable<Run> {
  readonly length: number;
  at(index: number): Run | undefined;
}

/** More configurations or runs than this are taken for a slip: they would take years. */
const MAX_CONFIGURATIONS = 1e7;
const MAX_RUNS = 1e8;
/** No more problems than this are told of combinations. */
const MAX_PROBLEMS = 20;

/** What varies, a list a dimension; the last one varies fastest. */
function dimensions(plan: Plan): readonly (readonly ParameterValues[])[] {
  const lists = (axes: object) => Object.entries<readonly unknown[] | undefined>(axes as never);
  const zipped = zipGroups(plan).map((group) => {
    const length = lists(group)[0]?.[1]?.length ?? 0;
    return Array.from({ length }, (_, i) =>
      Object.fromEntries(lists(group).map(([name, values = []]) => [name, values[i]])),
    );
  });
  const crossed = lists(plan.axes ?? {}).map(([name, values = []]) =>
    values.map((value): ParameterValues => ({ [name]: value })),
  );
  return [...(plan.cases === undefined ? [] : [plan.cases]), ...zipped, ...crossed];
}

interface Configuration {
  readonly preset: PresetName;
  readonly parameters: Parameters;
}

/** Runs that are made from their numbers, so that a million of them need no memory but a few numbers each. */
class ExpandedRuns implements RunList {
  readonly length: number;
  private readonly sets: readonly (readonly ParameterValues[])[];
  /** Combinations of one preset. */
  private readonly combinations: number;
  /** Combination of each configuration. */
  private readonly kept: Float64Array;
  private readonly costs: Float64Array;
  private cached: (Configuration & { readonly configuration: number }) | undefined;

  constructor(
    private readonly experiment: ResolvedExperiment,
    context: CheckContext & { readonly unchecked?: boolean },
    label: string,
  ) {
    this.sets = dimensions(experiment);
    this.combinations = this.sets.reduce((product, { length }) => product * length, 1);
    const total = experiment.presets.length * this.combinations;
    if (total > MAX_CONFIGURATIONS)
      throwProblems([
        {
          path: `${label}axes`,
          fact: `they span ${total} configurations, more than ${MAX_CONFIGURATIONS}.`,
          remedy: 'Give fewer values, or use "zip" for what varies together.',
        },
      ]);
    const { kept, costs } = this.visitAll(total, context, label);
    this.kept = Float64Array.from(kept);
    this.costs = Float64Array.from(costs);
    this.length = this.kept.length * experiment.replications;
    if (this.length > MAX_RUNS)
      throwProblems([
        {
          path: `${label}replications`,
          fact: `${experiment.replications} of ${this.kept.length} configurations are ${this.length} runs, more than ${MAX_RUNS}.`,
          remedy: 'Give fewer replications, or fewer values.',
        },
      ]);
  }

  /** Which combinations meet the constraints and are not visited before, and their costs. @throws InputError. */
  private visitAll(
    total: number,
    context: CheckContext & { readonly unchecked?: boolean },
    label: string,
  ): { readonly kept: readonly number[]; readonly costs: readonly number[] } {
    const problems = new Map<string, Problem>();
    const conditions = (this.experiment.constraints ?? []).map((text) => parseConstraint(text, label, []));
    const seen = new KeyIndex(total);
    const kept: number[] = [];
    const costs: number[] = [];
    for (let combination = 0; combination < total && problems.size < MAX_PROBLEMS; combination++) {
      const configuration = this.configurationOf(combination);
      const { parameters } = configuration;
      if (!conditions.every((holds: Condition | undefined) => holds?.(parameters) !== false)) {
        continue;
      }
      const digest = createHash('sha256').update(JSON.stringify(configuration)).digest('hex');
      const added = seen.count;
      if (seen.add(digest.slice(0, KEY_DIGITS)) !== added) continue;
      if (!context.unchecked)
        for (const problem of crossCheck(parameters, context)) problems.set(JSON.stringify(problem), problem);
      kept.push(combination);
      costs.push(context.unchecked ? 0 : estimatedCost(parameters, context.scenario));
    }
    if (kept.length === 0 && problems.size === 0)
      problems.set('none', {
        path: `${label}constraints`,
        fact: 'no configuration meets them all.',
        remedy: 'Loosen them, or give other values.',
      });
    throwProblems([...problems.values()]);
    return { kept, costs };
  }

  /** The parameters of a combination: a number in a system whose digits are the dimensions. */
  private configurationOf(combination: number): Configuration {
    const { experiment, sets, combinations } = this;
    const preset = experiment.presets[Math.floor(combination / combinations)];
    let rest = combination % combinations;
    let varied: ParameterValues = {};
    for (let d = sets.length - 1; d >= 0; d--) {
      const values = sets[d];
      varied = { ...values[rest % values.length], ...varied };
      rest = Math.floor(rest / values.length);
    }
    const parameters = presetParameters(preset, {
      duration: experiment.duration,
      ...byId({ ...experiment.fixed, ...varied }),
    });
    return { preset, parameters };
  }

  at(index: number): Run | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const { experiment, kept, costs } = this;
    const configuration = Math.floor(index / experiment.replications);
    const replication = index % experiment.replications;
    if (this.cached?.configuration !== configuration)
      this.cached = { ...this.configurationOf(kept[configuration]), configuration };
    const { preset, parameters } = this.cached;
    return {
      experiment: experiment.name,
      preset,
      parameters,
      configuration,
      replication,
      seed: experiment.seed + replication,
      index,
      cost: costs[configuration],
    };
  }

  *[Symbol.iterator](): Iterator<Run> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}

/** The runs of a resolved experiment. @throws InputError with every problem of their parameters. */
export function runsOf(
  experiment: ResolvedExperiment,
  context: CheckContext & {
    /** The runs were checked when their sweep began; costs are then 0. */
    readonly unchecked?: boolean;
  } = {},
  label = `experiment ${experiment.name}: `,
): RunList {
  return new ExpandedRuns(experiment, context, label);
}

/** An experiment that says it all, and its runs. @throws InputError with every problem. */
export function planRuns(
  experiment: Experiment,
  options: ExpandOptions,
): {
  readonly experiment: ResolvedExperiment;
  readonly resolved: ResolvedExperiment;
  readonly runs: RunList;
} {
  const { scenario, scenarioUnreadable, overrides, label } = options;
  const context = { scenario, scenarioUnreadable, refused: overrides?.refused };
  const problems: Problem[] = [];
  const resolved = collect(problems, () => resolveExperiment(experiment, options));
  if (resolved === undefined) {
    // What is right is checked for problems of its own, so that all are told at once.
    const { cleaned, refused } = withoutRefused(experiment);
    const all = { ...context, refused: new Set([...refused, ...(overrides?.refused ?? [])]) };
    collect(problems, () => runsOf(resolveExperiment(cleaned, options), all, label));
    throwProblems(problems);
  }
  return { experiment: resolved!, resolved: resolved!, runs: runsOf(resolved!, context, label) };
}

/** All runs of an experiment at once. @throws InputError with every problem. */
export function expandExperiment(experiment: Experiment, options: ExpandOptions): readonly Run[] {
  return [...planRuns(experiment, options).runs];
}

/**
 * Rough cost of a run in seconds of one core, from measured runs: 0.3 us a request, and 2 us a (node, key)
 * pair of the placement problem a decision. It sizes batches, shards and the ETA; nothing else depends on it.
 */
export function estimatedCost(p: Parameters, scenario?: Scenario): number {
  const { requests, nodes, accesses, keys } = sizeOf(p, scenario);
  const decisions = p.migration === 'state-aware' ? p.duration / p.migrationInterval : 0;
  return 0.001 + 3e-7 * requests + 2e-6 * decisions * nodes * Math.min(accesses, keys);
}
