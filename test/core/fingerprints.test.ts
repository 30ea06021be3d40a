import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import t from 'tap';
import {
  buildWorld,
  loadPlacementSolvers,
  MIGRATION_POLICIES,
  OFFLOADING_POLICIES,
  type Parameters,
  PRESETS,
  type PresetName,
  presetParameters,
  type RunSpec,
  requestFingerprint,
  simulate,
  trajectoryFingerprint,
} from '../../core/index.js';
import { CHUNK } from '../../core/request-ring.js';
import { requestsIn } from '../../core/requests.js';
import { requestsOf } from '../../core/simulate.js';

const SHORT = { duration: 60, migrationInterval: 20 };
const shortRun = (preset: PresetName, overrides: Partial<Parameters> = {}, seed = 1): RunSpec => ({
  parameters: presetParameters(preset, { ...SHORT, ...overrides }),
  seed,
});

/** The heuristics of state-aware, `state-aware:...`, differ in who solves the placement problem, which test/placement pins. */
const PINNED = MIGRATION_POLICIES.filter(({ name }) => !name.includes(':'));

await loadPlacementSolvers();

/** Hash of the requests that a run really met, as its observer saw them arrive. */
function metRequests(run: RunSpec): string {
  const hash = createHash('sha256');
  const arrival = (...event: number[]) => {
    hash.update(Float64Array.from(event));
  };
  simulate(run, { observer: { arrival } });
  return hash.digest('hex');
}

t.test('runs meet the same requests under every pair of policies and every T_max', async (t) => {
  for (const preset of PRESETS) {
    const expected = metRequests(shortRun(preset));
    for (const { name: offloading } of OFFLOADING_POLICIES)
      for (const { name: migration } of PINNED)
        for (const tMax of [0.05, 0.2]) {
          const met = metRequests(shortRun(preset, { offloading, migration, tMax }));
          t.equal(met, expected, `${preset} ${migration} ${offloading} ${tMax} s`);
        }
    t.not(metRequests(shortRun(preset, {}, 2)), expected, 'another seed brings other requests');
  }
});

t.test('the requests are drawn alike under every policy, T_max and migration setting', async (t) => {
  for (const preset of PRESETS) {
    const expected = requestFingerprint(shortRun(preset));
    const variants: Partial<Parameters>[] = [
      ...OFFLOADING_POLICIES.map(({ name }) => ({ offloading: name })),
      ...MIGRATION_POLICIES.map(({ name }) => ({ migration: name })),
      ...[0.02, 0.2, 0.5].map((tMax) => ({ tMax })),
      { migrationInterval: 7 },
      { migrationMode: 'transfer' },
      { storeMayHost: preset === 'as-published' },
      { greedyRanks: 'pairs' },
      { randomMoves: 'all-once' },
      { rateWeight: 0.9 },
      { formulation: 'as-written' },
      { sloScope: 'per-function' },
      { penalty: 3 },
      { checkMemory: true },
      { maxOffloads: 5 },
      { knowledge: 'estimated' },
      { edgeMemory: 1024 },
      { cloudStorage: 3 },
      { idleExpiry: 1 },
    ];
    for (const overrides of variants) {
      t.equal(
        requestFingerprint(shortRun(preset, overrides)),
        expected,
        `${preset} ${JSON.stringify(overrides)}`,
      );
    }
  }
});

t.test('the requests differ between seeds and between workloads', async (t) => {
  const seeds = [0, 1, 2, 3, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
  const prints = seeds.map((seed) => requestFingerprint(shortRun('as-published', {}, seed)));
  t.equal(new Set(prints).size, seeds.length);
  const others: Partial<Parameters>[] = [
    { workload: 'w2' },
    { load: 0.9 },
    { duration: 59 },
    { popularity: 'uniform' },
  ];
  for (const overrides of others) {
    t.not(requestFingerprint(shortRun('as-published', overrides)), prints[1], JSON.stringify(overrides));
  }
});

t.test('a longer run begins with the same requests', async (t) => {
  const requests = (duration: number) => {
    const run = shortRun('as-published', { duration });
    return Array.from(requestsIn(requestsOf(run, buildWorld(run))));
  };
  const shorter = requests(60);
  t.ok(shorter.length > 2 * CHUNK, 'the shorter run has several chunks of requests');
  t.same(shorter, requests(600).slice(0, shorter.length));
});

t.test('every policy pair goes the way that its golden fingerprint pins', async (t) => {
  const file = resolve(process.cwd(), 'test/golden/fingerprints.json');
  const prints: Record<string, string> = {};
  for (const preset of PRESETS) {
    for (const workload of preset === 'as-published' ? ['w1', 'w2'] : ['w1']) {
      for (const { name: migration } of PINNED) {
        for (const { name: offloading } of OFFLOADING_POLICIES) {
          const run = shortRun(preset, { workload, migration, offloading });
          prints[`${preset} ${workload} ${migration} ${offloading}`] = trajectoryFingerprint(run);
        }
      }
    }
  }
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(prints, null, 2)}\n`);
  const golden: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  t.same(Object.keys(prints), Object.keys(golden), 'the same runs; UPDATE_GOLDEN=1 writes the file anew');
  for (const [run, print] of Object.entries(prints)) t.equal(print, golden[run], run);
});
