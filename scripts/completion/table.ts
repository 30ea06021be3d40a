/** All that completion has to know of commands and names, as plain data. */
import { PARAMETER_LIST, type ParameterKind, PRESETS } from '../../core/index.js';
import { type PolicyKind, policiesOfProduct } from '../../experiments/harness/policy-registry.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import type { CommandSpec } from '../command.js';
import { COMMANDS } from '../commands/index.js';
import { type ValueKind, valuesOfKind } from './kinds.js';

/** A name and its meaning. */
export type Named = readonly [name: string, about: string];

type Spec = Pick<CommandSpec, 'name' | 'aliases' | 'describe' | 'positional' | 'options'>;

export interface CompletionTable {
  readonly commands: readonly Spec[];
  readonly experiments: readonly Named[];
  readonly policies: Readonly<Record<PolicyKind, readonly Named[]>>;
  /** What --set takes, with the values that can be told. */
  readonly settings: readonly { readonly named: Named; readonly values?: ValueKind }[];
  readonly presets: readonly Named[];
  readonly metrics: readonly Named[];
}

const policies = (kind: PolicyKind): readonly Named[] =>
  policiesOfProduct(kind).map(({ name, doc }) => [name, doc]);

function setting(name: string, doc: string, kind: ParameterKind): CompletionTable['settings'][number] {
  const values = valuesOfKind(kind);
  return { named: [name, doc], ...(values === undefined ? {} : { values }) };
}

export function completionTable(): CompletionTable {
  const own = (['offloading', 'migration'] as const)
    .flatMap((kind) => policiesOfProduct(kind))
    .flatMap(({ name, parameters = {} }) =>
      Object.entries(parameters).map(([key, row]) => setting(`${name}.${key}`, row.doc, row.kind)),
    );
  return {
    commands: COMMANDS.map(({ name, aliases, describe, positional, options }) => ({
      name,
      aliases,
      describe,
      positional,
      options,
    })),
    experiments: EXPERIMENTS.map(({ name, question }) => [name, question]),
    policies: { offloading: policies('offloading'), migration: policies('migration') },
    settings: [...PARAMETER_LIST.map(({ name, doc, kind }) => setting(name, doc, kind)), ...own],
    presets: PRESETS.map((name) => [name, '']),
    metrics: METRIC_COLUMNS.map(({ name, doc }) => [name, doc]),
  };
}
