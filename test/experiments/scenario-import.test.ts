import { createHash } from 'node:crypto';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { InputError } from '../../experiments/harness/errors.js';
import { type ImportRequest, importScenario } from '../../experiments/harness/scenario-import.js';
import { FUNCTIONS, LATENCY, TRACE } from './scenario-fixtures.js';

type Files = Partial<Record<'trace' | 'functions' | 'latency', string>>;

function request(t: Test, files: Files, options: Partial<ImportRequest> = {}): ImportRequest {
  const entries = Object.entries(files);
  const folder = t.testdir(Object.fromEntries(entries.map(([role, text]) => [`${role}.csv`, text])));
  const paths = Object.fromEntries(entries.map(([role]) => [role, join(folder, `${role}.csv`)]));
  return { name: 'small', licence: 'none', maxColdStart: Infinity, columns: [], ...paths, ...options };
}

/** The problems of an import as "path: fact remedy". */
function problemsOf(t: Test, files: Files, options?: Partial<ImportRequest>): readonly string[] {
  try {
    importScenario(request(t, files, options));
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ path, fact, remedy }) => `${path}: ${fact} ${remedy}`);
  }
}

const nodesOf = (t: Test, options: Partial<ImportRequest>) =>
  importScenario(request(t, { latency: LATENCY }, options)).scenario.nodes;

t.test('the cold start is the cold duration less the warm one, and the warm one is the mean', async (t) => {
  const { scenario } = importScenario(request(t, { functions: FUNCTIONS }));
  t.same(scenario.functions, [
    { name: 'alpha', memory_mb: 128, warm_duration_s: 0.5, cold_start_s: 1 },
    { name: 'beta', memory_mb: 16, warm_duration_s: 0.03, cold_start_s: 0.01 },
  ]);
  t.equal(scenario.nodes, undefined);
  t.equal(scenario.arrivals, undefined);
});

t.test('a longest cold start is kept to, and noted', async (t) => {
  const { scenario, notes } = importScenario(request(t, { functions: FUNCTIONS }, { maxColdStart: 0.5 }));
  t.same(
    scenario.functions?.map(({ cold_start_s }) => cold_start_s),
    [0.5, 0.01],
  );
  t.match(notes, [/less its warm duration/, /^1 of 2 cold starts were longer than 0\.5 s/]);
});

t.test('one-way latency is half the mean of both directions', async (t) => {
  const { scenario, notes } = importScenario(request(t, { latency: LATENCY }));
  // The store is B or C, whose mean latency is least; both add up to 124 / 4 and 120 / 2 ms: C it is.
  t.same(scenario.nodes, [
    { name: 'A', kind: 'edge' },
    { name: 'D', kind: 'edge' },
    { name: 'B', kind: 'cloud' },
    { name: 'C', kind: 'store' },
  ]);
  t.same(scenario.latency_ms, [
    [0, 45, 11, 25],
    [45, 0, 35, 20],
    [11, 35, 0, 15],
    [25, 20, 15, 0],
  ]);
  t.match(notes, [/differ for 1 of 6 pairs/]);
});

t.test('one direction is taken for both where the other was not measured', async (t) => {
  const { scenario, notes } = importScenario(request(t, { latency: 'source,A,B\nA,,8\nB,,\n' }));
  t.same(scenario.latency_ms, [
    [0, 4],
    [4, 0],
  ]);
  t.match(notes[1], /^1 pair of regions was measured in one direction/);
});

t.test('roles can be given by names and by counts', async (t) => {
  const kinds = (options: Partial<ImportRequest>) =>
    nodesOf(t, options)
      ?.map(({ name, kind }) => `${name} ${kind}`)
      .join(', ');
  t.equal(kinds({ store: 'A' }), 'C edge, D edge, B cloud, A store');
  t.equal(kinds({ cloud: 'D, A' }), 'B edge, A cloud, D cloud, C store');
  t.equal(kinds({ cloud: '0', edge: '1' }), 'B edge, C store');
  t.equal(
    kinds({ edge: 'C' }),
    'C edge, A cloud, D cloud, B store',
    'the store is the best of the regions left',
  );
});

t.test('the provenance holds names, SHA-256 sums and the licence', async (t) => {
  const { scenario } = importScenario(request(t, { functions: FUNCTIONS, trace: TRACE }, { licence: 'CC0' }));
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  t.match(scenario.provenance, {
    licence: 'CC0',
    inputs: [
      { role: 'trace', file: 'trace.csv', sha256: sha256(TRACE) },
      { role: 'functions', file: 'functions.csv', sha256: sha256(FUNCTIONS) },
    ],
  });
});

t.test('a trace out of order is sorted, ties in the order of the file, and that is noted', async (t) => {
  const trace = 'func_name,invoke_time_ms\nbeta,9\nalpha,9\nbeta,2\n';
  const { arrivals, notes } = importScenario(request(t, { functions: FUNCTIONS, trace }));
  t.equal(arrivals, 'function,time_ms\nbeta,2\nbeta,9\nalpha,9\n');
  t.match(notes[1], /^1 rows of the trace were earlier/);
});

t.test('columns of other names can be named', async (t) => {
  const functions = 'fn,cold,warm_dur_ms,mem_mb\nalpha,30,20,1\n';
  const columns = ['functions.name=fn', 'functions.cold=cold'];
  const { scenario } = importScenario(request(t, { functions }, { columns }));
  t.match(scenario.functions, [{ name: 'alpha', cold_start_s: 0.01 }]);
  t.match(problemsOf(t, { functions }), [
    /header: no column is named "func_name" or .*--column functions\.name=NAME/,
    /header: no column is named "cold_dur_ms"/,
  ]);
  t.match(problemsOf(t, { functions: FUNCTIONS }, { columns: ['functions.cool=x'] }), [
    /--column functions\.cool=x: "functions\.cool" is not a column of the input\. Did you mean "functions\.cold"/,
  ]);
});

const HEADER = 'func_name,cold_dur_ms,warm_dur_ms,mem_mb\n';
const CASES: readonly (readonly [string, Files, Partial<ImportRequest>, RegExp])[] = [
  ['a file has to be there', {}, { latency: 'none.csv' }, /none\.csv: the file cannot be read/],
  ['a trace needs its functions', { trace: TRACE }, {}, /--functions: a trace comes without/],
  [
    'an invocation of a function that is not described',
    { functions: FUNCTIONS, trace: `${TRACE}gama,9\nalpa,9\n` },
    {},
    /line 6, func_name: "alpa" is none of the 2 functions.*Did you mean "alpha"/,
  ],
  [
    'a time that is no number',
    { functions: FUNCTIONS, trace: `${TRACE}beta,soon\n` },
    {},
    /line 5, invoke_time_ms: "soon"/,
  ],
  [
    'a function shorter cold than warm',
    { functions: `${HEADER}a,10,20,1\n` },
    {},
    /line 2, cold_dur_ms: 10 ms cold is shorter than 20 ms warm/,
  ],
  [
    'a function that is described twice',
    { functions: `${HEADER}a,20,10,1\na,20,10,1\n` },
    {},
    /line 3: "a" was described on line 2/,
  ],
  ['a function without a name', { functions: `${HEADER},20,10,1\n` }, {}, /line 2: the function has no name/],
  [
    'a function without memory',
    { functions: `${HEADER}a,20,10,0\n` },
    {},
    /line 2: a duration or memory of 0/,
  ],
  ['a cell that is empty', { functions: `${HEADER}a,20,,1\n` }, {}, /line 2, warm_dur_ms: the cell is empty/],
  [
    'a negative round-trip time',
    { latency: LATENCY.replace('90\n', '-90\n') },
    {},
    /line 2, D: "-90" is not a number >= 0/,
  ],
  [
    'a source that is no destination',
    { latency: `${LATENCY}E,1,1,1,1\n` },
    {},
    /line 6: "E" is not the name of a column/,
  ],
  [
    'a source that is there twice',
    { latency: `${LATENCY}A,,20,50,90\n` },
    {},
    /line 6: "A" was the source of line 2/,
  ],
  [
    'a destination that is there twice',
    { latency: 'source,A,A\nA,,1\n' },
    {},
    /header: the column "A" is there twice/,
  ],
  [
    'a pair that was never measured',
    { latency: 'source,A,B,C\nA,,1,\nB,1,,1\nC,,1,\n' },
    {},
    /A, C: no round-trip time in either direction/,
  ],
  [
    'a region that is unknown',
    { latency: LATENCY },
    { store: 'E' },
    /--store: "E" is not a region of the matrix.*Known: A, B, C, D/,
  ],
  [
    'a region with two roles',
    { latency: LATENCY },
    { cloud: 'A', edge: 'A,B' },
    /--edge: "A" is named by --cloud already/,
  ],
  ['two stores', { latency: LATENCY }, { store: 'A,B' }, /--store: "A,B" is not one region/],
  ['a number of stores', { latency: LATENCY }, { store: '1' }, /--store: "1" is not one region/],
  [
    'more regions than there are',
    { latency: LATENCY },
    { cloud: '2', edge: '2' },
    /--edge: 2 regions are asked for and 1 is left/,
  ],
  ['no region left for the edge', { latency: LATENCY }, { cloud: '3' }, /--edge: no region is left/],
];

for (const [title, files, options, expected] of CASES)
  t.test(`an import refuses ${title}`, async (t) => {
    const problems = problemsOf(t, files, options);
    t.ok(
      problems.some((problem) => expected.test(problem)),
      problems.join('\n'),
    );
  });

t.test('problems of all files are told at once', async (t) => {
  const files = {
    trace: `${TRACE}gamma,1\n`,
    functions: FUNCTIONS.replace('16', 'x'),
    latency: LATENCY.replace('90', '?'),
  };
  t.match(problemsOf(t, files), [
    /latency\.csv: line 2, D/,
    /functions\.csv: line 3, mem_mb/,
    /trace\.csv: line 5/,
  ]);
});
