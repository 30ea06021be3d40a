/**
 * One process at a time on one folder of results. The lock is the kernel's (open file description locks on Linux,
 * by fs-native-extensions): it ends with the process that holds it, however that ends, so that there are no
 * stale locks after a crash, and a laptop that slept keeps its own.
 */
import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InputError } from './errors.js';
import { makeFolder } from './folders.js';
import { storing, writeAll } from './storage.js';

type Extensions = { readonly tryLock: (descriptor: number) => boolean };

/** The package has binaries for the usual platforms only; elsewhere there are no locks, and no other harm. */
function loadExtensions(): Extensions {
  try {
    return createRequire(import.meta.url)('fs-native-extensions');
  } catch {
    return { tryLock: () => true };
  }
}

let extensions: Extensions | undefined;

/** Loaded when it is first needed: most commands lock nothing. */
function tryLock(descriptor: number): boolean {
  extensions ??= loadExtensions();
  return extensions.tryLock(descriptor);
}

const ATTEMPTS = 4;
const PAUSE_MS = 50;

export const LOCK_FILE = 'lock';

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

function holderIn(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

export class FolderLock {
  private constructor(private readonly descriptor: number) {}

  /**
   * Takes the lock of a folder, which is made where it is missing.
   * @param watched whether "ds2p status" tells how the work in the folder goes. @throws InputError where another
   * process holds the lock; StorageError where the file system refuses.
   */
  static acquire(folder: string, started: Date, watched = false): FolderLock {
    makeFolder(folder);
    const path = join(folder, LOCK_FILE);
    let descriptor: number | undefined;
    // "ds2p status" looks at the lock for an instant.
    for (let attempt = 0; attempt < ATTEMPTS && descriptor === undefined; attempt++) {
      if (attempt > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
      descriptor = storing(path, () => lockedOrClosed(openSync(path, 'a+')));
    }
    if (descriptor === undefined) {
      const holder = holderIn(path);
      const who = holder && ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
      throw new InputError({
        path: '--out',
        fact: `"${folder}" is in use by another process${who ?? ''}.`,
        remedy: watched
          ? `Watch it with "ds2p status ${folder}", wait for its end, or give another folder with --out.`
          : 'Wait for its end, or give another folder with --out.',
      });
    }
    const holder: Holder = { pid: process.pid, host: hostname(), since: started.toISOString() };
    try {
      ftruncateSync(descriptor, 0);
      writeAll(descriptor, Buffer.from(`${JSON.stringify(holder)}\n`), 0);
    } catch {
      // On a full disk nobody can read who holds it, but it is held.
    }
    return new FolderLock(descriptor);
  }

  /**
   * Takes the lock as `acquire` does, has `clear` look at what the folder holds, and where that moves the folder away
   * takes the lock of a new one in its place. @param clear returns where the folder went; undefined where it stays.
   */
  static acquireCleared(
    folder: string,
    started: Date,
    clear: () => string | undefined,
    watched = false,
  ): { readonly lock: FolderLock; readonly aside: string | undefined } {
    const lock = FolderLock.acquire(folder, started, watched);
    let aside: string | undefined;
    try {
      aside = clear();
    } catch (error) {
      lock.release();
      throw error;
    }
    if (aside === undefined) return { lock, aside };
    // The lock has gone with the folder.
    lock.release();
    return { lock: FolderLock.acquire(folder, started, watched), aside };
  }

  /** The process that holds the lock of a folder now, or undefined where none does. */
  static holder(folder: string): Holder | 'unknown' | undefined {
    const path = join(folder, LOCK_FILE);
    let descriptor: number;
    try {
      descriptor = openSync(path, 'r+');
    } catch {
      return undefined;
    }
    if (lockedOrClosed(descriptor) === undefined) return holderIn(path) ?? 'unknown';
    closeSync(descriptor);
    return undefined;
  }

  release(): void {
    closeSync(this.descriptor);
  }
}

/** The descriptor where the lock was granted; else the file is closed. */
function lockedOrClosed(descriptor: number): number | undefined {
  try {
    if (tryLock(descriptor)) return descriptor;
  } catch (error) {
    // Some network file systems have no locks: there, one process at a time is left to the user.
    if (['ENOLCK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'].includes(codeOf(error))) return descriptor;
    closeSync(descriptor);
    throw error;
  }
  closeSync(descriptor);
  return undefined;
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
