/**
 * The folder of one experiment's results: what is in it already, what is missing, and where rows go. Everything
 * that is finished stands in the journal; the CSV files are made from it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Run, RunList } from './expand.js';
import { isCurrent, JOURNAL_FILE, Journal } from './journal.js';
import { failureLine, resultLine } from './journal-format.js';
import { JournalIndex } from './journal-index.js';
import { JournalReader, readHeader, scanJournal } from './journal-reader.js';
import { FolderLock } from './lock.js';
import { checkFiles, moveAside, obstacle } from './previous-results.js';
import { type WriteOptions, type WrittenResults, writeResults } from './results-writer.js';
import type { KeyContext } from './run-key.js';
import { RunKeys } from './run-keys.js';
import { replaceFile, storingRuns } from './storage.js';
import type { Outcome } from './worker.js';

export { runRow } from './rows.js';

/** A run that failed. */
export interface Failure {
  readonly run: Run;
  readonly error: string;
}

export interface FolderOptions {
  readonly keys: KeyContext;
  /** Start over: what is there is moved aside. */
  readonly fresh?: boolean;
  readonly started: Date;
  /** Whether a run, by its number, is one of this process; absent: all are. Twins have to stay together. */
  readonly owns?: (index: number) => boolean;
  /** Journals of others, whose finished runs need not be made again. */
  readonly elsewhere?: readonly string[];
}

/** No more failures than this are kept in memory; all of them stand in failures.csv. */
const KEPT_FAILURES = 1000;

export class ResultsFolder {
  /** Runs of this process in all, and those whose results are in the journal. */
  planned = 0;
  done = 0;
  /** Runs of this process that others have made. */
  doneElsewhere = 0;
  /** Runs that failed since the folder was opened; the first of them in `failures`. */
  failed = 0;
  readonly failures: Failure[] = [];
  private readonly index: JournalIndex;
  private readonly madeElsewhere: Uint8Array;
  /** How many runs of this process share a key, where more than one do. */
  private readonly twins = new Map<number, number>();
  private readonly journal: Journal;

  private constructor(
    readonly folder: string,
    private readonly runs: RunList,
    private readonly keys: RunKeys,
    private readonly lock: FolderLock,
    private readonly options: FolderOptions,
    readonly notes: string[],
  ) {
    this.index = new JournalIndex(runs, keys);
    this.madeElsewhere = new Uint8Array(runs.length);
    const { journal, scan } = Journal.open(join(folder, JOURNAL_FILE), this.index.onRecord);
    this.journal = journal;
    if (scan.tornBytes > 0)
      notes.push(`A torn last line (${scan.tornBytes} bytes) was dropped; its run is made again.`);
    if (scan.damagedLines > 0)
      notes.push(
        `${scan.damagedLines} damaged lines of the journal are left out; their runs are made again.`,
      );
    for (const path of options.elsewhere ?? []) this.readElsewhere(path);
    this.countAll();
  }

  /**
   * Opens a folder for one process. @throws InputError where it is in use or cannot be written; StorageError
   * where the disk refuses.
   */
  static open(folder: string, runs: RunList, options: FolderOptions): ResultsFolder {
    checkFiles(folder);
    const notes: string[] = [];
    const moveUnfit = (): string | undefined => {
      const why = obstacle(folder, options.fresh ?? false);
      if (why === undefined) return undefined;
      const aside = moveAside(folder);
      notes.push(`Earlier results ${why}; they were moved: ${folder} -> ${aside}`);
      return aside;
    };
    const { lock } = FolderLock.acquireCleared(folder, options.started, moveUnfit, true);
    try {
      return new ResultsFolder(folder, runs, new RunKeys(runs, options.keys), lock, options, notes);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private readElsewhere(path: string): void {
    if (!existsSync(path) || !isCurrent(readHeader(path))) return;
    scanJournal(path, (kind, key) => {
      const first = this.keys.find(key);
      if (first >= 0 && kind === 'result') this.madeElsewhere[first] = 1;
    });
  }

  private owns(index: number): boolean {
    return this.options.owns?.(this.keys.firstOf(index)) ?? true;
  }

  private countAll(): void {
    for (let i = 0; i < this.runs.length; i++) {
      if (!this.owns(i)) continue;
      const first = this.keys.firstOf(i);
      this.planned++;
      if (first !== i) this.twins.set(first, (this.twins.get(first) ?? 1) + 1);
      if (this.index.hasResult(first)) this.done++;
      else if (this.madeElsewhere[first] === 1) this.doneElsewhere++;
    }
  }

  private isMissing(index: number): boolean {
    return (
      this.keys.firstOf(index) === index &&
      !this.index.hasResult(index) &&
      this.madeElsewhere[index] === 0 &&
      this.owns(index)
    );
  }

  /** The key of one of the runs. */
  keyOf({ index }: Run): string {
    return this.keys.keyOf(index);
  }

  /**
   * The runs that are missing now, first replications first: so all configurations are seen once before any is
   * seen twice, and what a night has made is a whole, if coarse, picture.
   */
  *missing(): Generator<Run> {
    for (const index of this.keys.order) if (this.isMissing(index)) yield this.runs.at(index)!;
  }

  /** Keeps the outcome of a run. @throws StorageError where the disk refuses. */
  accept(run: Run, outcome: Outcome): void {
    const first = this.keys.firstOf(run.index);
    const key = this.keys.keyOf(first);
    if ('error' in outcome) {
      const { error, attempts = 1 } = outcome;
      this.failed++;
      if (this.failures.length < KEPT_FAILURES) this.failures.push({ run, error });
      this.index.book('failure', first, this.journal.append(failureLine({ key, error, attempts })));
      return;
    }
    const { metrics, timing } = outcome;
    this.index.book(
      'result',
      first,
      this.journal.append(resultLine({ key, metrics: { ...metrics }, timing })),
    );
    this.done += this.twins.get(first) ?? 1;
  }

  /** Takes a line of the journal of another folder over. @throws StorageError where the disk refuses. */
  adopt(run: Run, line: string, kind: 'result' | 'failure'): void {
    const first = this.keys.firstOf(run.index);
    this.index.book(kind, first, this.journal.append(line));
    if (kind === 'result') this.done += this.twins.get(first) ?? 1;
  }

  /** Writes manifest.json, in place of the one before. */
  writeManifest(content: unknown): void {
    this.writeJson('manifest.json', content);
  }

  writeJson(file: string, content: unknown): void {
    const path = join(this.folder, file);
    storingRuns(path, () => replaceFile(path, `${JSON.stringify(content, null, 2)}\n`));
  }

  /** Writes the CSV files from the journal. @throws StorageError where the disk refuses. */
  writeResults(options: WriteOptions): WrittenResults {
    this.journal.check();
    const reader = new JournalReader(this.journal.path);
    try {
      return writeResults(
        this.folder,
        this.ownRuns(),
        ({ index }) => this.index.known(index, reader),
        options,
      );
    } finally {
      reader.close();
    }
  }

  private *ownRuns(): Generator<Run> {
    for (let i = 0; i < this.runs.length; i++) if (this.owns(i)) yield this.runs.at(i)!;
  }

  /** Everything is on the disk after this, and the folder is free. @throws StorageError where it is not. */
  close(): void {
    try {
      this.journal.close();
    } finally {
      this.lock.release();
    }
  }
}
