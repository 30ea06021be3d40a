/** The data distance table of one function at an instant, as a reader needs it. */
import { accessTimeBetween, dataDistanceAt, placesAt } from '../../core/recorded-state.js';
import type { NodeKind, Recording } from '../../core/recording.js';

export interface NodeDistance {
  /** Index of the node. */
  readonly node: number;
  readonly name: string;
  readonly kind: NodeKind;
  /** Expected data access time in ms, eq. (3). */
  readonly expectedMs: number;
  /** Whether it is at most T_max. */
  readonly meets: boolean;
}

/** The nodes that run functions, the nearest to the data of function `f` first. */
export function nodeDistances(recording: Recording, f: number, time: number): readonly NodeDistance[] {
  const { name, kind } = recording.nodes;
  const tMax = recording.functions.t_max_s[f]!;
  const table = dataDistanceAt(recording, time);
  return name
    .map((nodeName, node) => {
      const expected = table[f * name.length + node]!;
      return {
        node,
        name: nodeName,
        kind: kind[node]!,
        expectedMs: 1e3 * expected,
        meets: expected <= tMax,
      };
    })
    .filter((row) => row.kind !== 'store')
    .sort((a, b) => a.expectedMs - b.expectedMs || a.node - b.node);
}

export interface KeyAccess {
  readonly key: string;
  /** p_fk. */
  readonly probability: number;
  readonly sizeBytes: number;
  /** Name of the node that holds the key. */
  readonly place: string;
  /** Time to access it from the chosen node in ms, eq. (4). */
  readonly accessMs: number;
}

/** The keys of function `f`, the likeliest first, seen from node `node` at `time` (s). */
export function keyAccesses(
  recording: Recording,
  f: number,
  time: number,
  node: number,
): readonly KeyAccess[] {
  const { accesses, keys, nodes } = recording;
  const places = placesAt(recording, time);
  return accesses.key
    .flatMap((key, row) =>
      accesses.function[row] === f
        ? [
            {
              key: keys.name[key]!,
              probability: accesses.probability[row]!,
              sizeBytes: keys.size_b[key]!,
              place: nodes.name[places[key]!]!,
              accessMs: 1e3 * accessTimeBetween(recording, node, places[key]!, key),
            },
          ]
        : [],
    )
    .sort((a, b) => b.probability - a.probability);
}
