/** What a sweep is about: an experiment of the product or of a file, with the changes of the command line. */
import { existsSync } from 'node:fs';
import { PARAMETER_LIST, type Scenario } from '../core/index.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Study } from '../experiments/harness/campaign.js';
import type { Overrides } from '../experiments/harness/configuration.js';
import { collect, InputError, sentences, unknownName } from '../experiments/harness/errors.js';
import { planRuns } from '../experiments/harness/expand.js';
import {
  EXPERIMENT_EXTENSIONS,
  isExperimentFile,
  readExperimentFile,
} from '../experiments/harness/experiment-file.js';
import { loadPolicyFiles } from '../experiments/harness/policy-files.js';
import { referencesOf } from '../experiments/harness/policy-mentions.js';
import { readScenario } from '../experiments/harness/scenario-file.js';
import { EXPERIMENTS } from '../experiments/index.js';
import type { Arguments } from './command.js';
import {
  checkScenarioGiven,
  DEFAULT_SEED,
  type GivenScenario,
  overridesFrom,
  runSettings,
  scenarioFrom,
} from './options.js';

export interface SweepTarget {
  /** Undefined where there are problems, which are then those of `given`. */
  readonly study: Study | undefined;
  readonly scenario?: Scenario;
  readonly scenarioPath?: string;
}

interface Found {
  readonly experiment?: Experiment;
  readonly scenarioPath?: string;
  /** How messages call it. */
  readonly label?: string;
}

async function fromFile(path: string, given: Arguments): Promise<Found> {
  try {
    const { experiment, problems, scenarioPath } = await readExperimentFile(path);
    given.problems.push(...problems);
    return { experiment, label: `${path}: `, ...(scenarioPath === undefined ? {} : { scenarioPath }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    given.problems.push(...error.problems);
    return {};
  }
}

/** The experiment that a word of the command line means. */
async function find(word: string | undefined, given: Arguments, place: string): Promise<Found> {
  if (word === undefined) return {};
  const experiment = EXPERIMENTS.find(({ name }) => name === word);
  if (experiment !== undefined) return { experiment };
  if (isExperimentFile(word)) return fromFile(word, given);
  const file = EXPERIMENT_EXTENSIONS.map((extension) => word + extension).find((path) => existsSync(path));
  const names = EXPERIMENTS.map(({ name }) => name);
  const problem = unknownName(place, 'an experiment', word, names);
  given.problems.push({
    ...problem,
    remedy: sentences(
      file && `Did you mean the file "${file}"?`,
      problem.remedy,
      file ? undefined : 'Or give a file of your own, as my.json.',
    ),
  });
  return {};
}

/** An experiment that a word of the command line means, and the scenario that goes with it. */
export interface NamedExperiment extends GivenScenario {
  /** Undefined where there is none of that name, which is then a problem. */
  readonly experiment?: Experiment;
  /** How messages call it. */
  readonly label?: string;
}

/**
 * Finds an experiment and the policies and scenario that it names. Problems are added to those of `given`.
 * @param place where on the command line the word stands.
 */
export async function namedExperiment(
  word: string | undefined,
  given: Arguments,
  place: string,
): Promise<NamedExperiment> {
  const { experiment, label, scenarioPath: own } = await find(word, given, place);
  if (experiment === undefined) return {};
  await loadPolicyFiles(referencesOf(experiment));
  const fromOption = scenarioFrom(given);
  const scenarioPath = fromOption.scenarioPath ?? own;
  checkScenarioGiven(given, experiment, scenarioPath);
  const named = { experiment, ...(label === undefined ? {} : { label }) };
  if (fromOption.scenarioPath !== undefined || own === undefined) return { ...named, ...fromOption };
  const scenario = collect(given.problems, () => readScenario(own));
  return {
    ...named,
    scenarioPath: own,
    ...(scenario === undefined ? { scenarioUnreadable: true } : { scenario }),
  };
}

/** Tells of axes that the command line replaces, since a sweep then has fewer rows than its file says. */
function noteReplacedAxes({ name, zip = [], axes = {} }: Experiment, { parameters }: Overrides): void {
  for (const group of [axes, ...[zip].flat()] as readonly Readonly<Record<string, readonly unknown[]>>[])
    for (const [axis, values] of Object.entries(group))
      if (PARAMETER_LIST.some((parameter) => parameter.name === axis && parameter.id in parameters))
        console.error(
          `${axis} is set on the command line, so that ${values.length === 1 ? 'its 1 value' : `its ${values.length} values`} in ${name} ${values.length === 1 ? 'is' : 'are'} left out.`,
        );
}

/** Finds the experiment of a command line and expands it. Problems are added to those of `given`. */
export async function sweepTarget(given: Arguments): Promise<SweepTarget> {
  const [word] = given.positional('name');
  const { replications, seed } = runSettings(given);
  const overrides: Overrides = await overridesFrom(given);
  const { experiment, label, scenario, scenarioPath, scenarioUnreadable } = await namedExperiment(
    word,
    given,
    'experiment',
  );
  if (experiment === undefined) return { study: undefined };
  noteReplacedAxes(experiment, overrides);
  const study = collect(given.problems, () =>
    planRuns(experiment, {
      seed: given.text('seed') === undefined ? (experiment.seed ?? DEFAULT_SEED) : seed,
      ...(replications === undefined ? {} : { replications }),
      overrides,
      quick: given.has('quick'),
      ...(scenario === undefined ? {} : { scenario }),
      scenarioUnreadable,
      ...(label === undefined ? {} : { label }),
    }),
  );
  return {
    study,
    ...(scenario === undefined ? {} : { scenario }),
    ...(scenarioPath === undefined ? {} : { scenarioPath }),
  };
}
