/** Whether results can be written, found out before anything runs. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError, type Problem } from './errors.js';

/** Problems of writing into `folder`, which need not exist. Writes nothing. */
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
    accessSync(ancestor, constants.W_OK | constants.X_OK);
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
