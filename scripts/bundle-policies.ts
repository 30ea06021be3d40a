/** The policies of a sweep that are files of the user, as a crate takes them along. */
import { basename, isAbsolute, normalize } from 'node:path';
import type { Problem } from '../experiments/harness/errors.js';
import { loadPolicyFiles, policyFilesIn } from '../experiments/harness/policy-files.js';
import { referencesOf } from '../experiments/harness/policy-mentions.js';
import { policyCodeOf } from '../experiments/harness/policy-registry.js';
import type { SweepFacts } from '../experiments/harness/sweep-facts.js';

export interface BundledPolicy {
  /** Path within the crate. */
  readonly name: string;
  /** The policy and all that it imports, as one module: a crate has to be whole. */
  readonly code: string;
}

/** The policy files of a sweep. Ones that are gone or have changed since it was made are problems. */
export async function policiesOf(
  { definition, keys }: SweepFacts,
  problems: Problem[],
): Promise<readonly BundledPolicy[]> {
  const references = referencesOf(definition);
  await loadPolicyFiles(references);
  const found = new Map(policyCodeOf(references).map((code) => [code.path, code]));
  return policyFilesIn(references).flatMap((path) => {
    const policy = found.get(path);
    if (policy === undefined || policy.hash !== keys.policyDigests?.[path]) {
      problems.push({
        path,
        fact: `the policy file ${policy === undefined ? 'cannot be loaded any more' : 'has changed since the sweep was made'}.`,
        remedy: 'Put back the one that the sweep used, or make the sweep again.',
      });
      return [];
    }
    const relative = normalize(path).replaceAll('\\', '/');
    const isWithin = !isAbsolute(path) && !relative.startsWith('../');
    if (!isWithin)
      console.error(
        `${path} goes to inputs/ of the crate; experiment.json names it by the path that it had.`,
      );
    return [{ name: isWithin ? relative : `inputs/${basename(path)}`, code: policy.code }];
  });
}
