/**
 * Which policies there are: those of the product, and those of users' files, each by the reference that names it.
 * Files are loaded beforehand (policy-files.ts), since checks of names cannot wait for a file.
 */
import { isAbsolute } from 'node:path';
import {
  formatReference,
  MIGRATION_POLICIES,
  type MigrationPolicy,
  OFFLOADING_POLICIES,
  type OffloadingPolicy,
  type Parameter,
  type Parameters,
  parseReference,
} from '../../core/index.js';
import { type Problem, unknownName } from './errors.js';
import { checkValue, valueFromText } from './values.js';

export type AnyPolicy = OffloadingPolicy | MigrationPolicy;
export type PolicyKind = AnyPolicy['kind'];

/** What is needed to have the policy of a file in another thread, or to tell whether the file has changed. */
export interface PolicyCode {
  /** The path as the user gave it, by which parameters name the policy. */
  readonly path: string;
  /** One module of JavaScript with everything that the file imports, packages included. */
  readonly code: string;
  /** JSON of the source map of `code`. */
  readonly map: string;
  /** SHA-256 of `code`, in hexadecimal digits. */
  readonly hash: string;
}

export interface LoadedPolicy extends PolicyCode {
  readonly policy: AnyPolicy;
}

const loaded = new Map<string, LoadedPolicy>();
const failed = new Map<string, readonly Problem[]>();

/** Does the name of a reference stand for a file? Names of policies have neither slashes nor dots. */
export function isPolicyFile(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]sx?$/.test(name);
}

export function addLoaded(policy: LoadedPolicy): void {
  failed.delete(policy.path);
  loaded.set(policy.path, policy);
}

/** Remembers why a file cannot be used, for whoever checks a reference to it. */
export function addFailed(path: string, problems: readonly Problem[]): void {
  loaded.delete(path);
  failed.set(path, problems);
}

/** The code of the files that `references` name, for worker threads and manifests. */
export function policyCodeOf(references: Iterable<string>): readonly PolicyCode[] {
  const paths = new Set([...references].map((text) => parseReference(text).name));
  return [...paths].flatMap((path) => {
    const found = loaded.get(path);
    return found === undefined ? [] : [{ path, code: found.code, map: found.map, hash: found.hash }];
  });
}

/** The code of all files that are loaded. */
export function allPolicyCode(): readonly PolicyCode[] {
  return policyCodeOf(loaded.keys());
}

/** The hash of each file that is loaded, by its path. */
export function policyDigests(): Readonly<Record<string, string>> {
  return Object.fromEntries([...loaded.values()].map(({ path, hash }) => [path, hash]));
}

/** The policy of a file that was loaded without a problem. */
export const loadedPolicy = (path: string): AnyPolicy | undefined => loaded.get(path)?.policy;

export function policiesOfProduct(kind: PolicyKind): readonly AnyPolicy[] {
  return kind === 'offloading' ? OFFLOADING_POLICIES : MIGRATION_POLICIES;
}

/** The policy that a reference names; undefined where there is none of that kind. */
export function findPolicy(kind: PolicyKind, reference: string): AnyPolicy | undefined {
  const { name } = parseReference(reference);
  const policy = isPolicyFile(name)
    ? loaded.get(name)?.policy
    : policiesOfProduct(kind).find((row) => row.name === name);
  return policy?.kind === kind ? policy : undefined;
}

/** The policies of files that a run needs, in the form of the options of `simulate`. */
export function policiesFromFiles({ offloading, migration }: Parameters) {
  const own = (kind: PolicyKind, reference: string) =>
    isPolicyFile(parseReference(reference).name) ? { [kind]: findPolicy(kind, reference) } : {};
  return { ...own('offloading', offloading), ...own('migration', migration) } as {
    readonly offloading?: OffloadingPolicy;
    readonly migration?: MigrationPolicy;
  };
}

/** The policies, of the product or of files, that have this name. */
export function policiesNamed(name: string): readonly AnyPolicy[] {
  const files = [...loaded.values()].map(({ policy }) => policy);
  return [...OFFLOADING_POLICIES, ...MIGRATION_POLICIES, ...files].filter((policy) => policy.name === name);
}

/** A parameter of a policy's own in the form of the core's table, under its full name `policy.parameter`. */
export function ownParameter(policy: AnyPolicy, name: string): Parameter | undefined {
  const row = policy.parameters?.[name];
  return row && { name: `${policy.name}.${name}`, source: policy.source, ...row };
}

/** Every problem of one setting of a policy's own parameters. */
export function checkSetting(
  policy: AnyPolicy,
  name: string,
  text: string,
  path: string,
): readonly Problem[] {
  const parameter = ownParameter(policy, name);
  if (parameter !== undefined) return checkValue(parameter, valueFromText(parameter, text), path);
  const known = Object.keys(policy.parameters ?? {});
  if (known.length > 0) return [unknownName(path, `a parameter of ${policy.name}`, name, known)];
  const fact = `"${name}" is not a parameter of ${policy.name}, which has none of its own.`;
  return [{ path, fact, remedy: 'Leave it out.' }];
}

/** A problem of the path of a file, with the place in another file that names it, and the folder that was searched. */
function placed(problem: Problem, name: string, place: string): Problem {
  // Problems within the file have a line of it as their path, and options need no place.
  if (problem.path !== name || !place.includes(': ')) return problem;
  const searched = isAbsolute(name)
    ? ''
    : ` Paths of policies are relative to the working folder, here ${process.cwd()}.`;
  return { ...problem, path: `${place}: ${name}`, fact: `${problem.fact}${searched}` };
}

/** Every problem of a reference as the value of `policy.offloading` or `policy.migration`. */
export function checkReference(kind: PolicyKind, reference: string, path: string): readonly Problem[] {
  const { name, settings } = parseReference(reference);
  const article = kind === 'offloading' ? 'an' : 'a';
  if (isPolicyFile(name)) {
    const found = loaded.get(name);
    if (found === undefined)
      return (
        failed.get(name)?.map((problem) => placed(problem, name, path)) ?? [
          {
            path,
            fact: `the policy file "${name}" has not been loaded.`,
            remedy: 'Await loadPolicyFiles first.',
          },
        ]
      );
    if (found.policy.kind !== kind) {
      const fact = `"${name}" holds the ${found.policy.kind} policy "${found.policy.name}", not ${article} ${kind} policy.`;
      const remedy = `Give it with --${found.policy.kind}, or export a policy of kind "${kind}".`;
      return [{ path, fact, remedy }];
    }
  }
  const policy = findPolicy(kind, reference);
  if (policy === undefined)
    return [
      unknownName(
        path,
        `${article} ${kind} policy`,
        name,
        policiesOfProduct(kind).map((row) => row.name),
      ),
    ];
  return settings.flatMap(([own, text]) => checkSetting(policy, own, text, `${path}: ${policy.name}.${own}`));
}

/** Settings of policies' own parameters by the name of the policy, then of the parameter. */
export type PolicySettings = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The reference with the settings that concern its policy, in one canonical text: parameters in the order of the
 * policy's table, those with their default left out, so that equal policies have equal names.
 */
export function withSettings(kind: PolicyKind, reference: string, settings: PolicySettings): string {
  const policy = findPolicy(kind, reference);
  if (policy === undefined) return reference;
  const { name, settings: given } = parseReference(reference);
  const values = new Map([...given, ...(settings.get(policy.name) ?? [])]);
  const canonical = Object.entries(policy.parameters ?? {}).flatMap(([parameter, row]) => {
    const text = values.get(parameter);
    if (text === undefined) return [];
    const value = valueFromText({ ...row, name: parameter, source: '' }, text);
    return JSON.stringify(value) === JSON.stringify(row.default)
      ? []
      : [[parameter, Array.isArray(value) ? value.join(',') : String(value)] as const];
  });
  return formatReference({ name, settings: canonical });
}
