/** The manifest of a comparison: what that of a sweep tells, and what was compared, so that its report can be made again. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import { scenarioReference } from './campaign.js';
import { type Cell, type ComparisonPlan, runsOfCells } from './comparison-plan.js';
import { type Environment, environment } from './environment.js';
import { configurationOf, manifest, type Session, sessionsIn } from './manifest.js';
import type { Failure } from './results-folder.js';
import type { KeyContext } from './run-key.js';

/** A manifest that tells of a comparison that has ended well, or undefined where the file is none. */
function finishedIn(path: string): object | undefined {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8'));
    return content.comparison?.setting === undefined ? undefined : content;
  } catch {
    return undefined;
  }
}

/** What is said once of a comparison. @param precision what `--precision` came to, as a sentence. */
export function settingOf(
  plan: ComparisonPlan,
  cells: readonly Cell[],
  precision?: string,
): ComparisonSetting {
  const [{ seed, parameters }] = cells[0].first;
  return {
    experiment: plan.experiment.name,
    baseline: plan.baselineName,
    candidates: plan.names,
    metrics: plan.metrics,
    firstSeed: seed,
    durationS: parameters.duration,
    ...(precision === undefined ? {} : { precision }),
    ...(plan.command === undefined ? {} : { command: plan.command }),
  };
}

/** How far a comparison has come. */
interface ComparisonState {
  /** Replications by scenario. */
  readonly counts: readonly number[];
  /** Runs whose metrics are known, and those of them that were made now. */
  readonly known: number;
  readonly made: number;
  readonly failures: readonly Failure[];
  /** Null while it goes on. */
  readonly finished: Date | null;
  /** Why it ended before the last run, if it did. */
  readonly stopped?: string;
  /** What is said of the whole, once it is there. */
  readonly setting?: ComparisonSetting;
}

export class ComparisonManifest {
  private readonly started = new Date();
  private readonly environment: Environment;
  private readonly earlier: readonly Session[];
  /** The manifest of a comparison that has ended well before in the folder. */
  readonly finished: object | undefined;

  constructor(
    private readonly plan: ComparisonPlan,
    private readonly cells: readonly Cell[],
    folder: string,
    private readonly threads: number,
    private readonly keys: KeyContext,
  ) {
    this.environment = environment(threads);
    const path = join(folder, 'manifest.json');
    this.earlier = sessionsIn(path);
    this.finished = finishedIn(path);
  }

  private session({ made, failures, finished, stopped }: ComparisonState): Session {
    return {
      started: this.started.toISOString(),
      ended: finished?.toISOString() ?? null,
      host: hostname(),
      pid: process.pid,
      threads: this.threads,
      command: this.plan.command ?? null,
      made,
      failed: failures.length,
      stopped: stopped ?? null,
    };
  }

  /** The content of manifest.json while the files beside it tell of the comparison before. */
  contentOfBefore(state: ComparisonState): unknown {
    return { ...this.finished, keys: this.keys, sessions: [...this.earlier, this.session(state)] };
  }

  /** The content of manifest.json. */
  content(state: ComparisonState): unknown {
    const { plan, cells, started } = this;
    const { experiment, options, scenarioPath } = plan;
    const { counts, known, failures, finished, setting } = state;
    const runs = runsOfCells(cells, counts);
    const scenarios = cells.map(({ label, preset }, c) => ({ label, preset, replications: counts[c] }));
    const reference = scenarioReference(options.scenario, scenarioPath) ?? undefined;
    const shared = manifest({
      experiment,
      configuration: configurationOf(runs, reference),
      keys: this.keys,
      environment: this.environment,
      planned: runs.length,
      elsewhere: 0,
      span: finished && { start: started.getTime(), end: finished.getTime() },
      campaign: { started, finished },
      completed: known,
      failed: failures.length,
      failures,
      ...(scenarioPath === undefined ? {} : { scenarioPath }),
      interrupted: state.stopped !== undefined,
      cpuSeconds: Number.NaN,
      sessions: [...this.earlier, this.session(state)],
    });
    return {
      ...(shared as object),
      comparison: {
        baseline: plan.baseline,
        candidates: plan.candidates,
        ...(setting === undefined ? {} : { setting, margin: plan.margin ?? null, scenarios }),
      },
    };
  }
}
