/** The files of a folder of results, read back: rows, what the manifest says of them, parameters from cells. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Parameters, ParameterValue, PresetName } from '../../core/index.js';
import { factorColumns, PARAMETER_COLUMNS, type ParameterColumn } from '../../results/columns.js';
import { type CsvRow, readCsv } from '../../results/csv.js';
import { checkNamed, parameterNamed } from './configuration.js';
import { InputError, type Problem, throwProblems } from './errors.js';
import type { ScenarioReference } from './manifest.js';
import type { KeyContext } from './run-key.js';
import type { FinishedComparison } from './stored-comparison.js';
import { valueFromText } from './values.js';

/** What a manifest says of the rows beside it, as far as it says it. */
export interface Manifest {
  readonly versions?: { readonly model?: unknown };
  readonly keys?: KeyContext;
  readonly configuration?: { readonly scenario?: ScenarioReference | null };
  /** In the folder of a comparison; its parts are there when the comparison has ended well. */
  readonly comparison?: Partial<FinishedComparison>;
}

const FACTORS = factorColumns(true).map(({ name }) => name);
const REQUIRED = ['preset', 'replication', 'seed', ...PARAMETER_COLUMNS.map(({ name }) => name)];
/** What to do about results that cannot be read back. */
export const AGAIN = 'Make the results again with this version.';

/** The same for rows of one configuration, whether of runs.csv or of summary.csv. */
export const configurationKey = (row: CsvRow): string => JSON.stringify(FACTORS.map((name) => row[name]));

/** The value of the parameter of a column in a row, unchecked. */
export const cellValue = (column: ParameterColumn, row: CsvRow): ParameterValue =>
  valueFromText(parameterNamed(column.parameter), row[column.name] ?? '') as ParameterValue;

/**
 * The preset and the parameters of a row of runs.csv or summary.csv. Whether there are such policies is not looked at,
 * so that a command can be given for a run whose policy file is gone.
 * @param path names the row in messages. @throws InputError with every cell that is no value of its parameter.
 */
export function configurationOfRow(
  row: CsvRow,
  path: string,
): { readonly preset: PresetName; readonly parameters: Parameters } {
  const problems: Problem[] = [];
  const parameters: Record<string, ParameterValue> = {};
  for (const column of PARAMETER_COLUMNS) {
    const value = cellValue(column, row);
    parameters[column.id] = value;
    if (parameterNamed(column.parameter).kind.type === 'policy') continue;
    problems.push(...checkNamed(column.parameter, value, `${path}: ${column.name}`));
  }
  throwProblems(problems);
  return { preset: row.preset as PresetName, parameters: parameters as unknown as Parameters };
}

/** @throws InputError where the file is damaged. */
export function manifestIn(folder: string): Manifest {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new InputError({
      path,
      fact: `the file is damaged (${(error as Error).message}).`,
      remedy: 'Make the results again, or remove the file.',
    });
  }
}

const RUNS_REMEDY = 'Give a folder that "ds2p run --record", "sweep", "reproduce" or "compare" has written.';

/** No more folders are named. */
const NAMED_FOLDERS = 8;

/**
 * The problem of a folder that lacks a file which a command needs, with the folders in it that have the file;
 * undefined where it has it. @param remedy said where no folder in it has it.
 */
export function folderWithout(file: string, folder: string, remedy: string): Problem | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return { path: folder, fact: 'there is no such folder.', remedy };
  if (existsSync(join(folder, file))) return undefined;
  if (existsSync(join(folder, 'solves.csv')))
    return {
      path: folder,
      fact: 'the folder is one of "ds2p scalability": it holds placement problems, and no runs.',
      remedy,
    };
  const within = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, file)));
  const more = within.length > NAMED_FOLDERS ? `, and ${within.length - NAMED_FOLDERS} more` : '';
  return {
    path: folder,
    fact: `the folder holds no ${file}.`,
    remedy:
      within.length === 0
        ? remedy
        : `Give one of the folders in it that do: ${within.slice(0, NAMED_FOLDERS).join(', ')}${more}.`,
  };
}

/** Whether runs.csv is whole and holds nothing but its header. */
export function hasNoRows(folder: string): boolean {
  try {
    return readCsv(join(folder, 'runs.csv')).length === 0;
  } catch {
    return false;
  }
}

/** The rows of runs.csv. @throws InputError where there are none, or where the file is damaged. */
export function rowsIn(folder: string): readonly CsvRow[] {
  const problem = folderWithout('runs.csv', folder, RUNS_REMEDY);
  if (problem !== undefined) throw new InputError(problem);
  const path = join(folder, 'runs.csv');
  let rows: readonly CsvRow[];
  try {
    rows = readCsv(path);
  } catch (error) {
    throw new InputError({ path, fact: `the file is damaged (${(error as Error).message}).`, remedy: AGAIN });
  }
  if (rows.length === 0) throw new InputError({ path, fact: 'the file holds no runs.', remedy: AGAIN });
  const missing = REQUIRED.filter((name) => rows[0][name] === undefined);
  if (missing.length > 0) {
    const fact = `the file lacks the column${missing.length > 1 ? 's' : ''} ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', ...' : ''}.`;
    throw new InputError({ path, fact, remedy: AGAIN });
  }
  return rows;
}
