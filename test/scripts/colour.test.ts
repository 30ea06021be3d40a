/** Colours are where a terminal has them and nowhere else, and change no column. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import t from 'tap';
import { hasColour, styleOf } from '../../scripts/colour.js';
import { textTable } from '../../scripts/terminal.js';
import { ds2p, inTerminal, missing, writeProgram } from './process.js';
import { AT_WORK, words, writeSlowPolicy, writeSweep } from './sweeps.js';

const ESCAPE = '\u001b';
const terminal = { isTTY: true, hasColors: () => true };
const pipe = { isTTY: false };

t.test('a stream gets colours by NO_COLOR, FORCE_COLOR and what it is, in this order', async (t) => {
  for (const [stream, env, wanted] of [
    [terminal, {}, true],
    [terminal, { NO_COLOR: '1' }, false],
    [terminal, { NO_COLOR: '' }, true],
    [terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [terminal, { FORCE_COLOR: '0' }, false],
    [{ isTTY: true, hasColors: () => false }, {}, false],
    [pipe, {}, false],
    [pipe, { FORCE_COLOR: '1' }, true],
    [pipe, { FORCE_COLOR: '' }, false],
    [pipe, { FORCE_COLOR: 'false' }, false],
    [pipe, { FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ] as const)
    t.equal(hasColour(stream, env), wanted, JSON.stringify({ ...stream, ...env }));
});

t.test(
  'columns start at the same place of the screen, whatever colours and scripts are in them',
  async (t) => {
    const style = styleOf(terminal, {});
    const rows = [
      ['1', style.good('漢字ポリシー'), '|', style.bad('prose that wraps, '.repeat(20).trim())],
      ['22', 'e\u0301te\u0301', '|', 'short'],
      [style.doubtful('333'), 'plain', '|', style.strong('fine')],
    ];
    const lines = textTable(['n', 'policy', '|', 'meaning'], rows).split('\n');
    const first = lines.filter((line) => line.includes('|'));
    t.equal(first.length, 4);
    const starts = first.map((line) => {
      const plain = stripVTControlCharacters(line);
      return stringWidth(plain.slice(0, plain.indexOf('|')));
    });
    t.strictSame(new Set(starts).size, 1, starts.join());
    const wrapped = lines.filter((line) => !line.includes('|'));
    t.ok(wrapped.length > 0);
    for (const line of wrapped)
      t.match(
        stripVTControlCharacters(line),
        new RegExp(`^ {${starts[0] + 3}}\\S`),
        'what wraps stays in line',
      );
  },
);

t.test('a row of a table is one line of a file, but for its prose, and wraps on a terminal', async (t) => {
  const interval = 'from -0.0010 to 0.0173 seconds';
  const rows = [['a', interval, interval, interval, interval, 'better']];
  const linesAt = (columns: number | undefined) => {
    t.intercept(process.stdout, 'columns', { value: columns, configurable: true });
    return textTable(['name', 'one', 'two', 'three', 'four', 'verdict'], rows).split('\n');
  };
  const [, ...inFile] = linesAt(undefined);
  t.strictSame(inFile, [`a     ${`${interval}  `.repeat(4)}better`]);
  const [, ...onTerminal] = linesAt(100);
  t.ok(onTerminal.length > 1);
  for (const line of onTerminal) t.ok(stringWidth(line) <= 100, line);
});

t.test('where a table does not fit a terminal, its prose stands below the rows', async (t) => {
  const prose = 'words that are many '.repeat(8).trim();
  t.intercept(process.stdout, 'columns', { value: 60, configurable: true });
  const text = textTable(
    ['name', 'value', 'meaning'],
    [
      ['a_name_that_cannot_be_broken', '0.001 to 0.002', prose],
      ['b', '1', ''],
    ],
    { whole: [0, 1] },
  );
  const lines = text.split('\n');
  for (const line of lines) t.ok(stringWidth(line) <= 60, line);
  t.match(lines[0], /^name +value$/);
  t.equal(lines[1], 'a_name_that_cannot_be_broken  0.001 to 0.002');
  t.match(lines[2], /^ {4}words that/);
  t.equal(lines.slice(2, -1).join(' ').replaceAll(/ +/g, ' ').trim(), prose, 'nothing is cut');
  t.match(lines.at(-1), /^b +1$/);
});

t.test('with colours forced, every text is the plain one with codes in it', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { replications: 2 });
  await ds2p(words('sweep tiny.json'), folder);
  for (const line of [
    'run --duration 5 --replications 3 --migration none',
    'list',
    'compare --experiment load --candidate none+greedy-local --quick --duration 5 --replications 3 --no-report',
    'reproduce --only load --quick --duration 5 --replications 2 --no-report',
    'status results/tiny',
    'sweep tiny.json --dry-run',
    'sweep tabel3 --foo',
    'merge none -o out',
  ]) {
    const plain = await ds2p(words(line), folder);
    const coloured = await ds2p(words(line), folder, { FORCE_COLOR: '1' });
    const silent = await ds2p(words(line), folder, { FORCE_COLOR: '1', NO_COLOR: '1' });
    t.equal(coloured.code, plain.code, line);
    t.ok((coloured.stdout + coloured.stderr).includes(ESCAPE), line);
    t.notOk((plain.stdout + plain.stderr + silent.stdout + silent.stderr).includes(ESCAPE), line);
    // Times of day differ from one call to the next, in "status" only.
    const timeless = (text: string) => text.replaceAll(/\d+ s ago/g, '');
    t.equal(timeless(stripVTControlCharacters(coloured.stdout)), timeless(plain.stdout), line);
    if (plain.code === 2) t.equal(stripVTControlCharacters(coloured.stderr), plain.stderr, line);
  }
});

t.test('Node has nothing to say of NO_COLOR and FORCE_COLOR together', async (t) => {
  for (const env of [
    { NO_COLOR: '1', FORCE_COLOR: '1' },
    { NO_COLOR: '', FORCE_COLOR: '1' },
  ] as const)
    for (const line of ['list', 'sweep tabel3']) {
      const { stdout, stderr } = await ds2p(words(line), t.testdir(), env);
      t.notMatch(stderr, /Warning/, JSON.stringify(env));
      t.equal((stdout + stderr).includes(ESCAPE), env.NO_COLOR === '', 'what is decided stays');
    }
});

/** All files below a folder. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

t.test('neither files nor JSON ever hold colours', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { replications: 2 });
  const forced = { FORCE_COLOR: '1' };
  for (const line of [
    'sweep tiny.json --json',
    'compare --experiment load --candidate none+greedy-local --quick --duration 5 --replications 2 --json',
    'reproduce --only load --quick --duration 5 --replications 2 --no-report --json',
    'status results/tiny --json',
    'list --json',
  ]) {
    const { stdout } = await ds2p(words(line), folder, forced);
    t.notOk(stdout.includes(ESCAPE), line);
    t.type(JSON.parse(stdout), 'object', line);
  }
  const paths = filesBelow(join(folder, 'results')).filter((path) => !path.endsWith('.png'));
  t.ok(paths.length > 10);
  for (const path of paths) t.notOk(readFileSync(path, 'latin1').includes(ESCAPE), path);
});

t.test('in a terminal, each stream is decided for itself', { skip: missing('script') }, async (t) => {
  const folder = t.testdir();
  const program = join(writeProgram(join(folder, 'bin')), 'ds2p');
  const shown = (line: string, env: Readonly<Record<string, string>> = {}) =>
    inTerminal(line.replace('ds2p', program), folder, env).shown;
  t.ok(shown('ds2p list').includes(ESCAPE));
  t.notOk(shown('ds2p list', { NO_COLOR: '1' }).includes(ESCAPE));
  t.ok(shown('ds2p list', { NO_COLOR: '' }).includes(ESCAPE), 'NO_COLOR that is empty counts as absent');
  t.notOk(shown('ds2p list', { TERM: 'dumb' }).includes(ESCAPE));
  t.notOk(shown('ds2p list | cat').includes(ESCAPE), 'stdout is a pipe');
  const mixed = shown('ds2p sweep tabel3 | cat');
  t.match(stripVTControlCharacters(mixed), /^experiment: "tabel3" is not an experiment\./);
  t.ok(mixed.includes(ESCAPE), 'stderr is the terminal still');
  t.notOk(shown('ds2p sweep tabel3 2>&1 | cat').includes(ESCAPE));
});

t.test(
  'progress is a bar in a terminal, lines in a dumb one, and never on stdout',
  { skip: missing('script') },
  async (t) => {
    const folder = t.testdir();
    const program = join(writeProgram(join(folder, 'bin')), 'ds2p');
    const line = `${program} run --duration 5 --replications 2 --json > out.json`;
    const bar = inTerminal(line, folder);
    t.equal(bar.code, 0);
    t.match(bar.shown, /█.*100 % \| 2\/2 runs/);
    t.equal(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')).length, 2);
    const dumb = inTerminal(line, folder, { TERM: 'dumb' });
    t.match(dumb.shown, /^2\/2 runs \| /m);
    t.notOk(dumb.shown.includes(ESCAPE));
  },
);

t.test(
  'Ctrl-C gives the cursor back, which a bar of progress hides',
  { skip: missing('script') },
  async (t) => {
    const folder = t.testdir();
    const program = join(writeProgram(join(folder, 'bin')), 'ds2p');
    const slow = writeSlowPolicy(folder, 'DS2P_TEST_SLOW', 3_600_000);
    // The shell becomes the program, so that its process is the one that is interrupted.
    const interrupt = `(until [ -e ${AT_WORK} ]; do sleep 0.1; done; sleep 1; kill -INT $$)`;
    const line = `${interrupt} & exec ${program} run --duration 5 --offloading ${slow}`;
    const { code, shown } = inTerminal(line, folder, { DS2P_TEST_SLOW: '1' });
    t.equal(code, 130);
    const [hidden, visible] = [shown.lastIndexOf(`${ESCAPE}[?25l`), shown.lastIndexOf(`${ESCAPE}[?25h`)];
    t.ok(hidden >= 0, 'the bar is there');
    t.ok(visible > hidden);
  },
);
