/** What may stand as the value of an option or as an argument. */
import type { ValueKind } from './kinds.js';
import type { CompletionTable, Named } from './table.js';

/** A word that may stand there. One that goes on, as "slo.tMax=", is followed by no space. */
export interface Candidate {
  readonly word: string;
  readonly about?: string;
  readonly goesOn?: boolean;
}

const words = (all: readonly Named[]): readonly Candidate[] => all.map(([word, about]) => ({ word, about }));

/** migration+offloading: the first part, or with it the second. */
function pairs({ policies }: CompletionTable, typed: string): readonly Candidate[] {
  const plus = typed.indexOf('+');
  if (plus < 0) return policies.migration.map(([word, about]) => ({ word: `${word}+`, about, goesOn: true }));
  const first = typed.slice(0, plus + 1);
  return policies.offloading.map(([word, about]) => ({ word: first + word, about }));
}

/** name=value: names of parameters, of the simulator and of policies, or with a name its values. */
function settings(table: CompletionTable, typed: string): readonly Candidate[] {
  const equals = typed.indexOf('=');
  if (equals < 0)
    return table.settings.map(({ named: [name, about] }) => ({ word: `${name}=`, about, goesOn: true }));
  const row = table.settings.find(({ named: [name] }) => name === typed.slice(0, equals));
  if (row?.values === undefined) return [];
  const start = typed.slice(0, equals + 1);
  const values = candidatesOf(table, row.values, typed.slice(equals + 1));
  return values.map((each) => ({ ...each, word: start + each.word }));
}

/** What may stand in place of a word of which `typed` is there. Paths are left to the shell. */
export function candidatesOf(table: CompletionTable, kind: ValueKind, typed: string): readonly Candidate[] {
  if (typeof kind !== 'string') return kind.map((word) => ({ word }));
  switch (kind) {
    case 'file':
    case 'folder':
      return [];
    case 'command':
      return table.commands.flatMap(({ name, describe, aliases = [] }) => [
        { word: name, about: describe },
        ...aliases.map((word) => ({ word, about: `the same as ${name}` })),
      ]);
    case 'experiment':
      return words(table.experiments);
    case 'offloading':
    case 'migration':
      return words(table.policies[kind]);
    case 'pair':
      return pairs(table, typed);
    case 'parameter':
      return settings(table, typed);
    case 'preset':
      return words(table.presets);
    case 'metric':
      return words(table.metrics);
  }
}
