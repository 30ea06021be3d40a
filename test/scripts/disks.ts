/** Small disks of the tests, which can be full, or closed to writing. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Mounts a file system of that size in a new folder. @throws where that is not permitted. */
export function mountTmpfs(size: string): string {
  const path = mkdtempSync(join(tmpdir(), 'ds2p-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    rmdirSync(path);
    throw error;
  }
  return path;
}

/** Gives a disk another size, or closes it to writing: `size=4m`, `ro`. */
export const remount = (path: string, options: string): void => {
  execFileSync('mount', ['-o', `remount,${options}`, path]);
};

export function unmount(path: string): void {
  execFileSync('umount', [path]);
  rmdirSync(path);
}

/** Why tests with disks cannot be made here, or false. Where .ci/run says so, they have to be. */
export function noMount(): string | false {
  try {
    unmount(mountTmpfs('64k'));
    return false;
  } catch (error) {
    if (process.env.DS2P_TEST_ALL === '1') throw error;
    return 'mounting a small tmpfs is not permitted here';
  }
}
