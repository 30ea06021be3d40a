/** `ds2p figures <folder>`: draw again from the CSVs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { damagedFiles } from '../../experiments/harness/damaged-files.js';
import { InputError } from '../../experiments/harness/errors.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { shellWord } from '../../experiments/harness/manifest.js';
import { folderWithout } from '../../experiments/harness/stored-rows.js';
import { onStderr } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { EXIT, tellProblem } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { print } from '../stdout.js';

const REMEDY = 'Give a folder that "ds2p sweep", "reproduce" or "scalability" has written.';

export const figuresCommand: CommandSpec = {
  name: 'figures',
  describe: 'Draw the figures of results from their CSVs',
  positional: [
    { name: 'folder', describe: 'folder of results, as results/table3', many: true, values: 'folder' },
  ],
  options: {
    out: {
      describe: 'where the figures go',
      type: 'text',
      fallback: 'the folder of results',
      values: 'folder',
    },
    json: jsonOption('an array with an object a folder, with the files that were drawn'),
  },
  examples: [['ds2p figures results/table3', 'SVG and PNG of Table 3 and Fig. 2']],
  run: async (given) => {
    const folders = given.positional('folder');
    const out = given.text('out');
    for (const folder of folders)
      if (!existsSync(join(folder, 'solves.csv'))) {
        const problem = folderWithout('runs.csv', folder, REMEDY);
        if (problem !== undefined) given.problems.push(problem);
      }
    if (out !== undefined) given.problems.push(...folderProblems(out));
    else if (given.problems.length === 0)
      for (const folder of folders) given.problems.push(...folderProblems(join(folder, 'figures'), folder));
    given.check();
    const { drawFigures } = await import('../../figures/index.js');
    const damaged = folders.flatMap(damagedFiles);
    for (const problem of damaged) tellProblem(problem);
    const all: { readonly folder: string; readonly files: readonly string[] }[] = [];
    // What can be drawn is drawn, whatever is wrong with another folder.
    for (const folder of folders) {
      if (damaged.some(({ path }) => path === join(folder, 'summary.csv'))) {
        console.error(`${onStderr.bad(folder)}: no figure can be drawn of what is left of it.`);
        continue;
      }
      try {
        const files = await drawFigures(folder, out === undefined ? {} : { out });
        all.push({ folder, files });
        if (!given.has('json')) for (const file of files) print(file);
        if (files.length === 0) {
          const report = join(folder, 'report.html');
          const instead = existsSync(report)
            ? `${report} shows its results`
            : `its results are shown by the report that "npx ds2p report ${shellWord(folder)}" writes`;
          console.error(`${folder}: no figure shows what varies in this experiment; ${instead}.`);
        }
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        given.problems.push(...error.problems);
      }
    }
    if (given.has('json')) printJson(all);
    given.check();
    if (damaged.length === 0) return EXIT.done;
    return all.length > 0 ? EXIT.failed : EXIT.badInput;
  },
};
