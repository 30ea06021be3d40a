/** What is asked of the manifest of a folder of results here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Anything may be missing. */
export interface FolderManifest {
  readonly experiment?: { readonly title?: string; readonly question?: string };
  readonly configuration?: {
    readonly seed?: number | null;
    readonly replications?: number;
    readonly scenario?: { readonly path: string } | null;
  };
}

/** manifest.json; an empty object where there is none, or a damaged one. */
export function readManifest<T extends object = FolderManifest>(folder: string): Partial<T> {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch {
    return {};
  }
}
