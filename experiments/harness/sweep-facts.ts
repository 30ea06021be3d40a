/** What folders of results say of their sweeps. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, shown } from './errors.js';
import { type RunList, runsOf } from './expand.js';
import type { ScenarioReference, Session } from './manifest.js';
import type { ResolvedExperiment } from './resolve-experiment.js';
import { canonicalJson, type KeyContext } from './run-key.js';

/** What a manifest says of the sweep whose results stand beside it. */
export interface SweepFacts {
  readonly folder: string;
  readonly definition: ResolvedExperiment;
  readonly keys: KeyContext;
  readonly scenario?: ScenarioReference;
  readonly shard: string | null;
  /** Runs of this part, and those of them whose results other folders have. */
  readonly planned: number;
  readonly elsewhere: number;
  readonly sessions: readonly Session[];
  /** Of ds2p-bench, with which its files were written last. */
  readonly version?: string;
}

/** Reads them. Problems are added to `problems`, and undefined returned, where the folder holds no sweep. */
export function readSweepFacts(folder: string, problems: Problem[]): SweepFacts | undefined {
  const refuse = (fact: string, remedy: string): undefined => {
    problems.push({ path: folder, fact, remedy });
  };
  const path = join(folder, 'manifest.json');
  if (!existsSync(path))
    return refuse(
      'there is no manifest.json.',
      'Give a folder that "ds2p sweep" has written, as results/my.',
    );
  try {
    const { definition, keys, shard, sessions, configuration, runs, versions } = JSON.parse(
      readFileSync(path, 'utf8'),
    );
    if (!definition?.presets || typeof definition.seed !== 'number')
      return refuse(
        'its manifest holds no definition of a sweep.',
        'Make the sweep again with this version.',
      );
    const scenario = configuration?.scenario as ScenarioReference | null | undefined;
    return {
      folder,
      definition,
      keys: keys ?? {},
      shard: shard ?? null,
      planned: Number(runs?.planned ?? 0),
      elsewhere: Number(runs?.elsewhere ?? 0),
      sessions: Array.isArray(sessions) ? sessions : [],
      ...(typeof versions?.['ds2p-bench'] === 'string' ? { version: versions['ds2p-bench'] } : {}),
      ...(scenario ? { scenario } : {}),
    };
  } catch (error) {
    return refuse(`its manifest.json is damaged (${(error as Error).message}).`, 'Make the sweep again.');
  }
}

/** All runs of the sweep that a folder holds a part of. */
export const runsOfFacts = ({ definition }: SweepFacts): RunList => runsOf(definition, { unchecked: true });

/** What tells two sweeps apart: titles and questions do not. */
export const identity = ({ definition, keys, scenario }: SweepFacts): string => {
  const {
    title: _title,
    question: _question,
    section: _section,
    needsScenario: _needs,
    ...rest
  } = definition;
  return canonicalJson({ ...rest, keys, scenario: scenario?.name });
};

/** Where two definitions differ, in words. */
export function difference(a: SweepFacts, b: SweepFacts): string {
  const [first, second]: readonly Record<string, unknown>[] = [a, b].map((facts) => ({
    ...facts.definition,
    scenario: facts.keys.scenario ?? null,
    'policy files': facts.keys.policyDigests ?? {},
    'name of the scenario': facts.scenario?.name ?? null,
  }));
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].filter(
    (name) =>
      !['title', 'question', 'section', 'needsScenario'].includes(name) &&
      canonicalJson(first[name]) !== canonicalJson(second[name]),
  );
  return names
    .map((name) => `${name} is ${shown(first[name] ?? null)} there and ${shown(second[name] ?? null)} here`)
    .join('; ');
}
