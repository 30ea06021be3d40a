/** How sweeps stand, by what is in their folders. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, throwProblems } from './errors.js';
import type { RunList } from './expand.js';
import { type Inventory, inventoryOf } from './inventory.js';
import { isCurrent, JOURNAL_FILE, journalExists } from './journal.js';
import { readHeader } from './journal-reader.js';
import { FolderLock } from './lock.js';
import { shardFolders } from './shard.js';
import { readStatus } from './status.js';
import { readSweepFacts, runsOfFacts, type SweepFacts } from './sweep-facts.js';

/** What is known of one folder. */
export interface FolderState {
  readonly folder: string;
  readonly experiment: string;
  readonly shard: string | null;
  readonly state: 'running' | 'finished' | 'incomplete' | 'runs failed' | 'of another version';
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  /** Of the process at work; null where there is none. */
  readonly rate_per_s: number | null;
  readonly eta_s: number | null;
  readonly process: { readonly pid: number; readonly host: string; readonly since: string } | null;
  /** When a process said something last. */
  readonly updated: string | null;
  /** What starts it, or goes on with it. */
  readonly command: string | null;
}

/** A sweep with its parts. */
export interface SweepState {
  readonly whole: FolderState;
  readonly shards: readonly FolderState[];
}

/**
 * The state of a folder. Runs are counted in the journal, since a process that was killed could not say its last
 * word; the rate and the time that is left are what the process at work says.
 */
function stateOf(
  facts: SweepFacts,
  { planned, done, failed }: Pick<Inventory, 'planned' | 'done' | 'failed'>,
): FolderState {
  const { folder, definition, shard } = facts;
  const holder = FolderLock.holder(folder);
  const told = readStatus(folder);
  const journal = join(folder, JOURNAL_FILE);
  const isOther = journalExists(journal) && !isCurrent(readHeader(journal));
  const left = planned - done - failed;
  const state = isOther
    ? 'of another version'
    : holder !== undefined
      ? 'running'
      : left > 0
        ? 'incomplete'
        : failed > 0
          ? 'runs failed'
          : 'finished';
  const isAtWork = holder !== undefined && told?.state === 'running';
  return {
    folder,
    experiment: definition.name,
    shard,
    state,
    planned,
    done,
    failed,
    rate_per_s: isAtWork ? told.rate_per_s : null,
    eta_s: isAtWork ? told.eta_s : null,
    process: holder === undefined || holder === 'unknown' ? null : holder,
    updated: told?.updated ?? null,
    command: told?.command ?? null,
  };
}

/** The state of the sweep in a folder, and of its parts. @throws InputError where there is none. */
export function sweepState(folder: string): SweepState {
  const problems: Problem[] = [];
  const parts = shardFolders(folder).filter((part) => existsSync(join(part, 'manifest.json')));
  const shards = parts.flatMap((part) => readSweepFacts(part, problems) ?? []);
  const isWhole = existsSync(join(folder, 'manifest.json')) || parts.length === 0;
  const own = isWhole ? readSweepFacts(folder, problems) : undefined;
  throwProblems(problems);
  const whole = own ?? { ...shards[0], folder, shard: null };
  const expanded = new Map<string, RunList>();
  const runsOf = (facts: SweepFacts): RunList => {
    const key = JSON.stringify(facts.definition);
    const runs = expanded.get(key) ?? runsOfFacts(facts);
    expanded.set(key, runs);
    return runs;
  };
  const counted = (facts: SweepFacts): FolderState => {
    const inventory = inventoryOf(runsOf(facts), facts.keys, [facts.folder]);
    // A part is counted against its own runs, of which others may have made some.
    return stateOf(
      facts,
      facts.shard === null
        ? inventory
        : { planned: facts.planned, done: inventory.done + facts.elsewhere, failed: inventory.failed },
    );
  };
  if (shards.length === 0) return { whole: counted(whole), shards: [] };
  return {
    whole: stateOf(whole, inventoryOf(runsOf(whole), whole.keys, [folder, ...parts])),
    shards: shards.map(counted),
  };
}
