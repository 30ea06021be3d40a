/** Code of users that does what nobody expects of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ds2p } from './process.js';
import { words } from './sweeps.js';

const POLICY = `export default {
  kind: 'offloading', name: 'mine', doc: 'here', source: 'a test',
  make: () => {
    console.log('make');
    console.info('makes');
    return ({ node }) => node;
  },
};`;

for (const [what, code, fact] of [
  ['waits for ever', 'await new Promise(() => {});', 'the file is never loaded, since its top level awaits'],
  ['ends the process', 'process.exit(0);', 'the file ends the program while it is loaded.'],
] as const)
  t.test(`a file that ${what} while it is loaded is told, with code 2`, async (t) => {
    const folder = t.testdir();
    writeFileSync(join(folder, 'bad.mjs'), `${code}\n${POLICY}`);
    for (const line of ['sweep bad.mjs', 'run --offloading ./bad.mjs --duration 5']) {
      const { code, stdout, stderr } = await ds2p(words(line), folder);
      t.equal(code, 2, line);
      t.equal(stdout, '');
      t.match(stderr, new RegExp(`^(\\./)?bad\\.mjs: ${fact}.*top level\\.\n$`));
    }
  });

t.test('what users print goes to stderr, and what the program tells on stdout stays whole', async (t) => {
  const folder = t.testdir();
  writeFileSync(join(folder, 'policy.mjs'), `console.log('loaded');\n${POLICY}`);
  writeFileSync(
    join(folder, 'mine.mjs'),
    `console.log('an experiment');
export default { question: 'Is it heard?', axes: { 'policy.offloading': ['./policy.mjs'] }, duration: 5, replications: 1 };`,
  );
  const run = await ds2p(words('run --offloading ./policy.mjs --duration 5 --json'), folder);
  t.equal(run.code, 0, run.stderr);
  t.equal(JSON.parse(run.stdout).length, 1);
  for (const word of ['loaded', 'make', 'makes']) t.match(run.stderr, new RegExp(`^${word}$`, 'm'));
  const sweep = await ds2p(words('sweep mine.mjs --no-report --json'), folder);
  t.equal(sweep.code, 0, sweep.stderr);
  t.equal(JSON.parse(sweep.stdout).done, 1);
  for (const word of ['an experiment', 'make']) t.match(sweep.stderr, new RegExp(`^${word}$`, 'm'));
});
