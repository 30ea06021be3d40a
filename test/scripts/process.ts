/** Runs the command line as a process of its own, as a user does. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROGRAM = fileURLToPath(new URL('../../scripts/ds2p.js', import.meta.url));

/** The root of the repository, seen from the compiled tests. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * This process's variables, with those of the same value everywhere by which ds2p decides anything. Those for colours
 * are taken away: the test runner's are not those of ds2p, and Node takes a machine that tests for a terminal without
 * any. A service that tests often has no SHELL.
 */
export const PLAIN_ENVIRONMENT: NodeJS.ProcessEnv = { ...process.env, SHELL: '/bin/bash' };
for (const name of ['FORCE_COLOR', 'NO_COLOR', 'CI', 'TERM', 'COLUMNS', 'LINES'])
  delete PLAIN_ENVIRONMENT[name];

/**
 * The test runner has every Node process load a module of its own, which takes as long as the program itself: `env` takes
 * that away, and becomes the program.
 */
const WITHOUT_LOADER = ['-u', 'NODE_OPTIONS'];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts ds2p with `words` in the folder `cwd`. @param env variables beside those of this process. */
export function start(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const loader = env.NODE_OPTIONS === undefined ? WITHOUT_LOADER : [];
  const child = spawn('/usr/bin/env', [...loader, process.execPath, PROGRAM, ...words], {
    cwd,
    env: { ...PLAIN_ENVIRONMENT, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** A folder with a program `ds2p` in it, to be put on the PATH of a shell. */
export function writeProgram(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'ds2p'),
    `#!/bin/sh\nexec /usr/bin/env ${WITHOUT_LOADER.join(' ')} "${process.execPath}" "${PROGRAM}" "$@"\n`,
    {
      mode: 0o755,
    },
  );
  return folder;
}

/** Why a test cannot use a program of the system, or false. */
export const missing = (program: string): string | false =>
  spawnSync('sh', ['-c', `command -v ${program}`]).status === 0 ? false : `${program} is not installed here`;

/** Runs a line of shell in a terminal (`script` of util-linux), and returns all that it shows. */
export function inTerminal(
  line: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly code: number | null; readonly shown: string } {
  const { status, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { ...PLAIN_ENVIRONMENT, TERM: 'xterm-256color', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { code: status, shown: stdout.replaceAll('\r\n', '\n') };
}

export const ds2p = (
  words: readonly string[],
  cwd: string,
  env?: Readonly<Record<string, string>>,
): Promise<Ended> => start(words, cwd, env).ended;
