/** What is needed to make the same results again, and where and how long they were made. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { MODEL_VERSION, PARAMETER_LIST, type ParameterValue } from '../../core/index.js';
import type { Experiment } from '../experiment.js';
import type { Run } from './expand.js';
import type { Failure } from './results-folder.js';

/** Version of this package. Compiled files lie one folder deeper than sources, so both depths are tried. */
export function packageVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const content = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (content.name === 'ds2p-bench') return content.version;
    } catch {
      // There is no package.json at this depth.
    }
  }
  return 'unknown';
}

function solverVersion(): string {
  try {
    const path = createRequire(import.meta.url).resolve('glpk.js');
    const root = path.slice(0, path.lastIndexOf('glpk.js') + 'glpk.js'.length);
    return JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version;
  } catch {
    return 'unknown';
  }
}

/** The command that makes one run alone. */
export function reproducingCommand(run: Run, scenarioPath?: string): string {
  const settings = PARAMETER_LIST.map(({ id, name }) => `--set ${name}=${settingText(run.parameters[id])}`);
  const scenario = scenarioPath === undefined ? '' : ` --scenario ${scenarioPath}`;
  return `ds2p run --preset ${run.preset} --seed ${run.seed} --replications 1${scenario} ${settings.join(' ')}`;
}

const settingText = (value: ParameterValue) => (typeof value === 'object' ? value.join(',') : String(value));

/** Parameters that all runs share, and the values of those that vary, by dotted name, a preset at a time. */
function resolved(runs: readonly Run[]): unknown {
  const presets = [...new Set(runs.map(({ preset }) => preset))];
  return presets.map((preset) => {
    const own = runs.filter((run) => run.preset === preset);
    const fixed: Record<string, unknown> = {};
    const varied: Record<string, unknown> = {};
    for (const { id, name } of PARAMETER_LIST) {
      const values = [
        ...new Map(own.map((r) => [JSON.stringify(r.parameters[id]), r.parameters[id]])).values(),
      ];
      if (values.length === 1) fixed[name] = values[0];
      else varied[name] = values;
    }
    return { preset, fixed, varied };
  });
}

export interface ManifestInput {
  readonly experiment: Experiment;
  readonly runs: readonly Run[];
  readonly scenario?: string;
  readonly threads: number;
  readonly started: Date;
  readonly finished: Date;
  /** Rows that runs.csv holds. */
  readonly completed: number;
  readonly failures: readonly Failure[];
  readonly interrupted: boolean;
  readonly cpuSeconds: number;
}

export function manifest(input: ManifestInput): unknown {
  const { experiment, runs, started, finished } = input;
  const { name, title, question, section } = experiment;
  return {
    experiment: { name, title, question, section },
    configuration: {
      seed: runs.length === 0 ? null : runs[0].seed,
      replications: new Set(runs.map(({ replication }) => replication)).size,
      configurations: new Set(runs.map(({ configuration }) => configuration)).size,
      scenario: input.scenario ?? null,
      parameters: resolved(runs),
    },
    runs: {
      planned: runs.length,
      completed: input.completed,
      interrupted: input.interrupted,
      failures: input.failures.map(({ run, error }) => ({
        run: run.index + 1,
        seed: run.seed,
        error,
        command: reproducingCommand(run, input.scenario),
      })),
    },
    versions: {
      'ds2p-bench': packageVersion(),
      model: MODEL_VERSION,
      'glpk.js': solverVersion(),
      node: process.versions.node,
      v8: process.versions.v8,
    },
    machine: {
      platform: platform(),
      release: release(),
      arch: arch(),
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memory_mb: Math.round(totalmem() / 1e6),
      threads: input.threads,
    },
    started: started.toISOString(),
    finished: finished.toISOString(),
    wall_s: (finished.getTime() - started.getTime()) / 1000,
    cpu_s: input.cpuSeconds,
  };
}
