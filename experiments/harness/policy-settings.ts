/** Settings of policies' own parameters, put into the references to the policies of an experiment. */
import { defaultOf, PARAMETERS } from '../../core/index.js';
import type { Axes, Experiment, ParameterValues, Plan } from '../experiment.js';
import { unusedSettings } from './configuration.js';
import { throwProblems } from './errors.js';
import { type PolicyKind, type PolicySettings, withSettings } from './policy-registry.js';

type WithPolicies = Omit<Plan, 'replications' | 'duration'> & Pick<Experiment, 'fixed' | 'presets'>;

const KINDS: readonly PolicyKind[] = ['offloading', 'migration'];
const kindOf = new Map<string, PolicyKind>(KINDS.map((kind) => [PARAMETERS[kind].name, kind]));

/** Values by name, those of policies changed by `change`. */
function mapPolicies<T extends object>(values: T, change: (kind: PolicyKind, value: unknown) => unknown): T {
  const entries = Object.entries(values).map(([name, value]) => {
    const kind = kindOf.get(name);
    return [name, kind === undefined ? value : change(kind, value)];
  });
  return Object.fromEntries(entries) as T;
}

/**
 * The experiment with the settings in every reference to a policy that they concern, so that its data say all that
 * runs depend on. A default of the presets that a setting changes is said as well.
 * @throws InputError for settings of policies that take no part.
 */
export function withSettingsOfPolicies<E extends WithPolicies>(
  experiment: E,
  settings: PolicySettings = new Map(),
): E {
  const used: Record<PolicyKind, string[]> = { offloading: [], migration: [] };
  const settle = (kind: PolicyKind, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => settle(kind, each));
    if (typeof value !== 'string') return value;
    used[kind].push(value);
    return withSettings(kind, value, settings);
  };
  const { fixed = {}, cases, zip, axes } = experiment;
  const settled = {
    fixed: mapPolicies(fixed, settle),
    ...(cases === undefined ? {} : { cases: cases.map((set) => mapPolicies(set, settle)) }),
    ...(zip === undefined
      ? {}
      : {
          zip: Array.isArray(zip)
            ? zip.map((group: Axes) => mapPolicies(group, settle))
            : mapPolicies(zip, settle),
        }),
    ...(axes === undefined ? {} : { axes: mapPolicies(axes, settle) }),
  };
  const changed: Record<string, unknown> = {};
  for (const kind of KINDS) {
    if (used[kind].length > 0) continue;
    const usual = defaultOf(PARAMETERS[kind], experiment.presets[0]);
    const value = settle(kind, usual);
    if (value !== usual) changed[PARAMETERS[kind].name] = value;
  }
  throwProblems(unusedSettings(used.offloading, used.migration, settings));
  const all: ParameterValues = { ...settled.fixed, ...changed };
  return {
    ...experiment,
    ...settled,
    fixed: Object.keys(all).length === 0 ? experiment.fixed : all,
  };
}
