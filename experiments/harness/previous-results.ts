/** Results of another configuration are moved aside, never overwritten: a full campaign costs minutes or hours. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from './errors.js';

/** The configuration of a manifest as text, or undefined where it cannot be read. */
function configurationIn(path: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(readFileSync(path, 'utf8')).configuration);
  } catch {
    return undefined;
  }
}

/**
 * Moves `folder` to `<folder>.previous-<n>`, n being the first number that is free, when its manifest tells
 * of another configuration than `configuration`, or cannot be read. Results of an equal configuration are
 * left to be written over, and so is a folder without a manifest.
 * @returns where it went, or undefined where it stays. @throws InputError where it cannot be moved.
 */
export function movePreviousAside(folder: string, configuration: unknown): string | undefined {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path) || configurationIn(path) === JSON.stringify(configuration)) return undefined;
  let n = 1;
  while (existsSync(`${folder}.previous-${n}`)) n++;
  const aside = `${folder}.previous-${n}`;
  try {
    renameSync(folder, aside);
  } catch (error) {
    throw new InputError({
      path: '--out',
      fact: `"${folder}" holds results of another configuration and cannot be moved to "${aside}" (${(error as NodeJS.ErrnoException).code}).`,
      remedy: 'Move it yourself, or give another folder with --out.',
    });
  }
  return aside;
}
