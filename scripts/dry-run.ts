/** What `--dry-run` tells: runs, those that are done, time and disk. Nothing is written. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../core/index.js';
import { keyContext, type Study, scenarioName } from '../experiments/harness/campaign.js';
import { estimateSweep } from '../experiments/harness/estimate.js';
import type { Run } from '../experiments/harness/expand.js';
import { inventoryOf } from '../experiments/harness/inventory.js';
import { durationText } from '../experiments/harness/progress.js';
import { ownedBy, type Shard, shardFolder, shardText } from '../experiments/harness/shard.js';
import { bytesText } from './terminal.js';

interface DryRunOptions {
  readonly out: string;
  readonly threads: number;
  readonly scenario?: Scenario;
  readonly scenarioPath?: string;
  readonly shard?: Shard;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
}

const line = (name: string, text: string): string => `${name.padEnd(18)}${text}`;

export async function dryRunText(study: Study, options: DryRunOptions): Promise<string> {
  const { out, threads, scenario, scenarioPath, shard, fresh, signal } = options;
  const { experiment, runs } = study;
  const base = join(out, experiment.name);
  const folder = shard === undefined ? base : shardFolder(base, shard);
  const owns = shard === undefined ? undefined : ownedBy(shard, runs);
  const inventory = inventoryOf(runs, keyContext({ scenario }), fresh ? [] : [folder], owns);
  let cost = 0;
  const missing = function* (): Generator<Run> {
    for (const run of runs) if (inventory.isMissing(run.index)) yield run;
  };
  let configurations = 0;
  for (const run of runs) configurations = Math.max(configurations, run.configuration + 1);
  for (const run of missing()) cost += run.cost;
  const name = scenarioName(scenario, scenarioPath);
  if (inventory.missing > 0) console.error('Timing a sample of the runs; this takes at most half a minute.');
  const estimate =
    inventory.missing === 0
      ? undefined
      : await estimateSweep(missing(), inventory.missing, cost, { threads, scenario, name, signal });
  const sampled = estimate?.sampled ?? 0;
  const failures = [
    estimate?.sampleFailures ? `; ${estimate.sampleFailures} runs of the sample failed` : '',
    estimate?.unfinished
      ? `; ${estimate.unfinished} did not end in time, so that it will rather be longer`
      : '',
  ].join('');
  return [
    line('experiment', `${experiment.name}: ${experiment.question}`),
    line(
      'runs',
      `${inventory.planned}${shard === undefined ? ` (${configurations} configurations x ${Math.round(runs.length / configurations)} replications)` : ` of ${runs.length}, shard ${shardText(shard)}`}`,
    ),
    line('already done', `${inventory.done}${existsSync(folder) ? ` in ${folder}` : ''}`),
    line('to be made', String(inventory.missing)),
    ...(estimate === undefined
      ? []
      : [
          line(
            'estimated time',
            sampled === 0
              ? `unknown: no run of the sample ended in time${failures}`
              : `${durationText(estimate.seconds.likely)} on ${threads} ${threads === 1 ? 'thread' : 'threads'} (${durationText(estimate.seconds.low)} to ${durationText(estimate.seconds.high)} by the fastest and the slowest of ${sampled} timed runs${failures})`,
          ),
          line('CPU time', sampled === 0 ? 'unknown' : durationText(estimate.cpuSeconds)),
          line('estimated disk', sampled === 0 ? 'unknown' : `${bytesText(estimate.bytes)} in ${folder}`),
        ]),
  ].join('\n');
}
