/** Every reference to a policy in what a user gives, so that files can be loaded before anything is checked. */
import { PARAMETERS } from '../../core/index.js';
import type { Axes, Experiment, Plan } from '../experiment.js';
import type { Given } from './configuration.js';

const NAMES = [PARAMETERS.offloading.name, PARAMETERS.migration.name] as const;
const isText = (value: unknown): value is string => typeof value === 'string';

function inJson(content: unknown): readonly string[] {
  if (typeof content !== 'object' || content === null) return [];
  const flat = content as Readonly<Record<string, unknown>>;
  const group = typeof flat.policy === 'object' && flat.policy !== null ? Object.values(flat.policy) : [];
  return [...NAMES.map((name) => flat[name]), ...group].filter(isText);
}

/** References on the command line and in the configuration file. */
export function referencesIn({ flags = {}, settings = [], file }: Given): readonly string[] {
  return [
    ...(flags.offloading ?? []),
    ...(flags.migration ?? []),
    ...settings.flatMap((setting) =>
      NAMES.flatMap((name) => (setting.startsWith(`${name}=`) ? [setting.slice(name.length + 1)] : [])),
    ),
    ...inJson(file?.content),
  ];
}

/** References in the fixed values, cases, zips and axes of an experiment, its quick form included. */
export function referencesOf({ fixed = {}, quick = {}, ...plan }: Experiment): readonly string[] {
  const plans: readonly Partial<Plan>[] = [plan, quick];
  const sets = [fixed, ...plans.flatMap(({ cases = [] }) => cases)];
  const lists = plans.flatMap(({ zip = [], axes = {} }) => [axes, ...[zip].flat()] as readonly Axes[]);
  return NAMES.flatMap((name) => [
    ...sets.flatMap((set) => set[name] ?? []),
    ...lists.flatMap((list) => list[name] ?? []),
  ]);
}
