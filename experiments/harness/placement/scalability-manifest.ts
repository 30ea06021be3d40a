/** The manifest of `ds2p scalability`: what was asked for, by which command, and on which machine it was measured. */
import { hostname } from 'node:os';
import { PARAMETERS } from '../../../core/index.js';
import { type Environment, environment, packageVersion } from '../environment.js';
import { resolvedParameters, type Session } from '../manifest.js';
import type { ScalabilityPlan } from './scalability-jobs.js';
import { seriesName, simulatedParameters } from './scalability-plan.js';

/** What determines the rows, times apart. */
export function scalabilityConfiguration(plan: ScalabilityPlan) {
  const { sizes, series, sources, capacity, seeds, states, timeLimit } = plan;
  return { sizes, series: series.map(seriesName), sources, capacity, seeds, states, time_limit_s: timeLimit };
}

/** Parameters of tight storage, which depend on the keys in use of each seed. */
const TIGHT: readonly string[] = [
  PARAMETERS.edgeStorage,
  PARAMETERS.cloudStorage,
  PARAMETERS.storeMayHost,
].map(({ name }) => name);

/**
 * The parameters of the simulated systems, as a manifest of an experiment has them; none where all problems are
 * generated. Those that the study itself decides are left out: what moves keys, and tight storage.
 */
function simulatedSystems({ sources, sizes, states, capacity }: ScalabilityPlan): readonly unknown[] {
  if (!sources.includes('simulated')) return [];
  const systems = sizes.map((size) => ({
    preset: 'as-published' as const,
    parameters: simulatedParameters(size, states),
  }));
  const left = new Set([PARAMETERS.migration.name, ...(capacity === 'tight' ? TIGHT : [])]);
  const kept = (values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !left.has(name)));
  return resolvedParameters(systems).map(({ preset, fixed, varied }) => ({
    preset,
    fixed: kept(fixed),
    varied: kept(varied),
  }));
}

/** What has come of it. */
export interface SolvesDone {
  readonly solves: number;
  readonly failed: number;
  /** Why it ended before the last solve, if it did. */
  readonly stopped?: string;
}

export class ScalabilityManifest {
  private readonly started = new Date();
  private readonly environment: Environment;

  /** @param earlier sessions of the manifest of before. */
  constructor(
    private readonly plan: ScalabilityPlan,
    private readonly command: string,
    private readonly earlier: readonly Session[],
  ) {
    this.environment = environment(plan.threads);
  }

  /** The text of manifest.json. @param done absent while it goes on. */
  text(done?: SolvesDone): string {
    const { plan, started } = this;
    const finished = done === undefined ? null : new Date();
    const session: Session = {
      started: started.toISOString(),
      ended: finished?.toISOString() ?? null,
      host: hostname(),
      pid: process.pid,
      threads: plan.threads,
      command: this.command,
      made: done?.solves ?? 0,
      failed: done?.failed ?? 0,
      stopped: done?.stopped ?? null,
    };
    const content = {
      experiment: {
        name: 'scalability',
        title: 'Placement problems as they grow',
        question:
          'How long does it take to decide where keys live, as nodes, functions and keys grow in number?',
        section: '5.3',
      },
      version: packageVersion(),
      configuration: scalabilityConfiguration(plan),
      simulated: simulatedSystems(plan),
      threads: plan.threads,
      ...this.environment,
      started: session.started,
      finished: session.ended,
      wall_s: finished && (finished.getTime() - started.getTime()) / 1000,
      sessions: [...this.earlier, session],
    };
    return `${JSON.stringify(content, null, 2)}\n`;
  }
}
