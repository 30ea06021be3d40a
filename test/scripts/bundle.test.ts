import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROCrate } from 'ro-crate';
import t from 'tap';
import { ds2p, start } from './process.js';
import { filesOf, undisturbed, words, writeSweep } from './sweeps.js';

interface Entity {
  readonly '@id': string;
  readonly '@type': string | readonly string[];
  readonly [property: string]: unknown;
}

/** The graph of a crate by id. */
function graphOf(folder: string): ReadonlyMap<string, Entity> {
  const { '@graph': graph } = JSON.parse(readFileSync(join(folder, 'ro-crate-metadata.json'), 'utf8'));
  return new Map((graph as Entity[]).map((entity) => [entity['@id'], entity]));
}

/** Ids that an entity refers to. */
function referencesOf(entity: Entity): readonly string[] {
  const ids: string[] = [];
  const visit = (value: unknown, isTop: boolean) => {
    if (Array.isArray(value)) for (const each of value) visit(each, false);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value))
        if (name === '@id' && !isTop) ids.push(String(each));
        else visit(each, false);
  };
  visit(entity, true);
  return ids;
}

const ids = (value: unknown): string[] => [value].flat().map((each) => (each as Entity)['@id']);

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

t.test(
  'a bundle is a Workflow Run RO-Crate in which every file is described and every reference leads somewhere',
  async (t) => {
    const folder = t.testdir();
    writeFileSync(
      join(folder, 'real.json'),
      JSON.stringify({
        nodes: [
          { name: 'a', kind: 'edge' },
          { name: 'b', kind: 'cloud' },
        ],
      }),
    );
    writeSweep(folder, {
      axes: { 'policy.migration': ['none', 'greedy'], 'policy.offloading': ['greedy-local', 'slo-aware'] },
      scenario: 'real.json',
      replications: 2,
    });
    t.equal((await ds2p(words('sweep tiny.json'), folder)).code, 0);
    const line = [
      'bundle',
      'results/tiny',
      '--zip',
      '--author',
      'Ada Lovelace 0000-0001-2345-6789',
      '--author',
      'Charles Babbage',
    ];
    const { code, stdout, stderr } = await ds2p(line, folder);
    t.equal(code, 0, stderr);
    t.equal(stdout, 'results/tiny-crate\nresults/tiny-crate.zip\n');
    const crate = join(folder, 'results/tiny-crate');
    const graph = graphOf(crate);
    const root = graph.get('./')!;
    t.strictSame(ids(root.conformsTo), [
      'https://w3id.org/ro/wfrun/process/0.5',
      'https://w3id.org/ro/wfrun/workflow/0.5',
      'https://w3id.org/workflowhub/workflow-ro-crate/1.0',
    ]);
    for (const property of ['name', 'description', 'datePublished', 'license'])
      t.ok(root[property], property);
    t.strictSame(graph.get(ids(root.mainEntity)[0])!['@type'], [
      'File',
      'SoftwareSourceCode',
      'ComputationalWorkflow',
    ]);
    // Files: all are parts, with the right size and digest.
    t.strictSame(
      ids(root.hasPart).sort(),
      files(crate).filter((name) => name !== 'ro-crate-metadata.json'),
    );
    for (const id of ids(root.hasPart)) {
      const entity = graph.get(id)!;
      const content = readFileSync(join(crate, id));
      t.equal(entity.sha256, createHash('sha256').update(content).digest('hex'), id);
      t.equal(entity.contentSize, String(content.length), id);
    }
    for (const wanted of [
      'runs.csv',
      'summary.csv',
      'report.html',
      'figures/policies.svg',
      'experiment.json',
      'manifest.json',
      'environment.json',
      'inputs/real.json',
    ])
      t.ok(existsSync(join(crate, wanted)), wanted);
    const action = graph.get(ids(root.mentions)[0])!;
    t.equal(action['@type'], 'CreateAction');
    t.strictSame(ids(action.instrument), ids(root.mainEntity));
    t.ok(ids(action.result).includes('runs.csv') && ids(action.object).includes('inputs/real.json'));
    t.ok(Date.parse(String(action.startTime)) <= Date.parse(String(action.endTime)));
    t.strictSame(ids(action.agent), ['https://orcid.org/0000-0001-2345-6789']);
    for (const entity of graph.values())
      for (const id of referencesOf(entity))
        t.ok(
          graph.has(id) ||
            /^https:\/\/(w3id\.org\/ro\/crate|bioschemas\.org)|^http:\/\/schema\.org\//.test(id),
          id,
        );
    t.equal(
      new ROCrate(JSON.parse(readFileSync(join(crate, 'ro-crate-metadata.json'), 'utf8'))).rootDataset.name,
      'tiny',
    );
    // ZIP: local file headers begin with PK\3\4.
    t.equal(readFileSync(`${crate}.zip`).readUInt32LE(0), 0x04034b50);
    // The crate makes its own results again.
    const again = await ds2p(words('sweep experiment.json --out ../again'), crate);
    t.equal(again.code, 0, again.stderr);
    t.strictSame(filesOf(join(folder, 'results/again/tiny')), filesOf(crate));
  },
);

t.test('results without a scenario are made again byte by byte from their crate', async (t) => {
  const folder = t.testdir();
  const expected = await undisturbed(folder, { replications: 2 });
  t.equal((await ds2p(words('bundle undisturbed/tiny --out crate --license CC0-1.0'), folder)).code, 0);
  t.equal((await ds2p(words('sweep experiment.json --out ../again'), join(folder, 'crate'))).code, 0);
  t.strictSame(filesOf(join(folder, 'again/tiny')), expected);
  t.strictSame(filesOf(join(folder, 'crate')), expected);
});

t.test('a policy of the user goes along with all that it imports, unless it has changed since', async (t) => {
  const folder = t.testdir();
  mkdirSync(join(folder, 'policies'));
  writeFileSync(join(folder, 'policies/choice.js'), 'export const choose = ({ node }) => node;\n');
  const policy = `import { choose } from './choice.js';
export default { kind: 'offloading', name: 'mine', doc: 'here', source: 'my own', make: () => choose };
`;
  writeFileSync(join(folder, 'policies/mine.js'), policy);
  const expected = await undisturbed(folder, {
    axes: { 'policy.offloading': ['./policies/mine.js', 'slo-aware'] },
    replications: 2,
  });
  const bundled = await ds2p(words('bundle undisturbed/tiny --out crate'), folder);
  t.equal(bundled.code, 0, bundled.stderr);
  t.notOk(existsSync(join(folder, 'crate/policies/choice.js')));
  const action = graphOf(join(folder, 'crate')).get('#sweep')!;
  t.ok(ids(action.object).includes('policies/mine.js'));
  const again = await ds2p(words('sweep experiment.json --out ../again'), join(folder, 'crate'));
  t.equal(again.code, 0, again.stderr);
  t.strictSame(filesOf(join(folder, 'again/tiny')), expected);
  writeFileSync(join(folder, 'policies/choice.js'), 'export const choose = () => 0;\n');
  const changed = await ds2p(words('bundle undisturbed/tiny --out other'), folder);
  t.equal(changed.code, 2);
  t.match(changed.stderr, /^\.\/policies\/mine\.js: the policy file has changed since the sweep was made\./);
});

t.test('results that are damaged are not packed, and every damaged file is told', async (t) => {
  const folder = t.testdir();
  await undisturbed(folder, { replications: 2 });
  const results = join(folder, 'undisturbed/tiny');
  const whole = new Map(
    ['runs.csv', 'summary.csv', 'timings.csv'].map((file) => [file, readFileSync(join(results, file))]),
  );
  const refused = async (
    damages: Readonly<Record<string, (text: string) => string | Buffer>>,
    text: RegExp,
  ) => {
    for (const [file, damage] of Object.entries(damages))
      writeFileSync(join(results, file), damage(whole.get(file)!.toString()));
    const { code, stdout, stderr } = await ds2p(words('bundle undisturbed/tiny --out crate'), folder);
    t.match({ code, stdout }, { code: 2, stdout: '' }, stderr);
    for (const file of Object.keys(damages))
      t.match(stderr, new RegExp(`^undisturbed.tiny.${file}: .*\\. Give the command that made`, 'm'));
    t.equal(stderr.trim().split('\n').length, Object.keys(damages).length, stderr);
    t.match(stderr, text);
    t.strictSame(readdirSync(folder).sort(), ['tiny.json', 'undisturbed']);
    for (const [file, content] of whole) writeFileSync(join(results, file), content);
  };
  const lines = (text: string) => text.split('\n');
  const cell = (text: string, from: RegExp, to: string) => text.replace(from, to);
  await refused({ 'runs.csv': (text) => text.slice(0, 3000) }, /the file is damaged/);
  await refused({ 'runs.csv': () => '' }, /\(it is empty\)/);
  await refused({ 'runs.csv': () => Buffer.from([0xff, 0, 0x9f, 0x22, 7]) }, /the file is damaged/);
  await refused(
    { 'runs.csv': (text) => `${lines(text).slice(0, 9).join('\n')}\n` },
    /\(it tells of 8 runs, and manifest\.json of 48\)/,
  );
  await refused({ 'runs.csv': (text) => text.slice(0, -1) }, /\(its last line has no end\)/);
  await refused({ 'runs.csv': (text) => cell(text, /,5,/, ',foo,') }, /\(row 1: duration_s is "foo"\)/);
  await refused(
    { 'runs.csv': (text) => cell(text, /,(\d)(\d*)\n$/, ',9$1$2\n') },
    /: line 49 is not what journal/,
  );
  await refused(
    {
      'runs.csv': (text) => `${lines(text)[0]}\n`,
      'summary.csv': (text) => `${lines(text).slice(0, 3).join('\n')}\n`,
      'timings.csv': (text) => text.replace('experiment', 'x'),
    },
    /\(it tells of 4 runs, and manifest\.json of 48\)/,
  );
  // The remedy.
  writeFileSync(join(results, 'summary.csv'), '');
  t.equal((await ds2p(words('sweep tiny.json --out undisturbed --no-report'), folder)).code, 0);
  t.equal((await ds2p(words('bundle undisturbed/tiny --out crate'), folder)).code, 0);
});

t.test('parts of a sweep and sweeps with failed runs are packed as they are', async (t) => {
  const folder = t.testdir({
    'bad.mjs': `export default { kind: 'offloading', name: 'bad', doc: 'it throws', source: 'a test',
  make: () => () => { throw new Error('it throws'); } };\n`,
  });
  writeSweep(folder, { axes: { 'policy.offloading': ['greedy-local', './bad.mjs'] }, replications: 2 });
  t.equal((await ds2p(words('sweep tiny.json --no-report'), folder)).code, 1);
  t.ok((await ds2p(words('sweep tiny.json --shard 2/2 --out parts'), folder)).code! < 2);
  for (const [results, crate] of [
    ['results/tiny', 'whole'],
    ['parts/tiny/shards/2-of-2', 'part'],
  ]) {
    const { code, stderr } = await ds2p(['bundle', results, '--out', crate], folder);
    t.equal(code, 0, stderr);
  }
});

t.test(
  'a bundle that is interrupted, or finds a full disk, leaves nothing and can be made again',
  async (t) => {
    const folder = t.testdir();
    await undisturbed(folder, { replications: 2 });
    const line = words('bundle undisturbed/tiny --out crate --zip');
    const { child, ended } = start(line, folder);
    const isAtWork = () => readdirSync(folder).some((name) => name.startsWith('crate'));
    while (!isAtWork() && child.exitCode === null) await sleep(1);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    t.equal(code, 130, stderr);
    t.match(stderr, /SIGINT: the crate is not written\.\n$/);
    t.strictSame(readdirSync(folder).sort(), ['tiny.json', 'undisturbed']);
    const again = await ds2p(line, folder);
    t.match(again, { code: 0, stdout: 'crate\ncrate.zip\n' }, again.stderr);
    t.strictSame(readdirSync(folder).sort(), ['crate', 'crate.zip', 'tiny.json', 'undisturbed']);
  },
);

t.test('a licence is one of SPDX, and an ORCID is one that can be', async (t) => {
  const folder = t.testdir();
  await undisturbed(folder, { axes: { 'policy.offloading': ['slo-aware'] }, replications: 1 });
  const bundle = (...options: string[]) => ds2p(['bundle', 'undisturbed/tiny', ...options], folder);
  const bad = await bundle(
    ...['--license', 'CC-BY-4', '--author', 'Ada 0000-0001-2345-6788', '--author', '0000-0001-2345-6789'],
    ...['--author', 'Ada 0000-0001-2345-678'],
  );
  t.equal(bad.code, 2);
  t.match(bad.stderr.trim().split('\n'), [
    /^--license: "CC-BY-4" is not an SPDX identifier\. Did you mean "CC-BY-4\.0"\? Give one of https/,
    /^--author: "Ada 0000-0001-2345-6788" has an ORCID whose last digit does not fit the others\./,
    /^--author: "0000-0001-2345-6789" is not a name with an ORCID behind it\./,
    /^--author: "Ada 0000-0001-2345-678" is not a name with an ORCID behind it\./,
  ]);
  const good = await bundle('--license', 'cc0-1.0', '--author', 'Stephen Hawking 0000-0002-9079-593x');
  t.equal(good.code, 0, good.stderr);
  const graph = graphOf(join(folder, 'undisturbed/tiny-crate'));
  t.ok(graph.has('https://orcid.org/0000-0002-9079-593X'));
  t.strictSame(ids(graph.get('./')!.license), ['https://spdx.org/licenses/CC0-1.0']);
});

t.test('what cannot be bundled is told, and nothing is written', async (t) => {
  const folder = t.testdir();
  writeSweep(folder, { replications: 1 });
  mkdirSync(join(folder, 'full'));
  writeFileSync(join(folder, 'full/x'), '');
  const { code, stderr } = await ds2p(words('bundle none --out full --license a/b'), folder);
  t.equal(code, 2);
  t.match(stderr.trim().split('\n'), [
    /^--license: /,
    /^none: there is no manifest\.json/,
    /^--out: "full" is not empty/,
  ]);
  t.strictSame(readdirSync(folder).sort(), ['full', 'tiny.json']);
});
