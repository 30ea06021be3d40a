/** `ds2p import`: a scenario folder from CSV files of measured input. docs/scenarios.md shows it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { InputError } from '../experiments/harness/errors.js';
import {
  ARRIVALS_FILE,
  COLUMNS,
  type Imported,
  type ImportRequest,
  importScenario,
} from '../experiments/harness/scenario-import.js';

export const SCENARIO_FILE = 'scenario.json';

/** JSON with lists of numbers, and objects that hold no others, on one line each. */
export function scenarioText(scenario: Imported['scenario']): string {
  const text = JSON.stringify(scenario, null, 2)
    .replace(/\[\n[-\d.,e\s]*\]/g, (list) => list.replace(/\s+/g, ' '))
    .replace(/\{\n[^{}[\]]*\}/g, (object) => object.replace(/\n\s*/g, ' '));
  return `${text}\n`;
}

/** Writes a scenario folder and returns the path of the scenario. @throws InputError where it cannot be written. */
export function writeScenario(folder: string, { scenario, arrivals }: Imported, force: boolean): string {
  const path = join(folder, SCENARIO_FILE);
  if (!force && existsSync(path))
    throw new InputError({
      path: '--out',
      fact: `there is a scenario at "${path}" already.`,
      remedy: 'Give another folder, or --force to replace it.',
    });
  try {
    mkdirSync(folder, { recursive: true });
    // The scenario comes last, so that there is none where the trace could not be written.
    if (arrivals !== undefined) writeFileSync(join(folder, ARRIVALS_FILE), arrivals);
    writeFileSync(path, scenarioText(scenario));
  } catch (error) {
    throw new InputError({
      path: '--out',
      fact: `"${folder}" cannot be written (${(error as NodeJS.ErrnoException).code}).`,
      remedy: 'Give a folder that you may write to.',
    });
  }
  return path;
}

/** What was made, for a person to read. */
export function importReport(path: string, { scenario, arrivals, notes }: Imported): string {
  const { nodes = [], functions = [] } = scenario;
  const names = (kind: string) => nodes.filter((node) => node.kind === kind).map(({ name }) => name);
  const list = (kind: string) => `  ${names(kind).length} ${kind}: ${names(kind).join(', ')}`;
  const lines = [`Wrote ${path}`];
  if (nodes.length > 0) lines.push(...['edge', 'cloud', 'store'].map(list));
  if (functions.length > 0) lines.push(`  ${functions.length} functions`);
  if (arrivals !== undefined) lines.push(`  ${arrivals.trimEnd().split('\n').length - 1} invocations`);
  return [...lines, ...notes.map((note) => `  ${note}`)].join('\n');
}

interface Options extends Omit<ImportRequest, 'columns'> {
  readonly column: readonly string[];
  readonly out: string;
  readonly force: boolean;
}

export const importCommand: CommandModule<object, Options> = {
  command: 'import',
  describe: 'make a scenario from CSV files: a trace, metadata of functions, round-trip times',
  builder: {
    trace: { type: 'string', describe: 'CSV of invocations: function, time in ms' },
    functions: {
      type: 'string',
      describe: 'CSV of functions: name, cold and warm duration in ms, memory in MB',
    },
    latency: {
      type: 'string',
      describe: 'CSV of round-trip times in ms: a row a source, a column a destination',
    },
    out: { type: 'string', demandOption: true, describe: 'folder to write' },
    store: {
      type: 'string',
      describe: 'region of the data store [default: least mean latency to all others]',
    },
    cloud: {
      type: 'string',
      describe: 'cloud nodes: names, or how many [default: the 5 regions nearest to the store]',
    },
    edge: { type: 'string', describe: 'edge nodes: names, or how many [default: all other regions]' },
    'max-cold-start': { type: 'number', describe: 'longest cold start in s; longer ones are set to it' },
    column: {
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: `name of a column, as ID=NAME; ID: ${Object.keys(COLUMNS).join(', ')}`,
    },
    name: { type: 'string', default: 'imported', describe: 'name of the scenario' },
    licence: {
      type: 'string',
      default: 'not stated: see the sources of the input files',
      describe: 'note on the licences of the input, kept in the scenario',
    },
    force: { type: 'boolean', default: false, describe: 'replace a scenario that is there already' },
  },
  handler: (options) => {
    const { trace, functions, latency, maxColdStart } = options;
    if (trace === undefined && functions === undefined && latency === undefined)
      throw new InputError({
        path: 'import',
        fact: 'there is nothing to import.',
        remedy: 'Give at least one of --functions (with or without --trace) and --latency.',
      });
    if (maxColdStart !== undefined && !(maxColdStart >= 0))
      throw new InputError({
        path: '--max-cold-start',
        fact: `${maxColdStart} is not a number >= 0.`,
        remedy: 'Give a number >= 0, in s.',
      });
    const imported = importScenario({ ...options, columns: options.column });
    const path = writeScenario(options.out, imported, options.force);
    console.log(importReport(path, imported));
  },
};
