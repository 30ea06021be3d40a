import { appendFileSync, copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { isCurrent, Journal } from '../../experiments/harness/journal.js';
import {
  currentHeader,
  failureLine,
  headerLineOf,
  type ResultRecord,
  resultLine,
  TIMING_FIELDS,
} from '../../experiments/harness/journal-format.js';
import { JournalReader, readHeader, scanJournal } from '../../experiments/harness/journal-reader.js';
import { digestOf } from '../../experiments/harness/run-key.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { fc } from '../fast-check.js';

const keyOf = (i: number): string => digestOf(String(i)).slice(0, 32);

function record(i: number, value = i / 3): ResultRecord {
  return {
    key: keyOf(i),
    metrics: Object.fromEntries(METRIC_COLUMNS.map(({ name }) => [name, value])),
    timing: Object.fromEntries(TIMING_FIELDS.map((field) => [field, i])) as unknown as ResultRecord['timing'],
  };
}

/** A journal with that many results. */
function journalOf(folder: string, count: number): string {
  const path = join(folder, 'journal.jsonl');
  const { journal } = Journal.open(path, () => {});
  for (let i = 0; i < count; i++) journal.append(resultLine(record(i)));
  journal.close();
  return path;
}

/** Keys that a journal holds. */
function keysIn(path: string): { readonly keys: string[]; readonly scan: ReturnType<typeof scanJournal> } {
  const keys: string[] = [];
  const scan = scanJournal(path, (_kind, key) => keys.push(key));
  return { keys, scan };
}

t.test('every double reads back exactly, and so do NaN and infinities', async (t) => {
  const path = journalOf(t.testdir(), 0);
  const { journal } = Journal.open(path, () => {});
  const doubles = fc.double();
  fc.assert(
    fc.property(doubles, (value) => {
      const offset = journal.append(resultLine(record(1, value)));
      const reader = new JournalReader(path);
      const { metrics } = reader.result(offset);
      reader.close();
      return Object.values(metrics).every((read) => Object.is(read, value === 0 ? 0 : value));
    }),
    { numRuns: 200 },
  );
  journal.close();
  t.pass('over random doubles');
});

t.test('results and failures are found by key, wherever they stand', async (t) => {
  const path = journalOf(t.testdir(), 500);
  const { journal } = Journal.open(path, () => {});
  journal.append(failureLine({ key: keyOf(7), error: 'it broke,\n"badly"', attempts: 2 }));
  journal.append(resultLine(record(500)));
  journal.close();
  const offsets = new Map<string, number>();
  const kinds: string[] = [];
  scanJournal(path, (kind, key, offset) => {
    kinds.push(kind);
    offsets.set(key, offset);
  });
  t.equal(kinds.filter((kind) => kind === 'failure').length, 1);
  const reader = new JournalReader(path);
  t.same(reader.result(offsets.get(keyOf(500))!), record(500));
  t.same(reader.result(offsets.get(keyOf(3))!), record(3));
  t.same(reader.failure(offsets.get(keyOf(7))!), { key: keyOf(7), error: 'it broke,\n"badly"', attempts: 2 });
  reader.close();
});

t.test('wherever a line is torn, it alone is dropped, and what follows is appended well', async (t) => {
  const folder = t.testdir();
  const whole = journalOf(folder, 3);
  const size = statSync(whole).size;
  const lastLine = resultLine(record(2)).length;
  const torn = join(folder, 'torn.jsonl');
  for (let cut = 1; cut < lastLine; cut += 13) {
    copyFileSync(whole, torn);
    truncateSync(torn, size - cut);
    const { journal, scan } = Journal.open(torn, () => {});
    t.equal(scan.tornBytes, lastLine - cut);
    journal.append(resultLine(record(9)));
    journal.close();
    t.strictSame(keysIn(torn).keys, [keyOf(0), keyOf(1), keyOf(9)]);
    t.equal(keysIn(torn).scan.tornBytes, 0);
  }
});

t.test('damage of any kind costs the lines that it touches, and no more', async (t) => {
  const folder = t.testdir();
  const text = readFileSync(journalOf(folder, 6), 'utf8');
  const lines = text.split('\n');
  const path = join(folder, 'damaged.jsonl');
  const flip = (line: string) => line.replace(/\d(?=[^\d]*$)/, (digit) => String(9 - Number(digit)));
  const cases: readonly (readonly [string, string, readonly number[]])[] = [
    [
      'a digit that turned',
      [lines[0], lines[1], flip(lines[2]), ...lines.slice(3)].join('\n'),
      [0, 2, 3, 4, 5],
    ],
    ['a block of zeros at the end', `${text}${'\0'.repeat(5000)}`, [0, 1, 2, 3, 4, 5]],
    [
      'zeros with a line feed',
      [...lines.slice(0, 3), '\0'.repeat(4096), ...lines.slice(3)].join('\n'),
      [0, 1, 2, 3, 4, 5],
    ],
    [
      'a line of two megabytes',
      [...lines.slice(0, 3), 'x'.repeat(2 << 20), ...lines.slice(3)].join('\n'),
      [0, 1, 2, 3, 4, 5],
    ],
    ['two lines in one', [lines[0], lines[1] + lines[2], ...lines.slice(3)].join('\n'), [2, 3, 4, 5]],
    ['an empty line', [lines[0], '', ...lines.slice(1)].join('\n'), [0, 1, 2, 3, 4, 5]],
  ];
  for (const [what, content, left] of cases) {
    writeFileSync(path, content);
    t.strictSame(keysIn(path).keys, left.map(keyOf), what);
    t.ok(keysIn(path).scan.damagedLines > 0 || keysIn(path).scan.tornBytes > 0, what);
  }
});

t.test('lines that span the pieces in which a file is read are whole', async (t) => {
  const path = journalOf(t.testdir(), 6000);
  t.ok(statSync(path).size > 2 << 20);
  const { keys, scan } = keysIn(path);
  t.equal(keys.length, 6000);
  t.equal(scan.damagedLines, 0);
});

t.test('a journal of another model or of other columns is not continued', async (t) => {
  const path = join(t.testdir(), 'journal.jsonl');
  for (const other of [{ model: 'none' }, { metrics: ['arrivals'] }, { version: 0 }]) {
    writeFileSync(path, headerLineOf({ ...currentHeader(), ...other }));
    t.notOk(isCurrent(readHeader(path)));
    t.throws(() => Journal.open(path, () => {}), /is no journal of this version/);
  }
  writeFileSync(path, 'something else\n');
  t.equal(readHeader(path), undefined);
  appendFileSync(path, 'more\n');
  t.throws(() => Journal.open(path, () => {}));
  t.equal(readFileSync(path, 'utf8'), 'something else\nmore\n', 'what is not ours is left alone');
});
