/** `ds2p inspect`: the page of one run, or of all that are recorded. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { collect, throwProblems } from '../../experiments/harness/errors.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { Progress } from '../../experiments/harness/progress.js';
import { recordRuns } from '../../experiments/harness/record-runs.js';
import {
  isRecordingOf,
  type RecordedRun,
  readRecordedRun,
  recordingFile,
} from '../../experiments/harness/recorded-run.js';
import { StoredResults, type StoredRun } from '../../experiments/harness/stored-runs.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { openPage } from '../open-page.js';
import { toggle } from '../options.js';
import { FOLDER_POSITIONAL, folderFrom, numberFrom, runTitle } from '../runs-target.js';
import { print } from '../stdout.js';
import { sayingIfStopped } from '../stopping.js';

/** No more recordings than this go into one page, which would take long to open. */
const MOST_RUNS = 20;

/** Numbers of the recordings of a folder, in order. */
function recordingsIn(folder: string): readonly number[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const found = readdirSync(folder).map((name) => Number(/^recording-(\d+)\.json$/.exec(name)?.[1]));
  return found.filter((number) => number > 0).sort((a, b) => a - b);
}

/** Which runs the page is about. */
function choose(chosen: number | undefined, recorded: readonly number[], count: number): readonly number[] {
  if (chosen !== undefined) return [chosen];
  if (recorded.length > MOST_RUNS)
    console.error(
      `The first ${MOST_RUNS} of ${recorded.length} recordings are shown; --run N shows another.`,
    );
  if (recorded.length > 0) return recorded.slice(0, MOST_RUNS);
  if (count > 1) console.error(`Run 1 of ${count} is shown; --run N shows another.`);
  return [1];
}

export const inspectCommand: CommandSpec = {
  name: 'inspect',
  describe: 'Write the page of a run over time, and open it',
  positional: FOLDER_POSITIONAL,
  options: {
    run: {
      describe:
        'number of the run: its row in runs.csv, from 1; runs that failed have none, and their numbers in failures.csv count otherwise',
      type: 'text',
      fallback: 'all that are recorded, else 1',
    },
    'no-open': toggle('do not open the page'),
    json: jsonOption('the path of the page and the numbers of its runs'),
  },
  examples: [
    ['ds2p inspect results/run', 'the runs that "ds2p run --record" has written'],
    ['ds2p inspect results/table3 --run 7 --no-open', 'a run of any folder of results; it is made again'],
  ],
  run: async (given, signal) => {
    const target = folderFrom(given);
    const chosen = numberFrom(given, 'run');
    given.check();
    const folder = target!;
    const recorded = recordingsIn(folder);
    // A folder into which somebody has put recordings alone can be shown as well.
    const isBare = recorded.length > 0 && !existsSync(join(folder, 'runs.csv'));
    const results = isBare ? undefined : collect(given.problems, () => new StoredResults(folder));
    given.problems.push(...(results === undefined && !isBare ? [] : folderProblems(folder, folder)));
    given.check();
    const count = results?.rows.length ?? Number.POSITIVE_INFINITY;
    const shown = recorded.filter((number) => number <= count);
    const numbers = choose(chosen, shown, count);
    const runs = new Map<number, RecordedRun>();
    for (const number of numbers) {
      const path = join(folder, recordingFile(number));
      const row = results?.rows[number - 1];
      if (!recorded.includes(number) || (results !== undefined && row === undefined)) continue;
      const run = readRecordedRun(path);
      if (row === undefined || isRecordingOf(run, row)) runs.set(number, run);
      else console.error(`${path} is not the recording of that row of runs.csv; the run is made again.`);
    }
    const missing = numbers.filter((number) => !runs.has(number));
    if (missing.length > 0 && results === undefined)
      throwProblems([
        {
          path: '--run',
          fact: `there is no recording of a run ${missing[0]} in ${folder}.`,
          remedy: `It has recordings of ${recorded.join(', ')}.`,
        },
      ]);
    if (missing.length > 0) {
      const stored: StoredRun[] = [];
      for (const number of missing) stored.push(await results!.runAt(number));
      const progress = new Progress(
        stored.length,
        stored.reduce((sum, { run }) => sum + run.cost, 0),
      );
      const onDone = ({ cost }: { readonly cost: number }) => progress.add(cost, false);
      const made = await sayingIfStopped('the page is not written.', () =>
        recordRuns(stored, { signal, onDone }).finally(() => progress.stop()),
      );
      if (signal.aborted) return EXIT.interrupted;
      for (const run of made) runs.set(run.number, run);
    }
    for (const number of numbers) console.error(runTitle(folder, runs.get(number)!));
    const { writeRunPage } = await import('../../figures/report/run-page.js');
    const page = writeRunPage(
      folder,
      numbers.map((number) => runs.get(number)!),
    );
    if (given.has('json')) printJson({ page, runs: numbers });
    else print(page);
    if (!given.has('no-open')) await openPage(page);
    return EXIT.done;
  },
};
