/** The keys of all runs of a sweep, in a few bytes a run. */
import type { Hash } from 'node:crypto';
import type { Parameters } from '../../core/index.js';
import type { RunList } from './expand.js';
import { KeyIndex } from './key-index.js';
import { configurationHash, type KeyContext, keyOfSeed } from './run-key.js';

export class RunKeys {
  private readonly index: KeyIndex;
  /** By number of a run, the first run with the same key: the run itself, but for twins. */
  private readonly first: Uint32Array;
  /** Numbers of runs, first replications first. */
  readonly order: Uint32Array;

  /** Hashes all runs, once. */
  constructor(runs: RunList, context: KeyContext) {
    this.index = new KeyIndex(runs.length);
    this.first = new Uint32Array(runs.length);
    const replications = new Uint32Array(runs.length);
    let parameters: Parameters | undefined;
    let hash: Hash | undefined;
    let i = 0;
    for (const run of runs) {
      if (run.parameters !== parameters || hash === undefined)
        hash = configurationHash(run.parameters, context);
      parameters = run.parameters;
      this.first[i] = this.index.add(keyOfSeed(hash, run.seed));
      replications[i++] = run.replication;
    }
    this.order = sortedBy(replications);
  }

  keyOf(index: number): string {
    return this.index.keyAt(index);
  }

  /** The first run with the key of this one. */
  firstOf(index: number): number {
    return this.first[index];
  }

  /** The first run with a key, or -1. */
  find(key: string): number {
    return this.index.find(key);
  }
}

/** The numbers 0 to n - 1, those with small values first, equal ones in order (counting sort). */
function sortedBy(values: Uint32Array): Uint32Array {
  const most = values.reduce((max, value) => Math.max(max, value), 0);
  const next = new Uint32Array(most + 2);
  for (const value of values) next[value + 1]++;
  for (let v = 1; v < next.length; v++) next[v] += next[v - 1];
  const order = new Uint32Array(values.length);
  values.forEach((value, i) => {
    order[next[value]++] = i;
  });
  return order;
}
