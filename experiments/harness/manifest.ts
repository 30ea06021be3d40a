/** What is needed to make the same results again, and where and how long they were made. */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MODEL_VERSION, PARAMETER_LIST, type ParameterValue, presetParameters } from '../../core/index.js';
import type { Experiment } from '../experiment.js';
import type { Run } from './expand.js';
import { policyCodeOf } from './policy-registry.js';
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

/** Packages that take part in numbers, their statistics or their drawings, or in the times they took. */
const PACKAGES = [
  'glpk.js',
  'piscina',
  'simple-statistics',
  'csv-stringify',
  'vega',
  'vega-lite',
  '@resvg/resvg-js',
];

function versionOf(name: string): string {
  try {
    const path = fileURLToPath(import.meta.resolve(name)).replaceAll('\\', '/');
    const folder = `/node_modules/${name}/`;
    const root = path.slice(0, path.lastIndexOf(folder) + folder.length);
    return JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version;
  } catch {
    return 'unknown';
  }
}

/** The command that makes one run alone: what differs from its preset is set. */
export function reproducingCommand(run: Run, scenarioPath?: string): string {
  const preset = presetParameters(run.preset);
  const settings = PARAMETER_LIST.filter(
    ({ id }) => settingText(run.parameters[id]) !== settingText(preset[id]),
  ).map(({ id, name }) => `--set ${name}=${settingText(run.parameters[id])}`);
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

/** When something began and ended, in ms since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What makes the rows of an experiment, the version of the model apart: equal ones give equal rows. */
export function configurationOf(runs: readonly Run[], scenario?: string): unknown {
  const files = policyCodeOf(runs.flatMap(({ parameters: p }) => [p.offloading, p.migration]));
  return {
    // What a policy file did is part of what made the rows.
    ...(files.length === 0
      ? {}
      : { policyFiles: Object.fromEntries(files.map(({ path, hash }) => [path, `sha256:${hash}`])) }),
    seed: runs.length === 0 ? null : runs[0].seed,
    replications: new Set(runs.map(({ replication }) => replication)).size,
    configurations: new Set(runs.map(({ configuration }) => configuration)).size,
    scenario: scenario ?? null,
    parameters: resolved(runs),
  };
}

export interface ManifestInput {
  readonly experiment: Experiment;
  readonly runs: readonly Run[];
  readonly scenario?: string;
  readonly threads: number;
  /** From the start of the experiment's first run to the end of its last one so far; null before any. */
  readonly span: Span | null;
  /** When all experiments of the campaign began and ended; null while it goes on. */
  readonly campaign: { readonly started: Date; readonly finished: Date | null };
  /** Rows that runs.csv holds. */
  readonly completed: number;
  readonly failures: readonly Failure[];
  readonly interrupted: boolean;
  readonly cpuSeconds: number;
}

const isoText = (ms: number): string => new Date(ms).toISOString();

/** The content of manifest.json; `finished` is null in the one that is written before the first run. */
export function manifest(input: ManifestInput): unknown {
  const { experiment, runs, span, campaign } = input;
  const { started, finished } = campaign;
  const { name, title, question, section } = experiment;
  return {
    experiment: { name, title, question, section },
    configuration: configurationOf(runs, input.scenario),
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
      node: process.versions.node,
      v8: process.versions.v8,
      ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
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
  };
}
