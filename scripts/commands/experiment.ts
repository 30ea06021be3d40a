/** `ds2p sweep <name or file>`, also `experiment`: one experiment of the product, or of a file of the user. */
import { join } from 'node:path';
import { type CampaignReport, runCampaign } from '../../experiments/harness/campaign.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { continuation, shellWord } from '../../experiments/harness/manifest.js';
import { durationText } from '../../experiments/harness/progress.js';
import { SHARDS_FOLDER } from '../../experiments/harness/shard.js';
import { counted } from '../../experiments/harness/words.js';
import { onStderr } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { dryRun, dryRunText } from '../dry-run.js';
import { EXIT, failuresJson, reportFailures } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import {
  DEFAULT_OUT,
  noteMissingDecisions,
  OUT_OPTION,
  parameterOptions,
  REPORT_OPTION,
  RUN_OPTIONS,
  runSettings,
  toggle,
} from '../options.js';
import { withReport } from '../report-attempt.js';
import { reportSweep } from '../report-output.js';
import { print } from '../stdout.js';
import { stoppingCleanly, WAITS_FOR_RUNS } from '../stopping.js';
import {
  afterGrace,
  deadlineOption,
  durationOption,
  SWEEP_OPTIONS,
  shardOption,
  watchDeadline,
} from '../sweep-options.js';
import { sweepTarget } from '../sweep-target.js';

/** The command line as it was typed, to be typed again. */
export const commandLine = (): string => ['npx ds2p', ...process.argv.slice(2).map(shellWord)].join(' ');

/** Counts of runs as `--json` prints them: `done` are those with a row, `made` those of them that this call made. */
export const countsJson = ({ planned, completed, made, failed, left }: CampaignReport, seconds: number) => ({
  planned,
  done: completed,
  made,
  failed,
  left,
  seconds: Number(seconds.toFixed(3)),
});

/** Says what was done, and what to do next. @param base folder of the whole, where this is a part of it. */
async function report(
  { folders, completed, made, left, planned }: CampaignReport,
  seconds: number,
  base: string | undefined,
): Promise<void> {
  const earlier = completed > made ? ` (${completed - made} of them before)` : '';
  console.error(
    `${completed} of ${counted(planned, 'run')}${earlier} in ${durationText(seconds)}. Results: ${folders.join(', ')}`,
  );
  if (left > 0)
    console.error(
      `${onStderr.doubtful(left === 1 ? '1 run is left' : `${left} runs are left`)}. Go on with: ${continuation(commandLine())}`,
    );
  else if (base !== undefined)
    console.error(
      `Join all parts with: npx ds2p merge ${shellWord(join(base, SHARDS_FOLDER))}/* -o ${shellWord(base)}`,
    );
  else if (completed > 0) {
    // Loaded only now, so that commands start soon.
    const { hasFigures } = await import('../../figures/fitting.js');
    const drawn = folders.filter(hasFigures);
    if (drawn.length > 0) console.error(`Draw them with: npx ds2p figures ${drawn.map(shellWord).join(' ')}`);
  }
}

export const experimentCommand: CommandSpec = {
  name: 'sweep',
  aliases: ['experiment'],
  describe: 'Make the runs of an experiment that are missing',
  positional: [
    {
      name: 'name',
      describe: 'an experiment of "ds2p list", or a file in JSON, JS or TS',
      values: 'experiment',
    },
  ],
  options: {
    ...RUN_OPTIONS,
    replications: { describe: 'number of replications', type: 'text', fallback: 'as the experiment says' },
    ...OUT_OPTION,
    quick: toggle('a short form: 900 s of arrivals and 3 replications unless the experiment says otherwise'),
    ...REPORT_OPTION,
    ...SWEEP_OPTIONS,
    json: jsonOption('what was planned, made, failed and left, or what --dry-run tells'),
    ...parameterOptions(false),
  },
  examples: [
    ['ds2p sweep table3', 'all of Table 3 under both presets, into results/table3'],
    ['ds2p sweep load --t-max 0.2 --replications 5', 'the sweep of the load with another SLO'],
    ['ds2p sweep my.json --dry-run', 'what a file of your own will cost; docs/sweeps.md shows one'],
    ['ds2p sweep overnight --until 07:00', 'go on every night with the same command'],
  ],
  run: async (given, signal) => {
    const started = performance.now();
    const out = given.text('out') ?? DEFAULT_OUT;
    const { threads } = runSettings(given);
    const shard = shardOption(given);
    const deadline = deadlineOption(given);
    const runTimeoutMs = durationOption(given, 'run-timeout');
    const graceMs = durationOption(given, 'grace');
    const { study, scenario, scenarioPath } = await sweepTarget(given);
    given.problems.push(...folderProblems(out));
    given.check();
    const { runs } = study!;
    noteMissingDecisions(runs);
    const fresh = given.has('fresh');
    const shared = { out, threads, scenario, scenarioPath, shard, fresh };
    if (given.has('dry-run')) {
      const plan = await dryRun(study!, { ...shared, signal });
      if (given.has('json')) printJson(plan);
      else print(dryRunText(plan));
      return signal.aborted ? EXIT.interrupted : EXIT.done;
    }
    const watch = watchDeadline(deadline);
    const stop = AbortSignal.any([signal, watch.signal]);
    const result = await stoppingCleanly(WAITS_FOR_RUNS, () =>
      runCampaign([study!], {
        ...shared,
        runTimeoutMs,
        failFast: given.has('fail-fast'),
        signal: stop,
        kill: afterGrace(stop, graceMs),
        command: commandLine(),
        style: onStderr,
      }),
    );
    watch.stop();
    const base = shard === undefined ? undefined : join(out, study!.experiment.name);
    const seconds = (performance.now() - started) / 1000;
    await report(result, seconds, base);
    const [folder] = result.folders;
    if (given.has('json')) {
      const failures = failuresJson(result.failures, scenarioPath);
      printJson({ experiment: study!.experiment.name, folder, ...countsJson(result, seconds), failures });
    }
    let code = reportFailures(result.failures, scenarioPath, result.failed, join(folder, 'failures.csv'));
    if (result.left === 0 && base === undefined && !given.has('no-report'))
      code = await withReport(code, () => reportSweep(folder, { threads, signal: stop }));
    if (result.left > 0 && signal.aborted) return EXIT.interrupted;
    return result.left > 0 && watch.signal.aborted ? EXIT.outOfTime : code;
  },
};
