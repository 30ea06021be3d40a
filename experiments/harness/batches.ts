/** Runs are handed to workers in batches, so that handing out costs little beside running. */
import type { Run } from './expand.js';

/** A batch costs about this much. In seconds. */
const BATCH_SECONDS = 0.25;
/** No more runs a batch, so that rows and progress come steadily. */
const BATCH_RUNS = 16;

/** Consecutive runs, cut into batches of about equal cost, as they are asked for. */
export function* batches(runs: Iterable<Run>): Generator<readonly Run[]> {
  let batch: Run[] = [];
  let cost = 0;
  for (const run of runs) {
    batch.push(run);
    cost += run.cost;
    if (cost >= BATCH_SECONDS || batch.length >= BATCH_RUNS) {
      yield batch;
      batch = [];
      cost = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
