/** Where the records of the runs of a sweep stand in its journal. */
import type { RunList } from './expand.js';
import type { JournalReader } from './journal-reader.js';
import type { Known } from './results-writer.js';
import type { RunKeys } from './run-keys.js';

const NOWHERE = -1;

export class JournalIndex {
  /** By the number of the first run with its key. */
  private readonly results: Float64Array;
  private readonly failures = new Map<number, number>();

  constructor(
    runs: RunList,
    private readonly keys: RunKeys,
  ) {
    this.results = new Float64Array(runs.length).fill(NOWHERE);
  }

  /** Books a record of the journal; one that is about no run of the sweep is left out. */
  readonly onRecord = (kind: 'result' | 'failure', key: string, offset: number): void => {
    const first = this.keys.find(key);
    if (first >= 0) this.book(kind, first, offset);
  };

  /** Books a record of the run `first`, the first with its key. */
  book(kind: 'result' | 'failure', first: number, offset: number): void {
    if (kind === 'failure') this.failures.set(first, offset);
    else this.results[first] = offset;
  }

  /** Whether there is a result of the run `first`, the first with its key. */
  hasResult(first: number): boolean {
    return this.results[first] !== NOWHERE;
  }

  /** What the journal has of the run of that number. @throws where the journal is damaged there. */
  known(index: number, reader: JournalReader): Known | undefined {
    const first = this.keys.firstOf(index);
    if (this.hasResult(first)) return { result: reader.result(this.results[first]) };
    const failure = this.failures.get(first);
    return failure === undefined ? undefined : { failure: reader.failure(failure) };
  }
}
