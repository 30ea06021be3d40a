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
import { counted } from '../experiments/harness/words.js';
import { onStdout } from './colour.js';
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

const rounded = (value: number): number => Number(value.toPrecision(6));

/** What a sweep would be, as `--json` prints it; numbers that are not known are null there. */
export async function dryRun(study: Study, options: DryRunOptions) {
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
  return {
    experiment: experiment.name,
    question: experiment.question,
    folder,
    shard: shard === undefined ? null : shardText(shard),
    configurations,
    replications: Math.round(runs.length / configurations),
    runs: runs.length,
    planned: inventory.planned,
    done: inventory.done,
    missing: inventory.missing,
    threads,
    estimate:
      estimate === undefined
        ? null
        : {
            sampled: estimate.sampled,
            sample_failed: estimate.sampleFailures,
            sample_unfinished: estimate.unfinished,
            seconds: rounded(estimate.seconds.likely),
            seconds_low: rounded(estimate.seconds.low),
            seconds_high: rounded(estimate.seconds.high),
            cpu_seconds: rounded(estimate.cpuSeconds),
            bytes: rounded(estimate.bytes),
          },
  };
}

type DryRun = Awaited<ReturnType<typeof dryRun>>;

const line = (name: string, text: string): string => `${onStdout.strong(name.padEnd(18))}${text}`;

function estimateLines({ folder, threads, estimate }: DryRun): readonly string[] {
  if (estimate === null) return [];
  const failed = estimate.sample_failed;
  const failures = [
    failed > 0 ? `; ${onStdout.bad(`${counted(failed, 'run')} of the sample failed`)}` : '',
    estimate.sample_unfinished > 0
      ? `; ${estimate.sample_unfinished} did not end in time, so that it will rather be longer`
      : '',
  ].join('');
  if (estimate.sampled === 0)
    return [
      line('estimated time', `unknown: no run of the sample ended in time${failures}`),
      line('CPU time', 'unknown'),
      line('estimated disk', 'unknown'),
    ];
  const low = durationText(estimate.seconds_low);
  const high = durationText(estimate.seconds_high);
  const sample = `${low} to ${high} by the fastest and the slowest of ${counted(estimate.sampled, 'timed run')}${failures}`;
  return [
    line('estimated time', `${durationText(estimate.seconds)} on ${counted(threads, 'thread')} (${sample})`),
    line('CPU time', durationText(estimate.cpu_seconds)),
    line('estimated disk', `${bytesText(estimate.bytes)} in ${folder}`),
  ];
}

export function dryRunText(plan: DryRun): string {
  const { experiment, question, folder, shard, configurations, replications, runs, planned, done } = plan;
  const whole = `${counted(configurations, 'configuration')} x ${counted(replications, 'replication')}`;
  return [
    line('experiment', `${experiment}: ${question}`),
    line('runs', `${planned}${shard === null ? ` (${whole})` : ` of ${runs}, shard ${shard}`}`),
    line('already done', `${done}${existsSync(folder) ? ` in ${folder}` : ''}`),
    line('to be made', String(plan.missing)),
    ...estimateLines(plan),
  ].join('\n');
}
