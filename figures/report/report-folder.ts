/** A folder of results as a report needs it: its rows, each with the command that makes it again. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { reproducingCommand } from '../../experiments/harness/manifest.js';
import { configurationOfRow } from '../../experiments/harness/stored-rows.js';
import { StoredResults } from '../../experiments/harness/stored-runs.js';
import { readCsv } from '../../results/csv.js';
import { readFolder } from '../data.js';
import { type FolderManifest, readManifest } from '../manifest.js';
import type { FolderData } from '../rows.js';

export interface ReportFolder {
  readonly path: string;
  readonly data: FolderData;
  /** manifest.json; an empty object where there is none, or a damaged one. */
  readonly manifest: FolderManifest;
}

/** A larger runs.csv is not read for the commands of its points. */
const LARGEST_RUNS_BYTES = 30e6;

/** The runs of the folder, where they can be read in no time. */
function runsIn(folder: string): StoredResults | undefined {
  try {
    if (statSync(join(folder, 'runs.csv')).size > LARGEST_RUNS_BYTES) return undefined;
    return new StoredResults(folder);
  } catch {
    return undefined;
  }
}

/**
 * The command that makes all replications of each row of summary.csv, as far as they were made; null where the row does
 * not tell.
 */
function commandsOf(folder: string, { configuration = {} }: FolderManifest): readonly (string | null)[] {
  const { seed, replications, scenario } = configuration;
  const path = join(folder, 'summary.csv');
  const runs = runsIn(folder);
  return readCsv(path).map((row) => {
    try {
      if (runs !== undefined) return runs.commandOfConfiguration(row) ?? null;
      if (typeof seed !== 'number' || typeof replications !== 'number') return null;
      return reproducingCommand({ ...configurationOfRow(row, path), seed }, scenario?.path, replications);
    } catch {
      return null;
    }
  });
}

/** @throws InputError where the folder holds no summary. */
export function reportFolder(path: string): ReportFolder {
  const data = readFolder(path);
  const manifest = readManifest(path);
  const commands = commandsOf(path, manifest);
  const summary = data.summary.map((row, i) => ({ ...row, command: commands[i] ?? null }));
  return { path, data: { ...data, summary }, manifest };
}
