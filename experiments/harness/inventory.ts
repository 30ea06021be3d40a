/** What folders of results hold of a sweep's runs, without opening them for work. */
import { join } from 'node:path';
import type { RunList } from './expand.js';
import { isCurrent, JOURNAL_FILE, journalExists } from './journal.js';
import { readHeader, scanJournal } from './journal-reader.js';
import type { KeyContext } from './run-key.js';
import { RunKeys } from './run-keys.js';

export interface Inventory {
  /** Runs in question, those with a result, those that failed last, and those to be made (twins counted once). */
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly missing: number;
  readonly isMissing: (index: number) => boolean;
}

const FAILED = 1;
const DONE = 2;

/** @param folders with a journal, or without. @param owns whether a run is in question; absent: all are. */
export function inventoryOf(
  runs: RunList,
  context: KeyContext,
  folders: readonly string[],
  owns: (index: number) => boolean = () => true,
): Inventory {
  const keys = new RunKeys(runs, context);
  const known = new Uint8Array(runs.length);
  for (const folder of folders) {
    const path = join(folder, JOURNAL_FILE);
    if (!journalExists(path) || !isCurrent(readHeader(path))) continue;
    scanJournal(path, (kind, key) => {
      const first = keys.find(key);
      if (first >= 0) known[first] = Math.max(known[first], kind === 'result' ? DONE : FAILED);
    });
  }
  const isMissing = (index: number) => keys.firstOf(index) === index && known[index] !== DONE && owns(index);
  let [planned, done, failed, missing] = [0, 0, 0, 0];
  for (let i = 0; i < runs.length; i++) {
    const first = keys.firstOf(i);
    if (!owns(first)) continue;
    planned++;
    if (known[first] === DONE) done++;
    else if (known[first] === FAILED) failed++;
    if (isMissing(i)) missing++;
  }
  return { planned, done, failed, missing, isMissing };
}
