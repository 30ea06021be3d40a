import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t, { type Test } from 'tap';
import { InputError } from '../../experiments/harness/errors.js';
import { readScenario } from '../../experiments/harness/scenario-file.js';
import { ARRIVALS, WHOLE } from './scenario-fixtures.js';

function write(t: Test, scenario: unknown, arrivals = ARRIVALS): string {
  const text = typeof scenario === 'string' ? scenario : JSON.stringify(scenario);
  return join(t.testdir({ 'scenario.json': text, 'arrivals.csv': arrivals }), 'scenario.json');
}

/** The problems of a scenario as "path: fact remedy", without the folder. */
function problemsOf(t: Test, scenario: unknown, arrivals?: string): readonly string[] {
  const path = write(t, scenario, arrivals);
  try {
    readScenario(path);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ path: where, fact, remedy }) =>
      `${where}: ${fact} ${remedy}`.replaceAll(join(path, '..', '/'), ''),
    );
  }
}

/** A deep copy of WHOLE with the field at a path such as "nodes.0.kind" set; undefined removes it. */
function changed(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(WHOLE);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce(
    (at, step) => at[step] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  parent[last] = value;
  return copy;
}

t.test('a whole scenario is read as it is, with its arrivals as typed arrays in seconds', async (t) => {
  const { arrivals: _arrivals, provenance: _provenance, ...parts } = WHOLE;
  const { trace, ...read } = readScenario(write(t, WHOLE));
  t.same(read, parts);
  t.same(trace?.time_s, Float64Array.from([0, 0.0125, 0.0125]));
  t.same(trace?.function, Int32Array.from([0, 1, 0]));
  t.same(trace?.node, Int32Array.from([0, 0, 0]));
});

t.test('the example of docs/scenarios.md is a scenario', async (t) => {
  const page = readFileSync(resolve('docs/scenarios.md'), 'utf8');
  const block = (language: string) => page.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';
  const { nodes, trace } = readScenario(write(t, block('json'), block('csv')));
  t.equal(nodes?.length, 3);
  t.same(trace?.time_s, Float64Array.from([0, 0.4125]));
});

t.test('every part may be left out, and a trace may leave out nodes', async (t) => {
  t.same(readScenario(write(t, {})), {});
  const { functions, arrivals } = WHOLE;
  const bare = functions.map(({ name, memory_mb, warm_duration_s, cold_start_s }) => ({
    name,
    memory_mb,
    warm_duration_s,
    cold_start_s,
  }));
  const { trace } = readScenario(write(t, { functions: bare, arrivals }, 'time_ms,function\n3,notify\n'));
  t.equal(trace?.node, undefined);
  t.same(trace?.function, Int32Array.from([1]));
});

t.test('a key may start in the data store that is added where none is listed', async (t) => {
  const nodes = WHOLE.nodes.slice(0, 2);
  t.same(problemsOf(t, { nodes, keys: [{ name: 'k', node: 'store' }] }), []);
  t.match(problemsOf(t, { nodes: [...nodes, { name: 'store', kind: 'cloud' }] }), [
    /nodes\[2\]\.name: "store" is the name of the data store that is added/,
  ]);
});

const CASES: readonly (readonly [title: string, path: string, value: unknown, problem: RegExp])[] = [
  [
    'an unknown field names the one meant',
    'node',
    [],
    /^scenario\.json: node: "node" is not a field.*mean "nodes"/,
  ],
  [
    'a field without its unit names the one meant',
    'functions.1.memory',
    64,
    /functions\[1\]\.memory: .*"memory_mb"/,
  ],
  [
    'a missing field is named',
    'functions.1.cold_start_s',
    undefined,
    /functions\[1\]\.cold_start_s: the field is missing/,
  ],
  ['a list has to be a list', 'nodes', 'Rome', /nodes: "Rome" is not a list/],
  ['an empty list is refused', 'keys', [], /keys: the list is empty.*generated/],
  ['an entry has to be an object', 'nodes.0', 'Rome', /nodes\[0\]: "Rome" is not an object/],
  ['a name has to be a text', 'name', 7, /name: 7 is not a name/],
  [
    'a number has to be a number',
    'nodes.0.memory_mb',
    '2048',
    /nodes\[0\]\.memory_mb: "2048" is not a number.*>= 0, in MB/,
  ],
  [
    'a negative number is out of range',
    'functions.0.cold_start_s',
    -1,
    /functions\[0\]\.cold_start_s: -1 is out of range/,
  ],
  [
    'a warm duration of 0 is out of range',
    'functions.0.warm_duration_s',
    0,
    /warm_duration_s: 0 is out of range.*> 0, in s/,
  ],
  ['a rate of 0 is out of range', 'functions.0.rate_per_s', 0, /rate_per_s: 0 is out of range/],
  ['a T_max of 0 is out of range', 'functions.0.t_max_s', 0, /t_max_s: 0 is out of range/],
  ['a speed-up of 0 is out of range', 'nodes.0.speedup', 0, /speedup: 0 is out of range/],
  ['a size of 0 is out of range', 'keys.1.size_bytes', 0, /keys\[1\]\.size_bytes: 0 is out of range.*bytes/],
  [
    'a probability above 1 is out of range',
    'functions.0.keys.0.probability',
    1.5,
    /keys\[0\]\.probability: 1\.5 is out of range.*<= 1/,
  ],
  [
    'a kind of node is known',
    'nodes.0.kind',
    'egde',
    /nodes\[0\]\.kind: "egde" is not a kind of node\. Did you mean "edge"/,
  ],
  [
    'names of nodes differ',
    'nodes.1.name',
    'Rome',
    /nodes\[1\]\.name: "Rome" is also the name of nodes\[0\]/,
  ],
  ['names of functions differ', 'functions.1.name', 'resize', /functions\[1\]\.name: "resize" is also/],
  ['names of keys differ', 'keys.1.name', 'photo', /keys\[1\]\.name: "photo" is also/],
  [
    'a function refers to a key once',
    'functions.0.keys.1.key',
    'photo',
    /functions\[0\]\.keys\[1\]\.key: "photo" is also/,
  ],
  [
    'a function refers to known keys',
    'functions.0.keys.0.key',
    'foto',
    /keys\[0\]\.key: "foto" is not the name of a key\. Did you mean "photo"/,
  ],
  [
    'a key starts at a known node',
    'keys.0.node',
    'Pariss',
    /keys\[0\]\.node: "Pariss" is not the name of a node\. Did you mean "Paris"/,
  ],
  ['there is an edge node', 'nodes.0.kind', 'cloud', /nodes: no node is of kind "edge"/],
  [
    'there is one data store',
    'nodes.1.kind',
    'store',
    /nodes: "Paris" and "London" are both of kind "store"/,
  ],
  ['a matrix has a row a node', 'latency_ms', [[0, 1, 1]], /latency_ms: 1 rows do not fit 3 nodes/],
  ['a matrix has a column a node', 'latency_ms.1', [1, 0], /latency_ms\[1\]: 2 numbers do not fit 3 nodes/],
  ['a row has to be a list', 'latency_ms.1', 5, /latency_ms\[1\]: 5 is not a row/],
  [
    'latencies are symmetric',
    'latency_ms.0.2',
    21,
    /latency_ms\[0\]\[2\]: 21 differs from 20 of latency_ms\[2\]\[0\].*half the mean round trip/,
  ],
  ['bandwidths are symmetric', 'bandwidth_mbps.2.0', 51, /bandwidth_mbps\[0\]\[2\]: 50 differs from 51/],
  ['a latency to itself is 0', 'latency_ms.1.1', 3, /latency_ms\[1\]\[1\]: 3 ms from "Paris" to itself/],
  ['a latency is not negative', 'latency_ms.2', [20, -5, 0], /latency_ms\[2\]\[1\]: -5 is out of range/],
  ['a latency is a number', 'latency_ms.0.1', null, /latency_ms\[0\]\[1\]: null is not a number/],
  [
    'a bandwidth is above 0',
    'bandwidth_mbps.0',
    [0, 0, 50],
    /bandwidth_mbps\[0\]\[1\]: 0 is out of range.*> 0/,
  ],
  ['a trace has to be named', 'arrivals', {}, /arrivals\.trace: the field is missing/],
  [
    'a trace has to be readable',
    'arrivals.trace',
    'none.csv',
    /none\.csv: the file cannot be read \(ENOENT\)/,
  ],
];

for (const [title, path, value, expected] of CASES)
  t.test(title, async (t) => {
    const problems = problemsOf(t, changed(path, value));
    t.ok(
      problems.some((problem) => expected.test(problem)),
      problems.join('\n'),
    );
  });

t.test('more than 12 keys of one function are refused', async (t) => {
  const keys = Array.from({ length: 13 }, (_, i) => ({ name: `k${i}` }));
  const accesses = keys.map(({ name }) => ({ key: name, probability: 0.5 }));
  const [first] = WHOLE.functions;
  const problems = problemsOf(t, { keys, functions: [{ ...first, keys: accesses }] });
  t.match(problems, [/functions\[0\]\.keys: 13 entries are too many\. Give at most 12/]);
});

t.test('parts that refer to a part that is absent are refused', async (t) => {
  const { latency_ms, functions, arrivals } = WHOLE;
  t.match(problemsOf(t, { latency_ms }), [/latency_ms: the matrix has no nodes/]);
  t.match(problemsOf(t, { functions }), [/functions\[0\]\.keys: the scenario lists no keys/]);
  t.match(problemsOf(t, { arrivals }), [/arrivals\.trace: the scenario lists no functions/]);
});

t.test('a file that is absent or no JSON is told with its path', async (t) => {
  t.throws(() => readScenario(join(t.testdir({}), 'none.json')), /none\.json: the file cannot be read/);
  t.match(problemsOf(t, '{"name": NaN}'), [/scenario\.json: the file is not JSON/]);
  t.match(problemsOf(t, []), [/^scenario\.json: \[\] is not an object/]);
});

t.test('all problems of the file and of its trace are told at once', async (t) => {
  const scenario = {
    ...WHOLE,
    nodes: [{ name: 'Rome', kind: 'egde' }, ...WHOLE.nodes.slice(1)],
    keys: [{ name: 'photo', size_bytes: -1 }, { name: 'index' }],
  };
  const problems = problemsOf(t, scenario, 'function,time_ms\nresise,0\n').join('\n');
  t.match(problems, /nodes\[0\]\.kind/);
  t.match(problems, /keys\[0\]\.size_bytes/);
  t.match(problems, /arrivals\.csv: line 2, function: "resise".*Did you mean "resize"/);
});

t.test('a mistake that fills a matrix is told ten times and then counted', async (t) => {
  const nodes = Array.from({ length: 6 }, (_, i) => ({ name: `n${i}`, kind: 'edge' }));
  const latency_ms = nodes.map((_, i) => nodes.map((_, j) => (i === j ? 0 : i + 2 * j)));
  const problems = problemsOf(t, { nodes, latency_ms });
  t.equal(problems.length, 11);
  t.match(problems[10], /latency_ms: 5 more problems of this kind/);
});

const TRACES: readonly (readonly [title: string, arrivals: string, problem: RegExp])[] = [
  ['a trace without rows is refused', 'function,time_ms\n', /arrivals\.csv: the file has no rows/],
  ['a trace has its columns', 'time_ms\n1\n', /header: no column is named "function".*there are "time_ms"/],
  [
    'a trace has no other columns',
    'function,time_ms,host\nresize,1,a\n',
    /header: "host" is not a column of a trace/,
  ],
  [
    'an unknown function is told once, with its line',
    'function,time_ms\nresize,1\nresice,2\nresice,3\n',
    /line 3, function: "resice" is not a function of the scenario \(2 rows\)\. Did you mean "resize"/,
  ],
  [
    'an unknown node is told with its line',
    'function,time_ms,node\nresize,1,Roma\n',
    /line 2, node: "Roma" is not a node.*"Rome"/,
  ],
  [
    'requests arrive at edge nodes',
    'function,time_ms,node\nresize,1,Paris\n',
    /line 2, node: "Paris" is not an edge node/,
  ],
  [
    'a negative time is refused',
    'function,time_ms\nresize,-1\n',
    /line 2, time_ms: "-1" is not a number >= 0/,
  ],
  [
    'a time that is no number is refused',
    'function,time_ms\nresize,NaN\n',
    /line 2, time_ms: "NaN" is not a number/,
  ],
  ['a time that is absent is refused', 'function,time_ms\nresize\n', /line 2, time_ms: the cell is empty/],
  [
    'rows out of order are told with their line',
    'function,time_ms\nresize,5\nnotify,4\nresize,6\n',
    /line 3, time_ms: 4 is earlier than 5/,
  ],
  ['a file that is no CSV is refused', 'function,time_ms\n"resize,5\n', /arrivals\.csv: the file is not CSV/],
];

for (const [title, arrivals, expected] of TRACES)
  t.test(title, async (t) => {
    const problems = problemsOf(t, WHOLE, arrivals);
    t.equal(problems.length, 1, problems.join('\n'));
    t.match(problems[0], expected);
  });
