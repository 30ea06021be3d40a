/** The key of a run: a hash of everything that determines its metrics to the last bit. */
import { createHash, type Hash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import {
  MODEL_VERSION,
  namedValues,
  type Parameters,
  parseReference,
  type Scenario,
} from '../../core/index.js';

/** Hexadecimal digits of a key: 128 bits make a clash among a million runs less likely than 1e-26. */
export const KEY_DIGITS = 32;

/** What runs of one sweep share, beside their parameters and seeds. */
export interface KeyContext {
  /** `scenarioDigest` of the scenario, where there is one. */
  readonly scenario?: string;
  /** Digests of policies that are files of the user, by path: a changed file is another run. */
  readonly policyDigests?: Readonly<Record<string, string>>;
}

/** JSON with the keys of objects in order, so that equal values have equal text. */
export const canonicalJson = (value: unknown): string => stringify(value) ?? 'null';

/** SHA-256 in hexadecimal. */
export const digestOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** A digest of all that a scenario gives to a run; its name is for readers only. */
export function scenarioDigest({ name: _name, trace, ...parts }: Scenario): string {
  const hash = createHash('sha256').update(canonicalJson(parts));
  for (const array of trace === undefined ? [] : [trace.time_s, trace.function, trace.node])
    hash.update(`|${array?.length ?? 'none'}|`).update(array ?? new Uint8Array());
  return hash.digest('hex');
}

/** The part of the hash that all replications of a configuration share. */
export function configurationHash(parameters: Parameters, context: KeyContext): Hash {
  const { scenario = null, policyDigests = {} } = context;
  // Parameters go by their public names, so that a short name of the code may change.
  const values = namedValues(parameters);
  const policies = [parameters.offloading, parameters.migration].map((text) => parseReference(text).name);
  const digests = Object.fromEntries(
    policies.filter((policy) => policy in policyDigests).map((policy) => [policy, policyDigests[policy]]),
  );
  const content = { model: MODEL_VERSION, parameters: values, policyDigests: digests, scenario };
  return createHash('sha256').update(canonicalJson(content));
}

/** The key of the run with that configuration and seed. */
export const keyOfSeed = (configuration: Hash, seed: number): string =>
  configuration.copy().update(`|${seed}`).digest('hex').slice(0, KEY_DIGITS);

/** The key of one run as text. */
export const runKey = (parameters: Parameters, seed: number, context: KeyContext = {}): string =>
  keyOfSeed(configurationHash(parameters, context), seed);
