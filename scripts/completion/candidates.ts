/**
 * What may come next on a command line that is being typed. Scripts of the shells (shell-scripts.ts) ask by
 * `ds2p --complete <words>`, the last word being the one under the cursor. The answer is a line that begins with # and says
 * what else fits (files, folders) and whether no space follows, then a word a line, with its meaning behind a tab.
 *
 * yargs has completion as well, but knows neither values behind = nor lists, and has to be loaded with all commands.
 */
import type { OptionSpec } from '../command.js';
import type { ValueKind } from './kinds.js';
import type { CompletionTable } from './table.js';
import { type Candidate, candidatesOf } from './values.js';

type Spec = CompletionTable['commands'][number];

interface Completion {
  readonly candidates: readonly Candidate[];
  /** What the shell completes by itself beside them. */
  readonly paths: 'files' | 'folders' | 'none';
}

const NOTHING: Completion = { candidates: [], paths: 'none' };

const HELP: Candidate = { word: '--help', about: 'show help' };

/** Names of the product beside which a path of the user's may stand. */
const TAKES_FILES: readonly ValueKind[] = ['file', 'experiment', 'offloading', 'migration', 'pair'];

/** Values of a kind; in a list with commas, the one after the last comma. */
function valuesFor(
  table: CompletionTable,
  kind: ValueKind | undefined,
  typed: string,
  isList = false,
): Completion {
  if (kind === undefined) return NOTHING;
  const start = isList ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  const known = candidatesOf(table, kind, typed.slice(start.length));
  const candidates = known
    .filter(({ word }) => !isList || !start.split(',').includes(word))
    .map((each) => ({ ...each, word: start + each.word }));
  const paths = kind === 'folder' ? 'folders' : TAKES_FILES.includes(kind) ? 'files' : 'none';
  return { candidates, paths };
}

function optionOf({ options }: Spec, word: string): OptionSpec | undefined {
  if (word.startsWith('--')) return options[word.slice(2)];
  return Object.values(options).find(({ letter }) => letter !== undefined && word === `-${letter}`);
}

const takesValue = (option: OptionSpec | undefined): option is OptionSpec => option?.type === 'text';

/** Options that can still be given. */
function optionsFor(spec: Spec, before: readonly string[]): Completion {
  const given = new Set(before.map((word) => word.split('=')[0]));
  const candidates = Object.entries(spec.options)
    .filter(([name, { repeatable }]) => repeatable || !given.has(`--${name}`))
    .map(([name, { describe }]) => ({ word: `--${name}`, about: describe }));
  return { candidates: [...candidates, HELP], paths: 'none' };
}

/** Arguments without an option among `words`. */
function positionalsIn(spec: Spec, words: readonly string[]): number {
  return words.filter((word, i) => {
    if (word.startsWith('-')) return false;
    const before = words[i - 1] ?? '';
    return before.includes('=') || !takesValue(optionOf(spec, before));
  }).length;
}

function inCommand(
  table: CompletionTable,
  spec: Spec,
  before: readonly string[],
  current: string,
): Completion {
  const equals = current.startsWith('--') ? current.indexOf('=') : -1;
  if (equals > 0) {
    const option = optionOf(spec, current.slice(0, equals));
    const start = current.slice(0, equals + 1);
    const found = valuesFor(table, option?.values, current.slice(equals + 1), option?.isList);
    return { ...found, candidates: found.candidates.map((each) => ({ ...each, word: start + each.word })) };
  }
  const previous = optionOf(spec, before[before.length - 1] ?? '');
  if (takesValue(previous)) return valuesFor(table, previous.values, current, previous.isList);
  if (current.startsWith('-')) return optionsFor(spec, before);
  const places = spec.positional ?? [];
  const place = places[positionalsIn(spec, before)] ?? places.find(({ many }) => many);
  return place === undefined ? optionsFor(spec, before) : valuesFor(table, place.values, current);
}

/** What may stand for the last of `words`, those after the name of the program. */
export function complete(table: CompletionTable, words: readonly string[]): Completion {
  const current = words[words.length - 1] ?? '';
  const [name, ...before] = words.slice(0, -1);
  if (name === undefined) {
    const others = [{ word: 'help', about: 'show the help of a command' }, HELP, { word: '--version' }];
    return { candidates: [...candidatesOf(table, 'command', ''), ...others], paths: 'none' };
  }
  if (name === 'help') return before.length === 0 ? valuesFor(table, 'command', current) : NOTHING;
  const spec = table.commands.find((each) => [each.name, ...(each.aliases ?? [])].includes(name));
  return spec === undefined ? NOTHING : inCommand(table, spec, before, current);
}

/** The answer to a shell. */
export function completionText(table: CompletionTable, words: readonly string[]): string {
  const { candidates, paths } = complete(table, words);
  const current = words[words.length - 1] ?? '';
  const fitting = candidates.filter(({ word }) => word.startsWith(current));
  const noSpace = fitting.length > 0 && fitting.every(({ goesOn }) => goesOn) ? ' nospace' : '';
  const lines = fitting.map(({ word, about = '' }) => `${word}\t${about.replaceAll(/\s+/g, ' ')}`);
  return `${[`#${paths}${noSpace}`, ...lines].join('\n')}\n`;
}
