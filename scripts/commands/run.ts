/** `ds2p run`: one configuration, shown at once. */
import type { Experiment } from '../../experiments/experiment.js';
import { scenarioName } from '../../experiments/harness/campaign.js';
import { collect } from '../../experiments/harness/errors.js';
import { expandExperiment } from '../../experiments/harness/expand.js';
import { checkReplaceable } from '../../experiments/harness/folders.js';
import { runPool } from '../../experiments/harness/pool.js';
import { Progress } from '../../experiments/harness/progress.js';
import { type Failure, runRow } from '../../experiments/harness/results-folder.js';
import { onStderr } from '../colour.js';
import type { CommandSpec } from '../command.js';
import { EXIT, reportFailures } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import {
  noteMissingDecisions,
  overridesFrom,
  parameterOptions,
  RUN_OPTIONS,
  runSettings,
  scenarioFrom,
  toggle,
} from '../options.js';
import { type EndedRun, RECORD_OPTIONS, recordingFrom, writeRecordings } from '../record-options.js';
import { rowsJson, runText, summaryJson } from '../run-output.js';
import { print } from '../stdout.js';
import { stoppingCleanly } from '../stopping.js';
import { commandLine } from './experiment.js';

/** An experiment without axes: what is not given has the preset's default. */
const SINGLE: Experiment = {
  name: 'run',
  title: 'One configuration',
  question: 'What happens under these parameters?',
  section: '-',
  presets: ['as-published'],
  replications: 1,
  duration: 3600,
};

/** Said when a signal comes. */
const GIVES_UP_THE_RUN = 'the run is given up.';
const GIVES_UP_RUNS =
  'runs in flight are given up, and those that have ended are shown. Once more to stop now.';

export const runCommand: CommandSpec = {
  name: 'run',
  describe: 'Simulate one configuration and show its metrics',
  options: {
    ...parameterOptions(true),
    ...RUN_OPTIONS,
    replications: { describe: 'number of replications', type: 'text', fallback: '1' },
    ...RECORD_OPTIONS,
    json: jsonOption('an array with an object a replication, with the columns of runs.csv'),
    summary: toggle(
      'with --json, print one object instead: "summary" with the columns of summary.csv and, apart since they depend on the machine, "timings" and "decision_time"',
    ),
  },
  examples: [
    [
      'ds2p run --t-max 0.2 --migration greedy --duration 900 --replications 3',
      'three replications of a quarter of an hour, as a table',
    ],
    [
      'ds2p run --set workload.load=1.5 --seed 7 --json',
      'one hour at one and a half times the load, as JSON',
    ],
    ['ds2p run --replications 10 --json --summary', 'means, half-widths and times of decisions, as JSON'],
    ['ds2p run --migration greedy --record', 'recorded over time into results/run, for "ds2p inspect"'],
  ],
  run: async (given, signal) => {
    const { threads, seed, replications } = runSettings(given);
    const overrides = await overridesFrom(given);
    const { scenario, scenarioPath, scenarioUnreadable } = scenarioFrom(given);
    const options = { seed, overrides, replications: replications ?? 1, scenario, scenarioUnreadable };
    const expanded = collect(given.problems, () => expandExperiment(SINGLE, options));
    if (given.has('summary') && !given.has('json'))
      given.problems.push({
        path: '--summary',
        fact: 'it says which JSON is printed, and --json is not given.',
        remedy: 'Give both; without --json, the text is a summary as it is.',
      });
    const recording = recordingFrom(given, expanded?.[0].parameters.duration);
    given.check();
    if (recording !== undefined) checkReplaceable(recording.folder);
    const runs = expanded!;
    noteMissingDecisions(runs);
    const cost = runs.reduce((sum, run) => sum + run.cost, 0);
    const progress = new Progress(runs.length, cost, process.stderr, { style: onStderr });
    const name = scenarioName(scenario, scenarioPath);
    const ended = new Map<number, EndedRun>();
    const failures: Failure[] = [];
    await stoppingCleanly(runs.length === 1 ? GIVES_UP_THE_RUN : GIVES_UP_RUNS, () =>
      runPool(runs, {
        threads,
        cost,
        scenario,
        ...(recording === undefined ? {} : { record: recording.options }),
        // What is kept are whole runs, and those that have ended are in memory.
        kill: signal,
        onOutcome: (run, outcome) => {
          if ('error' in outcome) failures.push({ run, error: outcome.error });
          else ended.set(run.index, { run, row: runRow(run, { ...outcome.metrics }, name), outcome });
          progress.add(run.cost, 'error' in outcome);
        },
      }),
    );
    progress.stop();
    const inOrder = runs.flatMap(({ index }) => ended.get(index) ?? []);
    const interrupted = signal.aborted && inOrder.length + failures.length < runs.length;
    const json = given.has('summary') ? summaryJson : rowsJson;
    if (given.has('json')) printJson(json(inOrder, scenario !== undefined));
    else if (inOrder.length > 0) print(runText(inOrder));
    if (recording !== undefined && inOrder.length > 0)
      writeRecordings(recording, SINGLE, runs, inOrder, {
        threads,
        command: commandLine(),
        interrupted,
        ...(scenario === undefined ? {} : { scenario }),
        ...(scenarioPath === undefined ? {} : { scenarioPath }),
      });
    const code = reportFailures(failures, scenarioPath);
    if (!interrupted) return code;
    const what =
      runs.length === 1 ? 'the run has not ended' : `${inOrder.length} of ${runs.length} runs have ended`;
    console.error(`Interrupted: ${what}. Begin again with: ${commandLine()}`);
    return EXIT.interrupted;
  },
};
