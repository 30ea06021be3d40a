/** Files that are whole or not there, and errors of a file system in words. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What a user does about a refusal, as a sentence. @param mend how the cause is removed: "make room". */
export type Remedy = (mend: string) => string;

const capitalized = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** For what is written anew as a whole. */
const SAME_COMMAND: Remedy = (mend) => `${capitalized(mend)} and start the same command again.`;

/** For folders that --out gives, where what could not be written is lost. */
export const OTHER_FOLDER: Remedy = (mend) => `${capitalized(mend)}, or give another folder with --out.`;

/** For commands that reuse the runs of a folder: nothing that was finished before is lost. */
export const RUNS_ARE_KEPT: Remedy = (mend) =>
  `Finished runs are kept: ${mend} and start the same command again.`;

/** The file system refused. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(path: string, cause: unknown, remedy: Remedy = SAME_COMMAND) {
    const { code = 'unknown error', message } = cause as NodeJS.ErrnoException;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    super(
      full
        ? `${path}: the disk is full (${code}). ${remedy('make room')}`
        : `${path}: it cannot be written (${message}). ${remedy('mend that')}`,
      { cause },
    );
  }
}

/** An error of the file system as a `StorageError`, and any other as it is. */
export function storageError(path: string, error: unknown, remedy?: Remedy): unknown {
  return error instanceof Error && 'syscall' in error ? new StorageError(path, error, remedy) : error;
}

/** Runs `action`, turning errors of the file system into a `StorageError`. */
export function storing<T>(path: string, action: () => T, remedy?: Remedy): T {
  try {
    return action();
  } catch (error) {
    throw storageError(path, error, remedy);
  }
}

/** The same in folders whose finished runs are kept. */
export const storingRuns = <T>(path: string, action: () => T): T => storing(path, action, RUNS_ARE_KEPT);

/** Writes all bytes at a position of a file, since one call may write a part only. */
export function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
}

/** Makes a new or renamed file survive a power cut: its folder has to be on the disk as well. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch {
    // Some systems cannot open a folder, or not sync it; there is nothing more to do there.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Text that waits is written when it is this long. */
const BUFFER_CHARACTERS = 1 << 18;

/** A file that takes the place of the one before when it is complete, in a piece. */
export class Replacement {
  private readonly temporary: string;
  private readonly descriptor: number;
  private waiting: string[] = [];
  private waitingLength = 0;
  private position = 0;
  private closed = false;

  /** @param sync whether it has to survive a power cut. @throws where the file cannot be made. */
  constructor(
    private readonly path: string,
    private readonly sync = true,
  ) {
    this.temporary = `${path}.new`;
    this.descriptor = openSync(this.temporary, 'w');
  }

  write(content: string | Uint8Array): void {
    if (typeof content !== 'string') {
      this.flush();
      this.writeBytes(content);
      return;
    }
    this.waiting.push(content);
    this.waitingLength += content.length;
    if (this.waitingLength >= BUFFER_CHARACTERS) this.flush();
  }

  private flush(): void {
    this.writeBytes(Buffer.from(this.waiting.join('')));
    this.waiting = [];
    this.waitingLength = 0;
  }

  private writeBytes(bytes: Uint8Array): void {
    writeAll(this.descriptor, bytes, this.position);
    this.position += bytes.length;
  }

  private close(): void {
    if (!this.closed) closeSync(this.descriptor);
    this.closed = true;
  }

  /** Writes all that waits: what a full disk refuses, it refuses here. */
  finish(): void {
    if (this.closed) return;
    this.flush();
    if (this.sync) fsyncSync(this.descriptor);
    this.close();
  }

  /** Puts the file in place. */
  commit(): void {
    this.finish();
    renameSync(this.temporary, this.path);
    if (this.sync) syncFolder(dirname(this.path));
  }

  /** Leaves the file before as it is. */
  abandon(): void {
    this.close();
    rmSync(this.temporary, { force: true });
  }
}

/**
 * Replaces files, none of them before all are whole. @param files their content by path.
 * @throws where the file system refuses; what was there stays.
 */
export function replaceFiles(
  files: ReadonlyMap<string, string | Uint8Array>,
  { sync = true }: { readonly sync?: boolean } = {},
): void {
  const open: Replacement[] = [];
  try {
    for (const [path, content] of files) {
      const file = new Replacement(path, sync);
      open.push(file);
      file.write(content);
      file.finish();
    }
    for (const file of open) file.commit();
  } catch (error) {
    for (const file of open) file.abandon();
    throw error;
  }
}

/** Replaces the content of a file in a piece. @throws where the file system refuses; the old content stays. */
export const replaceFile = (path: string, content: string, options?: { readonly sync?: boolean }): void =>
  replaceFiles(new Map([[path, content]]), options);

/** What names of folders that are being made have in them; one is left where its process was killed. */
export const UNFINISHED = '.unfinished-';

/** A folder to make something in, which is gone when the process ends. */
export class TemporaryFolder {
  readonly path: string;
  private readonly onExit = () => rmSync(this.path, { recursive: true, force: true });

  /** @param target path beside which it is made, so that what is in it can be renamed to it. @throws where it cannot. */
  constructor(target: string) {
    this.path = mkdtempSync(`${target}${UNFINISHED}`);
    process.once('exit', this.onExit);
  }

  /** It is no longer temporary. */
  keep(): void {
    process.off('exit', this.onExit);
  }

  remove(): void {
    this.keep();
    this.onExit();
  }
}

/**
 * Replaces a folder by one that `write` fills, when that is complete. The folder above has to be there.
 * @throws where the file system refuses; the old folder then stays.
 */
export function replaceFolder(path: string, write: (folder: string) => void): void {
  const made = new TemporaryFolder(path);
  const before = `${made.path}-before`;
  try {
    // Folders that are made for a short time are closed to others, and this one is to stay.
    chmodSync(made.path, 0o777 & ~process.umask());
    write(made.path);
    const isThere = existsSync(path);
    if (isThere) renameSync(path, before);
    try {
      renameSync(made.path, path);
    } catch (error) {
      if (isThere) renameSync(before, path);
      throw error;
    }
    made.keep();
    syncFolder(dirname(path));
  } catch (error) {
    made.remove();
    throw error;
  }
  rmSync(before, { recursive: true, force: true });
}
