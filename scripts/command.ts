/**
 * One form for the commands: options as data, every one of them known, and all problems of the command line
 * found before a command does anything.
 */
import type { ArgumentsCamelCase, CommandModule } from 'yargs';
import { nearestParameter } from '../experiments/harness/configuration.js';
import { nearest, type Problem, shown, throwProblems } from '../experiments/harness/errors.js';

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
}

export interface CommandSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly describe: string;
  /** Arguments that stand without an option, in order. */
  readonly positional?: readonly {
    readonly name: string;
    readonly describe: string;
    readonly many?: boolean;
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
  ) {
    this.checkNames();
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
        path: this.spec.name,
        fact: `${shown(extra)} is an argument too many.`,
        remedy: `See "ds2p ${this.spec.name} --help".`,
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
        fact: `the option is given ${all.length} times: ${all.map(shown).join(', ')}.`,
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

  /** The arguments at a place without an option, of which there has to be one. */
  positional(name: string): readonly string[] {
    const value = this.argv[name];
    const all = (value === undefined ? [] : Array.isArray(value) ? value : [value]).map(String);
    if (all.length === 0)
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
        : `Known: ${known.map((name) => `--${name}`).join(', ')}.`;
  return { path: key.length === 1 ? `-${key}` : `--${key}`, fact: 'there is no such option here.', remedy };
}

/** The command in the form of yargs. `finish` receives its exit code. */
export function toYargs(
  spec: CommandSpec,
  signal: AbortSignal,
  finish: (code: number) => void,
): CommandModule {
  const places = (spec.positional ?? []).map(({ name, many }) => (many ? ` [${name}..]` : ` [${name}]`));
  return {
    command: spec.name + places.join(''),
    aliases: spec.aliases ?? [],
    describe: spec.describe,
    builder: (yargs) => {
      for (const { name, describe } of spec.positional ?? [])
        yargs.positional(name, { describe, type: 'string' });
      for (const [name, option] of Object.entries(spec.options))
        yargs.option(name, {
          describe: option.describe,
          type: option.type === 'switch' ? 'boolean' : 'string',
          defaultDescription: option.fallback,
          group: option.group ?? 'Options:',
          ...(option.letter === undefined ? {} : { alias: option.letter }),
        });
      for (const [command, text] of spec.examples) yargs.example(command, text);
      return yargs;
    },
    handler: async (argv) => finish(await spec.run(new Arguments(argv, spec), signal)),
  };
}
