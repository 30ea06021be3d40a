/** Joining the shards of a sweep: the files are those of the sweep made in one place. */
import { join, resolve } from 'node:path';
import { MODEL_VERSION, PARAMETER_LIST } from '../../core/index.js';
import { environment } from './environment.js';
import { type Problem, throwProblems } from './errors.js';
import type { Run, RunList } from './expand.js';
import { isCurrent, JOURNAL_FILE, journalExists } from './journal.js';
import { JournalReader, readHeader, scanJournal } from './journal-reader.js';
import type { ResolvedExperiment } from './resolve-experiment.js';
import { canonicalJson } from './run-key.js';
import { RunKeys } from './run-keys.js';
import { StudySession } from './study-session.js';
import { difference, identity, readSweepFacts, runsOfFacts, type SweepFacts } from './sweep-facts.js';

function journalProblems(folder: string): readonly Problem[] {
  const path = join(folder, JOURNAL_FILE);
  if (!journalExists(path))
    return [
      {
        path: folder,
        fact: `there is no ${JOURNAL_FILE}.`,
        remedy: 'Give a folder that "ds2p sweep" has written.',
      },
    ];
  const header = readHeader(path);
  if (isCurrent(header)) return [];
  return [
    {
      path: folder,
      fact:
        header === undefined
          ? `the first line of its ${JOURNAL_FILE} is damaged.`
          : `its runs are of model version ${header.model}${header.model === MODEL_VERSION ? ', with other columns' : ''}, and this is version ${MODEL_VERSION}.`,
      remedy: 'Merge with the version that made them, or make them again.',
    },
  ];
}

/** Checks that folders hold parts of one sweep, and returns what they say. @throws InputError with every problem. */
function checkedFacts(folders: readonly string[], reused: readonly string[]): readonly SweepFacts[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const folder of [...folders, ...reused]) {
    if (seen.has(resolve(folder)))
      problems.push({ path: folder, fact: 'the folder is given twice.', remedy: 'Give it once.' });
    seen.add(resolve(folder));
  }
  const all = folders.map((folder) => readSweepFacts(folder, problems));
  for (const folder of [...folders, ...reused]) problems.push(...journalProblems(folder));
  const facts = all.filter((each) => each !== undefined);
  for (const each of facts.slice(1))
    if (identity(each) !== identity(facts[0]))
      problems.push({
        path: each.folder,
        fact: `it does not belong to the sweep of "${facts[0].folder}": ${difference(facts[0], each)}.`,
        remedy: 'Merge parts of one sweep; runs of an earlier form of it are taken with --reuse.',
      });
  throwProblems(problems);
  return facts;
}

function absentShards(facts: readonly SweepFacts[]): readonly string[] {
  const shards = facts.map(({ shard }) => shard?.split('/').map(Number) ?? [0, 0]);
  const of = shards[0][1];
  if (of === 0 || shards.some((shard) => shard[1] !== of)) return [];
  const given = new Set(shards.map(([number]) => number));
  return Array.from({ length: of }, (_, i) => i + 1)
    .filter((number) => !given.has(number))
    .map((number) => `${number}/${of}`);
}

export interface MergeReport {
  readonly folder: string;
  readonly planned: number;
  readonly rows: number;
  readonly failed: number;
  /** What has become of earlier files, as sentences. */
  readonly notes: readonly string[];
  /** Runs that no folder has a result of, in words, the first of them. */
  readonly missing: { readonly count: number; readonly named: readonly string[] };
  /** Parts, as "3/16", of which no folder was given, where the folders are parts of one division. */
  readonly absentShards: readonly string[];
  /** Folders that are no part of a division but were made as a whole. */
  readonly whole: readonly string[];
  /** Runs that several folders have the same result of. */
  readonly doubled: { readonly count: number; readonly named: readonly string[] };
}

/** No more runs are named one by one. */
const NAMED = 10;

/** A run by what varies in its sweep. */
function nameOfRun(run: Run, definition: ResolvedExperiment): string {
  const { zip = [], axes = {}, cases = [] } = definition;
  const varied = new Set(
    [...cases, ...(Array.isArray(zip) ? zip : [zip]), axes].flatMap((values) => Object.keys(values)),
  );
  const values = PARAMETER_LIST.filter(({ name }) => varied.has(name)).map(
    ({ id, name }) => `${name}=${String(run.parameters[id])}`,
  );
  const preset = definition.presets.length > 1 ? [`preset=${run.preset}`] : [];
  return `run ${run.index + 1} of the plan: ${[...preset, ...values, `seed=${run.seed}`].join(' ')}`;
}

/** Where a result was found first. */
class Sources {
  private readonly folder: Uint16Array;
  private readonly offset: Float64Array;
  doubled = 0;
  readonly named: string[] = [];
  readonly conflicts: Problem[] = [];

  constructor(
    private readonly folders: readonly string[],
    private readonly readers: readonly JournalReader[],
    private readonly runs: RunList,
    private readonly definition: ResolvedExperiment,
  ) {
    this.folder = new Uint16Array(runs.length);
    this.offset = new Float64Array(runs.length);
  }

  /** Books a result; one of another folder has to be the same. */
  found(index: number, folder: number, offset: number): void {
    const before = this.folder[index] - 1;
    if (before < 0) {
      this.folder[index] = folder + 1;
      this.offset[index] = offset;
      return;
    }
    if (before === folder) {
      this.offset[index] = offset;
      return;
    }
    const [a, b] = [this.readers[before].result(this.offset[index]), this.readers[folder].result(offset)];
    const where = `${this.folders[before]} and ${this.folders[folder]}`;
    const name = nameOfRun(this.runs.at(index)!, this.definition);
    this.doubled++;
    if (this.named.length < NAMED) this.named.push(`${name}: in ${where}`);
    if (canonicalJson(a.metrics) !== canonicalJson(b.metrics) && this.conflicts.length < NAMED)
      this.conflicts.push({
        path: this.folders[folder],
        fact: `${name} has other results than in "${this.folders[before]}".`,
        remedy: 'One of the two is damaged, or was made by changed code: make that folder again.',
      });
  }

  has(index: number): boolean {
    return this.folder[index] > 0;
  }

  line(index: number): string {
    return this.readers[this.folder[index] - 1].line(this.offset[index]);
  }
}

export interface MergeOptions {
  /** Folders of earlier forms of the sweep, whose runs are taken where they are the same. */
  readonly reuse?: readonly string[];
  readonly command?: string;
}

/**
 * Joins folders that hold parts of one sweep into `out`. What `out` holds of the sweep already is kept.
 * @throws InputError where they do not belong together, with every problem, before anything is written.
 */
export function mergeSweeps(
  folders: readonly string[],
  out: string,
  options: MergeOptions = {},
): MergeReport {
  const { reuse = [], command } = options;
  const facts = checkedFacts(folders, reuse);
  const { definition, keys: context, scenario } = facts[0];
  const runs = runsOfFacts(facts[0]);
  const keys = new RunKeys(runs, context);
  const all = [...folders, ...reuse].filter((folder) => resolve(folder) !== resolve(out));
  const readers = all.map((folder) => new JournalReader(join(folder, JOURNAL_FILE)));
  try {
    const sources = new Sources(all, readers, runs, definition);
    const failures = new Map<number, string>();
    all.forEach((folder, f) => {
      scanJournal(join(folder, JOURNAL_FILE), (kind, key, offset) => {
        const index = keys.find(key);
        if (index < 0) return;
        if (kind === 'result') sources.found(index, f, offset);
        else if (f < folders.length) failures.set(index, readers[f].line(offset));
      });
    });
    throwProblems(sources.conflicts);
    const session = StudySession.open(
      out,
      { experiment: definition, resolved: definition, runs },
      {
        keys: context,
        started: new Date(),
        environment: environment(1),
        threads: 1,
        earlier: facts.flatMap(({ sessions }) => sessions),
        ...(scenario === undefined ? {} : { scenario }),
        ...(command === undefined ? {} : { command }),
      },
    );
    let crash: unknown;
    const missing: { count: number; named: string[] } = { count: 0, named: [] };
    let failed = 0;
    let notes: readonly string[] = [];
    try {
      notes = session.begin();
      for (const run of session.folder.missing()) {
        const failure = failures.get(run.index);
        if (sources.has(run.index)) session.folder.adopt(run, sources.line(run.index), 'result');
        else if (failure !== undefined) {
          session.folder.adopt(run, failure, 'failure');
          failed++;
        } else {
          missing.count++;
          if (missing.named.length < NAMED) missing.named.push(nameOfRun(run, definition));
        }
      }
    } catch (error) {
      crash = error;
    }
    session.end(undefined, crash);
    if (crash !== undefined) throw crash;
    return {
      folder: out,
      planned: runs.length,
      rows: session.rows,
      failed,
      notes,
      missing,
      whole: facts.filter(({ shard }) => shard === null).map(({ folder }) => folder),
      absentShards: absentShards(facts),
      doubled: { count: sources.doubled, named: sources.named },
    };
  } finally {
    for (const reader of readers) reader.close();
  }
}
