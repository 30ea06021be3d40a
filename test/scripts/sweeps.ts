/** Small sweeps of the tests, run by the command line as a user does. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ds2p } from './process.js';

/** Files that have to be the same bytes whatever happened on the way. */
export const SAME_BYTES = ['runs.csv', 'summary.csv'] as const;

/** An experiment whose runs take some milliseconds each. */
export function tinySweep(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: 'tiny',
    question: 'Does it survive?',
    fixed: { 'migration.interval': 2 },
    axes: {
      'slo.tMax': [0.05, 0.1, 0.2, 0.3],
      'policy.migration': ['none', 'random', 'greedy'],
      'policy.offloading': ['greedy-local', 'slo-aware'],
    },
    duration: 5,
    replications: 10,
    ...changes,
  };
}

/** Runs of `tinySweep()`. */
export const TINY_RUNS = 4 * 3 * 2 * 10;

export function writeSweep(folder: string, changes: Readonly<Record<string, unknown>> = {}): string {
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinySweep(changes)));
  return 'tiny.json';
}

export const words = (line: string): string[] => line.split(' ');

/** The final files of a folder of results. */
export const filesOf = (folder: string): readonly string[] =>
  SAME_BYTES.map((file) => readFileSync(join(folder, file), 'utf8'));

/** The final files of an undisturbed sweep, made in a folder of its own. */
export async function undisturbed(folder: string, changes: Readonly<Record<string, unknown>> = {}) {
  writeSweep(folder, changes);
  const { code, stderr } = await ds2p(
    words('sweep tiny.json --threads 2 --out undisturbed --no-report'),
    folder,
  );
  if (code !== 0) throw new Error(stderr);
  return filesOf(join(folder, 'undisturbed/tiny'));
}

/** Lines of a journal that have their line feed, the first one not counted. */
export function journalLines(folder: string): number {
  const path = join(folder, 'journal.jsonl');
  return existsSync(path) ? Math.max(0, readFileSync(path, 'latin1').split('\n').length - 2) : 0;
}

/** Waits until a journal has so many lines, or `until` says that it never will. */
export async function waitForLines(folder: string, count: number, ended: () => boolean): Promise<void> {
  while (journalLines(folder) < count && !ended()) await sleep(5);
}

/** Numbers that look random and are the same in every run of the tests (a linear congruential generator). */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A file that is there once a run with the policy of `writeSlowPolicy` has begun. */
export const AT_WORK = 'at-work';

/**
 * Writes an offloading policy that waits when a run begins, in the environment that `variable` tells of, so that a
 * sweep is long there on any machine. What it decides does not depend on it. While it waits, the file `AT_WORK` is in
 * the folder. Returns the reference to it. @param after so many runs of a worker go on at once.
 */
export function writeSlowPolicy(folder: string, variable: string, milliseconds: number, after = 0): string {
  writeFileSync(
    join(folder, 'slow.mjs'),
    `import { writeFileSync } from 'node:fs';
const pause = () => {
  writeFileSync(${JSON.stringify(join(folder, AT_WORK))}, '');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${milliseconds});
};
let runs = 0;
export default {
  kind: 'offloading',
  name: 'slow',
  doc: 'here, after a while',
  source: 'a test',
  make: () => {
    if (process.env.${variable} !== undefined && ++runs > ${after}) pause();
    return ({ node }) => node;
  },
};
`,
  );
  return './slow.mjs';
}
