/** The folder that `run --record` writes: a recording a run, and their runs.csv and manifest.json. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scenario } from '../../core/index.js';
import { runColumns } from '../../results/columns.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import type { Experiment } from '../experiment.js';
import { keyContext, scenarioReference } from './campaign.js';
import { environment } from './environment.js';
import type { Problem } from './errors.js';
import type { RunList } from './expand.js';
import { makeFolder } from './folders.js';
import { configurationOf } from './manifest.js';
import { moveOtherAside } from './previous-results.js';
import { type RecordedRun, recordingFile, writeRecordedRun } from './recorded-run.js';
import { OTHER_FOLDER, replaceFolder, storing } from './storage.js';

/** Where the page of recorded runs goes. */
export const PAGE_FILE = 'inspect.html';

/** What a folder of recorded runs may hold, so that it can be replaced as a whole. */
const OURS = /^(runs\.csv|manifest\.json|recording-\d+\.json|inspect\.html)(\.new)?$/;

/** Did `run --record` write the manifest? */
function isOurs(manifest: string): boolean {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8')).recorded === true;
  } catch {
    return false;
  }
}

/** Problems of replacing `folder`, which need not exist: it may hold nothing but what `run --record` writes. */
export function recordedFolderProblems(folder: string): readonly Problem[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const names = readdirSync(folder);
  const foreign = names.filter((name) => !OURS.test(name));
  if (names.length === 0 || (foreign.length === 0 && isOurs(join(folder, 'manifest.json')))) return [];
  const what = foreign.length > 0 ? foreign.slice(0, 3).join(', ') : 'results';
  return [
    {
      path: '--out',
      fact: `"${folder}" holds ${what}${foreign.length > 3 ? ', ...' : ''}, which "ds2p run --record" has not written and would replace.`,
      remedy: 'Move it, or give another folder with --out.',
    },
  ];
}

export interface RecordedResults {
  readonly experiment: Experiment;
  /** All runs that were asked for. */
  readonly asked: RunList;
  /** Those that ended well, in the order of their numbers, each with its row of runs.csv. */
  readonly recorded: readonly { readonly run: RecordedRun; readonly row: Row }[];
  readonly scenario?: Scenario;
  readonly scenarioPath?: string;
  readonly threads: number;
  readonly command: string;
  /** Some of the runs that were asked for have neither ended well nor failed. */
  readonly interrupted: boolean;
}

/**
 * Writes recordings, runs.csv and manifest.json. What the folder held of the same configuration is replaced in a piece;
 * recordings of another one are moved aside, and what was interrupted replaces none.
 * @returns the paths of the recordings, and where others were moved. @throws StorageError where the file system refuses.
 */
export function writeRecordedFolder(
  folder: string,
  results: RecordedResults,
): { readonly paths: readonly string[]; readonly aside?: string } {
  const { experiment, asked, recorded, scenario, scenarioPath, threads, command, interrupted } = results;
  const columns = runColumns(scenario !== undefined);
  const reference = scenarioReference(scenario, scenarioPath) ?? undefined;
  const { name, title, question, section } = experiment;
  const manifest = {
    recorded: true,
    experiment: { name, title, question, section },
    configuration: configurationOf(asked, reference),
    runs: { planned: asked.length, completed: recorded.length, interrupted },
    keys: keyContext(scenario === undefined ? {} : { scenario }),
    ...environment(threads),
    command,
  };
  makeFolder(dirname(folder));
  let aside: string | undefined;
  storing(
    folder,
    () =>
      replaceFolder(folder, (made) => {
        for (const { run } of recorded) writeRecordedRun(join(made, recordingFile(run.number)), run);
        const rows = recorded.map(({ row }) => rowLine(columns, row));
        writeFileSync(join(made, 'runs.csv'), headerLine(columns) + rows.join(''));
        writeFileSync(join(made, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
        aside = moveOtherAside(folder, interrupted ? undefined : manifest.configuration);
      }),
    OTHER_FOLDER,
  );
  const paths = recorded.map(({ run }) => join(folder, recordingFile(run.number)));
  return aside === undefined ? { paths } : { paths, aside };
}
