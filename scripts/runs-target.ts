/** Which run of which folder a command is about. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  namedValues,
  PARAMETERS,
  type ParameterValue,
  type PresetName,
  presetParameters,
} from '../core/index.js';
import { collect } from '../experiments/harness/errors.js';
import { UNFINISHED } from '../experiments/harness/storage.js';
import { StoredResults } from '../experiments/harness/stored-runs.js';
import type { Arguments, CommandSpec } from './command.js';
import { DEFAULT_OUT } from './options.js';

const RECORDED = join(DEFAULT_OUT, 'run');
const RUNS_FILE = 'runs.csv';

export const FOLDER_POSITIONAL: NonNullable<CommandSpec['positional']> = [
  {
    name: 'folder',
    describe: `folder of results, as results/load; absent: ${RECORDED}, or the only one of ${DEFAULT_OUT}`,
    values: 'folder',
  },
];

/** Folders of results that have runs. */
const foldersWithRuns = (): readonly string[] =>
  existsSync(DEFAULT_OUT)
    ? readdirSync(DEFAULT_OUT)
        .filter((name) => !name.includes(UNFINISHED))
        .map((name) => join(DEFAULT_OUT, name))
        .filter((folder) => existsSync(join(folder, RUNS_FILE)))
    : [];

/** The folder that is given or meant; where that is not clear, a problem is added. */
export function folderFrom(given: Arguments): string | undefined {
  const folder = given.optional('folder');
  if (folder !== undefined) return folder;
  if (existsSync(join(RECORDED, RUNS_FILE))) return RECORDED;
  const all = foldersWithRuns();
  if (all.length === 1) return all[0];
  given.problems.push(
    all.length === 0
      ? {
          path: 'folder',
          fact: `no folder is given, and none in "${DEFAULT_OUT}" holds runs.`,
          remedy: 'Give a folder of results, or make a run first: npx ds2p run --record.',
        }
      : {
          path: 'folder',
          fact: `no folder is given, and several in "${DEFAULT_OUT}" hold runs: ${all.join(', ')}.`,
          remedy: 'Give one of them.',
        },
  );
  return undefined;
}

/** The runs of a folder; problems are added to those of `given`. */
export const resultsFrom = (given: Arguments, folder: string | undefined): StoredResults | undefined =>
  folder === undefined ? undefined : collect(given.problems, () => new StoredResults(folder));

/** The number of a run or request, from 1; undefined where it is absent or wrong. */
export const numberFrom = (given: Arguments, option: string): number | undefined =>
  given.whole(option, 1, Number.MAX_SAFE_INTEGER, undefined);

/** What says which run it is. */
export interface TitledRun {
  /** Row of runs.csv, from 1. */
  readonly number: number;
  readonly preset: string;
  readonly seed: number;
  /** Name of the scenario, where it has one. */
  readonly scenario?: string | null | undefined;
  /** By dotted public name. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

const PAIR: readonly string[] = [PARAMETERS.migration.name, PARAMETERS.offloading.name];
const T_MAX = PARAMETERS.tMax.name;

/**
 * "Run 7 of results/load: state-aware migration, slo-aware offloading, preset as-published, slo.tMax = 0.1, seed 3.":
 * the policies, T_max, and every other parameter that is not as in the preset.
 */
export function runTitle(folder: string, run: TitledRun): string {
  const { number, preset, seed, scenario, parameters } = run;
  const usual: Readonly<Record<string, ParameterValue>> = namedValues(presetParameters(preset as PresetName));
  const settings = Object.entries(parameters).filter(
    ([name, value]) =>
      !PAIR.includes(name) && (String(value) !== String(usual[name]) || (name === T_MAX && !scenario)),
  );
  return `Run ${number} of ${folder}: ${[
    // "none" is a name on a command line, and no word of a sentence.
    `${parameters[PAIR[0]] === 'none' ? 'no' : parameters[PAIR[0]]} migration`,
    `${parameters[PAIR[1]]} offloading`,
    `preset ${preset}`,
    ...(scenario ? [`scenario ${scenario}`] : []),
    ...settings.map(([name, value]) => `${name} = ${value}`),
    `seed ${seed}`,
  ].join(', ')}.`;
}
