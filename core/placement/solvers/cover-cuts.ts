/**
 * Cuts from the room of a place: a cover is a set C of keys that do not fit there together, so that at most |C| - 1 of them are
 * there. It stays true for the extended cover, C with all keys at least as large as its largest (Balas, "Facets of the knapsack
 * polytope", Math. Programming 8, 1975), which is the cut that is added.
 */
import type { ReducedProblem } from '../reduced-problem.js';

/** A cover is worth a row when x breaks it by more than this. */
const LEAST_VIOLATION = 1e-3;

/** Rows sum of x_index <= limit. */
export interface Covers {
  readonly start: number[];
  readonly index: number[];
  readonly limit: number[];
}

export class CoverCuts {
  readonly #room: readonly number[];
  /** Candidates at each binding place, large keys first, and their sizes. */
  readonly #at: readonly { readonly candidate: number; readonly size: number }[][];

  constructor({ keys, start, place, size, room }: ReducedProblem) {
    const at: { candidate: number; size: number }[][] = Array.from(room, () => []);
    for (let k = 0; k < keys; k++)
      for (let c = start[k]; c < start[k + 1]; c++)
        if (room[place[c]] < Number.POSITIVE_INFINITY) at[place[c]].push({ candidate: c, size: size[k] });
    const binding = [...room.keys()].filter((j) => at[j].length > 1);
    this.#room = binding.map((j) => room[j]);
    this.#at = binding.map((j) => at[j].sort((a, b) => b.size - a.size || a.candidate - b.candidate));
  }

  /** The covers that `x` breaks, at most one a place. */
  separate(x: Float64Array): Covers {
    const covers: Covers = { start: [0], index: [], limit: [] };
    this.#at.forEach((items, p) => {
      const cover = findCover(items, this.#room[p], x);
      if (cover === null) return;
      const largest = cover.reduce((most, { size }) => Math.max(most, size), 0);
      const chosen = new Set(cover);
      let sum = 0;
      const index: number[] = [];
      for (const item of items) {
        if (!chosen.has(item) && item.size < largest) continue;
        index.push(item.candidate);
        sum += x[item.candidate];
      }
      if (sum <= cover.length - 1 + LEAST_VIOLATION) return;
      covers.index.push(...index);
      covers.start.push(covers.index.length);
      covers.limit.push(cover.length - 1);
    });
    return covers;
  }
}

interface Item {
  readonly candidate: number;
  readonly size: number;
}

/** A minimal cover by the greedy rule of least (1 - x) a byte; null when all items of x > 0 fit together. */
function findCover(items: readonly Item[], room: number, x: Float64Array): readonly Item[] | null {
  const order = items
    .filter(({ candidate }) => x[candidate] > 1e-9)
    .sort(
      (a, b) => (1 - x[a.candidate]) * b.size - (1 - x[b.candidate]) * a.size || a.candidate - b.candidate,
    );
  const cover: Item[] = [];
  let load = 0;
  for (const item of order) {
    cover.push(item);
    load += item.size;
    if (load > room) break;
  }
  if (load <= room) return null;
  // What the cover can spare goes, the least x first.
  const spare = [...cover].sort((a, b) => x[a.candidate] - x[b.candidate] || a.candidate - b.candidate);
  for (const item of spare) {
    if (load - item.size <= room) continue;
    load -= item.size;
    cover.splice(cover.indexOf(item), 1);
  }
  return cover;
}
