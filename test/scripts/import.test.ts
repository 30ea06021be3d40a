import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { simulate } from '../../core/index.js';
import { resolveConfiguration } from '../../experiments/harness/configuration.js';
import { readScenario } from '../../experiments/harness/scenario-file.js';
import { FUNCTIONS, LATENCY, TRACE } from '../experiments/scenario-fixtures.js';
import { PLAIN_ENVIRONMENT } from './process.js';

const program = fileURLToPath(new URL('../../scripts/ds2p.js', import.meta.url));
const ds2p = (...words: string[]) =>
  spawnSync(process.execPath, [program, ...words], { encoding: 'utf8', env: PLAIN_ENVIRONMENT });

function inputs(t: Test): { folder: string; options: string[] } {
  const folder = t.testdir({ 'trace.csv': TRACE, 'functions.csv': FUNCTIONS, 'latency.csv': LATENCY });
  const options = ['trace', 'functions', 'latency'].flatMap((role) => [
    `--${role}`,
    join(folder, `${role}.csv`),
  ]);
  return { folder, options };
}

t.test('what is imported is read back and can be simulated', async (t) => {
  const { folder, options } = inputs(t);
  const out = join(folder, 'out');
  const { status, stdout, stderr } = ds2p('import', ...options, '--out', out, '--name', 'four regions');
  t.equal(status, 0, stderr);
  t.equal(stdout, `${join(out, 'scenario.json')}\n`);
  t.match(stderr, /2 edge: A, D\n {2}1 cloud: B\n {2}1 store: C\n {2}2 functions\n {2}3 invocations/);
  t.same(readdirSync(out).sort(), ['arrivals.csv', 'scenario.json']);

  const scenario = readScenario(join(out, 'scenario.json'));
  t.equal(scenario.name, 'four regions');
  t.same(scenario.latency_ms?.[0], [0, 45, 11, 25]);
  t.match(scenario.functions, [{ name: 'alpha' }, { name: 'beta', memory_mb: 16 }]);
  t.same(scenario.trace?.time_s, Float64Array.from([0.005, 0.007, 0.007]));
  t.same(scenario.trace?.function, Int32Array.from([1, 0, 1]));

  const { parameters } = resolveConfiguration({ settings: ['policy.migration=none'] });
  const { metrics } = simulate({ parameters, seed: 1, scenario });
  t.equal(metrics.arrivals, 3);
  t.equal(metrics.completions + metrics.rejected, 3);
});

t.test('a matrix has one line a row in the file, as a person would write it', async (t) => {
  const { folder, options } = inputs(t);
  ds2p('import', ...options, '--out', join(folder, 'out'));
  const lines = readFileSync(join(folder, 'out', 'scenario.json'), 'utf8').split('\n');
  t.ok(lines.includes('    [ 0, 45, 11, 25 ],'));
  t.ok(lines.includes('    { "name": "A", "kind": "edge" },'));
});

t.test('bad input ends with exit code 2, every problem on stderr, and nothing written', async (t) => {
  const { folder, options } = inputs(t);
  const out = join(folder, 'out');
  const { status, stdout, stderr } = ds2p(
    ...['import', ...options, '--out', out, '--store', 'E', '--max-cold-start', '-1', '--colunm', 'x=y'],
  );
  t.equal(status, 2);
  t.equal(stdout, '');
  t.match(stderr, /--colunm: there is no such option here\. Did you mean "--column"/);
  t.match(stderr, /--max-cold-start: "-1" is not a number >= 0/);
  t.match(stderr, /--store: "E" is not a region/);
  t.notOk(existsSync(out));
});

t.test('an import says what it lacks', async (t) => {
  const { status, stderr } = ds2p('import', '--edge', '3');
  t.equal(status, 2);
  t.match(stderr, /import: there is nothing to import/);
  t.match(stderr, /--edge: there are no regions to choose from/);
  t.match(stderr, /--out: the option is missing/);
});

t.test('a scenario that is there is replaced only by force', async (t) => {
  const { folder, options } = inputs(t);
  const words = ['import', ...options, '--out', join(folder, 'out')];
  t.equal(ds2p(...words).status, 0);
  const again = ds2p(...words, '--name', 'other');
  t.equal(again.status, 2);
  t.match(again.stderr, /there is a scenario in ".*" already.*--force/);
  t.equal(ds2p(...words, '--name', 'other', '--force').status, 0);
  t.equal(readScenario(join(folder, 'out', 'scenario.json')).name, 'other');
});

const data = resolve('../shared/data');
const files = ['iluvatar/trace.csv', 'iluvatar/metadata-trace.csv', 'latency/azure_rtt_p95_23regions.csv'];
const [trace, functions, latency] = files.map((file) => join(data, file));
const absent = files.some((file) => !existsSync(join(data, file)));
const skip = absent && 'the real input data are not committed, and there are none beside the repository';

t.test('the real input becomes 11 868 invocations of 21 functions over 23 regions', { skip }, async (t) => {
  const out = join(t.testdir({}), 'real');
  const { status, stderr } = ds2p(
    ...['import', '--trace', trace, '--functions', functions, '--latency', latency, '--out', out],
  );
  t.equal(status, 0, stderr);
  const {
    nodes = [],
    functions: list = [],
    latency_ms = [],
    trace: arrivals,
  } = readScenario(join(out, 'scenario.json'));
  t.equal(arrivals?.time_s.length, 11_868);
  t.equal(arrivals?.time_s.at(-1), 299.973);
  t.equal(list.length, 21);
  t.same(list[0], { name: '4137b8c22f', memory_mb: 94, warm_duration_s: 0.023, cold_start_s: 10.649 });
  t.equal(nodes.length, 23);
  const names = (kind: string) => nodes.filter((node) => node.kind === kind).map(({ name }) => name);
  t.same(names('store'), ['UK South']);
  t.same(names('cloud'), [
    'Belgium Central',
    'France Central',
    'Germany West Central',
    'North Europe',
    'West Europe',
  ]);
  t.equal(names('edge').length, 17);
  // West US 2 to Sweden Central takes 165 ms and back 165; Southeast Asia to Sweden Central 256 and back 206.
  const between = (from: string, to: string) => {
    const [i, j] = [from, to].map((region) => nodes.findIndex(({ name }) => name === region));
    return [latency_ms[i][j], latency_ms[j][i]];
  };
  t.same(between('West US 2', 'Sweden Central'), [82.5, 82.5]);
  t.same(between('Southeast Asia', 'Sweden Central'), [115.5, 115.5]);
});
