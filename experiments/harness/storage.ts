/** Files that are whole or not there, and errors of a file system in words. */
import {
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
type Remedy = (mend: string) => string;

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

/** Runs `action`, turning errors of the file system into a `StorageError`. */
export function storing<T>(path: string, action: () => T, remedy?: Remedy): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new StorageError(path, error, remedy);
    throw error;
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

  write(text: string): void {
    this.waiting.push(text);
    this.waitingLength += text.length;
    if (this.waitingLength >= BUFFER_CHARACTERS) this.flush();
  }

  private flush(): void {
    const bytes = Buffer.from(this.waiting.join(''));
    writeAll(this.descriptor, bytes, this.position);
    this.position += bytes.length;
    this.waiting = [];
    this.waitingLength = 0;
  }

  private close(): void {
    if (!this.closed) closeSync(this.descriptor);
    this.closed = true;
  }

  /** Puts the file in place. */
  commit(): void {
    this.flush();
    if (this.sync) fsyncSync(this.descriptor);
    this.close();
    renameSync(this.temporary, this.path);
    if (this.sync) syncFolder(dirname(this.path));
  }

  /** Leaves the file before as it is. */
  abandon(): void {
    this.close();
    rmSync(this.temporary, { force: true });
  }
}

/** Replaces the content of a file in a piece. @throws where the file system refuses; the old content stays. */
export function replaceFile(path: string, content: string, { sync = true } = {}): void {
  const file = new Replacement(path, sync);
  try {
    file.write(content);
    file.commit();
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** What names of folders that `replaceFolder` works with have in them; one is left where its process was killed. */
export const UNFINISHED = '.unfinished-';

/**
 * Replaces a folder by one that `write` fills, when that is complete. The folder above has to be there.
 * @throws where the file system refuses; the old folder then stays.
 */
export function replaceFolder(path: string, write: (folder: string) => void): void {
  const made = mkdtempSync(`${path}${UNFINISHED}`);
  const before = `${made}-before`;
  try {
    write(made);
    const isThere = existsSync(path);
    if (isThere) renameSync(path, before);
    try {
      renameSync(made, path);
    } catch (error) {
      if (isThere) renameSync(before, path);
      throw error;
    }
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
  rmSync(before, { recursive: true, force: true });
}
