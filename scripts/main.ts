/** Finds the command that a command line names, and runs it. */
import yargs from 'yargs';
import { packageVersion } from '../experiments/harness/environment.js';
import { InputError, type Problem, unknownName } from '../experiments/harness/errors.js';
import { endedWhileLoading, neverLoaded } from '../experiments/harness/while-loading.js';
import { onStderr } from './colour.js';
import { type CommandSpec, examplesText, namesOf, toYargs } from './command.js';
import { COMMANDS } from './commands/index.js';
import { EXIT, EXIT_MEANINGS, tellProblem } from './exit.js';
import { listenToSignals, stopSignal } from './stopping.js';
import { terminalWidth } from './terminal.js';

/** A problem that yargs itself found. */
class UsageError extends Error {}

const epilogue = (): string =>
  [
    examplesText(EXAMPLES),
    '',
    'Exit codes:',
    ...EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padEnd(5)}${meaning}`),
    '',
    '"ds2p <command> --help", or "ds2p help <command>", shows its options.',
  ].join('\n');

/** Shown by the help of the whole. */
export const EXAMPLES: CommandSpec['examples'] = [
  ['ds2p reproduce --quick', 'the evaluation of the paper in a minute'],
  ['ds2p run --t-max 0.2 --duration 900', 'one configuration'],
  ['ds2p sweep my.json --dry-run', 'what an experiment of yours will cost'],
];

/** "help run" as "run --help", and "help" alone as "--help". */
function withoutHelpCommand(words: readonly string[]): readonly string[] {
  if (words[0] !== 'help') return words;
  const [, ...rest] = words;
  return rest.includes('--help') || rest.includes('-h') ? rest : [...rest, '--help'];
}

function checkCommandName(words: readonly string[]): void {
  const known = [...COMMANDS.flatMap(namesOf), 'help'];
  const [first] = words;
  if (first === undefined || ['--help', '-h', '--version'].includes(first)) return;
  if (!known.includes(first)) throw new InputError(unknownName('ds2p', 'a command', first, known));
}

async function run(typed: readonly string[], signal: AbortSignal): Promise<number> {
  const words = withoutHelpCommand(typed);
  checkCommandName(words);
  let code: number = EXIT.done;
  const parser = yargs([...words])
    .scriptName('ds2p')
    .usage('$0 <command> [options]\n\nA simulator and benchmark of stateful serverless edge computing.')
    .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false })
    .version(packageVersion())
    .help()
    .alias('help', 'h')
    .wrap(Math.min(110, terminalWidth()))
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    })
    .epilogue(epilogue());
  for (const spec of COMMANDS) {
    const name = namesOf(spec).includes(words[0]) ? words[0] : spec.name;
    parser.command(
      toYargs(spec, name, words, signal, (result) => {
        code = result;
      }),
    );
  }
  if (words.length === 0) {
    console.error(await parser.getHelp());
    return EXIT.badInput;
  }
  await parser.parseAsync();
  return code;
}

/** Tells of an error on stderr, and returns the exit code. */
function tellOf(error: Error): number {
  if (error instanceof InputError) {
    error.problems.forEach(tellProblem);
    return EXIT.badInput;
  }
  if (error instanceof UsageError) {
    console.error(`${error.message}\nSee "ds2p --help".`);
    return EXIT.badInput;
  }
  console.error(`${onStderr.bad('ds2p')}: ${error.message}`);
  return EXIT.failed;
}

/** Tells of a file that was still being loaded when the process comes to its end. */
function tellOfUnloadedFiles(): void {
  let isTold = false;
  const tell = (problem: Problem | undefined) => {
    if (problem === undefined || isTold) return;
    isTold = true;
    tellProblem(problem);
    process.exitCode = EXIT.badInput;
  };
  process.on('beforeExit', () => tell(neverLoaded()));
  process.on('exit', (code) => tell(endedWhileLoading(code)));
}

/** Runs a command line. @returns the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  listenToSignals();
  tellOfUnloadedFiles();
  try {
    return await run(words, stopSignal);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return tellOf(error);
  }
}
