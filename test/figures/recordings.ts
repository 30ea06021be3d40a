/** Recordings for tests: one that can be checked by hand, and those of real runs. */
import { type Parameters, presetParameters, Recorder, type Recording, simulate } from '../../core/index.js';

/**
 * Four nodes, a at 10 ms from b and c, and all of them at 50 ms from the store; 1000 B take 1 ms everywhere. Key k1 goes
 * from the store to a at 10 s and on to b at 20 s, k2 to c at 20 s; k3 stays, and nobody accesses it.
 */
export const SMALL: Recording = {
  duration_s: 30,
  interval_s: 10,
  decisions_s: [10, 20],
  nodes: {
    name: ['a', 'b', 'c', 'store'],
    kind: ['edge', 'edge', 'cloud', 'store'],
    memory_mb: [1000, 1000, 4000, 0],
    latency_ms: [0, 10, 10, 50, 10, 0, 20, 50, 10, 20, 0, 50, 50, 50, 50, 0],
    ns_per_byte: Array.from({ length: 16 }, () => 1000),
  },
  functions: { name: ['f', 'g'], t_max_s: [0.1, 0.05], memory_mb: [500, 250] },
  keys: { name: ['k1', 'k2', 'k3'], size_b: [1000, 2000, 500], place: [3, 3, 3] },
  accesses: { function: [0, 0, 1], key: [0, 1, 1], probability: [1, 0.5, 0.75] },
  samples: {
    time_s: [10, 20, 30, 40],
    arrivals: [10, 20, 20, 0],
    started: [8, 20, 18, 2],
    rejected: [2, 0, 0, 0],
    violations: [4, 5, 0, 0],
    offloaded: [8, 10, 9, 2],
    cold_starts: [4, 1, 0, 0],
  },
  node_samples: {
    started: [2, 2, 4, 0, 10, 5, 5, 0, 9, 9, 0, 0, 1, 1, 0, 0],
    rejected: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    busy_containers: [2, 1, 4, 0, 2, 2, 2, 0, 1, 2, 0, 0, 0, 0, 0, 0],
    idle_containers: [0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 4, 0, 2, 2, 4, 0],
    memory_mb: [1000, 500, 2000, 0, 1000, 1000, 2000, 0, 1000, 1000, 2000, 0, 1000, 1000, 2000, 0],
  },
  moves: { time_s: [10, 20, 20], key: [0, 0, 1], from: [3, 0, 3], to: [0, 1, 2] },
};

/** The recording of a run. */
export function recordingOf(overrides: Partial<Parameters>): Recording {
  const parameters = presetParameters('as-published', overrides);
  const run = { parameters, seed: 1 };
  const recorder = new Recorder(run);
  simulate(run, { observer: recorder, sampling: recorder });
  return recorder.recording();
}
