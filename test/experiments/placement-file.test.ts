import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { FORMULATIONS } from '../../core/placement/formulations/index.js';
import { problemFromReference } from '../../core/placement/reference-format.js';
import { InputError } from '../../experiments/harness/errors.js';
import { readPlacementFile } from '../../experiments/harness/placement/placement-file.js';
import { fc } from '../fast-check.js';

const folder = t.testdir();
const path = join(folder, 'problem.json');
const text = readFileSync(new URL('../../../docs/placement-example.json', import.meta.url), 'utf8');

/** A fresh copy of the example of the documentation, with changes. */
// biome-ignore lint/suspicious/noExplicitAny: the tests put values of wrong types into it.
type Loose = any;
const changed = (change: (file: Loose) => unknown): unknown => {
  const file = JSON.parse(text);
  const other = change(file);
  return other === undefined ? file : other;
};

function problemsOf(content: string): readonly string[] {
  writeFileSync(path, content);
  try {
    readPlacementFile(path);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n').map((line) => line.replace(`${path}: `, ''));
  }
}

const told = (change: (file: Loose) => unknown) => problemsOf(JSON.stringify(changed(change)));

/** A change that makes the file wrong, and what is said about it, problem by problem. */
const WRONG: readonly (readonly [string, (file: Loose) => unknown, readonly RegExp[]])[] = [
  ['a list in place of the object', () => [], [/^\[\] is not an object\./]],
  ['null in place of the object', () => null, [/^null is not an object\./]],
  [
    'an unknown field',
    (file) => {
      file.tmax = [1, 1];
    },
    [/^tmax: "tmax" is not a field here\. Did you mean "Tmax"\?/],
  ],
  [
    'a missing field',
    (file) => {
      delete file.rho;
    },
    [/^rho: the field is missing\. Add "rho"/],
  ],
  [
    'negative counts',
    (file) => Object.assign(file, { N: -3, F: 0, K: 1.5 }),
    [
      /^N: -3 is not a count\./,
      /^F: 0 is not a count\./,
      /^K: 1\.5 is not a count\. Give a whole number from 1 /,
    ],
  ],
  [
    'a count that the lists do not have',
    (file) => Object.assign(file, { K: 4 }),
    [/^size: 3 entries do not fit K = 4\./, /^loc: 3 entries do not fit K = 4\./],
  ],
  [
    'a negative size',
    (file) => {
      file.size[1] = -5;
    },
    [/^size\[1\]: -5 is out of range\. Give a number >= 0, in bytes\.$/],
  ],
  [
    'null, text and an infinite number in place of numbers',
    (file) => {
      file.size[0] = null;
      file.Tmax[1] = '0.1';
      file.rho[0] = { usd: 1 };
    },
    [
      /^size\[0\]: null is not a number/,
      /^Tmax\[1\]: "0\.1" is not a number/,
      /^rho\[0\]: \{"usd":1\} is not a number/,
    ],
  ],
  [
    'a ragged matrix',
    (file) => {
      file.latency[2].pop();
    },
    [/^latency\[2\]: 2 entries do not fit N = 3\./],
  ],
  [
    'a row that is none',
    (file) => {
      file.share[1] = 1;
    },
    [/^share\[1\]: 1 is not a list\. Give a list of N = 3 entries\./],
  ],
  [
    'latency that differs by direction',
    (file) => {
      file.latency[1][0] = 0.04;
    },
    [/^latency\[1\]\[0\]: 0\.04 s differs from 0\.03 s of latency\[0\]\[1\]\. Latency is symmetric/],
  ],
  [
    'negative latency',
    (file) => {
      file.latency[0][1] = -0.03;
    },
    [/^latency\[0\]\[1\]: -0\.03 is out of range\./],
  ],
  [
    'bandwidth of nothing',
    (file) => {
      file.bandwidth[0][1] = 0;
    },
    [/^bandwidth\[0\]\[1\]: 0 is out of range\. Give a number > 0, in bytes\/s\./],
  ],
  [
    'shares that do not sum to 1',
    (file) => {
      file.share[0] = [0.5, 0.2, 0];
      file.share[1] = [0, 0, 0];
    },
    [
      /^share\[0\]: the shares of function 0 sum to 0\.7, not to 1\./,
      /^share\[1\]: the shares of function 1 sum to 0, not to 1\. Where a function has not run yet/,
    ],
  ],
  [
    'indices of nothing',
    (file) => {
      file.access[0] = [2, 3, 1];
      file.loc[2] = 3;
      file.loc[1] = -1;
    },
    [
      /^access\[0\]\[0\]: 2 is not the index of a function\. Give a whole number from 0 to 1\./,
      /^access\[0\]\[1\]: 3 is not the index of a key\./,
      /^loc\[1\]: -1 is not the index of a node\./,
      /^loc\[2\]: 3 is not the index of a node\./,
    ],
  ],
  [
    'a pair listed twice',
    (file) => {
      file.access[3] = [0, 1, 0.5];
    },
    [/^access\[3\]: the pair \(f, k\) = \(0, 1\) is also access\[1\]\./],
  ],
  [
    'something that is no triple, and no probability',
    (file) => {
      file.access[0] = [0, 0];
      file.access[1][2] = 1.5;
    },
    [/^access\[0\]: \[0,0\] is not a triple\./, /^access\[1\]\[2\]: 1\.5 is out of range\./],
  ],
  [
    'weights out of range',
    (file) => Object.assign(file, { wp: 1.2, wm: -0.2 }),
    [/^wp: 1\.2 is out of range\./, /^wm: -0\.2 is out of range\./],
  ],
  [
    'weights that do not sum to 1',
    (file) => Object.assign(file, { wp: 0.5 }),
    [/^wm: wp \+ wm = 0\.51, not 1/],
  ],
  [
    'a node of no kind',
    (file) => {
      file.nodes[1] = 'clout';
    },
    [/^nodes\[1\]: "clout" is not a kind of node\. Did you mean "cloud"\? Known: edge, cloud, ds\./],
  ],
  [
    'lengths of T_max, rho and cap',
    (file) => {
      file.Tmax.pop();
      file.rho.push(1);
      file.cap = 5;
    },
    [
      /^Tmax: 1 entries do not fit F = 2\./,
      /^rho: 3 entries do not fit F = 2\./,
      /^cap: 5 is not a list\. Give a list of N = 3 entries\./,
    ],
  ],
];

for (const [name, change, expected] of WRONG) {
  t.test(`${name} is told with path, value and remedy`, async (t) => {
    const lines = told(change);
    t.equal(lines.length, expected.length, lines.join('\n'));
    expected.forEach((pattern, i) => {
      t.match(lines[i], pattern);
    });
  });
}

t.test('NaN is no JSON, and neither is half a file; a file that is not there is told', async (t) => {
  t.match(problemsOf(text.replace('0.99', 'NaN')), [/^the file is not JSON/]);
  t.match(problemsOf(text.slice(0, 200)), [/^the file is not JSON/]);
  t.match(problemsOf(text.replace('0.99', '1e999')), [/^wp: Infinity is not a number/]);
  t.throws(() => readPlacementFile(join(folder, 'none.json')), /cannot be read \(ENOENT\)/);
  t.throws(() => readPlacementFile(folder), /cannot be read/);
});

t.test('one mistake in every cell does not fill the screen', async (t) => {
  const lines = told((file) => {
    file.latency = Array(3).fill(Array(3).fill('far'));
  });
  t.ok(lines.length < 12, `${lines.length} lines`);
});

t.test('the example, and fields that are not part of the problem, are accepted', async (t) => {
  t.same(
    told(() => undefined),
    [],
  );
  t.same(
    told((file) => Object.assign(file, { id: 1, params: null, S: 'any', optimal: [] })),
    [],
  );
  t.same(
    told((file) => {
      file.bandwidth[0][0] = null;
    }),
    [],
    'the diagonal of bandwidth is not read',
  );
});

t.test('whatever is put in the place of a field, it is accepted and makes a problem, or told', async () => {
  const fields = Object.keys(JSON.parse(text));
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
      const content = JSON.stringify({ ...JSON.parse(text), [field]: value });
      if (problemsOf(content).length > 0) return true;
      const file = readPlacementFile(path);
      return FORMULATIONS.every(({ name }) => problemFromReference(file, name).keys === file.K);
    }),
    { numRuns: 500 },
  );
});
