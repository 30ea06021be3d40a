/**
 * What the files of a folder of results say beside its figures. A file that is missing or damaged is told of in
 * `notes`: a page about the others is worth more than none. Names of hosts are left out; those of users are when the page is written (home.ts).
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { scenarioDigest } from '../../experiments/harness/run-key.js';
import { readScenario } from '../../experiments/harness/scenario-file.js';
import { readCsv } from '../../results/csv.js';
import { type DecisionTime, decisionTimes } from '../../results/decision-times.js';
import { summaryOfRuns } from '../../results/summary.js';
import { type FailureFacts, type ManifestFacts, manifestFacts } from './manifest-facts.js';

export type CsvRow = Readonly<Record<string, string>>;

/** The size of a scenario, which has nodes, and maybe functions, of its own. */
export interface ScenarioSize {
  /** Whether its file was found as it was when the runs were made. */
  readonly isKnown: boolean;
  /** Compute nodes, without the data store; absent where the scenario leaves them to the parameters. */
  readonly nodes?: number;
  readonly functions?: number;
}

export interface FolderFacts {
  readonly path: string;
  /** Of the experiment, or else of the folder. */
  readonly name: string;
  readonly manifest?: ManifestFacts;
  /** Of the scenario of the runs, if there is one. */
  readonly scenarioSize?: ScenarioSize;
  /** Rows of summary.csv; of a comparison, which has none, the same made from its runs. */
  readonly summary: readonly CsvRow[];
  /** Times of state-aware decisions; none without timings.csv. */
  readonly decisions: readonly DecisionTime[];
  readonly failures: readonly FailureFacts[];
  /** Rows of failures.csv: the parameters of runs that failed, with their errors. */
  readonly failedRows: readonly CsvRow[];
  /** What could not be read, as sentences. */
  readonly notes: readonly string[];
}

/** The size of the scenario that a manifest names; its file counts only where it is still the one that was run. */
function scenarioSizeOf(manifest: unknown): ScenarioSize | undefined {
  const named = (
    manifest as { configuration?: { scenario?: { path?: unknown; digest?: unknown } | null } } | null
  )?.configuration?.scenario;
  if (named === undefined || named === null || typeof named !== 'object') return undefined;
  try {
    const scenario = readScenario(String(named.path));
    if (scenarioDigest(scenario) !== named.digest) return { isKnown: false };
    const nodes = scenario.nodes?.filter(({ kind }) => kind !== 'store').length;
    return {
      isKnown: true,
      ...(nodes === undefined ? {} : { nodes }),
      ...(scenario.functions === undefined ? {} : { functions: scenario.functions.length }),
    };
  } catch {
    return { isKnown: false };
  }
}

/** Reads files of one folder, collecting what is wrong with them. */
class Reader {
  readonly notes: string[] = [];

  constructor(private readonly folder: string) {}

  /** What `parse` makes of a file; undefined where there is none, or `parse` cannot read it. */
  private read<T>(file: string, needed: boolean, parse: (path: string) => T): T | undefined {
    const path = join(this.folder, file);
    if (!existsSync(path)) {
      if (needed) this.notes.push(`There is no ${file}.`);
      return undefined;
    }
    try {
      return parse(path);
    } catch (error) {
      this.notes.push(`${file} cannot be read (${(error as Error).message}).`);
      return undefined;
    }
  }

  json(file: string): unknown {
    return this.read(file, true, (path) => JSON.parse(readFileSync(path, 'utf8')));
  }

  csv(file: string, needed: boolean): readonly CsvRow[] {
    return this.read(file, needed, readCsv) ?? [];
  }
}

/** Reads what a page says of a folder of results. Nothing is thrown: see `notes`. */
export function readFolderFacts(path: string): FolderFacts {
  const reader = new Reader(path);
  const content = reader.json('manifest.json');
  const manifest = content === undefined ? undefined : manifestFacts(content);
  const scenarioSize = scenarioSizeOf(content);
  const summary = manifest?.isComparison
    ? summaryOfRuns(reader.csv('runs.csv', true).slice(0, Number(manifest.runs.completed)))
    : reader.csv('summary.csv', true);
  const failedRows = reader.csv('failures.csv', false);
  const failed = failedRows.map(
    ({ run, seed, error, command }): FailureFacts => ({
      run: run ?? '',
      seed: seed ?? '',
      error: error ?? '',
      command: command ?? '',
    }),
  );
  return {
    path,
    name: manifest?.name || (summary[0]?.experiment ?? basename(path)),
    ...(manifest === undefined ? {} : { manifest }),
    ...(scenarioSize === undefined ? {} : { scenarioSize }),
    summary,
    decisions: decisionTimes(reader.csv('timings.csv', false)),
    failedRows,
    failures: failed.length > 0 ? failed : (manifest?.failures ?? []),
    notes: reader.notes,
  };
}

/** The rows of summary.csv of a folder of `ds2p scalability`; none where it is none. */
export function readScalabilityFacts(path: string): readonly CsvRow[] {
  return existsSync(join(path, 'solves.csv')) ? new Reader(path).csv('summary.csv', false) : [];
}
