/** A folder of results as a report needs it: its rows, each with the command that makes it again. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reproducingCommand } from '../../experiments/harness/manifest.js';
import { configurationOfRow } from '../../experiments/harness/stored-rows.js';
import { readCsv } from '../../results/csv.js';
import { readFolder } from '../data.js';
import type { FolderData } from '../rows.js';

export interface ReportFolder {
  readonly path: string;
  readonly data: FolderData;
  /** manifest.json; an empty object where there is none, or a damaged one. */
  readonly manifest: ReportManifest;
}

/** What is asked of a manifest here; anything may be missing. */
export interface ReportManifest {
  readonly experiment?: { readonly title?: string; readonly question?: string };
  readonly configuration?: {
    readonly seed?: number | null;
    readonly replications?: number;
    readonly scenario?: { readonly path: string } | null;
  };
}

function readManifest(folder: string): ReportManifest {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch {
    return {};
  }
}

/** The command that makes all replications of each row of summary.csv; null where the row does not tell. */
function commandsOf(folder: string, { configuration = {} }: ReportManifest): readonly (string | null)[] {
  const { seed, replications, scenario } = configuration;
  const path = join(folder, 'summary.csv');
  return readCsv(path).map((row) => {
    if (typeof seed !== 'number' || typeof replications !== 'number') return null;
    try {
      const run = { ...configurationOfRow(row, path), seed };
      return reproducingCommand(run, scenario?.path, replications);
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
