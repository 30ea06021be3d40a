/** `ds2p explain`: the account of a request, for a reader and for a script. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { RequestAccount } from '../../core/index.js';
import { explainText } from '../../scripts/explain-text.js';
import { ds2p, ROOT } from './process.js';
import { words } from './sweeps.js';

const MINE = `export default {
  kind: 'offloading', name: 'mine', doc: 'the second edge node', source: 'me',
  make: () => () => 1,
};
`;
const EXPLAINED = MINE.replace(
  'make:',
  `explain: () => () => ({
    rule: 'All to one.', decision: 1, because: 'it is the one',
    candidates: [{ node: 1, values: [{ name: 'beauty', value: 7, unit: '-' }], admissible: true, reason: 'nice' }],
  }),
  make:`,
);

t.test('explain tells of a request from its arrival to its outcome, the same every time', async (t) => {
  const folder = t.testdir();
  const line =
    'run --duration 60 --set workload.load=1.5 --set migration.interval=10 --replications 2 --record';
  t.equal((await ds2p(words(line), folder)).code, 0);
  const explain = async (more: string) => ds2p(words(`explain ${more}`), folder);
  const { code, stdout, stderr } = await explain('--run 2 --request 9000');
  t.equal(code, 0, stderr);
  t.equal(stderr, '');
  t.match(
    stdout,
    /^Run 2 of results\/run: state-aware migration, slo-aware offloading, preset as-published,[\s\S]*?\sworkload\.load = 1\.5,\s[\s\S]*?slo\.tMax = 0\.1, migration\.interval = 10, seed 2\.\n/,
  );
  t.match(
    stdout,
    /\nRequest 9000 arrives at edge\d at \d+\.\d{4} s for the function f\d, whose data access may take T_max = 0\.1 s\.\n/,
  );
  t.match(
    stdout,
    /\n1\. At .* the policy slo-aware decides at edge\d\. The request has not been offloaded yet\.\n {4}Rule: /,
  );
  t.match(stdout, /\n {4}Choice: .*, since /);
  t.match(stdout, /\nOutcome: /);
  t.equal((await explain('results/run --run 2 --request 9000')).stdout, stdout);

  const account: RequestAccount & { run: number; seed: number } = JSON.parse(
    (await explain('--run 2 --request 9000 --json')).stdout,
  );
  t.match(account, { run: 2, seed: 2, request: 9000, offloading: 'slo-aware', knowledge_mode: 'true' });
  t.ok(account.steps[0].candidates!.length >= 2);

  t.match(await explain('--run 2 --request 999999'), {
    code: 2,
    stdout: '',
    stderr:
      /^--request: there is no request 999999 in run 2 of results\/run\. Its requests are 1 to \d+\.\n$/,
  });
  t.match(await explain('--run 3 --request 1'), {
    code: 2,
    stderr: /^--run: there is no run 3 .* runs 1 to 2/,
  });
  t.match(await explain('--run 0 --request x'), { code: 2, stderr: /^--request: "x" .*\n--run: "0" / });
  t.match(await explain(''), {
    code: 2,
    stderr:
      /^--request: the option is missing\..*\n--run: the option is missing, and results\/run has runs 1 to 2\./,
  });
});

t.test('the last request can be explained, and the ones of a run without requests cannot', async (t) => {
  const folder = t.testdir();
  await ds2p(words('run --duration 5 --record'), folder);
  const [, arrivals] = /^arrivals +(\d+)/m.exec((await ds2p(words('run --duration 5'), folder)).stdout)!;
  const { code, stdout } = await ds2p(words(`explain --request ${arrivals}`), folder);
  t.equal(code, 0, 'the only run need not be named');
  t.match(stdout, new RegExp(`Request ${arrivals} arrives`));
  await ds2p(words('run --duration 0.001 --set workload.load=0.001 --record --out none'), folder);
  const none = await ds2p(words('explain none/run --request 1'), folder);
  t.equal(none.code, 2);
  t.match(none.stderr, /No request arrives in it\./);
});

t.test('policies of users are explained by themselves, or by what they saw', async (t) => {
  const folder = t.testdir({ 'mine.js': MINE });
  const run =
    'run --duration 5 --offloading ./mine.js --set gossip.interval=2 --set knowledge.mode=estimated --record';
  const explain = async () => {
    t.equal((await ds2p(words(run), folder)).code, 0);
    return ds2p(words('explain --request 40'), folder);
  };
  const plain = await explain();
  t.match(plain.stdout, /The policy does not explain itself; it says of itself: the second edge node\./);
  t.match(plain.stdout, /> edge2 /);
  t.match(plain.stdout, /up to 2 s old \(gossip\.interval\)/);
  t.match(plain.stdout, /traced so far \(knowledge\.mode\)/);

  writeFileSync(join(folder, 'mine.js'), EXPLAINED);
  const own = (await explain()).stdout;
  t.match(own, /Rule: All to one\.\n/);
  t.match(own, /beauty +data access \(s\)/);
  t.match(own, /since it is the one\./);

  writeFileSync(join(folder, 'mine.js'), EXPLAINED.replace('decision: 1', 'decision: 3'));
  t.match((await explain()).stdout, /The policy's own explanation does not fit: it leads to edge4\./);

  writeFileSync(join(folder, 'mine.js'), EXPLAINED.replace("rule: 'All to one.'", 'rule: nothing'));
  const thrown = await explain();
  t.equal(thrown.code, 1);
  t.match(
    thrown.stderr,
    /policy "mine" at t = .* s, explain: ReferenceError: nothing is not defined \(mine\.js:4:/,
  );

  writeFileSync(join(folder, 'mine.js'), EXPLAINED.replace('values: [', 'value: ['));
  t.match(await explain(), {
    code: 1,
    stderr: /explain: TypeError: the explanation has no list of candidates/,
  });

  writeFileSync(join(folder, 'mine.js'), EXPLAINED.replace('explain: () => () => ({', 'explain: ({'));
  t.match(await ds2p(words(run), folder), {
    code: 2,
    stderr: /is not a function\. Write explain\(context\)/,
  });
});

t.test('without a folder explain takes results/run, else the only one that has runs', async (t) => {
  const folder = t.testdir({ results: {} });
  const explain = async () => ds2p(words('explain --run 1 --request 1'), folder);
  t.match(await explain(), {
    code: 2,
    stderr: /^folder: no folder is given, and none in "results" holds runs\. /,
  });
  await ds2p(words('run --duration 5 --migration none --record --out elsewhere'), folder);
  const put = (name: string) => {
    mkdirSync(join(folder, 'results', name));
    for (const file of ['runs.csv', 'manifest.json'])
      writeFileSync(join(folder, 'results', name, file), readFileSync(join(folder, 'elsewhere/run', file)));
  };
  put('b');
  t.match((await explain()).stdout, /^Run 1 of results\/b: no migration, slo-aware offloading, /);
  put('c');
  t.match(await explain(), {
    code: 2,
    stderr: /several in "results" hold runs: results\/b, results\/c\. Give one/,
  });
  put('run');
  t.match((await explain()).stdout, /^Run 1 of results\/run: /);
});

t.test('the explanation that docs/write-a-policy.md shows fits the policy that it shows', async (t) => {
  const page = readFileSync(join(ROOT, 'docs/write-a-policy.md'), 'utf8');
  const [policy, explanation] = [...page.matchAll(/^```ts[^\n]*\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  const folder = t.testdir({ 'my-idea.ts': policy.replace(/^ {2}make\(/m, `${explanation}  make(`) });
  const run = 'run --offloading ./my-idea.ts --duration 60 --set workload.load=1.5 --record';
  t.equal((await ds2p(words(run), folder)).code, 0);
  for (const request of [1, 5000, 9000, 14_000]) {
    const { stdout, stderr } = await ds2p(words(`explain --request ${request}`), folder);
    t.match(stdout, /Rule: Least completion time, with a part of memory/, stderr);
    t.notMatch(stdout, /does not fit/);
  }
});

t.test('an explanation fits the terminal, and no name of a node is ever cut', async (t) => {
  const folder = t.testdir();
  await ds2p(words('run --duration 60 --set workload.load=1.5 --offloading best-effort --record'), folder);
  const { stdout } = await ds2p(words('explain --request 9000 --json'), folder);
  const account: RequestAccount = JSON.parse(stdout);
  const names = account.steps.flatMap(({ candidates = [] }) => candidates.map(({ node }) => node));
  t.ok(names.length >= 10);
  const { columns } = process.stdout;
  t.teardown(() => {
    process.stdout.columns = columns;
  });
  for (const width of [150, 120, 100, 80, 60]) {
    process.stdout.columns = width;
    const lines = explainText('Run 1.', account).split('\n');
    t.strictSame(
      lines.filter((line) => line.length > width || line.includes('…')),
      [],
      `${width} columns`,
    );
    for (const name of names)
      t.ok(
        lines.some((line) => new RegExp(`^ {4}[> ] ${name}( |$)`).test(line)),
        `${name} at ${width}`,
      );
  }
});
