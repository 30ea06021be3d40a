/** Reading a journal: once from the start in bounded memory, or single records at their offsets. */
import { closeSync, openSync, readSync } from 'node:fs';
import {
  type FailureRecord,
  type JournalHeader,
  kindOf,
  parseFailure,
  parseHeader,
  parseResult,
  type ResultRecord,
  wholeLine,
} from './journal-format.js';

const LINE_FEED = 0x0a;
/** Read at a time. */
const CHUNK_BYTES = 1 << 20;
/** No line of ours is longer: what has no line feed for so long is damage. */
const MAX_LINE_BYTES = 1 << 20;

/** What a journal holds, as far as one pass tells. */
export interface JournalScan {
  /** Undefined where the first line is none of ours. */
  readonly header: JournalHeader | undefined;
  /** Bytes up to the end of the last line that has its line feed. */
  readonly end: number;
  /** Bytes after it: a line that was torn while it was written. */
  readonly tornBytes: number;
  /** Lines that are not what was written. */
  readonly damagedLines: number;
}

export type OnRecord = (kind: 'result' | 'failure', key: string, offset: number) => void;

/** Lines of a file with their offsets; a longer one than `MAX_LINE_BYTES` is handed out empty. */
function forEachLine(descriptor: number, onLine: (line: Buffer, offset: number) => void): number {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest = Buffer.alloc(0);
  let tooLong = false;
  let lineStart = 0;
  let position = 0;
  for (;;) {
    const read = readSync(descriptor, chunk, 0, CHUNK_BYTES, position);
    if (read === 0) return lineStart;
    let from = 0;
    for (
      let feed = chunk.indexOf(LINE_FEED);
      feed >= 0 && feed < read;
      feed = chunk.indexOf(LINE_FEED, from)
    ) {
      const piece = chunk.subarray(from, feed);
      onLine(tooLong ? Buffer.alloc(0) : rest.length === 0 ? piece : Buffer.concat([rest, piece]), lineStart);
      rest = Buffer.alloc(0);
      tooLong = false;
      from = feed + 1;
      lineStart = position + from;
    }
    position += read;
    tooLong ||= rest.length + read - from > MAX_LINE_BYTES;
    rest = tooLong ? Buffer.alloc(0) : Buffer.concat([rest, chunk.subarray(from, read)]);
  }
}

/** Goes through a journal once. @throws where the file cannot be read. */
export function scanJournal(path: string, onRecord: OnRecord): JournalScan {
  const descriptor = openSync(path, 'r');
  try {
    let header: JournalHeader | undefined;
    let damagedLines = 0;
    let size = 0;
    const end = forEachLine(descriptor, (line, offset) => {
      const json = wholeLine(line);
      if (json === undefined) damagedLines++;
      else if (offset === 0) header = parseHeader(json);
      else {
        const record = kindOf(json);
        if (record === undefined) damagedLines++;
        else onRecord(record.kind, record.key, offset);
      }
    });
    size = end;
    const tail = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let read = 1; read > 0; size += read) read = readSync(descriptor, tail, 0, CHUNK_BYTES, size);
    return { header, end, tornBytes: size - end, damagedLines };
  } finally {
    closeSync(descriptor);
  }
}

/** The first line of a journal, or undefined where it is none of ours. @throws where the file cannot be read. */
export function readHeader(path: string): JournalHeader | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const start = Buffer.alloc(1 << 16);
    const feed = start.subarray(0, readSync(descriptor, start, 0, start.length, 0)).indexOf(LINE_FEED);
    const json = feed < 0 ? undefined : wholeLine(start.subarray(0, feed));
    return json && parseHeader(json);
  } finally {
    closeSync(descriptor);
  }
}

/** Pages of the file that are kept, and their size: 16 MB. */
const PAGES = 256;
const PAGE_BYTES = 1 << 16;

/**
 * Records by offset. Runs end replication by replication and are read configuration by configuration, so that
 * reading goes on at as many places as there are replications: pages around each are kept.
 */
export class JournalReader {
  private readonly descriptor: number;
  /** By number, the one that was not asked for longest first. */
  private readonly pages = new Map<number, Buffer>();

  constructor(path: string) {
    this.descriptor = openSync(path, 'r');
  }

  private page(number: number): Buffer {
    let page = this.pages.get(number);
    if (page !== undefined) {
      this.pages.delete(number);
      this.pages.set(number, page);
      return page;
    }
    let memory: Buffer = Buffer.alloc(0);
    if (this.pages.size >= PAGES) {
      const [[oldest, reused]] = this.pages;
      this.pages.delete(oldest);
      memory = reused;
    }
    // A page at the end of the file is short; its memory is as long as any.
    if (memory.length < PAGE_BYTES) memory = Buffer.allocUnsafeSlow(PAGE_BYTES);
    const read = readSync(this.descriptor, memory, 0, PAGE_BYTES, number * PAGE_BYTES);
    page = memory.subarray(0, read);
    this.pages.set(number, page);
    return page;
  }

  private lineAt(offset: number): Buffer {
    const pieces: Buffer[] = [];
    let from = offset % PAGE_BYTES;
    for (
      let number = Math.floor(offset / PAGE_BYTES);
      pieces.length <= MAX_LINE_BYTES / PAGE_BYTES;
      number++
    ) {
      const page = this.page(number);
      const feed = page.indexOf(LINE_FEED, from);
      if (feed >= 0 && pieces.length === 0) return page.subarray(from, feed);
      // The memory of a page may be used anew before its line is whole.
      pieces.push(Buffer.from(page.subarray(from, feed < 0 ? page.length : feed)));
      if (feed >= 0) return Buffer.concat(pieces);
      if (page.length < PAGE_BYTES) break;
      from = 0;
    }
    throw new Error(`The journal has no whole line at byte ${offset}.`);
  }

  private jsonAt(offset: number): Buffer {
    const json = wholeLine(this.lineAt(offset));
    if (json === undefined) throw new Error(`The journal is damaged at byte ${offset}.`);
    return json;
  }

  /** A line as it stands, with its line feed. */
  line(offset: number): string {
    return `${this.lineAt(offset).toString()}\n`;
  }

  /** @throws Error where no whole line begins at the offset. */
  result(offset: number): ResultRecord {
    return parseResult(this.jsonAt(offset));
  }

  failure(offset: number): FailureRecord {
    return parseFailure(this.jsonAt(offset));
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
