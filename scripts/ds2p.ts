#!/usr/bin/env node
/** The command line: data on stdout, everything else on stderr, exit codes of exit.ts. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { packageVersion } from '../experiments/harness/environment.js';
import { InputError, unknownName } from '../experiments/harness/errors.js';
import { toYargs } from './command.js';
import { COMMANDS } from './commands/index.js';
import { EXIT } from './exit.js';
import { terminalWidth } from './terminal.js';

/** A problem that yargs itself found. */
class UsageError extends Error {}

function checkCommandName(words: readonly string[]): void {
  const known = COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const [first] = words;
  if (first === undefined || ['--help', '-h', '--version'].includes(first)) return;
  if (!known.includes(first)) throw new InputError(unknownName('ds2p', 'a command', first, known));
}

async function main(words: readonly string[], signal: AbortSignal): Promise<number> {
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
    .epilogue(
      'Exit codes: 0 done, 1 runs failed, 2 bad input, 3 out of time with runs left, 130 interrupted.\n"ds2p <command> --help" shows the options of a command with examples.',
    )
    .example('ds2p reproduce --quick', 'the evaluation of the paper in under a minute')
    .example('ds2p run --t-max 0.2 --duration 900', 'one configuration');
  for (const spec of COMMANDS)
    parser.command(
      toYargs(spec, signal, (result) => {
        code = result;
      }),
    );
  if (words.length === 0) {
    console.error(await parser.getHelp());
    return EXIT.badInput;
  }
  await parser.parseAsync();
  return code;
}

/** SIGUSR1 is what batch systems are asked to send before the time limit of a job. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGUSR1'] as const;

/** The first signal asks for a clean stop, the second ends the process at once; finished runs are kept either way. */
function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (name: string) => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    console.error(
      `\n${name}: stopping when the runs in flight have ended. Once more to stop now; finished runs are kept.`,
    );
    controller.abort(`${name} came`);
  };
  for (const name of SIGNALS) process.on(name, stop);
  // A terminal that is closed stops what it shows. What writes elsewhere goes on, as with nohup: Node undoes what
  // nohup has done, so that the signal has to be taken care of here.
  process.on('SIGHUP', (name) => {
    if (process.stderr.isTTY) stop(name);
  });
  return controller.signal;
}

// A reader that has seen enough, as in "ds2p list | head", is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

// What is said to a terminal that is gone is lost, and nothing else.
process.stderr.on('error', () => {});

try {
  process.exitCode = await main(hideBin(process.argv), stopOnSignal());
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isInput = error instanceof InputError || error instanceof UsageError;
  console.error(isInput ? error.message : `ds2p: ${error.message}`);
  if (error instanceof UsageError) console.error('See "ds2p --help".');
  process.exitCode = isInput ? EXIT.badInput : EXIT.failed;
}
