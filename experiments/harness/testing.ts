/** `ds2p-bench/testing`: a policy file in a test, without the command line. */
import { fileURLToPath } from 'node:url';
import {
  loadPlacementSolvers,
  type Parameters,
  type PresetName,
  presetParameters,
  type RunMetrics,
  simulate,
} from '../../core/index.js';
import { throwProblems } from './errors.js';
import { loadPolicyFiles } from './policy-files.js';
import { type AnyPolicy, checkReference, loadedPolicy, policiesFromFiles } from './policy-registry.js';

/** A path, relative to the working folder, or a file URL as of `new URL('./my-idea.ts', import.meta.url)`. */
export type PolicyFile = string | URL;

const pathOf = (file: PolicyFile): string => (typeof file === 'string' ? file : fileURLToPath(file));

/** The policy in a file. @throws InputError where there is none, naming file, line and what is wrong. */
export async function loadPolicy(file: PolicyFile): Promise<AnyPolicy> {
  const path = pathOf(file);
  await loadPolicyFiles([path]);
  const policy = loadedPolicy(path);
  if (policy === undefined) throwProblems(checkReference('offloading', path, path));
  return policy!;
}

export interface TestRun {
  /** 1 by default. */
  readonly seed?: number;
  readonly preset?: PresetName;
  /** Parameters by short name; by default 300 s of arrivals. */
  readonly parameters?: Partial<Parameters>;
}

/**
 * Runs the policy of a file once, beside slo-aware offloading or state-aware migration.
 * @throws PolicyError where it decides what cannot be done; InputError where the file is no policy.
 */
export async function runWithPolicy(file: PolicyFile, run: TestRun = {}): Promise<RunMetrics> {
  const { kind } = await loadPolicy(file);
  await loadPlacementSolvers();
  const parameters = presetParameters(run.preset ?? 'as-published', {
    duration: 300,
    ...run.parameters,
    [kind]: pathOf(file),
  });
  return simulate({ parameters, seed: run.seed ?? 1 }, policiesFromFiles(parameters)).metrics;
}
