/** Which files of a folder of results cannot be read, so that what is made of the others does not hide it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../../results/csv.js';
import type { Problem } from './errors.js';
import { JOURNAL_FILE, journalExists } from './journal.js';

const FILES = ['manifest.json', 'runs.csv', 'summary.csv', 'timings.csv', 'failures.csv', 'solves.csv'];
/** A larger file is not read only to see whether it is whole. */
const LARGEST_BYTES = 100e6;

function read(path: string): void {
  if (path.endsWith('.json')) JSON.parse(readFileSync(path, 'utf8'));
  else readCsv(path);
}

/** A problem for each file of the folder that is damaged. */
export function damagedFiles(folder: string): readonly Problem[] {
  const again = journalExists(join(folder, JOURNAL_FILE))
    ? 'Give the command that made the results again: it writes the file anew, and finished runs are kept.'
    : 'Make the results again.';
  return FILES.flatMap((name) => {
    const path = join(folder, name);
    if (!existsSync(path) || statSync(path).size > LARGEST_BYTES) return [];
    try {
      read(path);
      return [];
    } catch (error) {
      return [{ path, fact: `the file is damaged (${(error as Error).message}).`, remedy: again }];
    }
  });
}
