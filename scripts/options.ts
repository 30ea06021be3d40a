/** Options that several commands share. Those of parameters come from the table of parameters. */
import { availableParallelism } from 'node:os';
import { defaultOf, PARAMETER_LIST, PRESETS, type Scenario } from '../core/index.js';
import type { Experiment } from '../experiments/experiment.js';
import { type Given, type Overrides, resolveOverrides } from '../experiments/harness/configuration.js';
import { collect } from '../experiments/harness/errors.js';
import type { Run } from '../experiments/harness/expand.js';
import { readJson } from '../experiments/harness/json-file.js';
import { lacksDecisions, missingDecisionsText } from '../experiments/harness/missing-decisions.js';
import { loadPolicyFiles } from '../experiments/harness/policy-files.js';
import { referencesIn } from '../experiments/harness/policy-mentions.js';
import { readScenario } from '../experiments/harness/scenario-file.js';
import { rangeText, valueText } from '../experiments/harness/values.js';
import type { Arguments, OptionSpec } from './command.js';
import { valuesOfKind } from './completion/kinds.js';

export const DEFAULT_SEED = 1;
export const DEFAULT_OUT = 'results';
const MAX_REPLICATIONS = 100_000;
const MAX_THREADS = 1024;
const MAX_SECONDS = 1e6;

const text = (describe: string, fallback?: string): OptionSpec => ({
  describe,
  type: 'text',
  ...(fallback === undefined ? {} : { fallback }),
});

export const toggle = (describe: string): OptionSpec => ({ describe, type: 'switch' });

export const RUN_OPTIONS = {
  threads: text('worker threads', 'all cores'),
  seed: text('seed of the first replication; replication r has seed + r', String(DEFAULT_SEED)),
} as const;

export const OUT_OPTION = {
  out: { ...text('folder of results, a folder herein an experiment', DEFAULT_OUT), values: 'folder' },
} as const;

export const REPORT_OPTION = { 'no-report': toggle('write no report.html in the end') } as const;

export const DURATION_OPTION = { duration: text('simulated seconds during which requests arrive') } as const;

/** Text, range and both defaults of a parameter, as help shows them. */
function flagOptions(presetFallback: boolean): Record<string, OptionSpec> {
  const options: Record<string, OptionSpec> = {};
  for (const parameter of PARAMETER_LIST) {
    if (parameter.flag === undefined) continue;
    const values = [...new Set(PRESETS.map((preset) => valueText(defaultOf(parameter, preset))))];
    options[parameter.flag] = {
      ...text(
        `${parameter.doc} (${rangeText(parameter.kind)}${parameter.unit === '-' ? '' : `; ${parameter.unit}`})`,
      ),
      ...(presetFallback ? { fallback: values.join(' or ') } : {}),
      values: valuesOfKind(parameter.kind),
      group: 'Parameters:',
    };
  }
  return options;
}

/** Everything that sets parameters. @param defaults whether absent options have the defaults of the preset. */
export function parameterOptions(defaults: boolean): Record<string, OptionSpec> {
  return {
    preset: {
      ...text(
        `preset from which parameters start (${PRESETS.join(', ')})`,
        defaults ? 'as-published' : 'as the experiment says',
      ),
      values: 'preset',
    },
    config: { ...text('JSON file with parameters by name, as in {"slo.tMax": 0.2}'), values: 'file' },
    set: {
      ...text('one parameter, as in --set workload.load=1.5; repeatable; "ds2p list" shows all'),
      repeatable: true,
      values: 'parameter',
    },
    scenario: {
      ...text('JSON file with nodes, latencies, functions, keys or a trace of arrivals'),
      values: 'file',
    },
    ...flagOptions(defaults),
  };
}

export interface CommonRunSettings {
  readonly threads: number;
  readonly seed: number;
  readonly replications: number | undefined;
}

export function runSettings(given: Arguments): CommonRunSettings {
  return {
    threads: given.whole('threads', 1, MAX_THREADS, availableParallelism()),
    seed: given.whole('seed', 0, Number.MAX_SAFE_INTEGER - MAX_REPLICATIONS, DEFAULT_SEED),
    replications: given.whole('replications', 1, MAX_REPLICATIONS, undefined),
  };
}

/** What was given about parameters, as typed; a file that cannot be read becomes a problem. */
export function givenParameters(given: Arguments): Given {
  const path = given.text('config');
  const content = path === undefined ? undefined : collect(given.problems, () => readJson(path));
  const flags: Record<string, readonly string[]> = {};
  for (const { flag } of PARAMETER_LIST) if (flag !== undefined) flags[flag] = given.texts(flag);
  const preset = given.text('preset');
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(path === undefined || content === undefined ? {} : { file: { path, content } }),
    settings: given.texts('set'),
    flags,
  };
}

/** Parameters that were given, resolved; problems are added to those of `given`. Policy files are loaded. */
export async function overridesFrom(given: Arguments): Promise<Overrides> {
  const parameters = givenParameters(given);
  await loadPolicyFiles(referencesIn(parameters));
  return resolveOverrides(parameters, given.problems);
}

/** A time in seconds above 0, or `fallback` where the option is absent or wrong. */
export function secondsOption(given: Arguments, name: string, fallback: number): number {
  const text = given.text(name);
  if (text === undefined) return fallback;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds > 0 && seconds <= MAX_SECONDS) return seconds;
  given.problems.push({
    path: `--${name}`,
    fact: `"${text}" is not a time in seconds.`,
    remedy: `Give a number > 0 and <= ${MAX_SECONDS}.`,
  });
  return fallback;
}

export interface GivenScenario {
  readonly scenario?: Scenario;
  readonly scenarioPath?: string;
  /** A path was given, and what is there cannot be used. */
  readonly scenarioUnreadable?: boolean;
}

/** The scenario file, read; its problems are added to those of `given`. */
export function scenarioFrom(given: Arguments): GivenScenario {
  const scenarioPath = given.text('scenario');
  if (scenarioPath === undefined) return {};
  const scenario = collect(given.problems, () => readScenario(scenarioPath));
  return scenario === undefined ? { scenarioPath, scenarioUnreadable: true } : { scenario, scenarioPath };
}

/** Reports a problem where the experiment needs a scenario file and none is given. */
export function checkScenarioGiven(
  given: Arguments,
  experiment: Experiment | undefined,
  scenarioPath: string | undefined,
): void {
  if (!experiment?.needsScenario || scenarioPath !== undefined) return;
  given.problems.push({
    path: '--scenario',
    fact: `the experiment "${experiment.name}" needs a scenario file.`,
    remedy: 'Make one with "ds2p import" and give its path.',
  });
}

/** Says on stderr when runs are too short for any decision of their Data Migrator. */
export function noteMissingDecisions(runs: Iterable<Run>): void {
  for (const { parameters } of runs) {
    if (!lacksDecisions(parameters)) continue;
    console.error(missingDecisionsText(parameters));
    return;
  }
}
