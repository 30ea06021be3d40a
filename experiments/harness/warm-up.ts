/** Tiny runs that have the simulator compiled before the first run that counts. */
import { presetParameters, type RunMemory, simulate } from '../../core/index.js';

/** Seconds of arrivals of one run, and between its migration decisions: some 3400 requests, three decisions. */
const DURATION = 20;
const MIGRATION_INTERVAL = 6;

/**
 * Runs the offloading policies of the paper's experiments with every kind of migration once: none, a heuristic
 * and the placement problem. Code that is compiled for one policy only would be thrown away at the next.
 */
export function warmUp(clock: () => number, memory: RunMemory): void {
  for (const migration of ['none', 'greedy', 'state-aware'])
    for (const offloading of ['greedy-local', 'greedy-data', 'slo-aware']) {
      const parameters = presetParameters('as-published', {
        migration,
        offloading,
        duration: DURATION,
        migrationInterval: MIGRATION_INTERVAL,
      });
      simulate({ parameters, seed: 0 }, { clock, memory });
    }
}
