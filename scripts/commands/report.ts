/** `ds2p report <folder>`: write a report again from the files of a folder of results. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { collect } from '../../experiments/harness/errors.js';
import { readComparison, type StoredComparison } from '../../experiments/harness/stored-comparison.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { reportComparison, reportReproduction, reportSweep } from '../report-output.js';
import { REPRODUCED } from './reproduce.js';

const has = (folder: string, name: string): boolean => existsSync(join(folder, name));

/** Folders of the paper's experiments in a folder of results. */
const reproducedIn = (root: string): readonly string[] =>
  REPRODUCED.map(({ name }) => join(root, name)).filter((folder) => has(folder, 'summary.csv'));

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
      if (has(folder, 'summary.csv') || reproducedIn(folder).length > 0) continue;
      if (has(folder, 'comparison.csv')) {
        const stored = collect(given.problems, () => readComparison(folder));
        if (stored !== undefined) comparisons.set(folder, stored);
        continue;
      }
      given.problems.push({
        path: 'folder',
        fact: `"${folder}" holds no results.`,
        remedy:
          'Give a folder that "ds2p reproduce", "sweep", "merge", "compare" or "scalability" has written.',
      });
    }
    given.check();
    const run = { threads: availableParallelism(), signal };
    const paths: string[] = [];
    for (const folder of folders) {
      const compared = comparisons.get(folder);
      const path =
        compared !== undefined
          ? await reportComparison(folder, compared.rows, compared.setting, run)
          : has(folder, 'summary.csv')
            ? await reportSweep(folder, run)
            : await reportReproduction(folder, reproducedIn(folder), run);
      if (signal.aborted) return EXIT.interrupted;
      paths.push(path);
      if (!given.has('json')) console.log(path);
      console.error(`Open it in a browser: ${basename(path)} needs no network and no other file.`);
    }
    if (given.has('json')) printJson(paths);
    return EXIT.done;
  },
};
