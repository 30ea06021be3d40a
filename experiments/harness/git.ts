/** Which commit code or an experiment is of. */
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

export interface GitState {
  readonly commit: string;
  /** Whether files differ from that commit. */
  readonly dirty: boolean;
}

function git(folder: string, ...words: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  }).trim();
}

/** The state of the repository that holds a folder, or null where there is none, or no git. */
export function gitState(folder: string): GitState | null {
  try {
    const commit = git(folder, 'rev-parse', 'HEAD');
    return { commit, dirty: git(folder, 'status', '--porcelain') !== '' };
  } catch {
    return null;
  }
}

/** The same, of a repository whose root the folder is: an installed package lies in a repository of others. */
export function gitStateOfRoot(folder: string): GitState | null {
  try {
    if (realpathSync(git(folder, 'rev-parse', '--show-toplevel')) !== realpathSync(folder)) return null;
  } catch {
    return null;
  }
  return gitState(folder);
}
