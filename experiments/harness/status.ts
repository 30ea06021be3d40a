/** How a sweep goes, for whoever watches it from another terminal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './storage.js';

export const STATUS_FILE = 'status.json';

export interface Status {
  readonly experiment: string;
  readonly shard: string | null;
  /** What the process said last: one that was killed says "running" for ever, and holds no lock. */
  readonly state: 'running' | 'finished' | 'stopped';
  readonly host: string;
  readonly pid: number;
  readonly threads: number;
  readonly started: string;
  readonly updated: string;
  readonly planned: number;
  /** Runs whose results are there, whoever made them. */
  readonly done: number;
  /** Runs made since the process started, and runs that failed since. */
  readonly made: number;
  readonly failed: number;
  readonly rate_per_s: number;
  /** Null where nothing is known yet. */
  readonly eta_s: number | null;
  /** The command that goes on where this one ends. */
  readonly command: string | null;
}

/** Writes the status; where that fails, the journal tells the user why. */
export function writeStatus(folder: string, status: Status): void {
  try {
    replaceFile(join(folder, STATUS_FILE), `${JSON.stringify(status, null, 2)}\n`, { sync: false });
  } catch {
    // See above.
  }
}

/** The status that a process left in a folder, or undefined where none did. */
export function readStatus(folder: string): Status | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, STATUS_FILE), 'utf8'));
  } catch {
    return undefined;
  }
}
