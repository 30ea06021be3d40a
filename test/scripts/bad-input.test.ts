import { readdirSync } from 'node:fs';
import t from 'tap';
import { ds2p } from './process.js';

/** A command line, and what stderr says: path, value, remedy. */
const BAD: readonly (readonly [string, readonly RegExp[]])[] = [
  ['rnu', [/^ds2p: "rnu" is not a command\. Did you mean "run"\? Known: /]],
  ['--foo', [/^ds2p: "--foo" is not a command\./]],
  ['run --duraton 5', [/^--duraton: there is no such option here\. Did you mean "--duration"\?$/]],
  ['run --slo.tMax 0.2', [/^--slo\.tMax: .* Write --set slo\.tMax=0\.2\.$/]],
  [
    'completion --json',
    [/^--json: there is no such option here\. This command has no options but --help\.$/],
  ],
  ['run --no-json', [/^--no-json: there is no such option/]],
  ['run now', [/^run: "now" is an argument too many\. See "ds2p run --help"\.$/]],
  ['run --t-max', [/^--t-max: the option has no value\. Write --t-max value\.$/]],
  ['run --t-max -1', [/^--t-max: -1 is out of range\. Give a number > 0, in s\.$/]],
  ['run --seed 1 --seed 2', [/^--seed: the option is given 2 times: "1", "2"\. Give it once\.$/]],
  ['run --seed 1.5', [/^--seed: "1\.5" is not a whole number from 0 /]],
  ['run --config none.json', [/^none\.json: the file cannot be read \(ENOENT\)\. /]],
  ['run --scenario none.json', [/^none\.json: /]],
  ['run --config file', [/^file: the file is not JSON \(/]],
  [
    'run --set latency.cloudStoreMin=99',
    [/^latency\.cloudStoreMin: 99 ms is more than latency\.cloudStoreMax = 15 ms\. /],
  ],
  [
    'run --offloading greddy --threads 0 --replications x --set nodes.edge=10001 --set keys.largeShare=1.5',
    [
      /^--threads: "0" is not a whole number from 1 /,
      /^--replications: "x" is not a whole number/,
      /^--set nodes\.edge: 10001 is out of range\. Give a whole number, 1 to 10000\.$/,
      /^--set keys\.largeShare: 1\.5 is out of range\. Give a number 0 to 1\.$/,
      /^--offloading: "greddy" is not an offloading policy\. Did you mean "greedy-data"\?/,
    ],
  ],
  ['experiment', [/^name: the argument is missing\. Write for example "ds2p sweep table3"\.$/]],
  ['experiment tabel3', [/^experiment: "tabel3" is not an experiment\. Did you mean "table3"\? Known: /]],
  [
    'sweep load --out file/results',
    [/^--out: "file\/results" cannot be a folder, since ".*file" is a file\. /],
  ],
  ['reproduce --only foo', [/^--only: "foo" is not an experiment\. Known: table3, /]],
  ['reproduce --t-max 0.1', [/^--t-max: there is no such option here\. /]],
  [
    'reproduce --duration 0 --out file',
    [/^--duration: 0 is out of range/, /^--out: "file" cannot be a folder/],
  ],
  ['figures', [/^folder: the argument is missing\./]],
  ['figures .', [/^\.: the folder holds no runs\.csv\. /]],
  ['run --json=1', [/^--json: the option takes no value, and has "1"\. Write --json, or leave it out\.$/]],
  ['sweep load --dry-run=yes', [/^--dry-run: the option takes no value, and has "yes"\. /]],
  ['list --jsn', [/^--jsn: .* Did you mean "--json"\?$/]],
];

for (const [words, messages] of BAD)
  t.test(`"ds2p ${words}" ends with code 2, says why, and writes nothing`, async (t) => {
    const folder = t.testdir({ file: 'text' });
    const { code, stdout, stderr } = await ds2p(words.split(' '), folder);
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr.trimEnd().split('\n'), messages);
    t.equal(stderr.trimEnd().split('\n').length, messages.length);
    t.strictSame(readdirSync(folder), ['file']);
  });

t.test('without a command, the help goes to stderr and the code is 2', async (t) => {
  const { code, stdout, stderr } = await ds2p([], t.testdir());
  t.equal(code, 2);
  t.equal(stdout, '');
  t.match(stderr, /ds2p reproduce/);
});
