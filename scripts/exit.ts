/** Exit codes, and what is said about runs that failed. */
import { reproducingCommand } from '../experiments/harness/manifest.js';
import type { Failure } from '../experiments/harness/results-folder.js';

export const EXIT = { done: 0, failed: 1, badInput: 2, outOfTime: 3, interrupted: 130 } as const;

/** No more failures than this are told one by one. */
const SHOWN_FAILURES = 5;

/**
 * Tells of failed runs on stderr, each with the command that makes it alone, and returns the exit code.
 * @param count how many there are; `failures` may hold the first of them only.
 */
export function reportFailures(
  failures: readonly Failure[],
  scenarioPath?: string,
  count = failures.length,
): number {
  if (count === 0) return EXIT.done;
  console.error(`${count} ${count === 1 ? 'run' : 'runs'} failed:`);
  for (const { run, error } of failures.slice(0, SHOWN_FAILURES))
    console.error(`  ${error}\n    ${reproducingCommand(run, scenarioPath)}`);
  if (count > SHOWN_FAILURES) console.error(`  and ${count - SHOWN_FAILURES} more, in failures.csv`);
  return EXIT.failed;
}
