/** The public face of the simulator. */

/** Changes whenever the same configuration and seed give other rows than before. */
export const MODEL_VERSION = '2';

export { PolicyError } from './errors.js';
export { requestFingerprint, trajectoryFingerprint } from './fingerprint.js';
export { totalArrivalRate } from './functions.js';
export type { RunMetrics } from './metrics.js';
export { MIGRATION_POLICIES } from './migration/index.js';
export type { Observer, Sampling } from './observer.js';
export { OFFLOADING_POLICIES } from './offloading/index.js';
export * from './parameters.js';
export { loadPlacementSolvers } from './placement/solve.js';
export * from './policy.js';
export {
  formatReference,
  ownValues,
  type PolicyReference,
  parseReference,
  valueFromText,
} from './policy-reference.js';
export { accessTimeBetween, dataDistanceAt, placesAt } from './recorded-state.js';
export { defaultRecordInterval, Recorder } from './recorder.js';
export type * from './recording.js';
export type * from './request-account.js';
export { Stream } from './rng.js';
export { RunMemory } from './run-memory.js';
export type * from './scenario.js';
export {
  buildWorld,
  type RunResult,
  type RunSpec,
  type SimulateOptions,
  simulate,
  type World,
} from './simulate.js';
export type { Access, SystemView } from './view.js';
export { accountOf } from './witness.js';
