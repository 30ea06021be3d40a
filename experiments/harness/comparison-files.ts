/** The files that tell of a comparison, beside its runs and its manifest. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_FILE } from './earlier-report.js';
import { storingRuns } from './storage.js';

/** Paths within the folder of the comparison. */
export const COMPARISON_FILES = {
  csv: 'comparison.csv',
  markdown: 'comparison.md',
  svg: join('figures', 'comparison.svg'),
  png: join('figures', 'comparison.png'),
} as const;

/**
 * Removes what tells of a comparison, whose runs stay.
 * @returns the names of the files that were there. @throws StorageError where one cannot be removed.
 */
export function dropComparison(folder: string): readonly string[] {
  const names = [...Object.values(COMPARISON_FILES), REPORT_FILE];
  const there = names.filter((name) => existsSync(join(folder, name)));
  for (const name of there) storingRuns(join(folder, name), () => rmSync(join(folder, name)));
  return there;
}
