/** A campaign: experiments in one pool, with one progress display, each with a folder of results. */
import { join } from 'node:path';
import type { Scenario } from '../../core/index.js';
import type { Experiment } from '../experiment.js';
import { throwProblems } from './errors.js';
import type { Run } from './expand.js';
import { folderProblems } from './folders.js';
import { configurationOf, manifest, type Span } from './manifest.js';
import { runPool } from './pool.js';
import { movePreviousAside } from './previous-results.js';
import { Progress, type ProgressStream } from './progress.js';
import { type Failure, ResultsFolder } from './results-folder.js';
import type { Outcome } from './worker.js';

/** An experiment with its runs. */
export interface Study {
  readonly experiment: Experiment;
  readonly runs: readonly Run[];
}

export interface CampaignOptions {
  /** Results of an experiment go to the folder of its name herein. */
  readonly out: string;
  readonly threads: number;
  readonly scenario?: Scenario;
  /** Path of the scenario file, for the manifest. */
  readonly scenarioPath?: string;
  readonly signal?: AbortSignal;
  readonly progress?: ProgressStream;
}

export interface CampaignReport {
  readonly folders: readonly string[];
  readonly completed: number;
  readonly failures: readonly Failure[];
  readonly interrupted: boolean;
}

/** The name of a scenario in CSV files. */
export function scenarioName(scenario: Scenario | undefined, path: string | undefined): string | undefined {
  return scenario === undefined ? undefined : (scenario.name ?? path ?? 'scenario');
}

/** Experiments with the costliest runs first, so that none of those is left over at the end. */
function inOrderOfCost(studies: readonly Study[]): readonly Run[] {
  const dearest = ({ runs }: Study) => runs.reduce((most, run) => Math.max(most, run.cost), 0);
  return [...studies].sort((a, b) => dearest(b) - dearest(a)).flatMap(({ runs }) => runs);
}

/** What a study has cost so far. */
interface Tally {
  cpuSeconds: number;
  span: Span | null;
}

function count(tally: Tally, outcome: Outcome): void {
  if ('error' in outcome) return;
  const { cpuS, startMs, endMs } = outcome.timing;
  tally.cpuSeconds += cpuS;
  tally.span = {
    start: Math.min(tally.span?.start ?? startMs, startMs),
    end: Math.max(tally.span?.end ?? endMs, endMs),
  };
}

/**
 * Runs all studies. Results of other configurations in their folders are moved aside. Results are complete, or hold every row whose turn came before the signal was aborted;
 * summaries and manifests are written in either case, and a first manifest before anything runs. @throws InputError where `out` cannot be written before
 * anything has run; another error where writing fails later (a full disk), with the rows before it kept.
 */
export async function runCampaign(
  studies: readonly Study[],
  options: CampaignOptions,
): Promise<CampaignReport> {
  const { out, threads, signal, scenario, scenarioPath, progress: stream = process.stderr } = options;
  throwProblems(folderProblems(out));
  const name = scenarioName(scenario, scenarioPath);
  const started = new Date();
  for (const { experiment, runs } of studies) {
    const folder = join(out, experiment.name);
    const aside = movePreviousAside(folder, configurationOf(runs, scenarioPath));
    if (aside !== undefined) stream.write(`Results of another configuration moved: ${folder} -> ${aside}\n`);
  }
  const folders = new Map(
    studies.map(({ experiment, runs }) => [
      experiment.name,
      new ResultsFolder(join(out, experiment.name), runs, name),
    ]),
  );
  const tallies = new Map(
    studies.map(({ experiment }): [string, Tally] => [experiment.name, { cpuSeconds: 0, span: null }]),
  );
  const manifestOf = ({ experiment, runs }: Study, finished: Date | null, interrupted: boolean) => {
    const folder = folders.get(experiment.name)!;
    return manifest({
      experiment,
      runs,
      scenario: scenarioPath,
      threads,
      campaign: { started, finished },
      completed: folder.rows,
      failures: folder.failures,
      interrupted,
      ...tallies.get(experiment.name)!,
    });
  };
  // A campaign that is killed leaves this one, which tells what its rows are.
  for (const study of studies)
    folders.get(study.experiment.name)!.writeManifest(manifestOf(study, null, false));
  const runs = inOrderOfCost(studies);
  const totalCost = runs.reduce((sum, { cost }) => sum + cost, 0);
  const progress = new Progress(runs.length, totalCost, stream);
  try {
    await runPool(runs, {
      threads,
      scenario,
      signal,
      onOutcome: (run, outcome) => {
        count(tallies.get(run.experiment)!, outcome);
        folders.get(run.experiment)!.accept(run, outcome);
        progress.add(run.cost, 'error' in outcome);
      },
    });
  } finally {
    progress.stop();
  }
  const interrupted = signal?.aborted ?? false;
  const finished = new Date();
  for (const study of studies)
    folders.get(study.experiment.name)!.finish(() => manifestOf(study, finished, interrupted));
  const all = [...folders.values()];
  return {
    folders: all.map(({ folder }) => folder),
    completed: all.reduce((sum, { rows }) => sum + rows, 0),
    failures: all.flatMap(({ failures }) => failures),
    interrupted,
  };
}
