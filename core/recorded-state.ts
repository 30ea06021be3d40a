/** The state of a recorded run at an instant, computed from the recording alone. Imports nothing, so pages can use it. */
import type { Recording } from './recording.js';

/** The node that holds each key at `time` (s), moves of that instant included. */
export function placesAt({ keys, moves }: Recording, time: number): number[] {
  const places = [...keys.place];
  for (let move = 0; move < moves.time_s.length && moves.time_s[move] <= time; move++)
    places[moves.key[move]] = moves.to[move];
  return places;
}

/** Time in s to access a key from node `i` when it is on node `j`, eq. (4): 2 d_ij + l_k / b_ij; 0 if i = j. */
export function accessTimeBetween({ nodes, keys }: Recording, i: number, j: number, key: number): number {
  if (i === j) return 0;
  const link = i * nodes.name.length + j;
  return (2 * nodes.latency_ms[link]) / 1e3 + (keys.size_b[key] * nodes.ns_per_byte[link]) / 1e9;
}

/**
 * The data distance table at `time` (s): the expected data access time in s of each function on each node, eq. (3),
 * under the true p_fk, at function * nodes + node. The store counts as a node.
 */
export function dataDistanceAt(recording: Recording, time: number): number[] {
  const nodeCount = recording.nodes.name.length;
  const places = placesAt(recording, time);
  const table = new Array<number>(recording.functions.name.length * nodeCount).fill(0);
  recording.accesses.function.forEach((f, row) => {
    const key = recording.accesses.key[row];
    const probability = recording.accesses.probability[row];
    for (let node = 0; node < nodeCount; node++)
      table[f * nodeCount + node] += probability * accessTimeBetween(recording, node, places[key], key);
  });
  return table;
}
