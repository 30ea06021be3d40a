/** A deterministic part of the runs of a sweep, for one machine among several. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import FlatQueue from 'flatqueue';
import type { RunList } from './expand.js';
import { JOURNAL_FILE } from './journal.js';

/** Part `number` of `of`, from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** Folder, within that of an experiment, of the folders of shards. */
export const SHARDS_FOLDER = 'shards';

export const shardText = ({ number, of }: Shard): string => `${number}/${of}`;

/** Where a shard's results go: names sort in the order of shards. */
export function shardFolder(experimentFolder: string, { number, of }: Shard): string {
  const digits = String(of).length;
  return join(experimentFolder, SHARDS_FOLDER, `${String(number).padStart(digits, '0')}-of-${of}`);
}

/** The folders of all shards of an experiment that are there, of whatever division, in order. */
export function shardFolders(experimentFolder: string): readonly string[] {
  const folder = join(experimentFolder, SHARDS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+-of-\d+$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Journals in which a shard may find runs that it need not make: merged ones, and those of other shards. */
export const siblingJournals = (experimentFolder: string, own: string): readonly string[] =>
  [experimentFolder, ...shardFolders(experimentFolder)]
    .filter((folder) => folder !== own)
    .map((folder) => join(folder, JOURNAL_FILE));

/**
 * The shard of every run, from 0: the costliest run first, each to the shard with the least estimated cost so far
 * (longest processing time first; Graham, "Bounds on multiprocessing timing anomalies", 1969, is within 4/3 of the
 * best). It depends on the runs of the sweep only, not on what is done.
 */
export function assignShards(runs: RunList, of: number): Uint32Array {
  const costs = new Float64Array(runs.length);
  for (const run of runs) costs[run.index] = run.cost;
  const order = Uint32Array.from({ length: runs.length }, (_, i) => i).sort(
    (a, b) => costs[b] - costs[a] || a - b,
  );
  const shards = new Uint32Array(runs.length);
  // Of two shards with equal cost the one with the lower number comes first: costs are in whole microseconds.
  const loads = new FlatQueue<number>();
  const micros = (seconds: number) => Math.round(1e6 * seconds);
  for (let shard = 0; shard < of; shard++) loads.push(shard, shard / of);
  for (const index of order) {
    const load = Math.floor(loads.peekValue()!);
    const shard = loads.pop()!;
    shards[index] = shard;
    loads.push(shard, load + micros(costs[index]) + shard / of);
  }
  return shards;
}

/** Whether a run, by its number, belongs to a shard. */
export function ownedBy(shard: Shard, runs: RunList): (index: number) => boolean {
  const shards = assignShards(runs, shard.of);
  return (index) => shards[index] === shard.number - 1;
}
