import { join } from 'node:path';
import t from 'tap';
import { InputError, nearest } from '../../experiments/harness/errors.js';
import { readJson } from '../../experiments/harness/json-file.js';
import { counted } from '../../experiments/harness/words.js';

const NAMES = ['N', 'F', 'wp', 'wm', 'loc', 'cap', 'zip', 'name', 'run', 'greedy-data', 'table3', 'photo'];

t.test('a name is suggested where few of its letters are wrong, relative to its length', async (t) => {
  for (const [word, wanted] of [
    ['pw', ['wp']],
    ['loca', ['loc']],
    ['cp', ['cap']],
    ['rnu', ['run']],
    ['naem', ['name']],
    ['greddy', ['greedy-data']],
    ['tabel3', ['table3']],
    ['foto', ['photo']],
    ['NAME', ['name']],
  ] as const)
    t.strictSame(nearest(word, NAMES), wanted, word);
});

t.test('nothing is suggested for a short name of which no letter would be left', async (t) => {
  for (const word of ['id', 'xx', 'ab', 'x', 'wq', 'T', 'tmp', 'seed'])
    t.strictSame(nearest(word, NAMES), [], word);
});

t.test('a file that is not JSON is told with line and column', async (t) => {
  const files = {
    comma: ['{\n  "a": 1,\n}', 3, 1],
    crlf: ['{\r\n  "a": [\r\n    1,,\r\n]}', 3, 7],
    word: ['text', 1, 1],
    empty: ['', 1, 1],
    comment: ['{"a": 1}\n// more', 2, 1],
    literal: ['{\n"a": tru}', 2, 6],
    control: ['{"a": "x\ny"}', 1, 9],
    cut: ['{\n"a": [1', 2, 8],
    behind: ['\uFEFF{} x', 1, 4],
  } as const;
  const folder = t.testdir(Object.fromEntries(Object.entries(files).map(([name, [text]]) => [name, text])));
  for (const [name, [, line, column]] of Object.entries(files)) {
    const path = join(folder, name);
    const expected = new RegExp(
      `the file is not JSON \\(line ${line}, column ${column}: [A-Z][^\\n]+\\)\\. Mend`,
    );
    t.throws(() => readJson(path), expected, name);
    t.throws(() => readJson(path), InputError, name);
  }
});

t.test('words follow their number', async (t) => {
  t.strictSame(
    [
      counted(0, 'run'),
      counted(1, 'run'),
      counted(2, 'run'),
      counted(1, 'entry', 'entries'),
      counted(3, 'entry', 'entries'),
    ],
    ['0 runs', '1 run', '2 runs', '1 entry', '3 entries'],
  );
});
