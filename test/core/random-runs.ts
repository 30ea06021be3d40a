/** Runs of random small systems for fast-check. */

import {
  MIGRATION_POLICIES,
  OFFLOADING_POLICIES,
  type Parameters,
  PRESETS,
  type PresetName,
  presetParameters,
  type RunSpec,
} from '../../core/index.js';
import { fc } from '../fast-check.js';

/** FC_RUNS=<count> tries more or fewer runs a property. */
export const options = { numRuns: Number(process.env.FC_RUNS ?? 300) };
const names = (registry: readonly { name: string }[]) => fc.constantFrom(...registry.map((row) => row.name));
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Small systems of every kind: crowded or idle, with and without clouds, keys, storage and latency. */
const overrides: fc.Arbitrary<Partial<Parameters>> = fc.record({
  offloading: names(OFFLOADING_POLICIES),
  migration: names(MIGRATION_POLICIES),
  workload: fc.constantFrom('w1', 'w2'),
  popularity: fc.constantFrom('zipf', 'uniform'),
  knowledge: fc.constantFrom('true', 'estimated'),
  migrationMode: fc.constantFrom('instant', 'transfer'),
  randomMoves: fc.constantFrom('all-once', 'accessed-by-node'),
  greedyRanks: fc.constantFrom('nodes', 'pairs'),
  formulation: fc.constantFrom('sound', 'as-written'),
  sloScope: fc.constantFrom('per-key', 'per-function'),
  checkMemory: fc.boolean(),
  storeMayHost: fc.boolean(),
  duration: between(0.5, 6),
  load: between(0.02, 1),
  edgeNodes: fc.integer({ min: 1, max: 6 }),
  cloudNodes: fc.integer({ min: 0, max: 4 }),
  functionCount: fc.integer({ min: 1, max: 8 }),
  keyCount: fc.integer({ min: 1, max: 30 }),
  keysPerFunction: fc.integer({ min: 0, max: 6 }),
  edgeMemory: fc.oneof(fc.constant(0), between(100, 3000)),
  cloudMemory: fc.oneof(fc.constant(0), between(100, 5000)),
  edgeStorage: fc.oneof(fc.constant(0), between(0.01, 5)),
  cloudStorage: fc.oneof(fc.constant(0), between(0.01, 5)),
  coldStart: fc.array(between(0, 1), { minLength: 1, maxLength: 5 }),
  idleExpiry: fc.oneof(fc.constant(0), between(0, 3), fc.constant(600)),
  maxOffloads: fc.integer({ min: 0, max: 5 }),
  offloadOverhead: fc.oneof(fc.constant(0), between(0, 20)),
  edgeEdgeMin: fc.constant(0),
  edgeEdgeMax: fc.oneof(fc.constant(0), between(0, 50)),
  cloudSpeedup: between(0.3, 3),
  inputSize: between(0, 1e5),
  outputSize: between(0, 1e5),
  tMax: between(0.005, 0.5),
  migrationInterval: between(0.2, 3),
  knowledgeInterval: between(0.1, 1),
  gossipInterval: fc.oneof(fc.constant(0), between(0.05, 2)),
});
export const runs: fc.Arbitrary<RunSpec> = fc
  .tuple(fc.constantFrom<PresetName>(...PRESETS), overrides, fc.integer({ min: 0, max: 2 ** 31 }))
  .map(([preset, values, seed]) => ({ parameters: presetParameters(preset, values), seed }));
