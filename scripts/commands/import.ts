/** `ds2p import`: a scenario folder from CSV files of measured input. docs/scenarios.md shows it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { collect, shown } from '../../experiments/harness/errors.js';
import { folderProblems, makeFolder } from '../../experiments/harness/folders.js';
import {
  ARRIVALS_FILE,
  COLUMNS,
  type Imported,
  type ImportRequest,
  importScenario,
} from '../../experiments/harness/scenario-import.js';
import { replaceFiles, storing } from '../../experiments/harness/storage.js';
import { counted } from '../../experiments/harness/words.js';
import type { Arguments, CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { toggle } from '../options.js';
import { print } from '../stdout.js';

export const SCENARIO_FILE = 'scenario.json';

const INPUTS = ['trace', 'functions', 'latency'] as const;
const ROLES = ['store', 'cloud', 'edge'] as const;

/** JSON with lists of numbers, and objects that hold no others, on one line each. */
export function scenarioText(scenario: Imported['scenario']): string {
  const text = JSON.stringify(scenario, null, 2)
    .replace(/\[\n[-\d.,e\s]*\]/g, (list) => list.replace(/\s+/g, ' '))
    .replace(/\{\n[^{}[\]]*\}/g, (object) => object.replace(/\n\s*/g, ' '));
  return `${text}\n`;
}

/** Writes a scenario folder and returns the path of the scenario. @throws StorageError where the disk refuses. */
function writeScenario(folder: string, { scenario, arrivals }: Imported): string {
  makeFolder(folder);
  const path = join(folder, SCENARIO_FILE);
  const files = new Map([
    ...(arrivals === undefined ? [] : [[join(folder, ARRIVALS_FILE), arrivals] as const]),
    [path, scenarioText(scenario)] as const,
  ]);
  storing(folder, () => replaceFiles(files));
  return path;
}

/** What was made, as `--json` prints it. */
function reportJson(path: string, { scenario, arrivals, notes }: Imported) {
  const { nodes = [], functions = [] } = scenario;
  const named = (role: string) => nodes.filter(({ kind }) => kind === role).map(({ name }) => name);
  return {
    scenario: path,
    nodes: { edge: named('edge'), cloud: named('cloud'), store: named('store') },
    functions: functions.length,
    invocations: arrivals === undefined ? 0 : arrivals.trimEnd().split('\n').length - 1,
    notes,
  };
}

/** The same for a person to read. */
function reportText({ nodes, functions, invocations, notes }: ReturnType<typeof reportJson>): string {
  return [
    ...Object.entries(nodes)
      .filter(([, names]) => names.length > 0)
      .map(([role, names]) => `${names.length} ${role}: ${names.join(', ')}`),
    ...(functions > 0 ? [counted(functions, 'function')] : []),
    ...(invocations > 0 ? [counted(invocations, 'invocation')] : []),
    ...notes,
  ]
    .map((line) => `  ${line}`)
    .join('\n');
}

/** What the options ask for; their problems are added to those of `given`. */
function requestFrom(given: Arguments): ImportRequest {
  const texts = Object.fromEntries(
    [...INPUTS, ...ROLES].flatMap((name) => {
      const text = given.text(name);
      return text === undefined ? [] : [[name, text]];
    }),
  );
  if (INPUTS.every((name) => texts[name] === undefined))
    given.problems.push({
      path: 'import',
      fact: 'there is nothing to import.',
      remedy: 'Give at least one of --latency and --functions, the latter with or without --trace.',
    });
  for (const name of ROLES)
    if (texts[name] !== undefined && texts.latency === undefined)
      given.problems.push({
        path: `--${name}`,
        fact: 'there are no regions to choose from.',
        remedy: 'Give their round-trip times with --latency.',
      });
  const longest = given.text('max-cold-start');
  const maxColdStart = longest === undefined ? Infinity : Number(longest);
  if (!(maxColdStart >= 0))
    given.problems.push({
      path: '--max-cold-start',
      fact: `${shown(longest)} is not a number >= 0.`,
      remedy: 'Give a number >= 0, in s.',
    });
  return {
    ...texts,
    maxColdStart,
    columns: given.texts('column'),
    name: given.text('name') ?? 'imported',
    licence: given.text('licence') ?? 'not stated: see the sources of the input files',
  };
}

export const importCommand: CommandSpec = {
  name: 'import',
  describe: 'Make a scenario from CSVs of measured input',
  options: {
    trace: { type: 'text', values: 'file', describe: 'CSV of invocations: function, time in ms' },
    functions: {
      type: 'text',
      values: 'file',
      describe: 'CSV of functions: name, cold and warm duration in ms, memory in MB',
    },
    latency: {
      type: 'text',
      values: 'file',
      describe: 'CSV of round-trip times in ms: a row a source, a column a destination',
    },
    out: { type: 'text', values: 'folder', describe: 'folder of the scenario, to be made' },
    store: {
      type: 'text',
      describe: 'region of the data store',
      fallback: 'the one with the least mean latency to all others',
    },
    cloud: {
      type: 'text',
      describe: 'cloud nodes: names separated by commas, or how many of the regions nearest to the store',
      fallback: '5, or a third of the regions where there are few',
    },
    edge: {
      type: 'text',
      describe: 'edge nodes: names separated by commas, or how many of the regions nearest to the store',
      fallback: 'all other regions',
    },
    'max-cold-start': {
      type: 'text',
      describe: 'longest cold start in s; longer ones are set to it',
      fallback: 'no limit',
    },
    column: {
      type: 'text',
      repeatable: true,
      describe: `name of a column, as ID=NAME; repeatable; ID: ${Object.keys(COLUMNS).join(', ')}`,
    },
    name: { type: 'text', describe: 'name of the scenario', fallback: 'imported' },
    licence: { type: 'text', describe: 'note on the licences of the input, kept in the scenario' },
    force: toggle('replace a scenario that is there already'),
    json: jsonOption('the path of the scenario, its nodes, and counts of functions and invocations'),
  },
  examples: [
    [
      'ds2p import --trace trace.csv --functions metadata.csv --latency rtt.csv --out real',
      'all three inputs',
    ],
    ['ds2p import --latency rtt.csv --edge 8 --cloud 3 --out europe', 'nodes and links only'],
  ],
  run: async (given) => {
    const request = requestFrom(given);
    const out = given.text('out');
    if (out === undefined)
      given.problems.push({
        path: '--out',
        fact: 'the option is missing.',
        remedy: 'Name the folder of the scenario, to be made.',
      });
    else if (existsSync(join(out, SCENARIO_FILE)) && !given.has('force'))
      given.problems.push({
        path: '--out',
        fact: `there is a scenario in "${out}" already.`,
        remedy: 'Give another folder, or --force to replace it.',
      });
    else given.problems.push(...folderProblems(out));
    const imported = collect(given.problems, () => importScenario(request));
    given.check();
    const report = reportJson(writeScenario(out!, imported!), imported!);
    if (given.has('json')) printJson(report);
    else print(report.scenario);
    console.error(reportText(report));
    return EXIT.done;
  },
};
