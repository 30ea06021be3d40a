/** A campaign: experiments in one pool, with one progress display, each with a folder of results. */
import { join } from 'node:path';
import type { Scenario } from '../../core/index.js';
import type { Experiment } from '../experiment.js';
import { throwProblems } from './errors.js';
import { estimatedCost, type Run } from './expand.js';
import { folderProblems } from './folders.js';
import { manifest } from './manifest.js';
import { runPool } from './pool.js';
import { Progress, type ProgressStream } from './progress.js';
import { type Failure, ResultsFolder } from './results-folder.js';

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
  const dearest = ({ runs }: Study) => runs.reduce((most, run) => Math.max(most, estimatedCost(run)), 0);
  return [...studies].sort((a, b) => dearest(b) - dearest(a)).flatMap(({ runs }) => runs);
}

/**
 * Runs all studies. Results are complete, or hold every row whose turn came before the signal was aborted;
 * summaries and manifests are written in either case. @throws InputError where `out` cannot be written before
 * anything has run; another error where writing fails later (a full disk), with the rows before it kept.
 */
export async function runCampaign(
  studies: readonly Study[],
  options: CampaignOptions,
): Promise<CampaignReport> {
  const { out, threads, signal, scenario } = options;
  throwProblems(folderProblems(out));
  const name = scenarioName(scenario, options.scenarioPath);
  const started = new Date();
  const folders = new Map(
    studies.map(({ experiment }) => [experiment.name, new ResultsFolder(join(out, experiment.name), name)]),
  );
  const runs = inOrderOfCost(studies);
  const cpu = new Map<string, number>();
  const totalCost = runs.reduce((sum, run) => sum + estimatedCost(run), 0);
  const progress = new Progress(runs.length, totalCost, options.progress);
  try {
    await runPool(runs, {
      threads,
      scenario,
      signal,
      onOutcome: (run, outcome) => {
        if ('timing' in outcome)
          cpu.set(run.experiment, (cpu.get(run.experiment) ?? 0) + outcome.timing.cpuS);
        folders.get(run.experiment)!.accept(run, outcome);
        progress.add(estimatedCost(run), 'error' in outcome);
      },
    });
  } finally {
    progress.stop();
  }
  const interrupted = signal?.aborted ?? false;
  for (const { experiment, runs: planned } of studies) {
    const folder = folders.get(experiment.name)!;
    folder.finish((failures) =>
      manifest({
        experiment,
        runs: planned,
        scenario: options.scenarioPath,
        threads,
        started,
        finished: new Date(),
        completed: folder.rows,
        failures,
        interrupted,
        cpuSeconds: cpu.get(experiment.name) ?? 0,
      }),
    );
  }
  const all = [...folders.values()];
  return {
    folders: all.map(({ folder }) => folder),
    completed: all.reduce((sum, { rows }) => sum + rows, 0),
    failures: all.flatMap(({ failures }) => failures),
    interrupted,
  };
}
