/** Whether the CSV files of a sweep are, to the last byte, those that its journal makes. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { remedyOf } from './damaged-files.js';
import { packageVersion } from './environment.js';
import type { Problem } from './errors.js';
import { isCurrent, JOURNAL_FILE, journalExists } from './journal.js';
import { JournalIndex } from './journal-index.js';
import { JournalReader, readHeader, scanJournal } from './journal-reader.js';
import { makeResults, type TextSink } from './results-writer.js';
import { RunKeys } from './run-keys.js';
import { runsOfFacts, type SweepFacts } from './sweep-facts.js';

/** Text is compared when it is this long. */
const BUFFER_CHARACTERS = 1 << 18;
const LINE_FEED = 0x0a;

const lineFeedsIn = (bytes: Uint8Array): number =>
  bytes.reduce((count, byte) => (byte === LINE_FEED ? count + 1 : count), 0);

/** Compares a file with the text that it should have. */
class Comparison implements TextSink {
  private readonly descriptor: number;
  private waiting: string[] = [];
  private waitingLength = 0;
  private position = 0;
  private line = 1;
  private differs = false;

  constructor(path: string) {
    this.descriptor = openSync(path, 'r');
  }

  write(text: string): void {
    this.waiting.push(text);
    this.waitingLength += text.length;
    if (this.waitingLength >= BUFFER_CHARACTERS) this.compare();
  }

  private compare(): void {
    const expected = Buffer.from(this.waiting.join(''));
    this.waiting = [];
    this.waitingLength = 0;
    if (this.differs) return;
    const found = Buffer.alloc(expected.length);
    const read = readSync(this.descriptor, found, 0, found.length, this.position);
    this.differs = read < expected.length || !found.equals(expected);
    const same = this.differs ? expected.findIndex((byte, i) => i >= read || byte !== found[i]) : read;
    this.line += lineFeedsIn(expected.subarray(0, same));
    this.position += same;
  }

  /** The line, from 1, of the first difference, and undefined where there is none. */
  end(): number | undefined {
    this.compare();
    const { size } = fstatSync(this.descriptor);
    closeSync(this.descriptor);
    return this.differs || size > this.position ? this.line : undefined;
  }
}

/**
 * A problem for each CSV file that is missing, or is not what the journal beside it makes. None where there is nothing to
 * compare with: no journal, a damaged one, results of another version, whose columns may differ, or a part of a sweep, of
 * which the manifest does not say what runs are its own.
 */
export function filesUnlikeJournal(facts: SweepFacts): readonly Problem[] {
  const { folder, scenario, shard, version } = facts;
  const path = join(folder, JOURNAL_FILE);
  if (version !== packageVersion() || shard !== null) return [];
  if (!journalExists(path) || !isCurrent(readHeader(path))) return [];
  const runs = runsOfFacts(facts);
  const keys = new RunKeys(runs, facts.keys);
  const index = new JournalIndex(runs, keys);
  const scan = scanJournal(path, index.onRecord);
  if (scan.damagedLines > 0 || scan.tornBytes > 0) return [];
  const remedy = remedyOf(folder);
  const problems: Problem[] = [];
  const open = new Map<string, Comparison>();
  const reader = new JournalReader(path);
  try {
    makeResults(
      runs,
      (run) => index.known(run.index, reader),
      scenario === undefined ? {} : { scenario: scenario.name, scenarioPath: scenario.path },
      (file) => {
        const found = join(folder, file);
        if (existsSync(found)) {
          const comparison = new Comparison(found);
          open.set(found, comparison);
          return comparison;
        }
        problems.push({ path: found, fact: 'the file is missing.', remedy });
        return { write: () => {} };
      },
    );
  } finally {
    reader.close();
    for (const [found, comparison] of open) {
      const line = comparison.end();
      if (line === undefined) continue;
      const fact = `line ${line} is not what ${JOURNAL_FILE} says of the runs.`;
      problems.push({ path: found, fact, remedy });
    }
  }
  return problems;
}
