/** Runs of a folder of results, read back from its runs.csv and manifest.json so that they can be made again. */
import { join } from 'node:path';
import {
  MODEL_VERSION,
  PARAMETER_LIST,
  type Parameters,
  type ParameterValue,
  parseReference,
  type Scenario,
} from '../../core/index.js';
import { PARAMETER_COLUMNS, type ParameterColumn } from '../../results/columns.js';
import type { CsvRow } from '../../results/csv.js';
import { checkNamed } from './configuration.js';
import { crossCheck } from './cross-checks.js';
import { InputError, type Problem, shown, throwProblems } from './errors.js';
import { estimatedCost, type Run } from './expand.js';
import { reproducingCommand } from './manifest.js';
import { loadPolicyFiles } from './policy-files.js';
import { isPolicyFile, policyDigests } from './policy-registry.js';
import { scenarioDigest } from './run-key.js';
import { readScenario } from './scenario-file.js';
import {
  AGAIN,
  cellValue,
  configurationKey,
  configurationOfRow,
  type Manifest,
  manifestIn,
  rowsIn,
} from './stored-rows.js';

/** A run of a folder, as lists show it. */
export interface StoredRunInfo {
  /** Row of runs.csv, from 1. */
  readonly number: number;
  readonly experiment: string;
  readonly preset: string;
  readonly seed: number;
  /** From 0. */
  readonly replication: number;
  /** Parameters of which the runs of the folder have several values, by dotted public name. */
  readonly varied: Readonly<Record<string, ParameterValue>>;
}

/** A run of a folder with all that is needed to make it again; policy files are loaded. */
export interface StoredRun {
  readonly number: number;
  readonly run: Run;
  readonly scenario?: Scenario;
  readonly scenarioName?: string;
  readonly scenarioPath?: string;
  /** Its row. */
  readonly row: CsvRow;
}

/** The runs of a folder of results. */
export class StoredResults {
  /** Rows of runs.csv. */
  readonly rows: readonly CsvRow[];
  private readonly manifest: Manifest;
  private readonly columnsThatVary: readonly ParameterColumn[];
  /** By configuration, in the order of rows: its number, and the seed and number of its replications. */
  private readonly configurations = new Map<
    string,
    { readonly number: number; readonly seed: number; replications: number }
  >();
  private scenario: Scenario | undefined;

  /** @throws InputError where there are no runs, or where they are damaged. */
  constructor(readonly folder: string) {
    this.rows = rowsIn(folder);
    this.manifest = manifestIn(folder);
    this.columnsThatVary = PARAMETER_COLUMNS.filter(({ name }) =>
      this.rows.some((row) => row[name] !== this.rows[0][name]),
    );
    for (const row of this.rows) {
      const key = configurationKey(row);
      const replication = Number(row.replication);
      const known = this.configurations.get(key);
      if (known !== undefined) known.replications = Math.max(known.replications, replication + 1);
      else
        this.configurations.set(key, {
          number: this.configurations.size,
          seed: Number(row.seed) - replication,
          replications: replication + 1,
        });
    }
  }

  get runs(): readonly StoredRunInfo[] {
    return this.rows.map((row, i) => ({
      number: i + 1,
      experiment: row.experiment ?? '',
      preset: row.preset,
      seed: Number(row.seed),
      replication: Number(row.replication),
      varied: Object.fromEntries(
        this.columnsThatVary.map((column) => [column.parameter, cellValue(column, row)]),
      ),
    }));
  }

  /** Path of the scenario file as the manifest has it. */
  get scenarioPath(): string | undefined {
    return this.manifest.configuration?.scenario?.path || undefined;
  }

  /**
   * The command that makes all replications of a row of summary.csv; undefined where runs.csv has none of them.
   * @throws InputError where its cells are damaged.
   */
  commandOfConfiguration(row: CsvRow): string | undefined {
    const known = this.configurations.get(configurationKey(row));
    if (known === undefined) return undefined;
    const configuration = configurationOfRow(row, join(this.folder, 'summary.csv'));
    return reproducingCommand({ ...configuration, seed: known.seed }, this.scenarioPath, known.replications);
  }

  /** Run `number`, checked and with its policy files loaded. @throws InputError where it cannot be made again. */
  async runAt(number: number): Promise<StoredRun> {
    const row = this.rowOf(number);
    const { versions } = this.manifest;
    if (versions?.model !== undefined && versions.model !== MODEL_VERSION)
      throw new InputError({
        path: join(this.folder, 'manifest.json'),
        fact: `the results are of model version ${shown(versions.model)}, and this is version ${MODEL_VERSION}, which would make other runs.`,
        remedy: AGAIN,
      });
    const { preset, parameters } = configurationOfRow(row, this.pathOf(number));
    await this.loadPolicies(parameters, this.pathOf(number));
    const scenario = row.scenario === undefined ? undefined : this.readScenario();
    throwProblems(
      crossCheck(parameters, { scenario }).map((problem) => ({
        ...problem,
        path: `${this.pathOf(number)}: ${problem.path}`,
      })),
    );
    return {
      number,
      run: {
        experiment: row.experiment ?? '',
        preset,
        parameters,
        configuration: this.configurations.get(configurationKey(row))!.number,
        replication: Number(row.replication),
        seed: Number(row.seed),
        index: number - 1,
        cost: estimatedCost(parameters, scenario),
      },
      ...(scenario === undefined ? {} : { scenario, scenarioName: row.scenario }),
      ...(this.scenarioPath === undefined ? {} : { scenarioPath: this.scenarioPath }),
      row,
    };
  }

  private pathOf(number: number): string {
    return `${join(this.folder, 'runs.csv')}: run ${number}`;
  }

  private rowOf(number: number): CsvRow {
    const row = this.rows[number - 1];
    if (row !== undefined) return row;
    const { length } = this.rows;
    throw new InputError({
      path: '--run',
      fact: `there is no run ${number} in ${this.folder}.`,
      remedy:
        length === 1 ? 'It has one run, number 1.' : `It has runs 1 to ${length}, the rows of runs.csv.`,
    });
  }

  /** Loads the policies of files; what has changed since would make another run. */
  private async loadPolicies(parameters: Parameters, path: string): Promise<void> {
    const references = [parameters.offloading, parameters.migration];
    await loadPolicyFiles(references);
    throwProblems(
      PARAMETER_LIST.flatMap(({ id, name, kind }) =>
        kind.type === 'policy' ? checkNamed(name, parameters[id], `${path}: ${name}`) : [],
      ),
    );
    const [then, now] = [this.manifest.keys?.policyDigests ?? {}, policyDigests()];
    const changed = references
      .map((reference) => parseReference(reference).name)
      .filter((file) => isPolicyFile(file) && then[file] !== undefined && then[file] !== now[file]);
    throwProblems(changed.map((file) => changedProblem(file, 'policy')));
  }

  private readScenario(): Scenario {
    if (this.scenario !== undefined) return this.scenario;
    const path = this.scenarioPath;
    if (path === undefined)
      throw new InputError({
        path: join(this.folder, 'manifest.json'),
        fact: 'the runs have a scenario, and no manifest says where its file is.',
        remedy: 'Make the results again, with --scenario.',
      });
    const scenario = readScenario(path);
    const then = this.manifest.keys?.scenario;
    if (then !== undefined && then !== scenarioDigest(scenario))
      throw new InputError(changedProblem(path, 'scenario'));
    this.scenario = scenario;
    return scenario;
  }
}

const changedProblem = (path: string, what: string): Problem => ({
  path,
  fact: `the ${what} file has changed since the results were made, so that the run would be another one.`,
  remedy: 'Put the file of then back, or make the results again.',
});
