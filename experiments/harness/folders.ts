/** Whether results can be written, found out before anything runs. */
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError, type Problem } from './errors.js';
import { UNFINISHED } from './storage.js';

/**
 * Problems of writing into `folder`, which need not exist. Leaves nothing behind: something is made for an instant, since
 * what permissions allow, a file system may still refuse.
 */
export function folderProblems(folder: string, path = '--out'): readonly Problem[] {
  let ancestor = resolve(folder);
  while (!existsSync(ancestor) && dirname(ancestor) !== ancestor) ancestor = dirname(ancestor);
  if (!statSync(ancestor).isDirectory())
    return [
      {
        path,
        fact: `"${folder}" cannot be a folder, since "${ancestor}" is a file.`,
        remedy: 'Give another folder.',
      },
    ];
  try {
    // Root may do all that permissions forbid, so that they are asked for first.
    accessSync(ancestor, constants.W_OK | constants.X_OK);
    rmdirSync(mkdtempSync(join(ancestor, UNFINISHED)));
    return [];
  } catch (error) {
    return [unwritable(folder, ancestor, error, path)];
  }
}

function unwritable(folder: string, at: string, error: unknown, path: string): Problem {
  const { code } = error as NodeJS.ErrnoException;
  return {
    path,
    fact: `"${folder}" cannot be written: "${at}" refuses (${code}).`,
    remedy: 'Give another folder, or change its permissions.',
  };
}

/** Makes a folder and those above it that are missing. @throws InputError where the file system refuses. */
export function makeFolder(folder: string, path = '--out'): void {
  // Node's recursive mkdir never returns where a file system answers ENOENT for a folder that is there (/proc).
  const full = resolve(folder);
  if (existsSync(full)) return;
  makeFolder(dirname(full), path);
  try {
    mkdirSync(full);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new InputError(unwritable(folder, full, error, path));
  }
}

/**
 * Makes sure that `folder` can be replaced in a piece, by making something beside it: what permissions allow, a file
 * system may still refuse. The folder above it is made. @throws InputError where it refuses.
 */
export function checkReplaceable(folder: string, path = '--out'): void {
  const above = dirname(resolve(folder));
  makeFolder(above, path);
  try {
    rmdirSync(mkdtempSync(`${resolve(folder)}${UNFINISHED}`));
  } catch (error) {
    throw new InputError(unwritable(folder, above, error, path));
  }
}
