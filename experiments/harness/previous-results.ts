/** Results that cannot be continued are moved aside, never overwritten: a full campaign costs minutes or hours. */
import { accessSync, constants, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_VERSION } from '../../core/index.js';
import { InputError } from './errors.js';
import { isCurrent, JOURNAL_FILE, journalExists } from './journal.js';
import { readHeader } from './journal-reader.js';
import { RESULT_FILES } from './results-writer.js';

/** Why what a folder holds cannot be continued, or undefined where it can. @param fresh the user starts over. */
export function obstacle(folder: string, fresh: boolean): string | undefined {
  const journal = join(folder, JOURNAL_FILE);
  if (!journalExists(journal)) {
    const hasResults = ['manifest.json', 'runs.csv'].some((file) => existsSync(join(folder, file)));
    return hasResults ? 'have no journal from which they could be continued' : undefined;
  }
  if (fresh) return 'are left, since --fresh starts over';
  const header = readHeader(journal);
  if (header === undefined) return 'have a journal whose first line is damaged';
  if (isCurrent(header)) return undefined;
  return header.model === MODEL_VERSION
    ? 'have other columns than this version writes'
    : `are of model version ${header.model}, and this is version ${MODEL_VERSION}`;
}

/**
 * Moves `folder` to `<folder>.previous-<n>`, n being the first number that is free.
 * @returns where it went. @throws InputError where it cannot be moved.
 */
export function moveAside(folder: string): string {
  let n = 1;
  while (existsSync(`${folder}.previous-${n}`)) n++;
  const aside = `${folder}.previous-${n}`;
  try {
    renameSync(folder, aside);
  } catch (error) {
    throw new InputError({
      path: '--out',
      fact: `"${folder}" holds results that cannot be continued, nor moved to "${aside}" (${(error as NodeJS.ErrnoException).code}).`,
      remedy: 'Move it yourself, or give another folder with --out.',
    });
  }
  return aside;
}

/** The configuration of a manifest as text, or undefined where it cannot be read. */
function configurationIn(path: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(readFileSync(path, 'utf8')).configuration);
  } catch {
    return undefined;
  }
}

/**
 * For results without a journal: moves the folder aside when its manifest tells of another configuration, or cannot
 * be read. Results of an equal configuration are left to be written over, and so is a folder without a manifest.
 * @param configuration undefined where it is equal to none.
 * @returns where it went, or undefined where it stays. @throws InputError where it cannot be moved.
 */
export function moveOtherAside(folder: string, configuration: unknown): string | undefined {
  const path = join(folder, 'manifest.json');
  const isEqual = configuration !== undefined && configurationIn(path) === JSON.stringify(configuration);
  return isEqual || !existsSync(path) ? undefined : moveAside(folder);
}

/** Files that could not be replaced when the sweep ends are told of when it begins. @throws InputError. */
export function checkFiles(folder: string): void {
  for (const file of RESULT_FILES) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    let code = statSync(path).isDirectory() ? 'EISDIR' : undefined;
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      code = (error as NodeJS.ErrnoException).code;
    }
    if (code !== undefined)
      throw new InputError({
        path: '--out',
        fact: `"${path}" cannot be written (${code}).`,
        remedy: 'Give another folder with --out.',
      });
  }
}
