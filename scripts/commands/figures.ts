/** `ds2p figures <folder>`: draw again from the CSVs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
      if (!existsSync(join(folder, 'runs.csv')))
        given.problems.push({
          path: 'folder',
          fact: `"${folder}" holds no runs.csv.`,
          remedy: 'Give a folder that "ds2p experiment" or "ds2p reproduce" has written.',
        });
    if (out !== undefined) given.problems.push(...folderProblems(out));
    given.check();
    if (out !== undefined) makeFolder(out);
    const { drawFigures } = await import('../../figures/index.js');
    for (const folder of folders)
      for (const file of await drawFigures(folder, out === undefined ? {} : { out })) console.log(file);
    return EXIT.done;
  },
};
