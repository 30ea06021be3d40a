/** An experiment of the user's own: a file in JSON, JavaScript or TypeScript. docs/sweeps.md describes it. */
import { existsSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PRESETS, type PresetName } from '../../core/index.js';
import { type Experiment, SECTION_5_1 } from '../experiment.js';
import { didYouMean, InputError, type Problem, sentences, shown, unknownName } from './errors.js';
import { readJson } from './json-file.js';
import { whileLoading } from './while-loading.js';

const CODE = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];
export const EXPERIMENT_EXTENSIONS = ['.json', ...CODE];

/** Whether a word of the command line means a file and not an experiment of the product. */
export const isExperimentFile = (word: string): boolean =>
  EXPERIMENT_EXTENSIONS.includes(extname(word)) || /[\\/]/.test(word);

/** The content of an experiment file, each field as it may stand in JSON. */
export interface ExperimentFile extends Partial<Omit<Experiment, 'presets' | 'quick' | 'needsScenario'>> {
  readonly $schema?: string;
  /** One preset, in place of `presets`. */
  readonly preset?: PresetName;
  readonly presets?: readonly PresetName[];
  /** Path of a scenario file, relative to this one. */
  readonly scenario?: string;
}

const FIELDS = [
  '$schema',
  'name',
  'title',
  'question',
  'section',
  'preset',
  'presets',
  'fixed',
  'cases',
  'zip',
  'axes',
  'constraints',
  'replications',
  'duration',
  'seed',
  'scenario',
] as const satisfies readonly (keyof ExperimentFile)[];

export interface LoadedExperiment {
  /** As far as the file makes sense; what does not is left out and has its problem. */
  readonly experiment: Experiment;
  /** Path of the scenario that the file names, seen from the working folder. */
  readonly scenarioPath?: string;
  readonly problems: readonly Problem[];
}

async function contentOf(path: string): Promise<unknown> {
  if (!CODE.includes(extname(path))) return readJson(path);
  if (!existsSync(path)) return readJson(path);
  const { createJiti } = await import('jiti');
  let module: Record<string, unknown>;
  try {
    const jiti = createJiti(import.meta.url, { fsCache: false, interopDefault: false });
    module = await whileLoading(path, () => jiti.import(pathToFileURL(resolve(path)).href));
  } catch (error) {
    throw new InputError({
      path,
      fact: `the file cannot be loaded (${(error as Error).message}).`,
      remedy: 'Mend it; it has to export an experiment as its default.',
    });
  }
  if (module.default !== undefined) return module.default;
  const objects = Object.values(module).filter((value) => typeof value === 'object' && value !== null);
  if (objects.length === 1) return objects[0];
  throw new InputError({
    path,
    fact: `it exports ${objects.length === 0 ? 'no experiment' : `${objects.length} objects and no default`}.`,
    remedy: 'Write "export default { axes: ... }".',
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the shape of fields; names and values of parameters are checked with those of all experiments. */
class Shape {
  readonly problems: Problem[] = [];
  readonly good: Record<string, unknown> = {};

  constructor(
    private readonly path: string,
    private readonly content: Record<string, unknown>,
  ) {
    for (const name of Object.keys(content))
      if (!(FIELDS as readonly string[]).includes(name))
        this.report(
          name,
          'there is no such field.',
          sentences(didYouMean(name, FIELDS), `Known: ${FIELDS.join(', ')}.`),
        );
  }

  private report(field: string, fact: string, remedy: string): void {
    this.problems.push({ path: `${this.path}: ${field}`, fact, remedy });
  }

  /** Takes a field over where `fits` says so. */
  take(
    field: (typeof FIELDS)[number],
    fits: (value: unknown) => boolean,
    wanted: string,
    remedy: string,
  ): void {
    const value = this.content[field];
    if (value === undefined) return;
    if (fits(value)) this.good[field] = value;
    else this.report(field, `${shown(value)} is not ${wanted}.`, remedy);
  }

  /** Takes an object of lists over, with what is no list left out. */
  lists(field: string, value: unknown): Record<string, unknown> | undefined {
    if (!isObject(value)) {
      this.report(
        field,
        `${shown(value)} is no object of lists.`,
        'Write for example {"slo.tMax": [0.1, 0.2]}.',
      );
      return undefined;
    }
    const entries = Object.entries(value).filter(([name, list]) => {
      if (Array.isArray(list)) return true;
      this.report(
        `${field}.${name}`,
        `${shown(list)} is not a list.`,
        `Write [${shown(list)}], or give it in "fixed".`,
      );
      return false;
    });
    return Object.fromEntries(entries);
  }
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isWhole = (min: number) => (value: unknown) => Number.isSafeInteger(value) && (value as number) >= min;
/** The longest run that the table of parameters allows. */
const MAX_DURATION_S = 1e9;

function presetsOf(
  content: Record<string, unknown>,
  path: string,
  problems: Problem[],
): readonly PresetName[] {
  const given = content.presets ?? content.preset;
  if (content.preset !== undefined && content.presets !== undefined)
    problems.push({
      path: `${path}: preset`,
      fact: 'it is given beside "presets".',
      remedy: 'Give one of the two.',
    });
  if (given === undefined) return ['as-published'];
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  const field = content.presets === undefined ? 'preset' : 'presets';
  if (all.length === 0)
    problems.push({
      path: `${path}: ${field}`,
      fact: 'the list is empty.',
      remedy: `Known: ${PRESETS.join(', ')}.`,
    });
  all.forEach((preset, i) => {
    if (!PRESETS.some((known) => known === preset))
      problems.push(
        unknownName(
          `${path}: ${field}${Array.isArray(given) ? `[${i}]` : ''}`,
          'a preset',
          typeof preset === 'string' ? preset : shown(preset),
          PRESETS,
        ),
      );
  });
  const known = PRESETS.filter((preset) => all.includes(preset));
  return known.length === 0
    ? ['as-published']
    : ([...new Set(all)].filter((p) => known.some((k) => k === p)) as PresetName[]);
}

/** A name that can be that of a folder. */
const NAME = /^[A-Za-z0-9][\w.-]*$/;

/** Reads an experiment file. @throws InputError where there is nothing to be checked. */
export async function readExperimentFile(path: string): Promise<LoadedExperiment> {
  const content = await contentOf(path);
  if (!isObject(content))
    throw new InputError({
      path,
      fact: `${shown(content)} is not an object.`,
      remedy: 'Write an experiment, as in {"axes": {"slo.tMax": [0.1, 0.2]}}.',
    });
  const shape = new Shape(path, content);
  const { problems, good } = shape;
  shape.take(
    'name',
    (v) => isText(v) && NAME.test(String(v)),
    'a name of a folder',
    'Use letters, digits, "-", "_" and ".".',
  );
  for (const field of ['title', 'question', 'section', 'scenario', '$schema'] as const)
    shape.take(field, isText, 'a text', 'Give a text.');
  shape.take('fixed', isObject, 'an object', 'Write for example {"slo.tMax": 0.1}.');
  shape.take(
    'cases',
    (v) => Array.isArray(v) && v.length > 0 && v.every(isObject),
    'a list of objects',
    'Write for example [{"nodes.edge": 5, "nodes.cloud": 5}].',
  );
  shape.take(
    'constraints',
    Array.isArray,
    'a list of conditions',
    'Write for example ["nodes.edge <= nodes.cloud"].',
  );
  shape.take('replications', isWhole(1), 'a whole number >= 1', 'Give one.');
  shape.take('seed', isWhole(0), 'a whole number >= 0', 'Give one.');
  shape.take(
    'duration',
    (v) => typeof v === 'number' && v > 0 && v <= MAX_DURATION_S,
    `a number > 0 and <= ${MAX_DURATION_S}`,
    'Give the simulated seconds during which requests arrive.',
  );
  if (content.axes !== undefined) good.axes = shape.lists('axes', content.axes);
  if (Array.isArray(content.zip))
    good.zip = content.zip.flatMap((group, i) => shape.lists(`zip[${i}]`, group) ?? []);
  else if (content.zip !== undefined) good.zip = shape.lists('zip', content.zip);
  const presets = presetsOf(content, path, problems);
  const ownName = basename(path, extname(path)).replaceAll(/[^\w.-]/g, '-');
  const name = String(good.name ?? ownName);
  const { scenario, $schema: _schema, ...fields } = good;
  return {
    experiment: {
      title: name,
      question: `What changes in ${name}?`,
      section: '-',
      ...SECTION_5_1,
      ...fields,
      name,
      presets,
    },
    ...(typeof scenario === 'string' ? { scenarioPath: resolve(dirname(path), scenario) } : {}),
    problems,
  };
}
