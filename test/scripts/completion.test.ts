/** Completion as the shells themselves do it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { MIGRATION_POLICIES, OFFLOADING_POLICIES, PARAMETER_LIST } from '../../core/index.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { COMMANDS } from '../../scripts/commands/index.js';
import { TABLE_FILE } from '../../scripts/completion/cached-table.js';
import { completionTable } from '../../scripts/completion/table.js';
import { ds2p, missing, PLAIN_ENVIRONMENT, PROGRAM, writeProgram } from './process.js';

const names = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);

/** Runs a script of a shell with ds2p on its PATH. */
function shell(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  const bin = writeProgram(join(cwd, 'bin'));
  const { stdout, stderr, status } = spawnSync(words[0], words.slice(1), {
    cwd,
    encoding: 'utf8',
    env: { ...PLAIN_ENVIRONMENT, PATH: `${bin}:${process.env.PATH}`, ...env },
  });
  return { stdout, stderr, status };
}

/** What bash completes: COMP_WORDS as bash makes them, the last one being typed. */
function bash(
  cwd: string,
  words: readonly string[],
  { call = '_ds2p', before = '' } = {},
): readonly string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `set -u; source <(ds2p completion bash); ${before}
    COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; ${call}; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = shell(['bash', '--norc', '-c', script], cwd);
  if (status !== 0 || stderr !== '') throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

const NO_BASH = { skip: missing('bash') };

t.test('bash completes commands, options, and names where they are meant', NO_BASH, async (t) => {
  const folder = t.testdir();
  const completes = (line: string, wanted: readonly string[]) =>
    t.strictSame(bash(folder, line.split(' ')), wanted, line);
  const all = COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  completes('ds2p ', [...all, 'help', '--help', '--version']);
  completes('ds2p sw', ['sweep']);
  completes('ds2p help sw', ['sweep']);
  completes('ds2p sweep ', names(EXPERIMENTS));
  completes('ds2p experiment tab', ['table3']);
  completes('ds2p sweep table3 --fr', ['--fresh']);
  completes('ds2p sweep table3 --fresh --fr', []);
  completes('ds2p run --set slo.tMax=1 --se', ['--set', '--seed']);
  completes('ds2p compare --experiment tab', ['table3']);
  completes('ds2p reproduce --only table3,fi', ['table3,fig3', 'table3,fig4']);
  completes('ds2p run --offloading ', names(OFFLOADING_POLICIES));
  completes('ds2p run --migration ', names(MIGRATION_POLICIES));
  completes('ds2p run --preset ', ['as-published', 'as-written']);
  completes('ds2p run --workload ', ['w1', 'w2']);
  completes('ds2p compare --candidate state-aw', [
    'state-aware+',
    ...names(MIGRATION_POLICIES)
      .filter((name) => name.startsWith('state-aware:'))
      .map((name) => `${name}+`),
  ]);
  completes(
    'ds2p compare --baseline none+',
    names(OFFLOADING_POLICIES).map((name) => `none+${name}`),
  );
  completes('ds2p compare --metric ', names(METRIC_COLUMNS));
  completes('ds2p run --set slo.', ['slo.tMax=', 'slo.penalty=']);
  const settings = bash(folder, ['ds2p', 'run', '--set', '']);
  for (const { name } of PARAMETER_LIST) t.ok(settings.includes(`${name}=`), name);
  t.ok(settings.includes('skippy.prefer='), 'and those of policies');
  completes('ds2p new ', ['offloading', 'migration']);
  completes('ds2p completion ', ['bash', 'zsh', 'fish']);
  completes('ds2p bogus ', []);
  completes('ds2p list --bogus=', []);
});

t.test('bash completes behind = and :, where it splits words', NO_BASH, async (t) => {
  const folder = t.testdir();
  const split = (words: readonly string[], wanted: readonly string[]) =>
    t.strictSame(bash(folder, ['ds2p', ...words]), wanted, words.join(' '));
  split(['run', '--offloading', '=', 'gr'], ['greedy-data', 'greedy-local']);
  split(['run', '--offloading', '='], names(OFFLOADING_POLICIES));
  split(['run', '--set', 'placement.formulation', '=', 'no'], ['no-slack']);
  split(['run', '--set', 'policy.offloading', '='], names(OFFLOADING_POLICIES));
  split(['run', '--migration', 'state-aware', ':', 'gr'], ['greedy']);
  split(['run', '--migration', '=', 'state-aware', ':', 'gr'], ['greedy']);
  // Whoever has taken : out of the characters that split gets whole words.
  const before = "COMP_WORDBREAKS=$' =\\n'";
  t.strictSame(bash(folder, ['ds2p', 'run', '--migration', 'state-aware:gr'], { before }), [
    'state-aware:greedy',
  ]);
});

t.test('bash completes folders where folders are meant, and files by itself', NO_BASH, async (t) => {
  const folder = t.testdir({ results: { my: {}, 'my.txt': '' }, 'my.json': '{}' });
  t.strictSame(bash(folder, ['ds2p', 'figures', 'results/m']), ['results/my']);
  t.strictSame(bash(folder, ['ds2p', 'merge', '-o', 'res']), ['results']);
  t.strictSame(bash(folder, ['ds2p', 'run', '--config', 'my']), [], 'so that the default of bash comes in');
  const { stdout } = shell(
    ['bash', '--norc', '-c', 'source <(ds2p completion bash); complete -p ds2p'],
    folder,
  );
  t.equal(stdout, 'complete -o default -F _ds2p ds2p\n');
});

t.test(
  'bash completes "npx ds2p" by the program of the project, and leaves other completions of npx',
  NO_BASH,
  async (t) => {
    const folder = t.testdir();
    const project = join(folder, 'project');
    mkdirSync(join(project, 'inner'), { recursive: true });
    const words = ['npx', 'ds2p', 'sw'];
    const call = '_ds2p_npx';
    t.strictSame(bash(folder, words, { call }), ['sweep'], 'the one on the PATH');
    const local = join(project, 'node_modules/.bin/ds2p');
    mkdirSync(join(project, 'node_modules/.bin'), { recursive: true });
    writeFileSync(local, '#!/bin/sh\necho "#none"; echo "of-the-project"\n');
    chmodSync(local, 0o755);
    t.strictSame(bash(folder, words, { call, before: 'cd project/inner' }), ['of-the-project']);
    t.strictSame(bash(folder, ['npx', 'other', 'sw'], { call }), []);
    const asked = 'source <(ds2p completion bash); complete -p npx';
    t.match(shell(['bash', '--norc', '-c', asked], folder).stdout, /-F _ds2p_npx npx/);
    const own = `complete -W mine npx; ${asked}`;
    t.match(shell(['bash', '--norc', '-c', own], folder).stdout, /-W 'mine' npx/);
  },
);

t.test('completion says nothing of errors', NO_BASH, async (t) => {
  const folder = t.testdir();
  const before = 'ds2p() { echo broken >&2; return 1; }; export -f ds2p; PATH=/nowhere';
  t.strictSame(bash(folder, ['ds2p', 'sw'], { before }), []);
});

t.test('zsh completes with meanings, in its own script', { skip: missing('zsh') }, async (t) => {
  const folder = t.testdir();
  const zsh = (words: readonly string[], call = '_ds2p') => {
    // What zsh calls to show candidates is replaced; outside its line editor it cannot be called.
    const script = `autoload -Uz compinit && compinit -u -d ./dump; source <(ds2p completion zsh)
      _describe() { print -rl -- "\${(@P)2}"; print -r -- "options: \${@[3,-1]}" }
      _files() { print -r -- "files $*" }; compset() { : }
      words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=\${#words}; ${call}
      print -r -- "$_comps[ds2p] $_comps[npx]"`;
    const { stdout, stderr } = shell(['zsh', '-f', '-c', script], folder);
    t.equal(stderr, '');
    return stdout.trimEnd().split('\n');
  };
  const registered = '_ds2p _ds2p_npx';
  const sweep = `sweep:${COMMANDS.find(({ name }) => name === 'sweep')!.describe}`;
  t.strictSame(zsh(['ds2p', 'sw']), [sweep, 'options: ', registered]);
  t.strictSame(zsh(['npx', 'ds2p', 'sw'], '_ds2p_npx'), [sweep, 'options: ', registered]);
  const [first, second, options] = zsh(['ds2p', 'run', '--set', 'slo.']);
  t.match([first, second], [/^slo\.tMax=:/, /^slo\.penalty=:/]);
  t.equal(options, 'options: -S ');
  t.match(zsh(['ds2p', 'run', '--migration', 'state-aware:gr'])[0], /^state-aware\\:greedy:the placement/);
  t.strictSame(zsh(['ds2p', 'figures', '']), ['files -/', registered]);
  t.strictSame(zsh(['ds2p', 'run', '--config', '']), ['files ', registered]);
});

t.test('fish completes with meanings, files and folders', { skip: missing('fish') }, async (t) => {
  const folder = t.testdir({ results: {}, 'my.json': '{}' });
  const fish = (line: string) => {
    const script = `ds2p completion fish | source; complete -C '${line}'`;
    const env = { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    return shell(['fish', '-N', '-c', script], folder, env).stdout.trimEnd().split('\n');
  };
  const sweep = `sweep\t${COMMANDS.find(({ name }) => name === 'sweep')!.describe}`;
  t.strictSame(fish('ds2p sw'), [sweep]);
  t.strictSame(fish('npx ds2p sw'), [sweep]);
  t.strictSame(fish('ds2p run --set placement.formulation=no'), ['placement.formulation=no-slack']);
  t.match(fish('ds2p run --migration state-aware:gr')[0], /^state-aware:greedy\tthe placement/);
  t.match(fish('ds2p figures res')[0], /^results\//);
  t.match(fish('ds2p run --config my')[0], /^my\.json/);
});

t.test('the shell is that of SHELL where none is named, and one that is not known is told', async (t) => {
  const folder = t.testdir();
  const { stdout } = await ds2p(['completion'], folder, { SHELL: '/usr/bin/fish' });
  t.equal(stdout, (await ds2p(['completion', 'fish'], folder)).stdout);
  const { code, stderr } = await ds2p(['completion'], folder, { SHELL: '/bin/tcsh' });
  t.equal(code, 2);
  const remedy = 'Name one of bash, zsh, fish, as "ds2p completion bash".';
  t.equal(stderr, `SHELL: "tcsh" is not a shell known here. ${remedy}\n`);
  const unset = await ds2p(['completion'], folder, { SHELL: '' });
  t.equal(unset.code, 2);
  t.equal(unset.stderr, `SHELL: the variable is not set. ${remedy}\n`);
});

t.test(
  'the table that completion reads is what the program has, and is made anew when it is old',
  async (t) => {
    const ask = () => spawnSync(process.execPath, [PROGRAM, '--complete', 'sw'], { encoding: 'utf8' }).stdout;
    t.match(ask(), /^#none\nsweep\t/);
    t.same(JSON.parse(readFileSync(TABLE_FILE, 'utf8')), JSON.parse(JSON.stringify(completionTable())));
  },
);

t.test('completion loads its own few files, and neither the program nor a package', async (t) => {
  const folder = t.testdir();
  // Where Node writes coverage, it names every file that it loaded.
  await ds2p(['--complete', 'run', '--offloading', ''], folder, { NODE_V8_COVERAGE: folder });
  const loaded = readdirSync(folder)
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).result)
    .map(({ url }: { readonly url: string }) => url)
    .filter((url) => url.startsWith('file:'));
  const compiled = new URL('../../', import.meta.url).href;
  t.strictSame(loaded.map((url) => url.replace(compiled, '')).sort(), [
    'experiments/harness/storage.js',
    'scripts/colour-variables.js',
    'scripts/completion/cached-table.js',
    'scripts/completion/candidates.js',
    'scripts/completion/values.js',
    'scripts/ds2p.js',
  ]);
});
