/** `ds2p status <folder>`: how a sweep goes, from another terminal. */
import { existsSync } from 'node:fs';
import { collect, type Problem } from '../../experiments/harness/errors.js';
import { shellWord } from '../../experiments/harness/manifest.js';
import { durationText } from '../../experiments/harness/progress.js';
import { SHARDS_FOLDER } from '../../experiments/harness/shard.js';
import { type FolderState, type SweepState, sweepState } from '../../experiments/harness/sweep-state.js';
import { onStdout } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { print } from '../stdout.js';
import { numberText, textTable } from '../terminal.js';

const HEAD = ['folder', 'state', 'done', 'failed', 'runs/s', 'ETA', 'process', 'last word'];

/** How long ago, in words. */
function ago(time: string | null): string {
  if (time === null) return '-';
  return `${durationText(Math.max(0, Date.now() - Date.parse(time)) / 1000)} ago`;
}

/** The state, and the count of failed runs, in the colour of good or bad news. */
const STATE_STYLE = {
  running: onStdout.strong,
  finished: onStdout.good,
  incomplete: onStdout.doubtful,
  'runs failed': onStdout.bad,
  'of another version': onStdout.doubtful,
} as const;

const row = (state: FolderState): readonly string[] => [
  state.folder,
  STATE_STYLE[state.state](state.state),
  `${state.done}/${state.planned}`,
  state.failed === 0 ? '0' : onStdout.bad(String(state.failed)),
  state.rate_per_s === null ? '-' : numberText(state.rate_per_s, 3),
  state.eta_s === null ? '-' : durationText(state.eta_s),
  state.process === null ? '-' : `${state.process.pid} on ${state.process.host}`,
  ago(state.updated),
];

/** What to do next, where nobody is at work. */
function advice({ whole, shards }: SweepState): string | undefined {
  const { folder, state, done, planned, command } = whole;
  if ([whole, ...shards].some((each) => each.process !== null) || state === 'running') return undefined;
  const isJoined = shards.length === 0 || whole.command !== null;
  if (done === planned && !isJoined)
    return `Join the parts with: npx ds2p merge ${shellWord(folder)}/${SHARDS_FOLDER}/* -o ${shellWord(folder)}`;
  const own = command ?? shards.find((shard) => shard.state !== 'finished')?.command;
  if (done < planned && own) return `Go on with: ${own}`;
  return undefined;
}

export const statusCommand: CommandSpec = {
  name: 'status',
  describe: 'Show how sweeps go: done, rate, time left',
  positional: [
    { name: 'folders', describe: 'folders of results, as results/my', many: true, values: 'folder' },
  ],
  options: { json: jsonOption('an array with an object a folder') },
  examples: [
    [
      'ds2p status results/my',
      'from another terminal, while "ds2p sweep my.json" runs, or after it was killed',
    ],
    ['ds2p status results/* --json', 'all of them, for a script'],
  ],
  run: async (given) => {
    const folders = given.positional('folders');
    const unfit: Problem[] = [];
    const states = folders.flatMap((folder) => collect(unfit, () => sweepState(folder)) ?? []);
    // Beside sweeps, as in "results/*", stand folders of other commands; a folder that is not there is a slip.
    const isLeftOut = ({ path }: Problem) => states.length > 0 && existsSync(path);
    given.problems.push(...unfit.filter((problem) => !isLeftOut(problem)));
    given.check();
    for (const { path } of unfit) console.error(`${path} holds no sweep, and is left out.`);
    if (given.has('json')) {
      printJson(states.map(({ whole, shards }) => ({ ...whole, shards })));
      return EXIT.done;
    }
    print(
      textTable(
        HEAD,
        states.flatMap(({ whole, shards }) => [whole, ...shards].map(row)),
      ),
    );
    for (const state of states) {
      const text = advice(state);
      if (text !== undefined) console.error(`\n${text}`);
    }
    return EXIT.done;
  },
};
