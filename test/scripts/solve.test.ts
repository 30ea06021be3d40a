import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { HEURISTICS } from '../../core/placement/heuristics/index.js';
import { EXACT_SOLVERS } from '../../core/placement/solvers/index.js';
import { ds2p, ROOT, start } from './process.js';

const EXAMPLE = join(ROOT, 'docs', 'placement-example.json');
const folder = t.testdir();
// Many processes, each of which loads the solvers: slow where the machine is busy.
t.setTimeout(120_000);
const example = () => JSON.parse(readFileSync(EXAMPLE, 'utf8'));

function fileWith(name: string, changes: Record<string, unknown>): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ ...example(), ...changes }));
  return path;
}

t.test('solve prints status, objective, bound, placement, time, sizes and solver', async (t) => {
  const { code, stdout } = await ds2p(['solve', EXAMPLE, '--formulation', 'as-written', '--json'], folder);
  t.equal(code, 0);
  const answer = JSON.parse(stdout);
  t.match(answer, { status: 'optimal', formulation: 'as-written', gap: 0, stayed: false });
  t.equal(answer.objective, answer.bound);
  t.equal(answer.placement.length, 3);
  t.ok(answer.ms > 0);
  // x: 9, y: 27, delta_f: 2, z and delta_fk: 12.
  t.equal(answer.sizes.variables, 50);
  t.ok(answer.sizes.variablesReduced < 50);
  const text = await ds2p(['solve', EXAMPLE], folder);
  t.equal(text.code, 0);
  for (const part of [
    /status +optimal \(proven\)/,
    /formulation +sound/,
    /objective +\d/,
    /placement +\d of 3/,
  ])
    t.match(text.stdout, part);
});

t.test('the printed formulation with all its variables has the optimum of the reduced one', async (t) => {
  const words = ['solve', EXAMPLE, '--formulation', 'as-written', '--solver', 'highs', '--json'];
  const reduced = JSON.parse((await ds2p(words, folder)).stdout);
  const printed = JSON.parse((await ds2p([...words, '--no-reduce'], folder)).stdout);
  t.ok(Math.abs(reduced.objective - printed.objective) < 1e-9);
  t.equal(printed.sizes.variablesReduced, 50);
});

t.test('solve --compare shows every solver and heuristic with its gap to the best bound', async (t) => {
  const { code, stdout } = await ds2p(['solve', EXAMPLE, '--compare', '--json'], folder);
  t.equal(code, 0);
  const rows = JSON.parse(stdout);
  const names = [...EXACT_SOLVERS, ...HEURISTICS].map(({ name }) => name);
  t.same(
    rows.slice(1).map(({ solver }: { solver: string }) => solver),
    names,
  );
  t.match(rows[0].solver, /^auto: /);
  const optimum = rows[0].objective;
  for (const row of rows) {
    t.ok(row.objective >= optimum - 1e-9, `${row.solver} is not better than the optimum`);
    t.ok(row.gap >= 0 && row.bound <= optimum + 1e-9, `${row.solver} has an honest bound`);
  }
  const table = await ds2p(['solve', EXAMPLE, '--compare'], folder);
  t.match(table.stdout, /^solver +objective +its bound +gap +ms +status\n/);
});

t.test('an infeasible problem is an answer, not an error', async (t) => {
  const path = fileWith('full.json', { cap: [0, 0, 1000] });
  const { code, stdout, stderr } = await ds2p(['solve', path, '--json'], folder);
  t.equal(code, 0, stderr);
  t.match(JSON.parse(stdout), { status: 'infeasible', objective: null, placement: null, bound: null });
  t.match((await ds2p(['solve', path], folder)).stdout, /status +infeasible \(no placement meets/);
});

t.test('a malformed file ends with code 2, every problem on a line of stderr', async (t) => {
  const path = fileWith('wrong.json', { wp: 2, size: [1, -1, 'x'], colour: 'red' });
  const { code, stdout, stderr } = await ds2p(['solve', path, '--solver', 'glkp'], folder);
  t.equal(code, 2);
  t.equal(stdout, '');
  for (const part of [
    /--solver: "glkp" is not a solver\. Did you mean "glpk"\?/,
    /colour: "colour" is not a field here/,
    /size\[1\]: -1 is out of range/,
    /size\[2\]: "x" is not a number/,
    /wp: 2 is out of range/,
  ])
    t.match(stderr, part);
});

t.test('options that make no sense end with code 2', async (t) => {
  const cases = [
    [[], /file: the argument is missing/],
    [[join(folder, 'none.json')], /cannot be read \(ENOENT\)/],
    [[EXAMPLE, '--formulation', 'as-writen'], /Did you mean "as-written"\?/],
    [[EXAMPLE, '--time-limit', '0'], /--time-limit: "0" is not a time in seconds/],
    [[EXAMPLE, '--compare', '--solver', 'glpk'], /--compare: it runs every solver/],
  ] as const;
  const all = await Promise.all(cases.map(([words]) => ds2p(['solve', ...words], folder)));
  all.forEach(({ code, stderr }, i) => {
    t.equal(code, 2, cases[i][0].join(' '));
    t.match(stderr, cases[i][1]);
  });
});

/** Keys of `largeFile()`. */
const K = 60;

/** A problem of some 16 000 printed variables, for which GLPK needs minutes. */
function largeFile(): string {
  const [N, F] = [15, 12];
  const latency = Array.from({ length: N }, (_, i) =>
    Array.from({ length: N }, (_, j) => (i === j ? 0 : 0.01 + ((i * j * 7) % 13) / 500)),
  );
  return fileWith('large.json', {
    N,
    F,
    K,
    nodes: Array(N).fill('edge'),
    latency,
    bandwidth: Array(N).fill(Array(N).fill(1e7)),
    size: Array.from({ length: K }, (_, k) => 1e5 + 7919 * ((k * 31) % 97)),
    access: Array.from({ length: F * 8 }, (_, u) => [u % F, (u * 5 + Math.floor(u / F)) % K, 1]).filter(
      ([f, k], i, all) => all.findIndex(([g, l]) => g === f && l === k) === i,
    ),
    share: Array.from({ length: F }, (_, f) => Array.from({ length: N }, (_, i) => (i === f ? 1 : 0))),
    Tmax: Array(F).fill(0.05),
    rho: Array(F).fill(1),
    loc: Array(K).fill(N - 1),
    cap: [...Array(N - 1).fill(9e5), 1e9],
  });
}

t.test('a solver that does not return is ended at its limit, and the keys stay', async (t) => {
  const path = largeFile();
  const words = ['solve', path, '--formulation', 'as-written', '--solver', 'glpk', '--no-reduce'];
  const { code, stdout } = await ds2p([...words, '--time-limit', '0.3', '--json'], folder);
  t.equal(code, 0);
  const answer = JSON.parse(stdout);
  t.equal(answer.status, 'limit');
  t.equal(answer.placement.length, K);
});

t.test('Ctrl-C ends a comparison of solvers with code 130, and shows those that have ended', async (t) => {
  const limit = ['--no-reduce', '--time-limit', '3600'];
  const words = ['solve', largeFile(), '--compare', '--formulation', 'as-written', ...limit, '--json'];
  const { child, ended } = start(words, folder);
  child.stderr!.on('data', (data) => {
    if (String(data).includes('glpk ...')) child.kill('SIGINT');
  });
  const { code, stdout, stderr } = await ended;
  t.equal(code, 130, stderr);
  t.match(JSON.parse(stdout), [{ solver: /^auto: /, status: 'optimal', gap: 0 }]);
  t.match(stderr, /^Interrupted: 1 of \d+ solvers have ended\.$/m);
});

t.test('the help of solve teaches by examples', async (t) => {
  const { code, stdout } = await ds2p(['solve', '--help'], folder);
  t.equal(code, 0);
  t.match(stdout, /ds2p solve problem\.json --compare/);
  t.match(stdout, /as-written, no-slack, per-function, sound/);
});
