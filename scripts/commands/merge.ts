/** `ds2p merge a b c -o out`: joins the shards of a sweep. */
import { existsSync, realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { folderProblems } from '../../experiments/harness/folders.js';
import { mergeSweeps } from '../../experiments/harness/merge.js';
import { counted } from '../../experiments/harness/words.js';
import { onStderr } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { REPORT_OPTION } from '../options.js';
import { withReport } from '../report-attempt.js';
import { reportSweep } from '../report-output.js';
import { commandLine } from './experiment.js';

/** Names runs on stderr, the first of them one by one. */
function tell(
  one: string,
  several: string,
  { count, named }: { readonly count: number; readonly named: readonly string[] },
): void {
  if (count === 0) return;
  console.error(`${onStderr.doubtful(count === 1 ? `1 run ${one}` : `${count} runs ${several}`)}:`);
  for (const name of named) console.error(`  ${name}`);
  if (count > named.length) console.error(`  and ${count - named.length} more`);
}

const isSameFolder = (a: string, b: string): boolean =>
  existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);

export const mergeCommand: CommandSpec = {
  name: 'merge',
  describe: 'Join the parts of a sweep made with --shard',
  positional: [
    {
      name: 'folders',
      describe: 'folders of the parts, as results/my/shards/*',
      many: true,
      values: 'folder',
    },
  ],
  options: {
    out: { type: 'text', describe: 'folder of the whole, as results/my', letter: 'o', values: 'folder' },
    ...REPORT_OPTION,
    reuse: {
      type: 'text',
      repeatable: true,
      values: 'folder',
      describe: 'folder of an earlier form of the sweep, whose runs are taken where they are the same',
    },
    json: jsonOption('what was joined, what is missing, and what was found twice'),
  },
  examples: [
    ['ds2p merge results/my/shards/* -o results/my', 'the files of the sweep as if made in one place'],
  ],
  run: async (given, signal) => {
    const folders = given.positional('folders');
    const out = given.text('out');
    const reuse = given.texts('reuse');
    for (const folder of [...folders, ...reuse])
      if (!existsSync(folder))
        given.problems.push({
          path: folder,
          fact: 'there is no such folder.',
          remedy: 'Give folders that "ds2p sweep --shard" has written.',
        });
    if (out === undefined)
      given.problems.push({
        path: '--out',
        fact: 'the option is missing.',
        remedy: 'Name the folder of the whole, as -o results/my.',
      });
    else {
      given.problems.push(...folderProblems(out));
      if (folders.some((folder) => isSameFolder(folder, out)))
        given.problems.push({
          path: '--out',
          fact: `"${out}" is one of the parts.`,
          remedy: 'Give another folder for the whole, as results/my.',
        });
    }
    given.check();
    const report = mergeSweeps(folders, out!, { reuse, command: commandLine() });
    const { planned, rows, failed, missing, absentShards, doubled, whole } = report;
    for (const note of report.notes) console.error(note);
    console.error(
      `${rows} of ${counted(planned, 'run')} from ${counted(folders.length, 'folder')}. Results: ${report.folder}`,
    );
    for (const folder of whole)
      console.error(
        `${onStderr.doubtful(folder)} was made without --shard, so that it is no part of the sweep but the sweep itself; its runs are taken over as they are.`,
      );
    tell(
      'is in several folders, with the same results',
      'are in several folders, with the same results',
      doubled,
    );
    tell('is missing', 'are missing', missing);
    if (missing.count > 0 && absentShards.length > 0)
      console.error(`No folder was given of the parts ${absentShards.join(', ')}.`);
    if (failed > 0)
      console.error(
        `${onStderr.bad(`${counted(failed, 'run')} failed`)}: see ${join(report.folder, 'failures.csv')}`,
      );
    if (given.has('json'))
      printJson({
        folder: report.folder,
        planned,
        done: rows,
        failed,
        missing,
        absent_shards: absentShards,
        doubled,
      });
    const code = missing.count + failed > 0 ? EXIT.failed : EXIT.done;
    if (rows + failed === 0 || given.has('no-report')) return code;
    const run = { threads: availableParallelism(), signal };
    return withReport(code, () => reportSweep(report.folder, run));
  },
};
