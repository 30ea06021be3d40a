/** What `npm run bench` measures in this process. */
import { fileURLToPath } from 'node:url';
import { Calendar } from '../../core/calendar.js';
import { type OffloadingPolicy, type Parameters, presetParameters } from '../../core/index.js';
import { Histogram } from '../../core/quantiles.js';
import { CHUNK } from '../../core/request-ring.js';
import { Stream } from '../../core/rng.js';
import { exponential, gamma, normal, WeightedSampler, zipfWeights } from '../../core/samplers.js';
import { buildWorld, requestsOf } from '../../core/simulate.js';
import { throwProblems } from '../../experiments/harness/errors.js';
import { loadPolicyFiles } from '../../experiments/harness/policy-files.js';
import { checkReference, loadedPolicy } from '../../experiments/harness/policy-registry.js';
import type { Core } from './cores.js';
import type { Case } from './measure.js';

/** The configuration that performance is stated for: one hour of the paper's W1 under Zipf, T_max 0.1 s. */
const STATED: Partial<Parameters> = { workload: 'w1', popularity: 'zipf', tMax: 0.1, duration: 3600 };

/** Runs with seeds 1, 2, ... of one configuration in a core; an operation is a request. */
function runs(
  core: Core,
  group: string,
  name: string,
  overrides: Partial<Parameters>,
  offloading?: OffloadingPolicy,
): Case {
  const memory = core.RunMemory === undefined ? undefined : new core.RunMemory();
  // Parameters come from the core that is measured, since another commit may have others.
  const parameters = core.presetParameters('as-published', { ...STATED, migration: 'greedy', ...overrides });
  return {
    group,
    name,
    operation: 'request',
    run: (r) => core.simulate({ parameters, seed: 1 + r }, { memory, offloading }).metrics.arrivals,
  };
}

/** The policy of a user's TypeScript file, loaded, checked and guarded as `--offloading <path>` does it. */
async function userPolicy(): Promise<OffloadingPolicy> {
  const path = fileURLToPath(new URL('../../../scripts/bench/user-policy.ts', import.meta.url));
  await loadPolicyFiles([path]);
  throwProblems(checkReference('offloading', path, path));
  return loadedPolicy(path) as OffloadingPolicy;
}

export async function policyCases(core: Core): Promise<readonly Case[]> {
  const pairs = ['none', 'random', 'greedy', 'state-aware'].flatMap((migration) =>
    ['greedy-local', 'greedy-data', 'slo-aware'].map((offloading) =>
      runs(core, 'policies', `${migration} + ${offloading}`, { migration, offloading }),
    ),
  );
  return [...pairs, runs(core, 'policies', 'greedy + user file', {}, await userPolicy())];
}

export function scalingCases(core: Core): readonly Case[] {
  const half = (nodes: number) => ({ edgeNodes: Math.ceil(nodes / 2), cloudNodes: Math.floor(nodes / 2) });
  return [
    ...[5, 10, 20, 50, 100, 200].map((n) => runs(core, 'scaling', `${n} nodes`, half(n))),
    ...[5, 10, 20, 50, 100].map((n) => runs(core, 'scaling', `${n} functions`, { functionCount: n })),
    ...[100, 1000, 10_000].map((n) => runs(core, 'scaling', `${n} keys`, { keyCount: n })),
  ];
}

/** A repetition of `count` calls of `draw`. */
function draws(group: string, name: string, operation: string, count: number, draw: () => unknown): Case {
  return {
    group,
    name,
    operation,
    run: () => {
      for (let i = 0; i < count; i++) draw();
      return count;
    },
  };
}

export function samplerCases(): readonly Case[] {
  const stream = new Stream(1, 'bench');
  const zipf = new WeightedSampler(zipfWeights(100, 1));
  const run = { parameters: presetParameters('as-published', { ...STATED, duration: 1e9 }), seed: 1 };
  const source = requestsOf(run, buildWorld(run));
  const sampler = (name: string, draw: () => unknown) => draws('samplers', name, 'draw', 1_000_000, draw);
  return [
    sampler('32-bit word', () => stream.next32()),
    sampler('uniform of 53 bits', () => stream.uniform()),
    sampler('exponential', () => exponential(stream)),
    sampler('normal', () => normal(stream)),
    sampler('gamma, shape 100', () => gamma(stream, 100, 1e4)),
    sampler('Zipf over 100 keys', () => zipf.draw(stream)),
    {
      group: 'samplers',
      name: 'whole request, in chunks',
      operation: 'request',
      run: () => {
        for (let chunk = 0; chunk < 500; chunk++) source.refill();
        return 500 * CHUNK;
      },
    },
  ];
}

/** A calendar in which `size` requests travel: one arrives, and another leaves. */
function calendarCase(size: number): Case {
  const stream = new Stream(2, `calendar ${size}`);
  const delays = Float64Array.from({ length: 4096 }, () => 0.1 * stream.uniform());
  const calendar = new Calendar(size, 0.1);
  for (let slot = 0; slot < size; slot++) calendar.add(slot, delays[slot & 4095]);
  let step = 0;
  return draws('queue', `calendar, ${size} under way`, 'request', 500_000, () => {
    const now = calendar.earliest;
    calendar.add(calendar.take(), now + delays[step++ & 4095]);
  });
}

export function queueCases(): readonly Case[] {
  const stream = new Stream(3, 'histogram');
  const values = Float64Array.from({ length: 600_000 }, () => exponential(stream));
  const numbers = { values, count: values.length };
  const quantiles = (name: string, read: (histogram: Histogram) => unknown): Case => ({
    group: 'queue',
    name,
    operation: 'number',
    run: () => {
      const histogram = new Histogram();
      histogram.add(numbers);
      read(histogram);
      return values.length;
    },
  });
  return [
    ...[8, 64, 1024].map(calendarCase),
    quantiles('exact median and P95', (histogram) => histogram.exactQuantiles([0.5, 0.95], numbers)),
    quantiles('median and P95 within 0.05 %', (histogram) => histogram.quantiles([0.5, 0.95])),
  ];
}

/** The reference simulator of the tests, for scale; absent where the tests are not compiled. */
export async function referenceCases(core: Core): Promise<readonly Case[]> {
  const compiled = new URL('../../test/reference/reference-simulator.js', import.meta.url).href;
  const reference: { referenceSimulate: (run: unknown) => { metrics: { arrivals: number } } } | undefined =
    await import(compiled).catch(() => undefined);
  if (reference === undefined) return [];
  const overrides = { ...STATED, duration: 60, migration: 'greedy' };
  const parameters = core.presetParameters('as-published', overrides);
  return [
    {
      group: 'reference',
      name: 'sorted list of events, 60 s',
      operation: 'request',
      run: (r) => reference.referenceSimulate({ parameters, seed: 1 + r }).metrics.arrivals,
    },
    runs(core, 'reference', 'this core, 60 s', { duration: 60 }),
  ];
}
