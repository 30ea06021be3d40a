/**
 * From what a user gives (a preset, a JSON file, --set, options) to parameters, with all problems
 * collected. What is given on the command line overrides the file, which overrides the preset.
 */
import {
  PARAMETER_LIST,
  type Parameter,
  type ParameterId,
  type Parameters,
  PRESETS,
  type PresetName,
  presetParameters,
} from '../../core/index.js';
import { crossCheck } from './cross-checks.js';
import { nearest, type Problem, sentences, shown, throwProblems, unknownName } from './errors.js';
import {
  checkSetting,
  findPolicy,
  type PolicySettings,
  policiesNamed,
  withSettings,
} from './policy-registry.js';
import { checkValue, valueFromText } from './values.js';

export type NamedParameter = (typeof PARAMETER_LIST)[number];

/** What a user may give; texts are as typed. */
export interface Given {
  readonly preset?: string;
  /** A configuration file, already parsed, and its path for messages. */
  readonly file?: { readonly path: string; readonly content: unknown };
  /** `name=value` of each --set. */
  readonly settings?: readonly string[];
  /** Short options by flag (`t-max`), each as often as it was given. */
  readonly flags?: Readonly<Record<string, readonly string[]>>;
}

/** What was given, resolved: parameters by short name, and the preset if one was named. */
export interface Overrides {
  readonly preset?: PresetName;
  readonly parameters: Partial<Parameters>;
  /** Parameters whose value was refused, and those that a refused preset leaves open; none where absent. */
  readonly refused?: ReadonlySet<ParameterId>;
  /** What is set of policies' own parameters; none where absent. */
  readonly policySettings?: PolicySettings;
}

const byName = new Map(PARAMETER_LIST.map((parameter) => [parameter.name, parameter]));

/** The parameter that a wrong name may have been meant as; ids and last parts of names count as well. */
export function nearestParameter(word: string): string | undefined {
  const last = (text: string) => text.slice(text.lastIndexOf('.') + 1);
  const names = new Map(
    PARAMETER_LIST.flatMap((p) => [p.name, p.id, last(p.name)].map((alias) => [alias, p.name])),
  );
  const [alias] = [word, last(word)].flatMap((candidate) => nearest(candidate, [...names.keys()]));
  return names.get(alias);
}

function unknownParameter(path: string, name: string): Problem {
  const meant = nearestParameter(name);
  return {
    path,
    fact: `${shown(name)} is not a parameter.`,
    remedy: sentences(meant && `Did you mean "${meant}"?`, 'See "ds2p list" for all parameters.'),
  };
}

/** Entries of a configuration file by dotted name: `{"slo": {"tMax": 0.1}}` and `{"slo.tMax": 0.1}` alike. */
function flatten(content: object, prefix: string): readonly (readonly [string, unknown])[] {
  return Object.entries(content).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const isGroup = PARAMETER_LIST.some((parameter) => parameter.name.startsWith(`${name}.`));
    if (isGroup && typeof value === 'object' && value !== null && !Array.isArray(value))
      return flatten(value, name);
    return [[name, value]];
  });
}

/** Collects values of parameters from one source, refusing a second value for the same one. */
class Collector {
  readonly values = new Map<ParameterId, { readonly value: unknown; readonly path: string }>();
  /** Parameters that have a problem. */
  readonly refused = new Set<ParameterId>();
  /** Values of policies' own parameters, as text: they become part of references to the policy. */
  readonly policySettings = new Map<string, Map<string, string>>();

  constructor(readonly problems: Problem[]) {}

  add(parameter: NamedParameter, value: unknown, path: string): void {
    const before = this.values.get(parameter.id);
    if (before !== undefined) {
      this.problems.push({
        path,
        fact: `${shown(value)} is a second value for ${parameter.name}, beside ${shown(before.value)} of ${before.path}.`,
        remedy: 'Give it once.',
      });
      this.refused.add(parameter.id);
      return;
    }
    const found = checkValue(parameter, value, path);
    this.problems.push(...found);
    if (found.length > 0) this.refused.add(parameter.id);
    this.values.set(parameter.id, { value, path });
  }
}

/** Takes `policy.parameter` for what it is where a policy has the name before the dot; else it is unknown. */
function addOwn(name: string, value: unknown, path: string, into: Collector): void {
  const dot = name.indexOf('.');
  const [policy] = policiesNamed(name.slice(0, dot));
  if (dot < 1 || policy === undefined) {
    into.problems.push(unknownParameter(path, name));
    return;
  }
  const text = Array.isArray(value) ? value.join(',') : String(value);
  const parameter = name.slice(dot + 1);
  const found = checkSetting(policy, parameter, text, path);
  into.problems.push(...found);
  if (found.length > 0) return;
  const settings = into.policySettings.get(policy.name) ?? new Map<string, string>();
  into.policySettings.set(policy.name, settings.set(parameter, text));
}

function presetOf(text: unknown, path: string, problems: Problem[]): PresetName | undefined {
  const preset = PRESETS.find((name) => name === text);
  if (preset === undefined)
    problems.push(unknownName(path, 'a preset', typeof text === 'string' ? text : shown(text), PRESETS));
  return preset;
}

function fromFile(file: NonNullable<Given['file']>, into: Collector): PresetName | undefined {
  const { path, content } = file;
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    into.problems.push({
      path,
      fact: `${shown(content)} is not an object.`,
      remedy: 'Write parameters by name, as in {"slo.tMax": 0.2}.',
    });
    return undefined;
  }
  let preset: PresetName | undefined;
  for (const [name, value] of flatten(content, '')) {
    const parameter = byName.get(name);
    if (name === 'preset') preset = presetOf(value, `${path}: preset`, into.problems);
    else if (parameter === undefined) addOwn(name, value, `${path}: ${name}`, into);
    else into.add(parameter, value, `${path}: ${name}`);
  }
  return preset;
}

const presetIn = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'preset' in content;

function fromCommandLine({ settings = [], flags = {} }: Given, into: Collector): void {
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const name = setting.slice(0, equals);
    const parameter = byName.get(name);
    if (equals < 1)
      into.problems.push({
        path: '--set',
        fact: `${shown(setting)} is not of the form name=value.`,
        remedy: 'Write for example --set slo.tMax=0.2.',
      });
    else if (parameter === undefined) addOwn(name, setting.slice(equals + 1), `--set ${name}`, into);
    else into.add(parameter, valueFromText(parameter, setting.slice(equals + 1)), `--set ${name}`);
  }
  for (const parameter of PARAMETER_LIST)
    for (const text of (parameter.flag && flags[parameter.flag]) || [])
      into.add(parameter, valueFromText(parameter, text), `--${parameter.flag}`);
}

/** All settings of policies' own parameters; later sources override earlier ones. */
function mergedSettings(...sources: readonly PolicySettings[]): PolicySettings {
  const merged = new Map<string, Map<string, string>>();
  for (const source of sources)
    for (const [policy, settings] of source)
      merged.set(policy, new Map([...(merged.get(policy) ?? []), ...settings]));
  return merged;
}

/** Parameters with what is set of their policies' own parameters put into the references. */
export function withPolicySettings(p: Parameters, settings: PolicySettings = new Map()): Parameters {
  return {
    ...p,
    offloading: withSettings('offloading', p.offloading, settings),
    migration: withSettings('migration', p.migration, settings),
  };
}

/** Settings of policies that none of these references names. */
export function unusedSettings(
  offloading: readonly string[],
  migration: readonly string[],
  settings: PolicySettings = new Map(),
): readonly Problem[] {
  const used = new Set([
    ...offloading.map((reference) => findPolicy('offloading', reference)?.name),
    ...migration.map((reference) => findPolicy('migration', reference)?.name),
  ]);
  return [...settings].flatMap(([policy, values]) =>
    used.has(policy)
      ? []
      : [...values].map(([name, value]) => ({
          path: `${policy}.${name}`,
          fact: `${shown(value)} has no effect, since no run uses the policy "${policy}".`,
          remedy: 'Leave it out, or name the policy.',
        })),
  );
}

/**
 * Resolves what was given. Problems are added to `problems`; a value that has one is left out, so that what
 * remains can still be checked for problems of its own.
 */
export function resolveOverrides(given: Given, problems: Problem[]): Overrides {
  const file = new Collector(problems);
  const commandLine = new Collector(problems);
  const filePreset = given.file && fromFile(given.file, file);
  const preset = given.preset === undefined ? filePreset : presetOf(given.preset, '--preset', problems);
  fromCommandLine(given, commandLine);
  const refused = new Set([...file.refused, ...commandLine.refused]);
  const values = [...file.values, ...commandLine.values].filter(([id]) => !refused.has(id));
  const parameters = Object.fromEntries(values.map(([id, { value }]) => [id, value])) as Partial<Parameters>;
  const named = given.preset !== undefined || presetIn(given.file?.content);
  // Without the preset that was meant, what is not given has no value.
  if (named && preset === undefined)
    for (const { id } of PARAMETER_LIST) if (!(id in parameters)) refused.add(id);
  const policySettings = mergedSettings(file.policySettings, commandLine.policySettings);
  return { ...(preset === undefined ? {} : { preset }), parameters, refused, policySettings };
}

/** All parameters of one run. @throws InputError with every problem of what was given. */
export function resolveConfiguration(given: Given): {
  readonly preset: PresetName;
  readonly parameters: Parameters;
} {
  const problems: Problem[] = [];
  const {
    preset = 'as-published',
    parameters: overrides,
    refused,
    policySettings,
  } = resolveOverrides(given, problems);
  const parameters = withPolicySettings(presetParameters(preset, overrides), policySettings);
  problems.push(...unusedSettings([parameters.offloading], [parameters.migration], policySettings));
  throwProblems([...problems, ...crossCheck(parameters, { refused })]);
  return { preset, parameters };
}

/** The parameter of a dotted public name. @throws Error where there is none; for names that were checked. */
export function parameterNamed(name: string): NamedParameter {
  const parameter = byName.get(name);
  if (parameter === undefined) throw new Error(`There is no parameter "${name}".`);
  return parameter;
}

/** A value by its path in an experiment, for names that come from data. */
export function checkNamed(name: string, value: unknown, path: string): readonly Problem[] {
  const parameter: Parameter | undefined = byName.get(name);
  return parameter === undefined ? [unknownParameter(path, name)] : checkValue(parameter, value, path);
}
