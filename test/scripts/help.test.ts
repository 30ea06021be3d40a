/** The help is in step with what there is: examples, names, widths. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import t, { type Test } from 'tap';
import { COMMANDS } from '../../scripts/commands/index.js';
import { EXAMPLES } from '../../scripts/main.js';
import { FUNCTIONS, TRACE } from '../experiments/scenario-fixtures.js';
import { ds2p, inTerminal, missing, PLAIN_ENVIRONMENT, ROOT, writeProgram } from './process.js';
import { tinySweep, words } from './sweeps.js';

/** Round-trip times between so many regions that the examples have enough to choose from. */
function manyRegions(): string {
  const regions = Array.from({ length: 12 }, (_, i) => `region-${i}`);
  const rows = regions.map((name, i) => [
    name,
    ...regions.map((_, j) => (i === j ? 0 : 10 + Math.abs(i - j))),
  ]);
  return [['source', ...regions], ...rows].map((row) => row.join(',')).join('\n');
}

/** A folder in which the examples find what they name. */
async function exampleFolder(t: Test): Promise<string> {
  const sweep = { ...tinySweep({ replications: 1 }), name: 'my' };
  const folder = t.testdir({
    'my.json': JSON.stringify(sweep),
    'trace.csv': TRACE,
    'metadata.csv': FUNCTIONS,
    'rtt.csv': manyRegions(),
  });
  const example = spawnSync('cp', [join(ROOT, 'docs/placement-example.json'), join(folder, 'problem.json')]);
  t.equal(example.status, 0);
  for (const line of [
    'run --record --duration 40',
    'sweep my.json',
    'sweep my.json --shard 1/2',
    'sweep my.json --shard 2/2',
    'sweep table3 --quick --duration 2 --replications 1',
    'new offloading my-idea',
  ])
    t.equal((await ds2p(words(line), folder)).code, 0, line);
  return folder;
}

const examples = [...EXAMPLES, ...COMMANDS.flatMap((command) => command.examples)].map(([line]) => line);

/** Examples that take no time, and do not find in the way what others made. */
const QUICK = /^ds2p (list|status|completion|solve problem\.json$|import|merge|figures|bundle)/;

t.test('every example of the help is right: command, options, values and files', async (t) => {
  const folder = await exampleFolder(t);
  const bin = writeProgram(join(folder, 'bin'));
  const env = { ...PLAIN_ENVIRONMENT, PATH: `${bin}:${process.env.PATH}` };
  const shell = (line: string) => spawnSync('sh', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
  for (const line of new Set(examples)) {
    // All problems of a command line are told at once, before anything is done: here there is one, which we make.
    const { status, stderr } = shell(`${line} --not-an-option`);
    t.equal(status, 2, line);
    t.match(stderr, /^--not-an-option: there is no such option here\. .*\n$/, line);
    t.equal(stderr.trimEnd().split('\n').length, 1, `${line}\n${stderr}`);
    if (!QUICK.test(line)) continue;
    const really = shell(line);
    t.equal(really.status, 0, `${line}\n${really.stderr}`);
  }
});

t.test('every command has an example of its own', async (t) => {
  for (const { name, aliases = [], examples: own } of COMMANDS)
    t.match(own[0][0], new RegExp(`^ds2p (${[name, ...aliases].join('|')})( |$)`));
});

t.test('"help" shows the help, and "help <command>" that of the command', async (t) => {
  const folder = t.testdir();
  const stdout = async (line: string) => {
    const { code, stdout } = await ds2p(words(line), folder);
    t.equal(code, 0, line);
    return stdout;
  };
  t.equal(await stdout('help'), await stdout('--help'));
  t.equal(await stdout('help sweep'), await stdout('sweep --help'));
  const { code, stderr } = await ds2p(words('help rnu'), folder);
  t.equal(code, 2);
  t.match(stderr, /"rnu" is not a command\. Did you mean "run"\?/);
});

t.test('a command is called in its help as it was typed', async (t) => {
  const folder = t.testdir();
  for (const name of ['sweep', 'experiment']) {
    const { stdout } = await ds2p([name, '--help'], folder);
    t.ok(stdout.startsWith(`ds2p ${name} [name]\n`), name);
  }
  const { stderr } = await ds2p(words('experiment load more'), folder);
  t.match(stderr, /^experiment: "more" is an argument too many\. See "ds2p experiment --help"\./);
});

t.test('in 80 columns, the help has a line a command', { skip: missing('script') }, async (t) => {
  const folder = t.testdir();
  const program = join(writeProgram(join(folder, 'bin')), 'ds2p');
  const { shown } = inTerminal(`stty cols 80; ${program} --help`, folder);
  const lines = stripVTControlCharacters(shown).split('\n');
  for (const line of lines) t.ok(line.length <= 80, line);
  const start = lines.indexOf('Commands:') + 1;
  const listed = lines.slice(start, lines.indexOf('', start));
  t.equal(listed.length, COMMANDS.length, 'no description wraps');
  const columns = listed.map((line, i) => line.indexOf(COMMANDS[i].describe));
  t.ok(columns[0] > 0 && columns.every((column) => column === columns[0]), 'descriptions are aligned');
});
