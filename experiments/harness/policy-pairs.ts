/** `M+O` of the command line: a migration policy and an offloading policy, each a name or a file. */
import { parseReference } from '../../core/index.js';
import type { Problem } from './errors.js';
import { checkReference, findPolicy, type PolicyKind, withSettings } from './policy-registry.js';

export interface PolicyPair {
  readonly migration: string;
  readonly offloading: string;
}

/** How a pair is called in tables. */
export const pairName = ({ migration, offloading }: PolicyPair): string => `${migration}+${offloading}`;

/** Every way to cut the text at a "+": a path or a number may hold one too. */
function cuts(text: string): readonly PolicyPair[] {
  return [...text.matchAll(/\+/g)].map(({ index }) => ({
    migration: text.slice(0, index),
    offloading: text.slice(index + 1),
  }));
}

/** References that the text may name, so that files can be loaded. */
export function referencesInPair(text: string): readonly string[] {
  return cuts(text).flatMap(({ migration, offloading }) => [migration, offloading]);
}

const isKnown = (kind: PolicyKind, reference: string) => findPolicy(kind, reference) !== undefined;

/** The pair that the text names; problems are added to `problems`. Files have been loaded. */
export function parsePair(text: string, path: string, problems: Problem[]): PolicyPair | undefined {
  const all = cuts(text);
  const example =
    'Write migration+offloading, as state-aware+slo-aware or state-aware+./policies/my-idea.ts.';
  if (all.length === 0) {
    problems.push({ path, fact: `"${text}" is not a pair of policies.`, remedy: example });
    return undefined;
  }
  const score = ({ migration, offloading }: PolicyPair) =>
    Number(isKnown('migration', migration)) + Number(isKnown('offloading', offloading));
  const pair = all.reduce((best, next) => (score(next) > score(best) ? next : best));
  if (isKnown('offloading', pair.migration) && isKnown('migration', pair.offloading)) {
    const remedy = `The migration policy comes first: ${pair.offloading}+${pair.migration}.`;
    problems.push({ path, fact: `"${text}" names its policies in the wrong order.`, remedy });
    return undefined;
  }
  const found = [
    ...checkReference('migration', pair.migration, path),
    ...checkReference('offloading', pair.offloading, path),
  ];
  problems.push(...found);
  if (found.length > 0) return undefined;
  return {
    migration: withSettings('migration', pair.migration, new Map()),
    offloading: withSettings('offloading', pair.offloading, new Map()),
  };
}

/** A shorter name where all pairs stay different: `policies/my-idea.ts` becomes my-idea. */
export function displayName(pair: PolicyPair): string {
  const own = (kind: PolicyKind, reference: string) => {
    const policy = findPolicy(kind, reference);
    const { name, settings } = parseReference(reference);
    return [policy?.name ?? name, ...settings.map(([key, value]) => `${key}=${value}`)].join(':');
  };
  return `${own('migration', pair.migration)}+${own('offloading', pair.offloading)}`;
}
