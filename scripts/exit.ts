/** Exit codes, and what is said about runs that failed. */
import type { Problem } from '../experiments/harness/errors.js';
import { reproducingCommand } from '../experiments/harness/manifest.js';
import type { Failure } from '../experiments/harness/results-folder.js';
import { counted } from '../experiments/harness/words.js';
import { onStderr } from './colour.js';

export const EXIT = { done: 0, failed: 1, badInput: 2, outOfTime: 3, interrupted: 130 } as const;

/** What each means, for the help. */
export const EXIT_MEANINGS: readonly (readonly [number, string])[] = [
  [EXIT.done, 'done'],
  [EXIT.failed, 'runs failed, or output could not be written'],
  [EXIT.badInput, 'bad input: nothing was run or written'],
  [EXIT.outOfTime, 'out of time (--until, --max-time) with runs left'],
  [EXIT.interrupted, 'interrupted; what was finished is kept'],
];

/** No more failures than this are told one by one. */
const SHOWN_FAILURES = 5;

/** Failures that differ only in their time and request, as those of one mistake in a policy, under the first. */
function alike(failures: readonly Failure[]): readonly (readonly [Failure, number])[] {
  const groups = new Map<string, [Failure, number]>();
  for (const failure of failures) {
    const key = failure.error.replace(/ at t = .*?: /, ': ').replaceAll(/\d+(\.\d+)?(?!\d*:)/g, '#');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [failure, 1]);
    else group[1]++;
  }
  return [...groups.values()];
}

/** Failed runs as `--json` prints them, each with the command that makes it alone; the first of them, where they are many. */
export const failuresJson = (failures: readonly Failure[], scenarioPath?: string) =>
  failures.map(({ run, error }) => ({
    run: run.index + 1,
    seed: run.seed,
    error,
    command: reproducingCommand(run, scenarioPath),
  }));

/** Tells of a problem on stderr: where, what, and what to do. */
export function tellProblem({ path, fact, remedy }: Problem): void {
  console.error(`${onStderr.strong(path)}: ${fact} ${remedy}`);
}

/**
 * Tells of failed runs on stderr, each kind with the command that makes one alone, and returns the exit code.
 * @param count how many there are; `failures` may hold the first of them only. @param file path of the failures.csv
 * that has them all, where one is written.
 */
export function reportFailures(
  failures: readonly Failure[],
  scenarioPath?: string,
  count = failures.length,
  file?: string,
): number {
  if (count === 0) return EXIT.done;
  console.error(
    `${onStderr.bad(`${counted(count, 'run')} failed`)}${file === undefined ? '' : `, see ${file}`}:`,
  );
  const groups = alike(failures);
  for (const [{ run, error }, same] of groups.slice(0, SHOWN_FAILURES)) {
    const others = same === 1 ? '' : `\n    and ${same - 1} more like it`;
    console.error(`  ${error}${others}\n    ${reproducingCommand(run, scenarioPath)}`);
  }
  const told = groups.slice(0, SHOWN_FAILURES).reduce((sum, [, same]) => sum + same, 0);
  if (count > told) console.error(`  and ${count - told} more`);
  return EXIT.failed;
}
