/**
 * The table of completion, kept as JSON beside the compiled program. Somebody who presses Tab does not wait for the whole
 * program to be loaded; the build makes the file, and where it is older than the program it is made anew.
 */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { replaceFile } from '../../experiments/harness/storage.js';
import type { CompletionTable } from './table.js';

export const TABLE_FILE = fileURLToPath(new URL('./table.json', import.meta.url));
/** Every compilation writes all files. */
const COMPILED = fileURLToPath(new URL('./table.js', import.meta.url));

function fromFile(): CompletionTable | undefined {
  try {
    if (statSync(TABLE_FILE).mtimeMs < statSync(COMPILED).mtimeMs) return undefined;
    return JSON.parse(readFileSync(TABLE_FILE, 'utf8'));
  } catch {
    return undefined;
  }
}

export async function cachedTable(): Promise<CompletionTable> {
  const known = fromFile();
  if (known !== undefined) return known;
  const { completionTable } = await import('./table.js');
  const table = completionTable();
  try {
    replaceFile(TABLE_FILE, JSON.stringify(table), { sync: false });
  } catch {
    // Where the program cannot be written to, completion is slower.
  }
  return table;
}
