/** Where in a user's file an error arose: stack traces of the bundled code, read through its source map. */
import { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import type { PolicyCode } from './policy-registry.js';

/** Name by which stack traces call the code of a file. */
export const scriptName = (path: string): string => `ds2p-policy:${encodeURI(path)}`;

/** Paths are shown as the user would type them: relative, where the file lies below the present folder. */
export function shownPath(path: string): string {
  const short = relative('', path);
  return short.startsWith('..') || short === '' ? path : short;
}

/** `policies/mine.ts:7:12` of the innermost frame of `error` in the file; undefined where none is. */
export function placeOf(error: unknown, { path, map }: Pick<PolicyCode, 'path' | 'map'>): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const name = scriptName(path);
  for (const line of stack.split('\n')) {
    const start = line.indexOf(name);
    if (start < 0) continue;
    const [, row, column] = line.slice(start + name.length).match(/^:(\d+):(\d+)/) ?? [];
    if (row === undefined) continue;
    const source = new SourceMap(JSON.parse(map)).findEntry(Number(row) - 1, Number(column) - 1);
    if (!('originalSource' in source)) return `${shownPath(path)}:${row}:${column}`;
    const file = resolve(dirname(path), source.originalSource);
    return `${shownPath(file)}:${source.originalLine + 1}:${source.originalColumn + 1}`;
  }
  return undefined;
}

/** "TypeError: x is not a function", whatever was thrown. */
export function thrownText(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
