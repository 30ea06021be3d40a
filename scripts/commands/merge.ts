/** `ds2p merge a b c -o out`: joins the shards of a sweep. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { folderProblems } from '../../experiments/harness/folders.js';
import { mergeSweeps } from '../../experiments/harness/merge.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { REPORT_OPTION } from '../options.js';
import { reportSweep } from '../report-output.js';
import { commandLine } from './experiment.js';

/** Names runs on stderr, the first of them one by one. */
function tell(
  what: string,
  { count, named }: { readonly count: number; readonly named: readonly string[] },
): void {
  if (count === 0) return;
  console.error(`${count} ${count === 1 ? 'run' : 'runs'} ${what}:`);
  for (const name of named) console.error(`  ${name}`);
  if (count > named.length) console.error(`  and ${count - named.length} more`);
}

export const mergeCommand: CommandSpec = {
  name: 'merge',
  describe: 'Join the parts of a sweep that were made with --shard',
  positional: [{ name: 'folders', describe: 'folders of the parts, as results/my/shards/*', many: true }],
  options: {
    out: { type: 'text', describe: 'folder of the whole, as results/my', letter: 'o' },
    ...REPORT_OPTION,
    reuse: {
      type: 'text',
      repeatable: true,
      describe: 'folder of an earlier form of the sweep, whose runs are taken where they are the same',
    },
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
    else given.problems.push(...folderProblems(out));
    given.check();
    const report = mergeSweeps(folders, out!, { reuse, command: commandLine() });
    const { planned, rows, failed, missing, absentShards, doubled } = report;
    console.error(`${rows} of ${planned} runs from ${folders.length} folders. Results: ${report.folder}`);
    tell('are in several folders, with the same results', doubled);
    tell('are missing', missing);
    if (missing.count > 0 && absentShards.length > 0)
      console.error(`No folder was given of the parts ${absentShards.join(', ')}.`);
    if (failed > 0) console.error(`${failed} ${failed === 1 ? 'run' : 'runs'} failed: see failures.csv`);
    if (rows > 0 && !given.has('no-report'))
      console.error(
        `Report: ${await reportSweep(report.folder, { threads: availableParallelism(), signal })}`,
      );
    return missing.count + failed > 0 ? EXIT.failed : EXIT.done;
  },
};
