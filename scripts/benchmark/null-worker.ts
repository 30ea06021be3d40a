/** A worker that simulates nothing: what a sweep with it takes is all the harness's own. */
import type { RunMetrics } from '../../core/index.js';
import { TIMING_FIELDS } from '../../experiments/harness/journal-format.js';
import type { Batch, BatchMessage, Timing } from '../../experiments/harness/worker.js';
import { METRIC_COLUMNS } from '../../results/columns.js';

/** Numbers as long as those of real runs. */
export const METRICS = Object.fromEntries(
  METRIC_COLUMNS.map(({ name }, i) => [name, (i + 1) / 3]),
) as unknown as RunMetrics;
export const TIMING = Object.fromEntries(
  TIMING_FIELDS.map((field, i) => [field, 1.76e12 + i / 7]),
) as unknown as Timing;

export default function performBatch({ runs, port }: Batch): void {
  const send = (message: BatchMessage) => port.postMessage(message);
  send('begins');
  for (const _run of runs) send({ metrics: METRICS, timing: TIMING });
  port.close();
}
