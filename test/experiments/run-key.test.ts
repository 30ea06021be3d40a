import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import t from 'tap';
import {
  MODEL_VERSION,
  PARAMETER_LIST,
  type Parameters,
  presetParameters,
  type Scenario,
} from '../../core/index.js';
import { planRuns } from '../../experiments/harness/expand.js';
import { KeyIndex } from '../../experiments/harness/key-index.js';
import { canonicalJson, digestOf, runKey, scenarioDigest } from '../../experiments/harness/run-key.js';
import { RunKeys } from '../../experiments/harness/run-keys.js';
import { fc } from '../fast-check.js';

const base = presetParameters('as-published');

t.test('a key changes with every parameter, the seed, the scenario and the policies of a user', async (t) => {
  const keys = new Set([runKey(base, 1)]);
  const add = (key: string, what: string) => {
    t.match(key, /^[0-9a-f]{32}$/);
    t.notOk(keys.has(key), what);
    keys.add(key);
  };
  for (const { id } of PARAMETER_LIST) {
    const value = base[id];
    const other =
      typeof value === 'number'
        ? value + 1
        : typeof value === 'boolean'
          ? !value
          : typeof value === 'string'
            ? `${value}x`
            : [...value, 1];
    add(runKey({ ...base, [id]: other } as Parameters, 1), id);
  }
  add(runKey(base, 2), 'seed');
  add(runKey(base, 1, { scenario: 'a' }), 'scenario');
  add(runKey(base, 1, { policyDigests: { 'state-aware': 'a' } }), 'policy file');
  add(runKey(base, 1, { policyDigests: { 'state-aware': 'b' } }), 'changed policy file');
  t.equal(
    runKey(base, 1, { policyDigests: { './unused.ts': 'a' } }),
    runKey(base, 1),
    'a policy that does not take part',
  );
});

t.test('a key does not depend on the order in which parameters stand', async (t) => {
  const turned = Object.fromEntries(Object.entries(base).reverse()) as unknown as Parameters;
  t.equal(runKey(turned, 1), runKey(base, 1));
  t.equal(canonicalJson({ b: [1, { d: 2, c: 3 }], a: null }), '{"a":null,"b":[1,{"c":3,"d":2}]}');
});

t.test('a scenario is known by all it gives to a run, and not by its name', async (t) => {
  const trace = { time_s: Float64Array.of(0, 1), function: Int32Array.of(0, 0) };
  const scenario: Scenario = { name: 'a', nodes: [{ name: 'n', kind: 'edge' }], trace };
  const digest = scenarioDigest(scenario);
  t.equal(scenarioDigest({ ...scenario, name: 'b' }), digest);
  for (const other of [
    { ...scenario, nodes: [{ name: 'm', kind: 'edge' as const }] },
    { ...scenario, trace: { ...trace, time_s: Float64Array.of(0, 2) } },
    { ...scenario, trace: { ...trace, node: Int32Array.of(0, 0) } },
    { name: 'a' },
  ])
    t.not(scenarioDigest(other), digest);
});

t.test('the index finds every key at its first position', async (t) => {
  const key = fc.integer({ min: 0, max: 40 }).map((n) => digestOf(String(n)).slice(0, 32));
  fc.assert(
    fc.property(fc.array(key), fc.array(key), (added, asked) => {
      const index = new KeyIndex(added.length);
      return (
        added.every((each, i) => index.add(each) === added.indexOf(each) && index.keyAt(i) === each) &&
        asked.every((each) => index.find(each) === added.indexOf(each))
      );
    }),
  );
  t.pass('over random keys');
});

t.test('runs that overrides have made equal share a key, and first replications come first', async (t) => {
  const experiment = {
    name: 'twins',
    title: '-',
    question: '?',
    section: '-',
    presets: ['as-published', 'as-written'] as const,
    axes: { 'slo.tMax': [0.1, 0.2] },
    replications: 2,
    duration: 10,
  };
  const { runs } = planRuns(experiment, { seed: 1 });
  const keys = new RunKeys(runs, {});
  t.strictSame([...keys.order], [0, 2, 4, 6, 1, 3, 5, 7]);
  const alike = [...runs].map((run) => ({ ...run, parameters: base }));
  const twins = new RunKeys(alike, {});
  t.strictSame(
    [0, 1, 2, 3].map((i) => twins.firstOf(i)),
    [0, 1, 0, 1],
  );
});

/**
 * Digest of test/golden/fingerprints.json under each model version. When the fingerprints change, the same
 * configuration gives other rows: raise MODEL_VERSION in core/index.ts and add a line here, so that results of
 * before are set aside and never mixed with new ones.
 */
const FINGERPRINTS_OF_MODEL: Readonly<Record<string, string>> = {
  1: '250a39b59fac1193',
  2: '01aa78b067d3ca44',
};

t.test('changed fingerprints force another MODEL_VERSION', async (t) => {
  const file = readFileSync(resolve(process.cwd(), 'test/golden/fingerprints.json'), 'utf8');
  const digest = digestOf(canonicalJson(JSON.parse(file))).slice(0, 16);
  const known = Object.entries(FINGERPRINTS_OF_MODEL);
  const told = known.find(([, each]) => each === digest)?.[0];
  t.equal(
    told,
    MODEL_VERSION,
    `fingerprints have the digest ${digest}: raise MODEL_VERSION, and add it with that digest to this test`,
  );
  t.equal(new Set(known.map(([, each]) => each)).size, known.length, 'one version, one digest');
});
