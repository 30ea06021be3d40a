/** From an experiment to its runs: presets x cases x axes x replications, in a fixed order. */
import {
  PARAMETERS,
  type Parameters,
  type PresetName,
  presetParameters,
  type Scenario,
} from '../../core/index.js';
import { type Experiment, type ParameterValues, type Plan, QUICK } from '../experiment.js';
import {
  checkNamed,
  type Overrides,
  parameterNamed,
  unusedSettings,
  withPolicySettings,
} from './configuration.js';
import { crossCheck, replacedBy, sizeOf } from './cross-checks.js';
import { type Problem, throwProblems } from './errors.js';

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

/** Changes to an experiment that come from the command line. */
export interface ExpandOptions {
  /** Seed of replication 0; replication r has seed + r. */
  readonly seed: number;
  readonly replications?: number;
  /** Parameters that are set replace what the experiment says of them, its axes included. */
  readonly overrides?: Overrides;
  readonly quick?: boolean;
  /** The scenario on which the runs will be made; it takes part in checks and costs. */
  readonly scenario?: Scenario;
  /** A scenario was given and could not be read: checks that it takes part in are left out. */
  readonly scenarioUnreadable?: boolean;
}

/** The sets of values that a plan visits: cases x cartesian product of axes, the last axis fastest. */
function combinations({ cases = [{}], axes = {} }: Plan): readonly ParameterValues[] {
  let sets: readonly ParameterValues[] = cases;
  for (const [name, values = []] of Object.entries<readonly unknown[] | undefined>(axes))
    sets = sets.flatMap((set) =>
      values.map((value): ParameterValues => ({ ...set, [name]: value as never })),
    );
  return sets;
}

/** Every problem of the names and values that an experiment gives, each with its path in the experiment. */
function checkExperiment(experiment: Experiment, plan: Plan): readonly Problem[] {
  const checkSet = (set: ParameterValues, path: string) =>
    Object.entries(set).flatMap(([name, value]) => checkNamed(name, value, `${path}.${name}`));
  const at = `experiment ${experiment.name}: `;
  return [
    ...checkSet(experiment.fixed ?? {}, `${at}fixed`),
    ...(plan.cases ?? []).flatMap((set, i) => checkSet(set, `${at}cases[${i}]`)),
    ...Object.entries<readonly unknown[] | undefined>(plan.axes ?? {}).flatMap(([name, values = []]) =>
      values.flatMap((value, i) => checkNamed(name, value, `${at}axes.${name}[${i}]`)),
    ),
  ];
}

const byId = (set: ParameterValues): Partial<Parameters> =>
  Object.fromEntries(
    Object.entries(set).map(([name, value]) => [parameterNamed(name).id, value]),
  ) as Partial<Parameters>;

/** The configurations of an experiment; ones that overrides have made equal are visited once. */
function configurations(
  experiment: Experiment,
  plan: Plan,
  overrides: Overrides,
): readonly { readonly preset: PresetName; readonly parameters: Parameters }[] {
  const presets = overrides.preset === undefined ? experiment.presets : [overrides.preset];
  const all = presets.flatMap((preset) =>
    combinations(plan).map((set) => ({
      preset,
      parameters: withPolicySettings(
        presetParameters(preset, {
          ...byId({ ...experiment.fixed, ...set }),
          duration: plan.duration,
          ...overrides.parameters,
        }),
        overrides.policySettings,
      ),
    })),
  );
  const distinct = new Map(all.map((configuration) => [JSON.stringify(configuration), configuration]));
  return [...distinct.values()];
}

/** Problems of axes and overrides that a scenario makes void: a sweep over them would draw a flat line. */
function withoutEffect(
  experiment: Experiment,
  plan: Plan,
  overrides: Overrides,
  scenario: Scenario | undefined,
): readonly Problem[] {
  if (scenario === undefined) return [];
  const varied = new Set([
    ...Object.keys(plan.axes ?? {}),
    ...(plan.cases ?? []).flatMap((set) => Object.keys(set)),
  ]);
  return [...replacedBy(scenario)].flatMap(([id, part]) => {
    const { name } = PARAMETERS[id];
    const isVaried = varied.has(name);
    if (!isVaried && !(id in overrides.parameters)) return [];
    return {
      path: isVaried ? `experiment ${experiment.name}` : name,
      fact: `${name} has no effect, since the scenario gives ${part === 'trace' ? 'the arrivals' : `the ${part}`}.`,
      remedy: isVaried
        ? 'Choose another experiment, such as "scenario", or leave that part out of the scenario.'
        : 'Leave the parameter out, or that part of the scenario.',
    };
  });
}

/** The runs of an experiment, configuration by configuration. @throws InputError with every problem. */
export function expandExperiment(experiment: Experiment, options: ExpandOptions): readonly Run[] {
  const plan: Plan = options.quick ? { ...experiment, ...QUICK, ...experiment.quick } : experiment;
  throwProblems(checkExperiment(experiment, plan));
  const { overrides = { parameters: {} }, scenario, scenarioUnreadable } = options;
  throwProblems(withoutEffect(experiment, plan, overrides, scenario));
  const all = configurations(experiment, plan, overrides);
  const context = { scenario, scenarioUnreadable, refused: overrides.refused };
  throwProblems(
    unusedSettings(
      all.map(({ parameters }) => parameters),
      overrides.policySettings,
    ),
  );
  throwProblems(all.flatMap(({ parameters }) => crossCheck(parameters, context)));
  const replications = options.replications ?? plan.replications;
  return all.flatMap(({ preset, parameters }, configuration) => {
    const cost = estimatedCost(parameters, scenario);
    return Array.from({ length: replications }, (_, replication) => ({
      experiment: experiment.name,
      preset,
      parameters,
      configuration,
      replication,
      seed: options.seed + replication,
      index: configuration * replications + replication,
      cost,
    }));
  });
}

/**
 * Rough cost of a run in seconds of one core, from measured runs: 0.3 us a request, and 2 us a (node, key)
 * pair of the placement problem a decision. It sizes batches and the ETA; nothing else depends on it.
 */
export function estimatedCost(p: Parameters, scenario?: Scenario): number {
  const { requests, nodes, accesses, keys } = sizeOf(p, scenario);
  const decisions = p.migration === 'state-aware' ? p.duration / p.migrationInterval : 0;
  return 0.001 + 3e-7 * requests + 2e-6 * decisions * nodes * Math.min(accesses, keys);
}
