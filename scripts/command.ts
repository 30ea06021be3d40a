/**
 * One form for the commands: options as data, every one of them known, and all problems of the command line
 * found before a command does anything.
 */
import type { ArgumentsCamelCase, CommandModule } from 'yargs';
import { nearestParameter } from '../experiments/harness/configuration.js';
import { nearest, type Problem, shown, throwProblems } from '../experiments/harness/errors.js';
import { counted } from '../experiments/harness/words.js';
import type { ValueKind } from './completion/kinds.js';

/** An option of a command. */
export interface OptionSpec {
  readonly describe: string;
  /** A switch takes no value; text takes one, and may be repeated where `repeatable`. */
  readonly type: 'switch' | 'text';
  readonly repeatable?: boolean;
  /** What holds where the option is not given, for the help. */
  readonly fallback?: string;
  readonly group?: string;
  /** A letter for it, as in -o. */
  readonly letter?: string;
  /** What a shell completes its value with. */
  readonly values?: ValueKind;
  /** Several values may stand with commas between them. */
  readonly isList?: boolean;
}

export interface CommandSpec {
  readonly name: string;
  /** Other names; the help shows the one that was typed. */
  readonly aliases?: readonly string[];
  /** A line of the help: with the name and its arguments it has to fit 80 columns. */
  readonly describe: string;
  /** Arguments that stand without an option, in order. */
  readonly positional?: readonly {
    readonly name: string;
    readonly describe: string;
    readonly many?: boolean;
    /** What a shell completes it with. */
    readonly values?: ValueKind;
  }[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** A command line and what it does. */
  readonly examples: readonly (readonly [string, string])[];
  /** Does it, and returns the exit code. @throws InputError before anything is written. */
  readonly run: (given: Arguments, signal: AbortSignal) => Promise<number>;
}

/** What was given on the command line, with its problems so far. */
export class Arguments {
  readonly problems: Problem[] = [];

  constructor(
    private readonly argv: ArgumentsCamelCase,
    private readonly spec: CommandSpec,
    /** The name by which it was called. */
    private readonly name: string = spec.name,
    /** The words as they were typed. */
    words: readonly string[] = [],
  ) {
    this.checkNames();
    this.checkSwitches(words);
  }

  /** yargs takes any value of a switch but "true" for "false", without a word. */
  private checkSwitches(words: readonly string[]): void {
    for (const word of words) {
      if (word === '--') return;
      const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
      if (name === undefined || this.spec.options[name]?.type !== 'switch') continue;
      if (value === 'true' || value === 'false') continue;
      this.problems.push({
        path: `--${name}`,
        fact: `the option takes no value, and has ${shown(value)}.`,
        remedy: `Write --${name}, or leave it out.`,
      });
    }
  }

  private checkNames(): void {
    const known = Object.keys(this.spec.options);
    const letters = Object.values(this.spec.options).flatMap(({ letter = [] }) => letter);
    const positional = (this.spec.positional ?? []).map(({ name }) => name);
    const keys = Object.keys(this.argv);
    for (const key of keys) {
      const kebab = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const isAliasOfYargs = kebab !== key && keys.includes(kebab);
      if (
        isAliasOfYargs ||
        ['_', '$0', 'help', 'h', 'version', ...known, ...letters, ...positional].includes(key)
      )
        continue;
      this.problems.push(unknownOption(key, this.argv[key], known));
    }
    for (const extra of this.argv._.slice(1))
      this.problems.push({
        path: this.name,
        fact: `${shown(extra)} is an argument too many.`,
        remedy: `See "ds2p ${this.name} --help".`,
      });
  }

  /** Every value of a text option, in order. */
  texts(name: string): readonly string[] {
    const value = this.argv[name];
    const all = (value === undefined ? [] : Array.isArray(value) ? value : [value]).map(String);
    if (all.includes(''))
      this.problems.push({
        path: `--${name}`,
        fact: 'the option has no value.',
        remedy: `Write --${name} value.`,
      });
    return all.filter((text) => text !== '');
  }

  /** The value of a text option that may be given once. */
  text(name: string): string | undefined {
    const all = this.texts(name);
    if (all.length > 1)
      this.problems.push({
        path: `--${name}`,
        fact: `the option is given ${counted(all.length, 'time')}: ${all.map(shown).join(', ')}.`,
        remedy: 'Give it once.',
      });
    return all[0];
  }

  /** A whole number, or `fallback` where the option is absent or wrong. */
  whole<T>(name: string, min: number, max: number, fallback: T): number | T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max && text.trim() !== '') return value;
    this.problems.push({
      path: `--${name}`,
      fact: `${shown(text)} is not a whole number from ${min} to ${max}.`,
      remedy: 'Give one.',
    });
    return fallback;
  }

  /** Whether a switch is given. */
  has(name: string): boolean {
    const value = this.argv[name];
    if (Array.isArray(value)) return value.includes(true);
    return value === true;
  }

  /** The arguments at a place without an option, of which there has to be one unless it is optional. */
  positional(name: string, { optional = false } = {}): readonly string[] {
    const value = this.argv[name];
    const all = (value === undefined ? [] : Array.isArray(value) ? value : [value]).map(String);
    if (all.length === 0 && !optional)
      this.problems.push({
        path: name,
        fact: 'the argument is missing.',
        remedy: `Write for example "${this.spec.examples[0][0]}".`,
      });
    return all;
  }

  /** The argument at a place without an option, which may be absent. */
  optional(name: string): string | undefined {
    const value = this.argv[name];
    return value === undefined || value === '' ? undefined : String(value);
  }

  /** @throws InputError with all problems, where there are any. */
  check(): void {
    throwProblems(this.problems);
  }
}

function unknownOption(key: string, value: unknown, known: readonly string[]): Problem {
  const [option] = nearest(key, known);
  const parameter = known.includes('set') ? nearestParameter(key) : undefined;
  const remedy =
    option !== undefined
      ? `Did you mean "--${option}"?`
      : parameter !== undefined
        ? `Write --set ${parameter}=${String(value)}.`
        : known.length > 0
          ? `Known: ${known.map((name) => `--${name}`).join(', ')}.`
          : 'This command has no options but --help.';
  return { path: key.length === 1 ? `-${key}` : `--${key}`, fact: 'there is no such option here.', remedy };
}

/** Examples for the help, a command line in one piece and what it does below it. */
export const examplesText = (examples: CommandSpec['examples']): string =>
  ['Examples:', ...examples.flatMap(([line, text]) => [`  ${line}`, `      ${text}`])].join('\n');

/** Every name of a command. */
export const namesOf = ({ name, aliases = [] }: CommandSpec): readonly string[] => [name, ...aliases];

/**
 * The command in the form of yargs. @param name the one of its names that was typed. @param words the command line as it was
 * typed. @param finish receives its exit code.
 */
export function toYargs(
  spec: CommandSpec,
  name: string,
  words: readonly string[],
  signal: AbortSignal,
  finish: (code: number) => void,
): CommandModule {
  const places = (spec.positional ?? []).map((each) => (each.many ? ` [${each.name}..]` : ` [${each.name}]`));
  return {
    command: name + places.join(''),
    describe: spec.describe,
    builder: (yargs) => {
      for (const each of spec.positional ?? [])
        yargs.positional(each.name, { describe: each.describe, type: 'string' });
      for (const [key, option] of Object.entries(spec.options))
        yargs.option(key, {
          describe: option.describe,
          type: option.type === 'switch' ? 'boolean' : 'string',
          defaultDescription: option.fallback,
          group: option.group ?? 'Options:',
          ...(option.letter === undefined ? {} : { alias: option.letter }),
        });
      return yargs.epilogue(examplesText(spec.examples));
    },
    handler: async (argv) => finish(await spec.run(new Arguments(argv, spec, name, words), signal)),
  };
}
