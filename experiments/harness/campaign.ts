/** A campaign: experiments in one pool, with one progress display, each with a folder of results. */
import { basename, join } from 'node:path';
import type { Scenario } from '../../core/index.js';
import type { Experiment } from '../experiment.js';
import { environment } from './environment.js';
import { throwProblems } from './errors.js';
import type { RunList } from './expand.js';
import { folderProblems } from './folders.js';
import type { ScenarioReference } from './manifest.js';
import { policyDigests } from './policy-registry.js';
import { type PoolOptions, runPool } from './pool.js';
import { Progress, type ProgressStream } from './progress.js';
import type { ResolvedExperiment } from './resolve-experiment.js';
import type { Failure } from './results-folder.js';
import { type KeyContext, scenarioDigest } from './run-key.js';
import { ownedBy, type Shard, shardFolder, siblingJournals } from './shard.js';
import { SharedRuns } from './shared-runs.js';
import { StudySession } from './study-session.js';
import type { Style } from './style.js';

/** An experiment with its runs. */
export interface Study {
  readonly experiment: Experiment;
  readonly runs: RunList;
  /** The experiment with nothing left to be decided; results that know it can be merged and made again. */
  readonly resolved?: ResolvedExperiment;
}

export interface CampaignOptions extends Pick<PoolOptions, 'threads' | 'runTimeoutMs' | 'worker'> {
  /** Results of an experiment go to the folder of its name herein. */
  readonly out: string;
  readonly scenario?: Scenario;
  /** Path of the scenario file, for the manifest. */
  readonly scenarioPath?: string;
  /** Aborted: runs in flight are finished, and no other begins. Its reason says why, in words. */
  readonly signal?: AbortSignal;
  /** Aborted: runs in flight are given up. */
  readonly kill?: AbortSignal;
  readonly progress?: ProgressStream;
  /** How progress is shown; plain where absent. */
  readonly style?: Style;
  /** Results that are there are moved aside. */
  readonly fresh?: boolean;
  /** No run begins after one that failed. */
  readonly failFast?: boolean;
  /** The part of the runs to make; the folder of results is then one within that of the experiment. */
  readonly shard?: Shard;
  /** The command line, for the manifest and for whoever wants to go on. */
  readonly command?: string;
}

export interface CampaignReport {
  readonly folders: readonly string[];
  /** Runs that this call was about. */
  readonly planned: number;
  /** Rows of runs.csv, and how many of them were made by this call. */
  readonly completed: number;
  readonly made: number;
  /** Runs that failed in this call, the first of them one by one. */
  readonly failed: number;
  readonly failures: readonly Failure[];
  /** Runs that are neither made nor have failed. */
  readonly left: number;
  readonly interrupted: boolean;
}

/** The name of a scenario in CSV files: its own, or that of its file, wherever the file lies. */
export function scenarioName(scenario: Scenario | undefined, path: string | undefined): string | undefined {
  return scenario === undefined ? undefined : (scenario.name ?? basename(path ?? 'scenario'));
}

/** A scenario as manifests name it; null where there is none. */
export function scenarioReference(
  scenario: Scenario | undefined,
  path: string | undefined,
): ScenarioReference | null {
  if (scenario === undefined) return null;
  return { path: path ?? '', name: scenarioName(scenario, path)!, digest: scenarioDigest(scenario) };
}

/** What the keys of a campaign's runs depend on beside parameters and seeds. */
export function keyContext({ scenario }: Pick<CampaignOptions, 'scenario'>): KeyContext {
  const digests = policyDigests();
  return {
    ...(scenario === undefined ? {} : { scenario: scenarioDigest(scenario) }),
    ...(Object.keys(digests).length === 0 ? {} : { policyDigests: digests }),
  };
}

/** Why the stop signal was given, in words. */
export const stopReason = (signal: AbortSignal): string =>
  typeof signal.reason === 'string' ? signal.reason : 'interrupted';

/** The folder of an experiment's results. */
const folderOf = ({ experiment }: Study, { out }: CampaignOptions): string => join(out, experiment.name);

/** Opens the folders of all studies; none stays open where one cannot be. */
function openAll(studies: readonly Study[], options: CampaignOptions): readonly StudySession[] {
  const { shard, threads } = options;
  const keys = keyContext(options);
  const reference = scenarioReference(options.scenario, options.scenarioPath);
  const shared = { started: new Date(), environment: environment(threads), threads };
  const sessions: StudySession[] = [];
  try {
    for (const study of studies) {
      const base = folderOf(study, options);
      const own = shard === undefined ? base : shardFolder(base, shard);
      sessions.push(
        StudySession.open(own, study, {
          ...shared,
          keys,
          ...(options.fresh === undefined ? {} : { fresh: options.fresh }),
          ...(reference === null ? {} : { scenario: reference }),
          ...(options.command === undefined ? {} : { command: options.command }),
          ...(shard === undefined
            ? {}
            : { shard, owns: ownedBy(shard, study.runs), elsewhere: siblingJournals(base, own) }),
        }),
      );
    }
    return sessions;
  } catch (error) {
    for (const session of sessions) session.abandon();
    throw error;
  }
}

/**
 * Makes the runs of all studies that are missing in their folders. Whatever ends it early, what is finished is
 * kept, and the next call goes on from there; the files of a folder do not depend on how often that happens.
 * @throws InputError where `out` cannot be written or is in use, before anything has run; StorageError where
 * writing fails later (a full disk).
 */
export async function runCampaign(
  studies: readonly Study[],
  options: CampaignOptions,
): Promise<CampaignReport> {
  const { threads, signal, kill, scenario, progress: stream = process.stderr, failFast = false } = options;
  throwProblems(studies.flatMap((study) => folderProblems(folderOf(study, options))));
  const sessions = openAll(studies, options);
  for (const note of sessions.flatMap(({ folder }) => folder.notes)) stream.write(`${note}\n`);
  const failed = new AbortController();
  const stop = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  const sum = (of: (session: StudySession) => number) => sessions.reduce((total, s) => total + of(s), 0);
  const shared = new SharedRuns(sessions);
  const { cost } = shared;
  const progress = new Progress(
    sum(({ folder }) => folder.planned),
    cost,
    stream,
    {
      done: sum(({ folder }) => folder.done + folder.doneElsewhere),
      onDraw: (state) => {
        for (const session of sessions) session.tell(state);
      },
      style: options.style,
    },
  );
  let crash: unknown;
  try {
    for (const note of sessions.flatMap((session) => session.begin())) stream.write(`${note}\n`);
    await runPool(shared.toMake(), {
      threads,
      cost,
      scenario,
      stop,
      kill,
      runTimeoutMs: options.runTimeoutMs,
      worker: options.worker,
      onRetry: (run, error) => {
        for (const own of shared.allOf(run)) own.session.retrying(own.run, error);
      },
      onOutcome: (run, outcome) => {
        const hasFailed = 'error' in outcome;
        shared.allOf(run).forEach((own, i) => {
          own.session.accept(own.run, outcome);
          progress.add(i === 0 ? run.cost : 0, hasFailed);
        });
        if (failFast && hasFailed) failed.abort('a run failed (--fail-fast)');
      },
    });
  } catch (error) {
    crash = error;
  } finally {
    progress.stop();
  }
  const stopped = stop.aborted ? stopReason(stop) : undefined;
  for (const session of sessions)
    try {
      session.end(stopped, crash);
    } catch (error) {
      crash ??= error;
    }
  if (crash !== undefined) throw crash;
  return {
    folders: sessions.map(({ folder }) => folder.folder),
    planned: sum(({ folder }) => folder.planned),
    completed: sum(({ rows }) => rows),
    made: sum(({ made }) => made),
    failed: sum(({ folder }) => folder.failed),
    failures: sessions.flatMap(({ folder }) => folder.failures),
    left: sum(({ left }) => left),
    interrupted: stopped !== undefined,
  };
}
