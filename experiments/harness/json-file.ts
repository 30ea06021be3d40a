/** JSON files that users give: configurations, experiments, scenarios, placement problems. */
import { readFileSync } from 'node:fs';
import { parse } from '@humanwhocodes/momoa';
import { InputError } from './errors.js';

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place of a character. */
function placeAt(text: string, position: number): Place {
  const lines = text.slice(0, position).split('\n');
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

const inWords = ({ line, column }: Place, reason: string): string =>
  `line ${line}, column ${column}: ${reason}`;

/** "line 3, column 5: Expected ':' after property name". */
function syntaxText(text: string, { message }: Error): string {
  const told = message.match(/^([\s\S]*?)(?: in JSON)? at position (\d+)/);
  if (told !== null) return inWords(placeAt(text, Number(told[2])), told[1]);
  // Of many files, short ones above all, Node tells no place.
  try {
    parse(text);
    return message;
  } catch (error) {
    const found = error as Error & Place;
    return inWords(found, found.message.replace(/(?: found)?\. \(\d+:\d+\)$/, ''));
  }
}

/** The content of a JSON file. @throws InputError where it cannot be read or is no JSON. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    // Some editors put a byte order mark in front, which is no JSON.
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new InputError({
      path,
      fact: `the file cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      remedy: 'Give the path of a readable JSON file.',
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError({
      path,
      fact: `the file is not JSON (${syntaxText(text, error as Error)}).`,
      remedy: 'Mend the file at that place.',
    });
  }
}
