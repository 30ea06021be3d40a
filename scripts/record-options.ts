/** The options of `run --record`, and what it writes and says. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../core/index.js';
import type { Experiment } from '../experiments/experiment.js';
import { scenarioName } from '../experiments/harness/campaign.js';
import type { Run } from '../experiments/harness/expand.js';
import { folderProblems } from '../experiments/harness/folders.js';
import { shellWord } from '../experiments/harness/manifest.js';
import { recordedFolderProblems, writeRecordedFolder } from '../experiments/harness/recorded-folder.js';
import { recordedRun } from '../experiments/harness/recorded-run.js';
import type { Outcome, RecordOptions } from '../experiments/harness/worker.js';
import type { Row } from '../results/csv.js';
import type { Arguments, OptionSpec } from './command.js';
import { DEFAULT_OUT, OUT_OPTION, secondsOption, toggle } from './options.js';
import { bytesText } from './terminal.js';

/** More samples than this are taken for a slip: a recording would take gigabytes. */
const MAX_SAMPLES = 100_000;
/** Above this size a page of recordings is slow. */
const LARGE_BYTES = 5e6;
/** The folder within --out. */
const FOLDER = 'run';

const ALONE: Readonly<Record<string, OptionSpec>> = {
  'record-interval': {
    describe: 'simulated seconds between samples of a recording',
    type: 'text',
    fallback: 'a 360th of the duration, more with many nodes',
  },
  out: {
    ...OUT_OPTION.out,
    describe: 'with --record, folder of results; recordings go to the folder "run" herein',
  },
};

export const RECORD_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  record: toggle('record each run over time: places of keys, rejections, containers, for "ds2p inspect"'),
  ...ALONE,
};

/** How to record, and where the recordings go. */
export interface Recording {
  readonly folder: string;
  readonly options: RecordOptions;
}

/** What was asked for; undefined where runs are not recorded. Problems are added to those of `given`. */
export function recordingFrom(given: Arguments, duration: number | undefined): Recording | undefined {
  if (!given.has('record')) {
    for (const name of Object.keys(ALONE))
      if (given.text(name) !== undefined)
        given.problems.push({
          path: `--${name}`,
          fact: 'the option has no effect where nothing is recorded.',
          remedy: 'Give --record as well, or leave it out.',
        });
    return undefined;
  }
  const out = given.text('out') ?? DEFAULT_OUT;
  const folder = join(out, FOLDER);
  const unwritable = folderProblems(folder);
  given.problems.push(...unwritable, ...(unwritable.length > 0 ? [] : recordedFolderProblems(folder)));
  if (given.text('record-interval') === undefined) return { folder, options: {} };
  const interval = secondsOption(given, 'record-interval', 1);
  if (duration !== undefined && duration / interval > MAX_SAMPLES)
    given.problems.push({
      path: '--record-interval',
      fact: `${interval} s are ${Math.ceil(duration / interval)} samples of ${duration} s, more than ${MAX_SAMPLES}.`,
      remedy: `Give at least ${duration / MAX_SAMPLES}.`,
    });
  return { folder, options: { interval } };
}

/** A run that has ended well, with its row of runs.csv. */
export interface EndedRun {
  readonly run: Run;
  readonly row: Row;
  readonly outcome: Exclude<Outcome, { readonly error: string }>;
}

/** Writes what was recorded and says on stderr where it is and what to type next. */
export function writeRecordings(
  { folder }: Recording,
  experiment: Experiment,
  asked: readonly Run[],
  ended: readonly EndedRun[],
  context: {
    readonly threads: number;
    readonly command: string;
    readonly interrupted: boolean;
    readonly scenario?: Scenario;
    readonly scenarioPath?: string;
  },
): void {
  const { scenario, scenarioPath } = context;
  const name = scenarioName(scenario, scenarioPath);
  const named = {
    ...(name === undefined ? {} : { name }),
    ...(scenarioPath === undefined ? {} : { path: scenarioPath }),
  };
  const recorded = ended.map(({ run, row, outcome: { metrics, recording } }, i) => ({
    run: recordedRun(i + 1, run, { metrics, recording: recording! }, named),
    row,
  }));
  const { paths, aside } = writeRecordedFolder(folder, { experiment, asked, recorded, ...context });
  const others = context.interrupted ? 'Earlier recordings' : 'Recordings of another configuration';
  if (aside !== undefined) console.error(`${others} are now in ${aside}.`);
  for (const path of paths) console.error(`Recorded: ${path} (${bytesText(statSync(path).size)})`);
  if (paths.some((path) => statSync(path).size > LARGE_BYTES))
    console.error('A page of such recordings is slow; a longer --record-interval makes them smaller.');
  console.error(`See ${paths.length === 1 ? 'it' : 'them'} with: npx ds2p inspect ${shellWord(folder)}`);
}
