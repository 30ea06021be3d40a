/** The page of earlier results, which must not stand beside newer ones as if it were about them. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The file within a folder of results. */
export const REPORT_FILE = 'report.html';
/** The folder beside those of the experiments that holds the report of a reproduction. */
export const REPRODUCTION_FOLDER = 'reproduction';

/**
 * Removes the report of a folder whose results are about to change.
 * @returns what was done, as a sentence, also where it cannot be removed; undefined where there was none.
 */
export function dropReport(folder: string): string | undefined {
  const path = join(folder, REPORT_FILE);
  if (!existsSync(path)) return undefined;
  try {
    rmSync(path);
  } catch (error) {
    return `${path} is about earlier results and cannot be removed (${(error as NodeJS.ErrnoException).code}).`;
  }
  return `${path} was about earlier results and is removed; "ds2p report" writes it again.`;
}
