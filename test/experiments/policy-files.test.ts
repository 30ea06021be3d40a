import { join } from 'node:path';
import t, { type Test } from 'tap';
import { presetParameters, simulate } from '../../core/index.js';
import { resolveConfiguration } from '../../experiments/harness/configuration.js';
import type { InputError } from '../../experiments/harness/errors.js';
import { expandExperiment } from '../../experiments/harness/expand.js';
import { loadPolicyFiles } from '../../experiments/harness/policy-files.js';
import { parsePair } from '../../experiments/harness/policy-pairs.js';
import {
  checkReference,
  findPolicy,
  policiesFromFiles,
  policyCodeOf,
  withSettings,
} from '../../experiments/harness/policy-registry.js';
import { runPool } from '../../experiments/harness/pool.js';
import type { Outcome } from '../../experiments/harness/worker.js';

const HEAD = `import { type OffloadingPolicy, REJECT } from 'ds2p-bench';
import { first } from './helper.ts';
`;
/** A policy; \`fields\` and \`decision\` are put into its text. */
const text = (fields = '', decision = 'view.canRun(node, f) ? node : REJECT') => `${HEAD}
const policy: OffloadingPolicy<{ alpha: number; beta: readonly number[] }> = {
  kind: 'offloading',
  name: 'mine',
  doc: 'a policy of a test',
  source: 'test',
  parameters: {
    alpha: { unit: 's', kind: { type: 'number', min: 0, max: 1 }, default: 0.5, doc: 'a number' },
    beta: { unit: '-', kind: { type: 'numbers', minLength: 1 }, default: [1, 2], doc: 'a list' },
  },
  ${fields}
  make({ view, own }) {
    return ({ node, function: f }) =>
      first(${decision});
  },
};
export default policy;
`;
const HELPER = 'export const first = (x: number): number => x;\n';

/** A folder with the files, the policy under `mine.ts`. */
function fileOf(t: Test, content: string, name = 'mine.ts'): string {
  return join(t.testdir({ [name]: content, 'helper.ts': HELPER }), name);
}

/** The messages of a file that is no policy. */
async function messages(t: Test, content: string, name?: string): Promise<string[]> {
  const path = fileOf(t, content, name);
  await loadPolicyFiles([path]);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return checkReference('offloading', path, '--offloading').map((problem) =>
    `${problem.path}: ${problem.fact} ${problem.remedy}`
      .replaceAll(folder, '')
      .replace(/^\S*\/(mine|helper)/, '$1'),
  );
}

t.test('a TypeScript file with its own parameters and a helper is a policy', async (t) => {
  const path = fileOf(t, text());
  await loadPolicyFiles([path]);
  t.strictSame(checkReference('offloading', path, 'x'), []);
  t.match(findPolicy('offloading', path), { name: 'mine', doc: 'a policy of a test' });
  const parameters = presetParameters('as-published', { offloading: path, migration: 'none', duration: 20 });
  const { metrics } = simulate({ parameters, seed: 1 }, policiesFromFiles(parameters));
  t.ok(metrics.completions > 0);
});

t.test('a JavaScript file with a named export is a policy too, CommonJS included', async (t) => {
  const object = `{ kind: 'migration', name: 'mine', doc: 'd', source: 's', make: () => () => ({ moves: [] }) }`;
  for (const [name, content] of [
    ['mine.js', `export const policy = ${object};`],
    ['mine.mjs', `export default ${object};`],
    ['mine.cjs', `module.exports = ${object};`],
  ]) {
    const path = fileOf(t, content, name);
    await loadPolicyFiles([path]);
    t.strictSame(checkReference('migration', path, 'x'), [], name);
  }
});

t.test('a mistake in a file is told with its line', async (t) => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      'syntax',
      text('', 'view.(node)'),
      /^mine\.ts:16:18: Expected identifier but found "\(", in: first\(view\.\(node\)\);\. Mend/,
    ],
    [
      'import',
      text().replace('./helper.ts', './hepler.ts'),
      /^mine\.ts:2:23: Could not resolve "\.\/hepler\.ts"/,
    ],
    [
      'missing field',
      text().replace(/ {2}doc: 'a policy.*\n/, ''),
      /^mine\.ts:\d+: the policy lacks "doc"\. A policy has name,/,
    ],
    [
      'misspelt field',
      text("reeds: ['slo.tMax'],"),
      /^mine\.ts:13: "reeds" is not a field of a policy\. Did you mean "reads"\?/,
    ],
    [
      'kind',
      text().replace("'offloading'", "'ofloading'"),
      /^mine\.ts:5: "ofloading" is not a kind of policy\. Did you mean "offloading"\?/,
    ],
    [
      'name',
      text().replace("'mine'", "'My Idea'"),
      /^mine\.ts:6: "My Idea" is not a name of a policy\. Write lower case/,
    ],
    [
      'taken name',
      text().replace("'mine'", "'skippy'"),
      /^mine\.ts:6: "skippy" is the name of a policy of the product\./,
    ],
    [
      'name of a group',
      text().replace("'mine'", "'slo'"),
      /^mine\.ts:6: "slo" is the name of a group of parameters\./,
    ],
    [
      'default out of range',
      text().replace('default: 0.5', 'default: 5'),
      /^mine\.ts:10: default: 5 is out of range\. Give a number 0 to 1, in s\./,
    ],
    [
      'kind of a parameter',
      text().replace("'numbers', minLength: 1", "'nmbers'"),
      /^mine\.ts:11: kind of beta: "nmbers" is no type of a parameter\./,
    ],
    [
      'row of a parameter',
      text().replace("unit: 's', ", ''),
      /^mine\.ts:10: the parameter alpha lacks "unit"\./,
    ],
    [
      'throws',
      text().replace('export default', 'const x = (undefined as any).y;\nexport default'),
      /^mine\.ts:19:\d+: TypeError: Cannot read properties of undefined \(reading 'y'\)\. Mend/,
    ],
    [
      'throws elsewhere',
      `${text()}`.replace(
        "first } from './helper.ts'",
        "first } from './helper.ts'; throw new RangeError('no')",
      ),
      /^mine\.ts:2:\d+: RangeError: no\./,
    ],
    ['no policy', 'export const x = 1;', /^mine\.ts:1: the file exports no policy\. Export one object/],
    [
      'two policies',
      `export const a = { kind: 'x' }, b = { make: 1 };`,
      /^mine\.ts:1: the file exports 2 policies\./,
    ],
    ['not an object', 'export default 7;', /^mine\.ts:1: the export is 7, not a policy\./],
    ['make', text().replace(/make\([\s\S]*?\n {2}\},/, 'make: 7,'), /^mine\.ts:14: 7 is not a function\./],
  ];
  for (const [what, content, expected] of cases) {
    const found = await messages(t, content);
    t.equal(found.length, 1, `${what}: ${found.join(' | ')}`);
    t.match(found[0], expected, what);
  }
});

t.test('all problems of a file are told at once', async (t) => {
  const found = await messages(t, text().replace("'offloading'", "'x'").replace("'mine'", "'X'"));
  t.equal(found.length, 2);
});

t.test('a file that is not there, a folder, and a policy of the other kind are refused', async (t) => {
  const folder = t.testdir({ inner: {}, 'mine.ts': text(), 'helper.ts': HELPER });
  const paths = ['none.ts', 'inner/', 'mine.ts'].map((name) => join(folder, name));
  await loadPolicyFiles(paths);
  const [none, inner, mine] = paths.map((path) => checkReference('migration', path, '--migration'));
  t.match(none[0].fact, 'there is no such policy file.');
  t.match(inner[0].fact, 'this is not a file.');
  t.match(mine[0].fact, /holds the offloading policy "mine", not a migration policy/);
  t.match(mine[0].remedy, '--offloading');
});

t.test("a policy's own parameters are set by name, in a reference, and checked", async (t) => {
  const path = fileOf(t, text());
  await loadPolicyFiles([path]);
  const offloading = (...settings: string[]) =>
    resolveConfiguration({ flags: { offloading: [path] }, settings }).parameters.offloading;
  t.equal(offloading(), path);
  t.equal(offloading('mine.alpha=0.25'), `${path}:alpha=0.25`);
  t.equal(
    offloading('mine.beta=3,4', 'mine.alpha=1'),
    `${path}:alpha=1:beta=3,4`,
    'in the order of the table',
  );
  t.equal(offloading('mine.alpha=0.50'), path, 'a default goes without saying');
  const fails = (settings: string[], reference: string, expected: RegExp) => {
    try {
      resolveConfiguration({ flags: { offloading: [reference] }, settings });
      t.fail(`${settings} ${reference}`);
    } catch (error) {
      t.match((error as InputError).message, expected);
    }
  };
  fails(
    ['mine.alhpa=0.1'],
    path,
    /^--set mine\.alhpa: "alhpa" is not a parameter of mine\. Did you mean "alpha"\?/,
  );
  fails(['mine.alpha=7'], path, /^--set mine\.alpha: 7 is out of range\. Give a number 0 to 1, in s\.$/);
  fails(['mine.alpha=7'], 'slo-aware', /out of range/);
  fails(['mine.alpha=0.7'], 'slo-aware', /"0\.7" has no effect, since no run uses the policy "mine"/);
  fails([], `${path}:alpha=x`, /--offloading: mine\.alpha: "x" is not a number/);
  fails(['slo-aware.alpha=1'], path, /"alpha" is not a parameter of slo-aware, which has none of its own/);
  fails([], 'skippy:dataWeigt=1', /"dataWeigt" is not a parameter of skippy\. Did you mean "dataWeight"\?/);
  t.equal(
    withSettings('offloading', 'skippy:dataWeight=2', new Map([['skippy', new Map([['dataWeight', '3']])]])),
    'skippy:dataWeight=3',
  );
});

t.test('a configuration file names policies and their parameters as well', async (t) => {
  const path = fileOf(t, text());
  await loadPolicyFiles([path]);
  const content = { policy: { offloading: path }, 'mine.alpha': 0.75, 'mine.beta': [5] };
  t.equal(
    resolveConfiguration({ file: { path: 'c.json', content } }).parameters.offloading,
    `${path}:alpha=0.75:beta=5`,
  );
});

t.test('an experiment takes files and settings in its axes', async (t) => {
  const path = fileOf(t, text());
  await loadPolicyFiles([path]);
  const runs = expandExperiment(
    {
      name: 'x',
      title: 'x',
      question: 'x',
      section: '-',
      presets: ['as-published'],
      axes: { 'policy.offloading': [path, `${path}:alpha=0.25`, 'skippy:prefer=cloud', 'skippy'] },
      replications: 1,
      duration: 5,
    },
    {
      seed: 1,
      overrides: { parameters: {}, policySettings: new Map([['skippy', new Map([['prefer', 'cloud']])]]) },
    },
  );
  t.strictSame(
    runs.map(({ parameters }) => parameters.offloading),
    [path, `${path}:alpha=0.25`, 'skippy:prefer=cloud'],
    'what settings have made equal is visited once',
  );
});

/** Outcomes of a run in a worker thread. */
async function inWorker(offloading: string): Promise<Outcome> {
  const runs = expandExperiment(
    {
      name: 'x',
      title: 'x',
      question: 'x',
      section: '-',
      presets: ['as-published'],
      replications: 1,
      duration: 5,
    },
    { seed: 1, overrides: { parameters: { offloading, migration: 'none' } } },
  );
  let found: Outcome = { error: 'none' };
  await runPool(runs, {
    threads: 1,
    cost: 0,
    onOutcome: (_, outcome) => {
      found = outcome;
    },
  });
  return found;
}

t.test(
  'workers run the file, and what it throws or decides wrongly names policy, time, request, reason and line',
  async (t) => {
    const run = async (decision: string) => {
      const path = fileOf(t, text('', decision));
      await loadPolicyFiles([path]);
      return inWorker(path);
    };
    t.ok('metrics' in (await run('node')));
    const thrown = await run('view.now > 1 ? (undefined as any).x : node');
    t.match(thrown, {
      error:
        /^policy "mine" at t = 1\.\d+ s, request of function \d at node \d after 0 offloads: TypeError: .*'x'\) \(.*mine\.ts:16:\d+\)$/,
    });
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['99', /^policy "mine" at t = [\d.e-]+ s, request 1: 99 is no node; nodes are 0 to 10$/],
      ['view.store', /request 1: node 10 runs no functions$/],
      ['NaN', /request 1: NaN is no node/],
      ['undefined as any', /request 1: undefined is no node/],
      ['String(node) as any', /request 1: \d is no node/],
      ['0.5', /request 1: 0\.5 is no node/],
    ];
    for (const [decision, expected] of wrong) t.match(await run(decision), { error: expected }, decision);
  },
);

t.test('a policy cannot change the simulation', async (t) => {
  const decision = `((view as any).pool === undefined && (view as any).proxy === undefined &&
    !Object.keys(view).length && (() => { try { (view as any).now = 7; return false; } catch { return true; } })()) ? node : 99`;
  const path = fileOf(t, text('', decision));
  await loadPolicyFiles([path]);
  t.ok('metrics' in (await inWorker(path)));
  const frozen = fileOf(
    t,
    text().replace(
      'make({ view, own }) {',
      'make({ view, own, parameters }) { (parameters as any).penalty = 7;',
    ),
  );
  await loadPolicyFiles([frozen]);
  t.match(await inWorker(frozen), {
    error: /^policy "mine" at t = 0 s, make: TypeError: Cannot assign to read only/,
  });
});

t.test('the hash of a file changes with it and with what it imports', async (t) => {
  const folder = t.testdir({ 'mine.ts': text(), 'helper.ts': HELPER });
  const path = join(folder, 'mine.ts');
  const hash = async () => {
    await loadPolicyFiles([path]);
    return policyCodeOf([path])[0].hash;
  };
  const first = await hash();
  t.equal(await hash(), first);
  t.testdir({ 'mine.ts': text(), 'helper.ts': HELPER.replace('=> x', '=> x + 0') });
  t.not(await hash(), first);
});

t.test(
  'a pair is a migration and an offloading policy around a "+", which paths may hold as well',
  async (t) => {
    const path = join(t.testdir({ 'a+b': { 'mine.ts': text(), 'helper.ts': HELPER } }), 'a+b/mine.ts');
    await loadPolicyFiles([path]);
    const parse = (given: string) => {
      const problems: { fact: string; remedy: string }[] = [];
      return { pair: parsePair(given, '--candidate', problems as never), problems };
    };
    t.match(parse(`state-aware+${path}`).pair, { migration: 'state-aware', offloading: path });
    t.match(parse('spring:dimensions=2+skippy').pair, {
      migration: 'spring:dimensions=2',
      offloading: 'skippy',
    });
    t.match(parse('slo-aware+state-aware').problems, [
      { remedy: 'The migration policy comes first: state-aware+slo-aware.' },
    ]);
    t.match(parse('state-aware').problems, [{ fact: '"state-aware" is not a pair of policies.' }]);
    t.match(parse('state-awre+slo-aware').problems, [{ remedy: /^Did you mean "state-aware"\?/ }]);
    t.match(parse('x+y').problems, [{}, {}]);
  },
);
