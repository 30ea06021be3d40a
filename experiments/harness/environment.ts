/** With what results are made: versions, machine, commit. */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, hostname, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MODEL_VERSION } from '../../core/index.js';
import { type GitState, gitState, gitStateOfRoot } from './git.js';

/** Folder of this package. Compiled files lie one folder deeper than sources, so both depths are tried. */
export function packageRoot(): string | undefined {
  for (const up of ['../../', '../../../']) {
    try {
      const root = new URL(up, import.meta.url);
      if (JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).name === 'ds2p-bench')
        return fileURLToPath(root);
    } catch {
      // There is no package.json at this depth.
    }
  }
  return undefined;
}

/** Version of this package. */
export function packageVersion(): string {
  const root = packageRoot();
  return root === undefined ? 'unknown' : JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version;
}

/** Packages that take part in numbers, their statistics or their drawings, or in the times they took. */
const PACKAGES = [
  'glpk.js',
  'piscina',
  'simple-statistics',
  'csv-stringify',
  'vega',
  'vega-lite',
  '@resvg/resvg-js',
];

function versionOf(name: string): string {
  try {
    const path = fileURLToPath(import.meta.resolve(name)).replaceAll('\\', '/');
    const folder = `/node_modules/${name}/`;
    const root = path.slice(0, path.lastIndexOf(folder) + folder.length);
    return JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version;
  } catch {
    return 'unknown';
  }
}

/** What does not change while a process runs; told once, since git and the packages have to be asked. */
export interface Environment {
  readonly versions: unknown;
  readonly machine: unknown;
  readonly git: { readonly product: GitState | null; readonly workingFolder: GitState | null };
}

export function environment(threads: number): Environment {
  const root = packageRoot();
  return {
    versions: {
      'ds2p-bench': packageVersion(),
      model: MODEL_VERSION,
      node: process.versions.node,
      v8: process.versions.v8,
      ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
    },
    machine: {
      host: hostname(),
      platform: platform(),
      release: release(),
      arch: arch(),
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memory_mb: Math.round(totalmem() / 1e6),
      threads,
    },
    git: {
      product: root === undefined ? null : gitStateOfRoot(root),
      workingFolder: gitState(process.cwd()),
    },
  };
}
