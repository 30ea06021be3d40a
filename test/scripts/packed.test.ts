/**
 * docs/write-a-policy.md, command by command, in an empty folder with the package installed from `npm pack`. Skipped
 * where npm cannot install, as without a network or a cache.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { ROOT } from './process.js';

t.setTimeout(280_000);

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const run = (command: string, words: readonly string[], cwd: string) =>
  spawnSync(command, words, { cwd, encoding: 'utf8', shell: process.platform === 'win32', timeout: 240_000 });

/** Outside of the repository, so that nothing is found in a folder above. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ds2p-packed-')));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** Why the package cannot be tried; undefined where it is installed. */
function install(): string | undefined {
  const packed = run(npm, ['pack', '--ignore-scripts', '--pack-destination', folder], ROOT);
  if (packed.status !== 0) return `npm pack failed: ${packed.stderr.slice(-300)}`;
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=0', '--ignore-scripts'];
  const installed = run(npm, ['install', ...quick, `./${archive}`], folder);
  return installed.status === 0 ? undefined : `npm cannot install here: ${installed.stderr.slice(-300)}`;
}

const reason = install();

/** Code blocks of the page in order: shell commands, and files that the reader is to write. */
function steps(): readonly { readonly kind: string; readonly file?: string; readonly text: string }[] {
  const page = readFileSync(join(ROOT, 'docs/write-a-policy.md'), 'utf8');
  return [...page.matchAll(/^```(\w+)(?: title="([^"]+)")?\n([\s\S]*?)^```/gm)].map(
    ([, kind, file, text]) => ({
      kind,
      ...(file === undefined ? {} : { file }),
      text,
    }),
  );
}

t.test(
  'every step of docs/write-a-policy.md works in an empty folder',
  { skip: reason ?? false },
  async (t) => {
    const all = steps();
    const commands = all.filter(({ kind }) => kind === 'sh');
    t.ok(commands.length >= 6);
    for (const { kind, file, text } of all) {
      if (file !== undefined) writeFileSync(join(folder, file), text);
      if (kind !== 'sh') continue;
      const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n');
      for (const line of lines
        .map((each) => each.replace(/ #.*$/, '').trim())
        .filter((each) => each !== '')) {
        // The package is installed already, from the archive.
        if (line.startsWith('npm install') || line.startsWith('npm init')) continue;
        const [command, ...words] = line.split(/\s+/);
        const { status, stderr, stdout } = run(
          command === 'npx' ? `${npm.replace('npm', 'npx')}` : command,
          words,
          folder,
        );
        t.equal(status, 0, `${line}\n${stderr.slice(-600)}${stdout.slice(-200)}`);
      }
    }
    t.ok(existsSync(join(folder, 'results/compare-table3/comparison.csv')));
    t.ok(existsSync(join(folder, 'results/compare-table3/figures/comparison.png')));
  },
);

t.test('an editor gets types from the installed package', { skip: reason ?? false }, async (t) => {
  writeFileSync(
    join(folder, 'typed.ts'),
    `import type { OffloadingPolicy } from 'ds2p-bench';
const policy: OffloadingPolicy = {
  kind: 'offloading', name: 'x', doc: 'x', source: 'x',
  make({ view }) {
    // @ts-expect-error There is no such method.
    view.freeMemry(0);
    return ({ node, function: f }) => (view.canRun(node, f) ? node : view.nearestCloud(node));
  },
};
export default policy;
`,
  );
  const options = '--noEmit --strict --module nodenext --target es2023 --skipLibCheck false --types'.split(
    ' ',
  );
  // What the test runner loads into every Node that a test starts does not agree with the compiler.
  const compiler = [process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc')];
  const { status, stdout, stderr } = run(
    'env',
    ['-u', 'NODE_OPTIONS', ...compiler, ...options.slice(0, -1), 'typed.ts'],
    folder,
  );
  t.equal(status, 0, stdout + stderr);
});
