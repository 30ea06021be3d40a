/** A figure as files. */
import { join } from 'node:path';
import { makeFolder } from '../experiments/harness/folders.js';
import { type Remedy, replaceFiles, storing } from '../experiments/harness/storage.js';
import { renderPng } from './render.js';

/**
 * Writes an SVG, and a PNG of it, into a folder, which is made; none is there in part.
 * @param remedy what is to be done where the disk refuses; by default the same command again. @returns their paths. @throws InputError where the folder cannot be made; StorageError where the disk refuses.
 */
export function writeDrawing(folder: string, name: string, svg: string, remedy?: Remedy): readonly string[] {
  const files = new Map<string, string | Uint8Array>([
    [join(folder, `${name}.svg`), svg],
    [join(folder, `${name}.png`), renderPng(svg)],
  ]);
  makeFolder(folder);
  storing(join(folder, `${name}.svg`), () => replaceFiles(files, { sync: false }), remedy);
  return [...files.keys()];
}
