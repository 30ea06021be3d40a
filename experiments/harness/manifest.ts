/** What is needed to make the same results again, and where and how long they were made. */
import { readFileSync } from 'node:fs';
import { PARAMETER_LIST, type Parameters, type ParameterValue, presetParameters } from '../../core/index.js';
import type { Experiment } from '../experiment.js';
import type { Environment } from './environment.js';
import type { Run, RunList } from './expand.js';
import type { ResolvedExperiment } from './resolve-experiment.js';
import type { Failure } from './results-folder.js';
import type { KeyContext } from './run-key.js';

/** A word of a command line, quoted where a shell would take it apart. */
export const shellWord = (text: string): string =>
  /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** The command line that goes on where `command` has ended: what is to be started over has been by then. */
export const continuation = (command: string): string => command.replaceAll(/ --fresh(=true)?(?= |$)/g, '');

/** What a command line says to make a run. */
export type Reproducible = Pick<Run, 'preset' | 'parameters' | 'seed'>;

/**
 * The command that makes one run alone, or all replications from that one on: what differs from its preset is set.
 */
export function reproducingCommand(run: Reproducible, scenarioPath?: string, replications = 1): string {
  const preset = presetParameters(run.preset);
  const settings = PARAMETER_LIST.filter(
    ({ id }) => settingText(run.parameters[id]) !== settingText(preset[id]),
  ).map(({ id, name }) => `--set ${shellWord(`${name}=${settingText(run.parameters[id])}`)}`);
  const scenario = scenarioPath === undefined ? '' : ` --scenario ${shellWord(scenarioPath)}`;
  return [
    `npx ds2p run --preset ${run.preset} --seed ${run.seed} --replications ${replications}${scenario}`,
    ...settings,
  ].join(' ');
}

const settingText = (value: ParameterValue) => (typeof value === 'object' ? value.join(',') : String(value));

/** Parameters by dotted name under one preset. */
export interface ResolvedParameters {
  readonly preset: string;
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Lists of values. */
  readonly varied: Readonly<Record<string, unknown>>;
}

/** Parameters that all runs share, and the values of those that vary, by dotted name, a preset at a time. */
export function resolvedParameters(
  runs: Iterable<Pick<Run, 'preset' | 'parameters'>>,
): readonly ResolvedParameters[] {
  const presets = new Map<string, Map<string, ParameterValue>[]>();
  let before: Parameters | undefined;
  for (const { preset, parameters } of runs) {
    // Replications of one configuration follow each other.
    if (parameters === before) continue;
    before = parameters;
    const values = presets.get(preset) ?? PARAMETER_LIST.map(() => new Map<string, ParameterValue>());
    presets.set(preset, values);
    PARAMETER_LIST.forEach(({ id }, i) => {
      values[i].set(String(parameters[id]), parameters[id]);
    });
  }
  return [...presets].map(([preset, values]) => {
    const fixed: Record<string, unknown> = {};
    const varied: Record<string, unknown> = {};
    PARAMETER_LIST.forEach(({ name }, i) => {
      const all = [...values[i].values()];
      if (all.length === 1) fixed[name] = all[0];
      else varied[name] = all;
    });
    return { preset, fixed, varied };
  });
}

/** When something began and ended, in ms since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A scenario as a manifest names it. */
export interface ScenarioReference {
  readonly path: string;
  /** Its name in CSV files. */
  readonly name: string;
  readonly digest: string;
}

/** What makes the rows of an experiment, the version of the model apart: equal ones give equal rows. */
export function configurationOf(runs: RunList, scenario?: ScenarioReference): unknown {
  let replications = 0;
  let configurations = 0;
  for (const run of runs) {
    replications = Math.max(replications, run.replication + 1);
    configurations = Math.max(configurations, run.configuration + 1);
  }
  return {
    seed: runs.at(0)?.seed ?? null,
    replications,
    configurations,
    scenario: scenario ?? null,
    parameters: resolvedParameters(runs),
  };
}

/** A process that worked on a folder of results. */
export interface Session {
  readonly started: string;
  /** Null while it goes on, and for ever where it was killed. */
  readonly ended: string | null;
  readonly host: string;
  readonly pid: number;
  readonly threads: number;
  readonly command: string | null;
  /** Runs that it has made, and runs that failed. */
  readonly made: number;
  readonly failed: number;
  /** Why it ended before the last run, if it did. */
  readonly stopped: string | null;
}

/** No more sessions are told of: a job that is requeued for ever must not fill the file. */
const KEPT_SESSIONS = 500;

/** The sessions that a manifest tells of; none where there is no manifest. */
export function sessionsIn(path: string): readonly Session[] {
  try {
    const { sessions } = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(sessions) ? sessions.slice(1 - KEPT_SESSIONS) : [];
  } catch {
    return [];
  }
}

export interface ManifestInput {
  readonly experiment: Experiment;
  /** The experiment with nothing left to be decided, where it is known. */
  readonly resolved?: ResolvedExperiment;
  /** `configurationOf` the runs. */
  readonly configuration: unknown;
  /** What the keys of the runs depend on beside parameters and seeds. */
  readonly keys: KeyContext;
  /** Which part of the runs this is, as in "3/16". */
  readonly shard?: string;
  readonly environment: Environment;
  readonly planned: number;
  /** Runs of this part whose results other folders have. */
  readonly elsewhere: number;
  /** From the start of the experiment's first run to the end of its last one so far; null before any. */
  readonly span: Span | null;
  /** When all experiments of the campaign began and ended; null while it goes on. */
  readonly campaign: { readonly started: Date; readonly finished: Date | null };
  /** Rows that runs.csv holds. */
  readonly completed: number;
  readonly failed: number;
  /** The first of them; failures.csv holds all. */
  readonly failures: readonly Failure[];
  readonly scenarioPath?: string;
  readonly interrupted: boolean;
  readonly cpuSeconds: number;
  readonly sessions: readonly Session[];
}

const isoText = (ms: number): string => new Date(ms).toISOString();

/** No more failures than this stand in the manifest. */
const TOLD_FAILURES = 100;

/** The content of manifest.json; `finished` is null in the one that is written before the first run. */
export function manifest(input: ManifestInput): unknown {
  const { experiment, span, campaign } = input;
  const { started, finished } = campaign;
  const { name, title, question, section } = experiment;
  return {
    experiment: { name, title, question, section },
    configuration: input.configuration,
    definition: input.resolved ?? null,
    keys: input.keys,
    shard: input.shard ?? null,
    runs: {
      planned: input.planned,
      elsewhere: input.elsewhere,
      completed: input.completed,
      failed: input.failed,
      interrupted: input.interrupted,
      failures: input.failures.slice(0, TOLD_FAILURES).map(({ run, error }) => ({
        run: run.index + 1,
        seed: run.seed,
        error,
        command: reproducingCommand(run, input.scenarioPath),
      })),
    },
    ...input.environment,
    started: span && isoText(span.start),
    finished: finished && span && isoText(span.end),
    wall_s: finished && span && (span.end - span.start) / 1000,
    cpu_s: input.cpuSeconds,
    // Experiments of one campaign share the workers, so that their wall times may overlap.
    campaign: {
      started: started.toISOString(),
      finished: finished?.toISOString() ?? null,
      wall_s: finished && (finished.getTime() - started.getTime()) / 1000,
    },
    sessions: input.sessions,
  };
}
