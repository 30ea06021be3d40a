/** `ds2p figures <folder>`: draw again from the CSVs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../experiments/harness/errors.js';
import { folderProblems, makeFolder } from '../../experiments/harness/folders.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';

export const figuresCommand: CommandSpec = {
  name: 'figures',
  describe: 'Draw the figures of an experiment again from its CSVs',
  positional: [{ name: 'folder', describe: 'folder of results, as results/table3', many: true }],
  options: {
    out: { describe: 'where the figures go', type: 'text', fallback: 'the folder of results' },
  },
  examples: [['ds2p figures results/table3', 'SVG and PNG of Table 3 and Fig. 2']],
  run: async (given) => {
    const folders = given.positional('folder');
    const out = given.text('out');
    for (const folder of folders)
      if (!['runs.csv', 'solves.csv'].some((name) => existsSync(join(folder, name))))
        given.problems.push({
          path: 'folder',
          fact: `"${folder}" holds no runs.csv.`,
          remedy: 'Give a folder that "ds2p experiment", "reproduce" or "scalability" has written.',
        });
    if (out !== undefined) given.problems.push(...folderProblems(out));
    given.check();
    if (out !== undefined) makeFolder(out);
    const { drawFigures } = await import('../../figures/index.js');
    // What can be drawn is drawn, whatever is wrong with another folder.
    for (const folder of folders) {
      try {
        const files = await drawFigures(folder, out === undefined ? {} : { out });
        for (const file of files) console.log(file);
        if (files.length === 0) console.error(`${folder}: no figure shows what varies in this experiment.`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        given.problems.push(...error.problems);
      }
    }
    given.check();
    return EXIT.done;
  },
};
