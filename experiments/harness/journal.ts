/** Appending to the journal of a sweep, so that what is finished survives whatever comes. */
import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
} from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { currentHeader, headerLineOf, type JournalHeader } from './journal-format.js';
import { type JournalScan, type OnRecord, scanJournal } from './journal-reader.js';
import { RUNS_ARE_KEPT, replaceFile, StorageError, storingRuns, writeAll } from './storage.js';

export const JOURNAL_FILE = 'journal.jsonl';

/**
 * A line is handed to the system when its run ends, and so survives the death of this process; the disk is told
 * to keep it this often, so that a power cut costs no more than that much work. In ms.
 */
const SYNC_EVERY_MS = 1000;

/** Whether a journal can be continued: it was written for the same model, with the same numbers. */
export const isCurrent = (header: JournalHeader | undefined): boolean =>
  isDeepStrictEqual(header, currentHeader());

/** Whether the journal at `path` was begun. */
export const journalExists = (path: string): boolean => existsSync(path) && statSync(path).size > 0;

/** The folder of a sweep was removed or moved while runs were made. */
export class JournalGoneError extends Error {
  override readonly name = 'JournalGoneError';

  constructor(path: string) {
    super(
      `${path}: the file was removed or moved while the sweep was at work. Put its folder back where it was moved, or begin again with the same command.`,
    );
  }
}

export class Journal {
  private unsynced = false;
  private timer: NodeJS.Timeout | undefined;
  private syncing = false;
  private closed = false;
  private failed: Error | undefined;
  /** What tells the file from another one at its path. */
  private readonly file: bigint;

  private constructor(
    readonly path: string,
    private readonly descriptor: number,
    private end: number,
  ) {
    this.file = fstatSync(descriptor, { bigint: true }).ino;
  }

  /**
   * Opens a journal, or begins one, and cuts off a torn last line. `onRecord` hears of every record in it.
   * @throws Error where the journal is of another model or layout; see `isCurrent`.
   */
  static open(path: string, onRecord: OnRecord): { readonly journal: Journal; readonly scan: JournalScan } {
    return storingRuns(path, () => {
      // The first line comes with the file, so that no journal is without it.
      if (!journalExists(path)) replaceFile(path, headerLineOf(currentHeader()));
      const scan = scanJournal(path, onRecord);
      if (!isCurrent(scan.header)) throw new Error(`${path} is no journal of this version.`);
      const descriptor = openSync(path, 'r+');
      if (scan.tornBytes > 0) ftruncateSync(descriptor, scan.end);
      return { journal: new Journal(path, descriptor, scan.end), scan };
    });
  }

  /** Appends a line, and returns the offset at which it begins. @throws StorageError where the disk refuses; JournalGoneError. */
  append(line: string): number {
    this.check();
    const bytes = Buffer.from(line);
    const offset = this.end;
    try {
      writeAll(this.descriptor, bytes, offset);
    } catch (error) {
      this.failed = new StorageError(this.path, error, RUNS_ARE_KEPT);
      this.cutBack();
      throw this.failed;
    }
    this.end += bytes.length;
    this.unsynced = true;
    this.timer ??= setTimeout(() => this.sync(), SYNC_EVERY_MS);
    return offset;
  }

  /** @throws StorageError where the disk has refused; JournalGoneError where the file is not at its path any more. */
  check(): void {
    if (this.failed === undefined && this.isGone()) this.failed = new JournalGoneError(this.path);
    if (this.failed !== undefined) throw this.failed;
  }

  /** Whether another file or none is where the journal was, so that what is written into it is lost. */
  private isGone(): boolean {
    try {
      return statSync(this.path, { bigint: true }).ino !== this.file;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT';
    }
  }

  /** Takes back a part of a line; where even that fails, the next start does it. */
  private cutBack(): void {
    try {
      ftruncateSync(this.descriptor, this.end);
    } catch {
      // The torn line stays, and is known for one.
    }
  }

  /** Without waiting, since a slow disk must not keep workers from their next runs. */
  private sync(): void {
    this.timer = undefined;
    if (!this.unsynced || this.syncing || this.closed) return;
    this.unsynced = false;
    this.syncing = true;
    fdatasync(this.descriptor, (error) => {
      this.syncing = false;
      if (error !== null) this.failed = new StorageError(this.path, error, RUNS_ARE_KEPT);
      if (this.closed) closeSync(this.descriptor);
    });
  }

  /** Everything is on the disk after this. @throws StorageError where it is not. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    try {
      if (this.failed === undefined) storingRuns(this.path, () => fsyncSync(this.descriptor));
    } finally {
      if (!this.syncing) closeSync(this.descriptor);
    }
    if (this.failed !== undefined) throw this.failed;
  }
}
