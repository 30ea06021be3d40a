/**
 * From an experiment and what the command line changes to an experiment that says it all: pure data, from which
 * the same runs follow anywhere, so that results can be continued, merged and made again.
 */
import {
  PARAMETER_LIST,
  PARAMETERS,
  type ParameterId,
  type Parameters,
  PRESETS,
  type Scenario,
} from '../../core/index.js';
import { type Axes, type Experiment, type ParameterValues, type Plan, QUICK } from '../experiment.js';
import { checkNamed, type Overrides, parameterNamed } from './configuration.js';
import { parseConstraint } from './constraints.js';
import { replacedBy } from './cross-checks.js';
import { type Problem, shown, throwProblems, unknownName } from './errors.js';
import { withSettingsOfPolicies } from './policy-settings.js';

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
  /** How messages call the experiment; by default by its name. */
  readonly label?: string;
}

/** An experiment with nothing left to be decided. */
export interface ResolvedExperiment extends Omit<Experiment, 'quick' | 'apart'> {
  readonly seed: number;
}

/** The groups of lists that vary together. */
export const zipGroups = ({ zip = [] }: Plan): readonly Axes[] =>
  Array.isArray(zip) ? (zip as readonly Axes[]) : [zip as Axes];

const listsOf = (axes: Axes): readonly (readonly [string, readonly unknown[]])[] =>
  Object.entries<readonly unknown[] | undefined>(axes).map(([name, values = []]) => [name, values]);

function zipProblems(group: Axes, path: string): readonly Problem[] {
  const lengths = listsOf(group).map(([name, values]) => `${name} has ${values.length}`);
  if (new Set(listsOf(group).map(([, values]) => values.length)).size <= 1) return [];
  return [
    {
      path,
      fact: `lists that vary together differ in length: ${lengths.join(', ')}.`,
      remedy: 'Give each as many values, or use "axes" to cross them.',
    },
  ];
}

/** Parameters that are given values at two places, of which one would be lost. */
function twice(plan: Plan, fixed: ParameterValues, at: string): readonly Problem[] {
  const places = new Map<string, string>();
  const problems: Problem[] = [];
  const claim = (name: string, place: string) => {
    const before = places.get(name);
    if (before !== undefined && before !== place)
      problems.push({
        path: `${at}${place}.${name}`,
        fact: `${name} varies at two places, here and in ${before}.`,
        remedy: 'Vary it at one.',
      });
    else places.set(name, place);
  };
  for (const name of Object.keys(fixed)) claim(name, 'fixed');
  for (const set of plan.cases ?? []) for (const name of Object.keys(set)) claim(name, 'cases');
  zipGroups(plan).forEach((group, i) => {
    for (const name of Object.keys(group)) claim(name, Array.isArray(plan.zip) ? `zip[${i}]` : 'zip');
  });
  for (const name of Object.keys(plan.axes ?? {})) claim(name, 'axes');
  return problems;
}

/** Every problem of the names and values that an experiment gives, each with its path in the experiment. */
function checkExperiment(experiment: Experiment, plan: Plan, at: string): readonly Problem[] {
  const checkSet = (set: ParameterValues, path: string) =>
    Object.entries(set).flatMap(([name, value]) => checkNamed(name, value, `${path}.${name}`));
  const checkLists = (axes: Axes, path: string) =>
    listsOf(axes).flatMap(([name, values]) =>
      values.length === 0
        ? [
            {
              path: `${path}.${name}`,
              fact: 'the list is empty, so that there is no run.',
              remedy: 'Give at least one value.',
            },
          ]
        : values.flatMap((value, i) => checkNamed(name, value, `${path}.${name}[${i}]`)),
    );
  const problems = [
    ...experiment.presets
      .filter((preset) => !PRESETS.includes(preset))
      .map((preset) => unknownName(`${at}presets`, 'a preset', String(preset), PRESETS)),
    ...checkSet(experiment.fixed ?? {}, `${at}fixed`),
    ...(plan.cases ?? []).flatMap((set, i) => checkSet(set, `${at}cases[${i}]`)),
    ...zipGroups(plan).flatMap((group, i) => {
      const path = Array.isArray(plan.zip) ? `${at}zip[${i}]` : `${at}zip`;
      return [...checkLists(group, path), ...zipProblems(group, path)];
    }),
    ...checkLists(plan.axes ?? {}, `${at}axes`),
    ...twice(plan, experiment.fixed ?? {}, at),
  ];
  (plan.constraints ?? []).forEach((text, i) => {
    parseConstraint(text, `${at}constraints[${i}]`, problems);
  });
  return problems;
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
    ...zipGroups(plan).flatMap((group) => Object.keys(group)),
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

/** A set or lists without the parameters that are named. */
function without<T extends object>(entries: T, names: ReadonlySet<string>): T {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !names.has(name))) as T;
}

const isEmpty = (entries: object): boolean => Object.keys(entries).length === 0;

/** The plan with the parameters of `names` no longer varied. */
function withoutVaried(plan: Plan, names: ReadonlySet<string>): Partial<Plan> {
  const cases = plan.cases?.map((set) => without(set, names)) ?? [];
  const zip = zipGroups(plan)
    .map((group) => without(group, names))
    .filter((group) => !isEmpty(group));
  const axes = without(plan.axes ?? {}, names);
  return {
    ...(cases.every(isEmpty) ? {} : { cases }),
    ...(zip.length === 0 ? {} : { zip }),
    ...(isEmpty(axes) ? {} : { axes }),
    ...(plan.constraints === undefined || plan.constraints.length === 0
      ? {}
      : { constraints: plan.constraints }),
  };
}

/** The experiment with all changes of the command line in it. @throws InputError with every problem. */
export function resolveExperiment(experiment: Experiment, options: ExpandOptions): ResolvedExperiment {
  const { overrides = { parameters: {} }, scenario, label = `experiment ${experiment.name}: ` } = options;
  const plan: Plan = options.quick ? { ...experiment, ...QUICK, ...experiment.quick } : experiment;
  throwProblems(checkExperiment(experiment, plan, label));
  throwProblems(withoutEffect(experiment, plan, overrides, scenario));
  const given = overrides.parameters as Readonly<Partial<Record<ParameterId, unknown>>>;
  const set: Record<string, unknown> = Object.fromEntries(
    Object.entries(given).map(([id, value]) => [PARAMETERS[id as ParameterId].name, value]),
  );
  const names = new Set(Object.keys(set));
  // The duration has a place of its own.
  const { [PARAMETERS.duration.name]: duration = plan.duration, ...others } = set;
  const fixed = { ...without(experiment.fixed ?? {}, names), ...others };
  const { name, title, question, section, presets, needsScenario } = experiment;
  const replications = options.replications ?? plan.replications;
  if (!Number.isSafeInteger(options.seed + replications))
    throwProblems([
      {
        path: `${label}seed`,
        fact: `${shown(options.seed)} leaves no room for the seeds of ${replications} replications.`,
        remedy: 'Give a smaller seed.',
      },
    ]);
  const resolved = {
    name,
    title,
    question,
    section,
    presets: overrides.preset === undefined ? presets : [overrides.preset],
    ...(isEmpty(fixed) ? {} : { fixed: fixed as ParameterValues }),
    ...withoutVaried(plan, names),
    replications,
    duration: duration as number,
    seed: options.seed,
    ...(needsScenario === undefined ? {} : { needsScenario }),
  };
  return withSettingsOfPolicies(resolved, overrides.policySettings);
}

/** An experiment without what has a problem, and the parameters that are concerned. */
export function withoutRefused({ quick: _quick, ...experiment }: Experiment): {
  readonly cleaned: Experiment;
  readonly refused: ReadonlySet<ParameterId>;
} {
  const refused = new Set<ParameterId>();
  const isGood = (name: string, value: unknown): boolean => {
    if (checkNamed(name, value, '').length === 0) return true;
    const parameter = PARAMETER_LIST.find((candidate) => candidate.name === name);
    if (parameter !== undefined) refused.add(parameter.id);
    return false;
  };
  const set = (values: ParameterValues): ParameterValues =>
    Object.fromEntries(Object.entries(values).filter(([name, value]) => isGood(name, value)));
  const lists = (axes: Axes): Axes =>
    Object.fromEntries(
      listsOf(axes)
        .map(([name, values]) => [name, values.filter((value) => isGood(name, value))] as const)
        .filter(([, values]) => values.length > 0),
    );
  const groups = zipGroups(experiment).map(lists);
  const taken = new Set(groups.flatMap((group) => Object.keys(group)));
  const presets = experiment.presets.filter((preset) => PRESETS.includes(preset));
  const cleaned = {
    ...experiment,
    presets: presets.length === 0 ? PRESETS.slice(0, 1) : presets,
    fixed: set(experiment.fixed ?? {}),
    cases: (experiment.cases ?? [{}]).map((values) => without(set(values), taken)),
    zip: groups.filter((group) => zipProblems(group, '').length === 0),
    axes: without(lists(experiment.axes ?? {}), taken),
    constraints: (experiment.constraints ?? []).filter((text) => parseConstraint(text, '', []) !== undefined),
  };
  const varied = new Set(cleaned.cases.flatMap((values) => Object.keys(values)));
  return { cleaned: { ...cleaned, axes: without(cleaned.axes, varied) }, refused };
}

/** Parameters by short name, as the code reads them. */
export const byId = (set: ParameterValues): Partial<Parameters> =>
  Object.fromEntries(
    Object.entries(set).map(([name, value]) => [parameterNamed(name).id, value]),
  ) as Partial<Parameters>;
