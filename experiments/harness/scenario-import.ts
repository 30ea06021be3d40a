/** Turns measured input (an invocation trace, metadata of functions, round-trip times) into a scenario. */

import { stringify } from 'csv-stringify/sync';
import type { ScenarioFunction, ScenarioNode } from '../../core/index.js';
import { collect, didYouMean, type Problem, sentences, shown, throwProblems, unknownName } from './errors.js';
import { firstProblems } from './scenario-checks.js';
import type { ScenarioJson } from './scenario-file.js';
import { assignRoles, type RoleRequest, readRegions } from './scenario-regions.js';
import { cellAsNumber, findColumn, readTable, type Table } from './scenario-tables.js';
import { counted } from './words.js';

/** Names by which each column is found where --column does not name it. */
export const COLUMNS = {
  'trace.function': ['func_name', 'function'],
  'trace.time': ['invoke_time_ms', 'time_ms'],
  'functions.name': ['func_name', 'function', 'name'],
  'functions.cold': ['cold_dur_ms', 'cold_ms'],
  'functions.warm': ['warm_dur_ms', 'warm_ms'],
  'functions.memory': ['mem_mb', 'memory_mb'],
  'latency.source': ['source', 'region'],
} as const;

export type ColumnId = keyof typeof COLUMNS;

export interface ImportRequest extends RoleRequest {
  /** Paths of the input files; what is absent is left to be generated. */
  readonly trace?: string;
  readonly functions?: string;
  readonly latency?: string;
  readonly name: string;
  /** A note on the licences of the input, for those who get the scenario. */
  readonly licence: string;
  /** Longest cold start in s; longer ones are set to it. */
  readonly maxColdStart: number;
  /** `id=name` of each column that has another name than those of COLUMNS. */
  readonly columns: readonly string[];
}

export interface Imported {
  readonly scenario: ScenarioJson;
  /** The text of arrivals.csv, if there was a trace. */
  readonly arrivals?: string;
  /** What was noticed or done to the numbers, a sentence each. */
  readonly notes: readonly string[];
}

export const ARRIVALS_FILE = 'arrivals.csv';

/** Converts the input. Nothing is written. @throws InputError with every problem of all files. */
export function importScenario(request: ImportRequest): Imported {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const columns = namedColumns(request.columns, problems);
  const column = (table: Table, id: ColumnId): number => {
    const named = columns.get(id);
    const names = named === undefined ? COLUMNS[id] : [named];
    return findColumn(table, names, problems, `Name it with --column ${id}=NAME.`);
  };
  const read = (role: string, path: string | undefined) => {
    const table = path === undefined ? undefined : collect(problems, () => readTable(path));
    return table && { role, table };
  };
  const trace = read('trace', request.trace);
  const functions = read('functions', request.functions);
  const latency = read('latency', request.latency);
  if (request.trace !== undefined && request.functions === undefined)
    problems.push({
      path: '--functions',
      fact: 'a trace comes without the functions that it invokes.',
      remedy: 'Give the CSV with their durations and memory.',
    });

  const topology = latency && importRegions(latency.table, column, request, problems, notes);
  const list = functions && importFunctions(functions.table, column, request.maxColdStart, problems, notes);
  const arrivals = trace && list && importTrace(trace.table, column, list, problems, notes);
  throwProblems(problems);

  const inputs = [trace, functions, latency].flatMap((input) =>
    input === undefined
      ? []
      : [{ role: input.role, file: input.table.path.replace(/^.*[\\/]/, ''), sha256: input.table.sha256 }],
  );
  const scenario: ScenarioJson = {
    name: request.name,
    provenance: { made_by: 'ds2p import', licence: request.licence, inputs, notes },
    ...topology,
    ...(list && { functions: list }),
    ...(arrivals !== undefined && { arrivals: { trace: ARRIVALS_FILE } }),
  };
  return arrivals === undefined ? { scenario, notes } : { scenario, arrivals, notes };
}

type FindColumn = (table: Table, id: ColumnId) => number;

function namedColumns(settings: readonly string[], problems: Problem[]): ReadonlyMap<string, string> {
  const ids = Object.keys(COLUMNS);
  return new Map(
    settings.map((setting) => {
      const equals = setting.indexOf('=');
      const id = setting.slice(0, Math.max(0, equals));
      if (!ids.includes(id))
        problems.push(unknownName(`--column ${setting}`, 'a column of the input', id, ids));
      return [id, setting.slice(equals + 1)];
    }),
  );
}

function importRegions(
  table: Table,
  column: FindColumn,
  request: RoleRequest,
  problems: Problem[],
  notes: string[],
): Pick<ScenarioJson, 'nodes' | 'latency_ms'> | undefined {
  const before = problems.length;
  const source = column(table, 'latency.source');
  const regions = source < 0 ? undefined : readRegions(table, source, problems);
  if (regions === undefined || problems.length > before) return undefined;
  const { names, latency_ms, asymmetric, oneDirection } = regions;
  const roles = assignRoles(regions, request, problems);
  notes.push(
    `One-way latency is half the mean of the round-trip times of both directions, which differ for ${asymmetric} of ${(names.length * (names.length - 1)) / 2} pairs of regions.`,
  );
  if (oneDirection > 0)
    notes.push(
      `${counted(oneDirection, 'pair')} of regions ${oneDirection === 1 ? 'was' : 'were'} measured in one direction, which is taken for both.`,
    );
  const chosen = [...roles.edge, ...roles.cloud, roles.store];
  if (chosen.length < names.length)
    notes.push(
      names.length - chosen.length === 1
        ? '1 region has no role and is left out.'
        : `${names.length - chosen.length} regions have no role and are left out.`,
    );
  const nodes = chosen.map((region): ScenarioNode => {
    const kind = region === roles.store ? 'store' : roles.cloud.includes(region) ? 'cloud' : 'edge';
    return { name: names[region], kind };
  });
  return { nodes, latency_ms: chosen.map((i) => chosen.map((j) => latency_ms[i][j])) };
}

/**
 * The cold duration of a source includes the execution, and the model adds the cold start to an execution
 * time that it draws apart, so the cold start is what the cold duration has beyond the warm one.
 */
function importFunctions(
  table: Table,
  column: FindColumn,
  maxColdStart: number,
  problems: Problem[],
  notes: string[],
): readonly ScenarioFunction[] | undefined {
  const [name, cold, warm, memory] = (
    ['functions.name', 'functions.cold', 'functions.warm', 'functions.memory'] as const
  ).map((id) => column(table, id));
  if (Math.min(name, cold, warm, memory) < 0) return undefined;
  const found: Problem[] = [];
  const lines = new Map<string, number>();
  let capped = 0;
  const functions = table.rows.map((row) => {
    const at = `${table.path}: line ${row.line}`;
    const text = row.cells[name] ?? '';
    const before = lines.get(text);
    if (text === '') found.push({ path: at, fact: 'the function has no name.', remedy: 'Give it one.' });
    else if (before !== undefined)
      found.push({
        path: at,
        fact: `${shown(text)} was described on line ${before} already.`,
        remedy: 'Keep one row a function.',
      });
    lines.set(text, row.line);
    const cold_ms = cellAsNumber(table, row, cold, 'ms', found);
    const warm_ms = cellAsNumber(table, row, warm, 'ms', found);
    const memory_mb = cellAsNumber(table, row, memory, 'MB', found);
    if (warm_ms === 0 || memory_mb === 0)
      found.push({ path: at, fact: 'a duration or memory of 0.', remedy: 'Give numbers > 0.' });
    if (cold_ms < warm_ms)
      found.push({
        path: `${at}, ${table.header[cold]}`,
        fact: `${cold_ms} ms cold is shorter than ${warm_ms} ms warm.`,
        remedy: 'The cold duration includes the execution: check which column is which.',
      });
    const cold_start_s = (cold_ms - warm_ms) / 1000;
    if (cold_start_s > maxColdStart) capped++;
    return {
      name: text,
      memory_mb,
      warm_duration_s: warm_ms / 1000,
      cold_start_s: Math.min(cold_start_s, maxColdStart),
    };
  });
  problems.push(...firstProblems(found, table.path));
  notes.push('The cold start of a function is its cold duration less its warm duration.');
  if (capped > 0)
    notes.push(
      `${capped} of ${functions.length} cold starts were longer than ${maxColdStart} s and set to it.`,
    );
  return functions;
}

function importTrace(
  table: Table,
  column: FindColumn,
  functions: readonly ScenarioFunction[],
  problems: Problem[],
  notes: string[],
): string | undefined {
  const functionColumn = column(table, 'trace.function');
  const timeColumn = column(table, 'trace.time');
  if (functionColumn < 0 || timeColumn < 0) return undefined;
  const known = functions.map(({ name }) => name);
  const isKnown = new Set(known);
  const found: Problem[] = [];
  const unknown = new Set<string>();
  const arrivals = table.rows.map((row) => {
    const name = row.cells[functionColumn] ?? '';
    if (!isKnown.has(name) && !unknown.has(name)) {
      unknown.add(name);
      found.push({
        path: `${table.path}: line ${row.line}, ${table.header[functionColumn]}`,
        fact: `${shown(name)} is none of the ${known.length} functions that are described.`,
        remedy: sentences(
          didYouMean(name, known),
          'Add a row for it to the functions, or remove its invocations.',
        ),
      });
    }
    return { name, time_ms: cellAsNumber(table, row, timeColumn, 'ms from the start', found) };
  });
  problems.push(...firstProblems(found, table.path));
  const late = arrivals.filter(({ time_ms }, i) => i > 0 && time_ms < arrivals[i - 1].time_ms).length;
  // The sort is stable, so that invocations of one millisecond keep their order.
  if (late > 0) arrivals.sort((a, b) => a.time_ms - b.time_ms);
  if (late > 0)
    notes.push(`${late} rows of the trace were earlier than the one before; all were sorted by time.`);
  return stringify([['function', 'time_ms'], ...arrivals.map(({ name, time_ms }) => [name, time_ms])]);
}
