/** `ds2p reproduce`: the whole evaluation, its figures, its tables and the verdicts on its claims. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment } from '../../experiments/experiment.js';
import { runCampaign } from '../../experiments/harness/campaign.js';
import { resolveOverrides } from '../../experiments/harness/configuration.js';
import { dropReport, REPRODUCTION_FOLDER } from '../../experiments/harness/earlier-report.js';
import { collect, unknownName } from '../../experiments/harness/errors.js';
import { planRuns } from '../../experiments/harness/expand.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { continuation } from '../../experiments/harness/manifest.js';
import { durationText } from '../../experiments/harness/progress.js';
import { counted } from '../../experiments/harness/words.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { readCsv } from '../../results/csv.js';
import { onStderr, onStdout } from '../colour.js';
import type { Arguments, CommandSpec } from '../command.js';
import { EXIT, failuresJson, reportFailures } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import {
  DEFAULT_OUT,
  DURATION_OPTION,
  noteMissingDecisions,
  OUT_OPTION,
  REPORT_OPTION,
  RUN_OPTIONS,
  runSettings,
  toggle,
} from '../options.js';
import { withReport } from '../report-attempt.js';
import { reportReproduction as reportReproductionPage } from '../report-output.js';
import { print } from '../stdout.js';
import { sayingIfStopped, stoppingCleanly, WAITS_FOR_RUNS } from '../stopping.js';
import { fitted, terminalWidth, wrapped } from '../terminal.js';
import { commandLine, countsJson } from './experiment.js';

/** The experiments of the paper. */
export const REPRODUCED = EXPERIMENTS.filter(({ needsScenario, apart }) => !needsScenario && !apart);

/** The experiments that --only names, in the order of the product; all of them without it. */
function selected(given: Arguments): readonly Experiment[] {
  const only = given.text('only');
  if (only === undefined) return REPRODUCED;
  const names = only.split(',').map((name) => name.trim());
  const known = REPRODUCED.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name)) given.problems.push(unknownName('--only', 'an experiment', name, known));
  return REPRODUCED.filter(({ name }) => names.includes(name));
}

const hasRows = (folder: string) => readCsv(join(folder, 'summary.csv')).length > 0;

export const reproduceCommand: CommandSpec = {
  name: 'reproduce',
  describe: 'Make every table and figure of the paper, and compare',
  options: {
    quick: toggle('900 s of arrivals and 3 replications in place of 3600 s and 10'),
    only: {
      describe: 'experiments to run, separated by commas',
      type: 'text',
      fallback: 'all',
      values: REPRODUCED.map(({ name }) => name),
      isList: true,
    },
    ...RUN_OPTIONS,
    replications: { describe: 'number of replications', type: 'text', fallback: 'as each experiment says' },
    ...DURATION_OPTION,
    ...OUT_OPTION,
    ...REPORT_OPTION,
    fresh: toggle('start over; what is there is moved aside'),
    json: jsonOption('the content of reproduction.json, with counts of runs, folders and figures'),
  },
  examples: [
    ['ds2p reproduce', 'everything, on all cores'],
    [
      'ds2p reproduce --quick --only table3,fig3 --out /tmp/results',
      'two experiments, short, into another folder',
    ],
  ],
  run: async (given, signal) => {
    const started = performance.now();
    const experiments = selected(given);
    const out = given.text('out') ?? DEFAULT_OUT;
    const { threads, seed, replications } = runSettings(given);
    const overrides = resolveOverrides({ flags: { duration: given.texts('duration') } }, given.problems);
    given.problems.push(...folderProblems(out));
    const options = { seed, replications, overrides, quick: given.has('quick') };
    const studies = experiments.flatMap(
      (experiment) => collect(given.problems, () => planRuns(experiment, options)) ?? [],
    );
    given.check();
    noteMissingDecisions(studies.flatMap(({ runs }) => [...runs]));
    const result = await stoppingCleanly(WAITS_FOR_RUNS, () =>
      runCampaign(studies, {
        out,
        threads,
        signal,
        fresh: given.has('fresh'),
        command: commandLine(),
        style: onStderr,
      }),
    );
    const { folders, completed, failures, failed, left } = result;
    const dropped = result.made + failed > 0 ? dropReport(join(out, REPRODUCTION_FOLDER)) : undefined;
    if (dropped !== undefined) console.error(dropped);
    const inJson = (figures: readonly string[], content: unknown) => {
      const seconds = (performance.now() - started) / 1000;
      const counts = countsJson(result, seconds);
      printJson({ folders, ...counts, failures: failuresJson(failures), figures, ...(content as object) });
    };
    if (left > 0 || signal.aborted) {
      console.error(
        `Interrupted: ${counted(completed, 'run')} kept in ${out}. Go on with: ${continuation(commandLine())}`,
      );
      if (given.has('json')) inJson([], { table3: null, claims: null });
      return EXIT.interrupted;
    }
    const { holdingText, reportReproduction, WHOLE_WIDTH } = await import('../../results/comparison.js');
    const { evaluateReproduction } = await import('../../results/reproduction.js');
    const drawn: string[] = [];
    const stopped = `all runs are made and kept in ${out}; figures and tables are not. Go on with: ${continuation(commandLine())}`;
    await sayingIfStopped(stopped, async () => {
      // Loaded only now: the drawing library would slow the start of every command.
      const { drawFigures } = await import('../../figures/index.js');
      // A folder whose runs all failed cannot be drawn; the others still can.
      for (const folder of failures.length === 0 ? folders : folders.filter(hasRows))
        drawn.push(...(await drawFigures(folder)));
    });
    const reproduction = evaluateReproduction(out);
    // Whoever reads it from a file has the whole.
    const width = process.stdout.isTTY ? terminalWidth() : WHOLE_WIDTH;
    const { text, json } = reportReproduction(reproduction, onStdout, width);
    writeFileSync(join(out, 'reproduction.json'), `${JSON.stringify(json, null, 2)}\n`);
    if (given.has('json')) inJson(drawn, json);
    else {
      const stored = join(out, 'reproduction.json');
      const rest = `Table 3 beside ours and the numbers behind the verdicts need ${WHOLE_WIDTH} columns; they stand in ${stored} and in the report.`;
      const tail = width < WHOLE_WIDTH ? [wrapped(rest)] : [];
      print(
        [
          width < WHOLE_WIDTH ? fitted(text) : text,
          '',
          ...tail,
          wrapped(holdingText(reproduction.claims)),
        ].join('\n'),
      );
    }
    console.error(
      `\n${counted(completed, 'run')}, ${counted(drawn.length, 'figure file')} in ${counted(folders.length, 'folder')} of ${out}.`,
    );
    let code = reportFailures(failures, undefined, failed);
    if (!given.has('no-report'))
      code = await withReport(code, () => reportReproductionPage(out, folders, { threads, signal }));
    console.error(`Total time: ${durationText((performance.now() - started) / 1000)}.`);
    return code;
  },
};
