/** One process at work on one folder of results: its journal, log, status and manifest from begin to end. */
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import type { Study } from './campaign.js';
import { dropReport } from './earlier-report.js';
import type { Environment } from './environment.js';
import type { Run } from './expand.js';
import {
  configurationOf,
  continuation,
  manifest,
  type ScenarioReference,
  type Session,
  sessionsIn,
} from './manifest.js';
import { durationText, type ProgressState } from './progress.js';
import type { ResolvedExperiment } from './resolve-experiment.js';
import { type FolderOptions, ResultsFolder } from './results-folder.js';
import type { WrittenResults } from './results-writer.js';
import { type Shard, shardText } from './shard.js';
import { type Status, writeStatus } from './status.js';
import { SweepLog } from './sweep-log.js';
import { counted } from './words.js';
import type { Outcome } from './worker.js';

/** The definition of a sweep, beside its results: `ds2p sweep` takes it like a file of the user. */
export const EXPERIMENT_FILE = 'experiment.json';

export interface StudyOptions extends FolderOptions {
  readonly environment: Environment;
  readonly threads: number;
  readonly scenario?: ScenarioReference;
  readonly command?: string;
  readonly shard?: Shard;
  /** Sessions of the folders that are joined here, in place of those of the folder. */
  readonly earlier?: readonly Session[];
}

const STATUS_EVERY_MS = 1000;
const LOG_EVERY_MS = 60_000;

export class StudySession {
  made = 0;
  /** Rows of runs.csv at the end. */
  rows = 0;
  /** Estimated cost in seconds of the runs that are missing at first, and of the costliest of them. */
  readonly missingCost: number;
  readonly dearest: number;
  private readonly log: SweepLog;
  private readonly configuration: unknown;
  private readonly earlier: readonly Session[];
  private lastStatus = 0;
  private lastLog = 0;

  private constructor(
    readonly folder: ResultsFolder,
    private readonly study: Study,
    private readonly options: StudyOptions,
  ) {
    this.log = new SweepLog(folder.folder);
    this.configuration = configurationOf(study.runs, options.scenario);
    this.earlier = options.earlier ?? sessionsIn(join(folder.folder, 'manifest.json'));
    let cost = 0;
    let dearest = 0;
    for (const run of folder.missing()) {
      cost += run.cost;
      dearest = Math.max(dearest, run.cost);
    }
    this.missingCost = cost;
    this.dearest = dearest;
  }

  static open(folder: string, study: Study, options: StudyOptions): StudySession {
    const opened = ResultsFolder.open(folder, study.runs, options);
    try {
      return new StudySession(opened, study, options);
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  get name(): string {
    return this.study.experiment.name;
  }

  /** Runs that are neither made nor have failed in this session. */
  get left(): number {
    const { planned, done, doneElsewhere, failed } = this.folder;
    return Math.max(0, planned - done - doneElsewhere - failed);
  }

  /**
   * Says what will be done. A process that is killed leaves a manifest that tells what its rows are.
   * @returns what whoever called has to know of, as sentences.
   */
  begin(): readonly string[] {
    const { folder, options, study } = this;
    const { planned, done, doneElsewhere } = folder;
    const dropped = planned > done + doneElsewhere ? dropReport(folder.folder) : undefined;
    const notes = dropped === undefined ? [] : [dropped];
    for (const note of [...folder.notes, ...notes]) this.log.write(note);
    const others = doneElsewhere === 0 ? '' : `, ${doneElsewhere} done by other shards`;
    const part = options.shard === undefined ? '' : `, shard ${shardText(options.shard)}`;
    this.log.write(
      `start: ${this.name}${part}: ${counted(planned, 'run')}, ${done} done before${others}; ${counted(options.threads, 'thread')}`,
    );
    if (study.resolved !== undefined)
      folder.writeJson(EXPERIMENT_FILE, experimentFile(study.resolved, this.scenarioPath()));
    folder.writeManifest(this.manifest({ rows: done, failures: 0, cpuSeconds: 0, span: null }, null, null));
    return notes;
  }

  /** Path of the scenario file, seen from the folder of results. */
  private scenarioPath(): string | undefined {
    const { scenario } = this.options;
    return scenario && relative(this.folder.folder, scenario.path);
  }

  retrying(run: Run, error: string): void {
    this.log.write(`run ${run.index + 1} failed and is tried once more in a fresh worker: ${error}`);
  }

  accept(run: Run, outcome: Outcome): void {
    this.folder.accept(run, outcome);
    if ('error' in outcome) this.log.write(`run ${run.index + 1} failed: ${outcome.error}`);
    else this.made++;
  }

  /** Takes the state of the campaign to the log and the status, now and then. */
  tell({ text, ratePerSecond, leftSeconds }: ProgressState): void {
    const now = performance.now();
    if (now - this.lastStatus >= STATUS_EVERY_MS) this.writeStatus('running', ratePerSecond, leftSeconds);
    if (now - this.lastLog >= LOG_EVERY_MS) {
      if (this.lastLog > 0) this.log.write(text);
      this.lastLog = now;
    }
  }

  private writeStatus(state: Status['state'], rate: number, left: number): void {
    this.lastStatus = performance.now();
    const { folder, options } = this;
    writeStatus(folder.folder, {
      experiment: this.name,
      shard: options.shard === undefined ? null : shardText(options.shard),
      state,
      host: hostname(),
      pid: process.pid,
      threads: options.threads,
      started: options.started.toISOString(),
      updated: new Date().toISOString(),
      planned: folder.planned,
      done: folder.done + folder.doneElsewhere,
      made: this.made,
      failed: folder.failed,
      rate_per_s: rate,
      eta_s: Number.isFinite(left) ? left : null,
      command: options.command === undefined ? null : continuation(options.command),
    });
  }

  private manifest(written: WrittenResults, finished: Date | null, stopped: string | null): unknown {
    const { folder, options, study } = this;
    const { started } = options;
    const session: Session = {
      started: started.toISOString(),
      ended: finished?.toISOString() ?? null,
      host: hostname(),
      pid: process.pid,
      threads: options.threads,
      command: options.command ?? null,
      made: this.made,
      failed: folder.failed,
      stopped,
    };
    return manifest({
      experiment: study.experiment,
      ...(study.resolved === undefined ? {} : { resolved: study.resolved }),
      configuration: this.configuration,
      keys: options.keys,
      ...(options.shard === undefined ? {} : { shard: shardText(options.shard) }),
      ...(options.scenario === undefined ? {} : { scenarioPath: options.scenario.path }),
      environment: options.environment,
      planned: folder.planned,
      elsewhere: folder.doneElsewhere,
      span: written.span,
      campaign: { started, finished },
      completed: written.rows,
      failed: written.failures,
      failures: folder.failures,
      interrupted: stopped !== null,
      cpuSeconds: written.cpuSeconds,
      sessions: [...this.earlier, session],
    });
  }

  /**
   * Writes the final files, unless a full disk or the like has ended the sweep, and frees the folder.
   * @throws StorageError where they cannot be written; the journal has all that they would say.
   */
  end(stopped: string | undefined, crash: unknown): void {
    const { folder, options } = this;
    try {
      if (crash !== undefined) {
        this.log.write(`ended by an error: ${crash instanceof Error ? crash.message : String(crash)}`);
        return;
      }
      const { scenario } = options;
      const written = folder.writeResults(
        scenario === undefined ? {} : { scenario: scenario.name, scenarioPath: scenario.path },
      );
      this.rows = written.rows;
      const finished = new Date();
      folder.writeManifest(this.manifest(written, finished, stopped ?? null));
      const seconds = durationText((finished.getTime() - options.started.getTime()) / 1000);
      const how = stopped === undefined ? 'finished' : `stopped: ${stopped}`;
      this.log.write(
        `${how}; ${counted(this.made, 'run')} made in ${seconds}, ${folder.failed} failed, ${this.left} left; ${counted(written.rows, 'row')} in runs.csv`,
      );
    } finally {
      this.writeStatus(stopped === undefined && crash === undefined ? 'finished' : 'stopped', 0, Number.NaN);
      folder.close();
    }
  }

  /** Frees the folder without a word, since another one could not be opened. */
  abandon(): void {
    this.folder.close();
  }
}

/** The content of experiment.json. @param scenario path of the scenario file, seen from where it will stand. */
export function experimentFile(
  { needsScenario: _needs, ...rest }: ResolvedExperiment,
  scenario: string | undefined,
): unknown {
  return { ...rest, ...(scenario === undefined ? {} : { scenario }) };
}
