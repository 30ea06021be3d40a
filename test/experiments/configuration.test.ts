import t from 'tap';
import { presetParameters } from '../../core/index.js';
import { type Given, resolveConfiguration } from '../../experiments/harness/configuration.js';
import { InputError } from '../../experiments/harness/errors.js';

function problemsOf(given: Given): string[] {
  try {
    resolveConfiguration(given);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
}

const file = (content: unknown): Given => ({ file: { path: 'my.json', content } });

/** What is given, and the message: path, value, remedy. */
const BAD: readonly (readonly [Given, string])[] = [
  [
    { preset: 'as-publishd' },
    '--preset: "as-publishd" is not a preset. Did you mean "as-published"? Known: as-published, as-written.',
  ],
  [{ settings: ['slo.tMax=0'] }, '--set slo.tMax: 0 is out of range. Give a number > 0, in s.'],
  [{ settings: ['slo.tMax='] }, '--set slo.tMax: "" is not a number. Give a number > 0, in s.'],
  [{ settings: ['slo.tMax=NaN'] }, '--set slo.tMax: "NaN" is not a number. Give a number > 0, in s.'],
  [
    { settings: ['slo.tmax=1'] },
    '--set slo.tmax: "slo.tmax" is not a parameter. Did you mean "slo.tMax"? See "ds2p list" for all parameters.',
  ],
  [
    { settings: ['tMax=1'] },
    '--set tMax: "tMax" is not a parameter. Did you mean "slo.tMax"? See "ds2p list" for all parameters.',
  ],
  [{ settings: ['xyzzy=1'] }, '--set xyzzy: "xyzzy" is not a parameter. See "ds2p list" for all parameters.'],
  [
    { settings: ['slo.tMax'] },
    '--set: "slo.tMax" is not of the form name=value. Write for example --set slo.tMax=0.2.',
  ],
  [
    { settings: ['nodes.edge=10001'] },
    '--set nodes.edge: 10001 is out of range. Give a whole number, 1 to 10000.',
  ],
  [
    { settings: ['nodes.edge=2.5'] },
    '--set nodes.edge: 2.5 is not a whole number. Give a whole number, 1 to 10000.',
  ],
  [
    { settings: ['keys.accessProbabilities=0.5,1.2'] },
    '--set keys.accessProbabilities[1]: 1.2 is out of range. Give a list of at least 1 number, each 0 to 1.',
  ],
  [
    { settings: ['keys.accessProbabilities=[]'] },
    '--set keys.accessProbabilities: [] is too short. Give a list of at least 1 number, each 0 to 1.',
  ],
  [
    { settings: ['functions.memory=[1,'] },
    '--set functions.memory: "[1," is not a list. Give a list of at least 1 number, each > 0, in MB.',
  ],
  [
    { settings: ['offloading.checkMemory=yes'] },
    '--set offloading.checkMemory: "yes" is neither true nor false. Give one of: true, false.',
  ],
  [
    { flags: { migration: ['greddy'] } },
    '--migration: "greddy" is not a migration policy. Did you mean "greedy"? Known: none, random, greedy, state-aware, gradient, spring, ilp-min-access, nearest-majority, descent, joint, state-aware:greedy, state-aware:local-search, state-aware:lp-rounding, state-aware:lagrangian, state-aware:annealing.',
  ],
  [
    { flags: { offloading: ['greddy'] } },
    '--offloading: "greddy" is not an offloading policy. Did you mean "greedy-data"? Known: slo-aware, greedy-data, greedy-local, random-stateful, skippy, best-effort, least-late.',
  ],
  [{ flags: { workload: ['w3'] } }, '--workload: "w3" is not a value of workload.kind. Known: w1, w2.'],
  [
    { flags: { 't-max': ['1', '2'] } },
    '--t-max: 2 is a second value for slo.tMax, beside 1 of --t-max. Give it once.',
  ],
  [
    { settings: ['slo.tMax=1'], flags: { 't-max': ['2'] } },
    '--t-max: 2 is a second value for slo.tMax, beside 1 of --set slo.tMax. Give it once.',
  ],
  [file([1]), 'my.json: [1] is not an object. Write parameters by name, as in {"slo.tMax": 0.2}.'],
  [
    file({ slo: { tMux: 1 } }),
    'my.json: slo.tMux: "slo.tMux" is not a parameter. Did you mean "slo.tMax"? See "ds2p list" for all parameters.',
  ],
  [
    file({ slo: 3 }),
    'my.json: slo: "slo" is not a parameter. Did you mean "placement.slo"? See "ds2p list" for all parameters.',
  ],
  [file({ 'slo.tMax': '0.1' }), 'my.json: slo.tMax: "0.1" is not a number. Give a number > 0, in s.'],
  [
    file({ 'slo.tMax': 1, slo: { tMax: 1 } }),
    'my.json: slo.tMax: 1 is a second value for slo.tMax, beside 1 of my.json: slo.tMax. Give it once.',
  ],
  [file({ preset: 3 }), 'my.json: preset: "3" is not a preset. Known: as-published, as-written.'],
  [
    file({ 'workload.kind': null }),
    'my.json: workload.kind: "null" is not a value of workload.kind. Known: w1, w2.',
  ],
  [
    { settings: ['latency.edgeEdgeMin=30'] },
    'latency.edgeEdgeMin: 30 ms is more than latency.edgeEdgeMax = 20 ms. Set both with latency.edgeEdgeMin <= latency.edgeEdgeMax.',
  ],
];

for (const [given, message] of BAD)
  t.test(`${JSON.stringify(given)} gets one message with path, value and remedy`, async (t) => {
    t.strictSame(problemsOf(given), [message]);
  });

t.test('a run that would never end is refused', async (t) => {
  t.match(problemsOf({ settings: ['workload.duration=1e9', 'workload.load=1000'] }), [
    /^workload.duration: 1000000000 s at .* requests a run\. Lower /,
  ]);
});

t.test('all problems are told at once, whatever source they come from', async (t) => {
  const problems = problemsOf({
    preset: 'none',
    settings: ['slo.tMax=-1', 'nodes.edge=0', 'foo'],
    flags: { migration: ['x'] },
    ...file({ bar: 1, 'keys.count': 0 }),
  });
  t.equal(problems.length, 7);
});

t.test('the command line overrides the file, which overrides the preset', async (t) => {
  const { preset, parameters } = resolveConfiguration({
    settings: ['functions.memory=1,2', 'offloading.checkMemory=true'],
    flags: { 't-max': ['0.3'], migration: ['none'] },
    ...file({ preset: 'as-written', slo: { tMax: 0.2, penalty: 3 }, 'workload.load': 2 }),
  });
  t.equal(preset, 'as-written');
  t.strictSame(
    parameters,
    presetParameters('as-written', {
      tMax: 0.3,
      penalty: 3,
      load: 2,
      migration: 'none',
      functionMemory: [1, 2],
      checkMemory: true,
    }),
  );
});

t.test('a list may be given as JSON or with commas', async (t) => {
  const memory = (text: string) =>
    resolveConfiguration({ settings: [`functions.memory=${text}`] }).parameters;
  t.strictSame(memory('[1, 2.5]'), memory('1,2.5'));
});

t.test('without anything given, the parameters are those of as-published', async (t) => {
  t.strictSame(resolveConfiguration({}), {
    preset: 'as-published',
    parameters: presetParameters('as-published'),
  });
});
