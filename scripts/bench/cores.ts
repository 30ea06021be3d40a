/** The simulator cores that a benchmark runs: this one, and that of another commit. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../../experiments/harness/errors.js';

/** What a benchmark uses of a core; an earlier core may lack what is optional. */
export interface Core
  extends Pick<
    typeof import('../../core/index.js'),
    'presetParameters' | 'simulate' | 'loadPlacementSolvers'
  > {
  readonly RunMemory?: typeof import('../../core/index.js').RunMemory;
}

/** The folder of the sources, seen from the compiled file. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

async function load(compiled: string): Promise<Core> {
  const core = (await import(pathToFileURL(join(compiled, 'core', 'index.js')).href)) as Core;
  await core.loadPlacementSolvers();
  return core;
}

export const thisCore = (): Promise<Core> => load(join(ROOT, 'dist'));

const git = (...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** The full name of the commit that a reference stands for. @throws InputError where there is none. */
export function commitOf(reference: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`);
  } catch {
    throw new InputError({
      path: '--against',
      fact: `"${reference}" is not a commit of this repository.`,
      remedy: 'Give a branch, a tag or a commit, as in --against HEAD~1.',
    });
  }
}

/**
 * Compiles the core of another commit into a folder of its own, with the packages of this one, and loads it.
 * @returns the core, and what removes the folder.
 */
export async function coreOf(commit: string): Promise<{ readonly core: Core; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'ds2p-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const archive = join(folder, 'sources.tar');
    git('archive', '--format=tar', '-o', archive, commit);
    execFileSync('tar', ['-xf', archive, '-C', folder]);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    // Sources that other packages do not fit any more may have errors, and are compiled all the same.
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const messages = compile([tsc, '-p', join(folder, 'tsconfig.json')]);
    if (!existsSync(join(folder, 'dist', 'core', 'index.js')))
      throw new Error(`The core of ${commit} does not compile: ${messages}`);
    return { core: await load(join(folder, 'dist')), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs a compiler and returns what it says, whether or not it finds errors. */
function compile(words: readonly string[]): string {
  try {
    return execFileSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error);
  }
}
