/** `ds2p report <folder>`: write a report again from the files of a folder of results. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { damagedFiles } from '../../experiments/harness/damaged-files.js';
import { REPRODUCTION_FOLDER } from '../../experiments/harness/earlier-report.js';
import { collect } from '../../experiments/harness/errors.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { readComparison, type StoredComparison } from '../../experiments/harness/stored-comparison.js';
import { folderWithout } from '../../experiments/harness/stored-rows.js';
import { onStderr } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { EXIT, tellProblem } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { reportComparison, reportReproduction, reportSweep } from '../report-output.js';
import { print } from '../stdout.js';
import { REPRODUCED } from './reproduce.js';

const has = (folder: string, name: string): boolean => existsSync(join(folder, name));

/** Folders of the paper's experiments in a folder of results. */
const reproducedIn = (root: string): readonly string[] =>
  REPRODUCED.map(({ name }) => join(root, name)).filter((folder) => has(folder, 'summary.csv'));

const REMEDY = 'Give a folder that "ds2p reproduce", "sweep", "merge" or "scalability" has written.';

export const reportCommand: CommandSpec = {
  name: 'report',
  describe: 'Write the report of a folder of results again',
  positional: [
    {
      name: 'folder',
      describe: 'results/table3, or results for all of a reproduction',
      many: true,
      values: 'folder',
    },
  ],
  options: { json: jsonOption('an array with the path of each report') },
  examples: [
    ['ds2p report results', 'the report of the whole reproduction'],
    ['ds2p report results/my', 'that of one experiment'],
  ],
  run: async (given, signal) => {
    const folders = given.positional('folder');
    const comparisons = new Map<string, StoredComparison>();
    for (const folder of folders) {
      const isReproduction = !has(folder, 'summary.csv') && reproducedIn(folder).length > 0;
      const isOne = ['summary.csv', 'comparison.csv'].some((file) => has(folder, file));
      // Found out before runs are recorded for the page.
      if (isReproduction || isOne)
        given.problems.push(
          ...folderProblems(isReproduction ? join(folder, REPRODUCTION_FOLDER) : folder, folder),
        );
      if (has(folder, 'summary.csv') || isReproduction) continue;
      if (has(folder, 'comparison.csv')) {
        const stored = collect(given.problems, () => readComparison(folder));
        if (stored !== undefined) comparisons.set(folder, stored);
        continue;
      }
      given.problems.push(folderWithout('summary.csv', folder, REMEDY)!);
    }
    given.check();
    const run = { threads: availableParallelism(), signal };
    const write = (folder: string): Promise<string> => {
      const compared = comparisons.get(folder);
      if (compared !== undefined) return reportComparison(folder, compared.rows, compared.setting, run);
      if (has(folder, 'summary.csv')) return reportSweep(folder, run);
      return reportReproduction(folder, reproducedIn(folder), run);
    };
    const damaged = folders
      .filter((folder) => !comparisons.has(folder))
      .flatMap((folder) => (has(folder, 'summary.csv') ? [folder] : reproducedIn(folder)))
      .flatMap(damagedFiles);
    for (const problem of damaged) tellProblem(problem);
    // A page without the numbers would replace one that may have them.
    const hasLostNumbers = (folder: string) =>
      damaged.some(({ path }) => path === join(folder, 'summary.csv'));
    const tellUnwritable = (folder: string) =>
      console.error(`${onStderr.bad(folder)}: no report can be written of what is left of it.`);
    const paths: string[] = [];
    for (const folder of folders) {
      if (hasLostNumbers(folder)) {
        tellUnwritable(folder);
        continue;
      }
      try {
        const path = await write(folder);
        if (signal.aborted) return EXIT.interrupted;
        paths.push(path);
        if (!given.has('json')) print(path);
        console.error(`Open it in a browser: ${basename(path)} needs no network and no other file.`);
      } catch (error) {
        // What cannot be written for want of a damaged file is no reason to leave out other folders.
        if (damaged.length === 0) throw error;
        tellUnwritable(folder);
      }
    }
    if (given.has('json')) printJson(paths);
    if (damaged.length === 0) return EXIT.done;
    return paths.length === 0 ? EXIT.badInput : EXIT.failed;
  },
};
