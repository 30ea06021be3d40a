/**
 * Replications that were run before, read back so that they need not be run again: a row counts when its version of
 * the product, parameters, seed, scenario and policy files are the same, since these determine it to the last bit.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { MODEL_VERSION, parseReference, type RunMetrics } from '../../core/index.js';
import { METRIC_COLUMNS, PARAMETER_COLUMNS, runColumns } from '../../results/columns.js';
import { type CsvRow, cellNumber, cellText, headerLine, type Row, rowLine } from '../../results/csv.js';
import { packageVersion } from './environment.js';
import type { Run } from './expand.js';
import { isPolicyFile, policyCodeOf } from './policy-registry.js';
import { runRow } from './results-folder.js';
import { replaceFile, storingRuns } from './storage.js';

/** What a manifest tells of the rows beside it. */
interface Provenance {
  readonly model: unknown;
  readonly version: unknown;
  /** Hash by path. */
  readonly policyFiles: Readonly<Record<string, string>>;
  readonly scenario: unknown;
}

function provenanceOf(folder: string): Provenance | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const { versions = {}, keys = {} } = manifest;
    return {
      model: versions.model,
      version: versions['ds2p-bench'],
      policyFiles: keys.policyDigests ?? {},
      scenario: keys.scenario,
    };
  } catch {
    return undefined;
  }
}

/** The rows of a runs.csv; a last line that a crash has cut is left out. */
function rowsIn(path: string): readonly CsvRow[] {
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  try {
    return parse(whole, { columns: true, skip_empty_lines: true });
  } catch {
    return [];
  }
}

const keyOf = (preset: string, seed: string, cell: (column: string) => string): string =>
  JSON.stringify([preset, seed, ...PARAMETER_COLUMNS.map(({ name }) => cell(name))]);

const keyOfRun = ({ preset, seed, parameters }: Run): string => {
  const cells = new Map(PARAMETER_COLUMNS.map(({ name, id }) => [name, cellText(parameters[id])]));
  return keyOf(preset, String(seed), (column) => cells.get(column)!);
};

export class ReplicationStore {
  /** How many replications were found that are asked for. */
  reused = 0;
  /** Whether all rows of the folder are known: none is of another version, scenario or policy file. */
  readonly isWhole: boolean;
  /** Hashes of policy files that rows of the folder rest on and that are not loaded now. */
  readonly otherFiles: Record<string, string> = {};
  /** Rows of the folder, and of folders elsewhere. */
  private readonly known = new Map<string, Row>();
  private readonly foreign = new Map<string, Row>();
  private readonly path: string;

  /**
   * Reads what the folder holds from before. The folder is there, and locked.
   * @param elsewhere folders of results whose rows may be used as well.
   */
  constructor(
    private readonly folder: string,
    /** `scenarioDigest` of the scenario, where there is one. */
    private readonly scenario: string | undefined,
    private readonly scenarioName: string | undefined,
    elsewhere: readonly string[],
    references: readonly string[],
  ) {
    this.path = join(folder, 'runs.csv');
    const now = new Map(policyCodeOf(references).map((code) => [code.path, code.hash]));
    for (const from of elsewhere) this.read(from, now, this.foreign);
    this.isWhole = this.read(folder, now, this.known);
  }

  /** Returns whether all rows that are there are known now. */
  private read(folder: string, now: ReadonlyMap<string, string>, into: Map<string, Row>): boolean {
    const path = join(folder, 'runs.csv');
    const provenance = provenanceOf(folder);
    if (provenance === undefined || !existsSync(path)) return false;
    const { model, version, scenario, policyFiles } = provenance;
    if (model !== MODEL_VERSION || version !== packageVersion() || scenario !== this.scenario) return false;
    const rows = rowsIn(path);
    for (const row of rows) {
      const files = [row.offloading_policy ?? '', row.migration_policy ?? '']
        .map((reference) => parseReference(reference).name)
        .filter(isPolicyFile);
      // What a file does that is not loaded now cannot be told; its rows wait for a time when it is.
      if (files.some((file) => now.has(file) && now.get(file) !== policyFiles[file])) continue;
      if (into === this.known)
        for (const file of files) if (!now.has(file)) this.otherFiles[file] = policyFiles[file];
      const metrics: Record<string, number> = {};
      for (const { name } of METRIC_COLUMNS) metrics[name] = cellNumber(row[name] ?? '');
      if (METRIC_COLUMNS.some(({ name }) => row[name] === undefined)) continue;
      into.set(
        keyOf(row.preset ?? '', row.seed ?? '', (column) => row[column] ?? ''),
        {
          ...row,
          ...metrics,
        },
      );
    }
    return into.size === rows.length;
  }

  /** Writes what is known and the manifest, so that rows can be added one by one. @throws StorageError. */
  begin(manifest: unknown): void {
    this.writeManifest(manifest);
    this.rewrite([]);
  }

  writeManifest(manifest: unknown): void {
    const path = join(this.folder, 'manifest.json');
    storingRuns(path, () => replaceFile(path, `${JSON.stringify(manifest, null, 2)}\n`));
  }

  find(run: Run): RunMetrics | undefined {
    const key = keyOfRun(run);
    const row = this.known.get(key) ?? this.foreign.get(key);
    if (row !== undefined) this.known.set(key, row);
    return row === undefined
      ? undefined
      : (Object.fromEntries(METRIC_COLUMNS.map(({ name }) => [name, row[name]])) as unknown as RunMetrics);
  }

  /** Keeps a replication, on disk too. @throws StorageError where the disk refuses. */
  add(run: Run, metrics: RunMetrics): void {
    const row = runRow(run, { ...metrics }, this.scenarioName);
    this.known.set(keyOfRun(run), row);
    storingRuns(this.path, () => appendFileSync(this.path, rowLine(this.columns, row)));
  }

  /**
   * Writes all rows: those of `order` first, in its order, then the others as they were found.
   * @throws StorageError where the disk refuses; rows that were there before then stay.
   */
  rewrite(order: readonly Run[]): void {
    const first = new Set(order.map(keyOfRun));
    const rest = [...this.known.keys()].filter((key) => !first.has(key));
    const keys = [...first, ...rest].filter((key) => this.known.has(key));
    const lines = keys.map((key) => rowLine(this.columns, this.known.get(key)!));
    storingRuns(this.path, () => replaceFile(this.path, headerLine(this.columns) + lines.join('')));
  }

  private get columns() {
    return runColumns(this.scenarioName !== undefined);
  }
}
