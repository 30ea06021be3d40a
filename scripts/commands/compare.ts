/** `ds2p compare`: does a policy beat another, by how much, and how sure is that? */
import { join } from 'node:path';
import { PARAMETER_LIST } from '../../core/index.js';
import { scenarioName } from '../../experiments/harness/campaign.js';
import { type ComparisonPlan, cellsOf, comparisonFolder } from '../../experiments/harness/comparison-plan.js';
import { runComparison } from '../../experiments/harness/comparison-runs.js';
import { collect } from '../../experiments/harness/errors.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { FolderLock } from '../../experiments/harness/lock.js';
import { durationText } from '../../experiments/harness/progress.js';
import { counted } from '../../experiments/harness/words.js';
import { comparePolicies } from '../../results/policy-comparison.js';
import { comparisonCells } from '../../results/policy-comparison-table.js';
import { onStderr } from '../colour.js';
import type { CommandSpec } from '../command.js';
import {
  amount,
  DEFAULT_BASELINE,
  DEFAULT_METRICS,
  DEFAULT_MOST,
  experimentFrom,
  metricsFrom,
  otherParameterOptions,
  policiesFrom,
} from '../comparison-options.js';
import { tablesText, writeOutputs } from '../comparison-output.js';
import { EXIT, reportFailures } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import {
  DEFAULT_OUT,
  noteMissingDecisions,
  OUT_OPTION,
  overridesFrom,
  REPORT_OPTION,
  RUN_OPTIONS,
  runSettings,
  toggle,
} from '../options.js';
import { withReport } from '../report-attempt.js';
import { reportComparison } from '../report-output.js';
import { print } from '../stdout.js';
import { sayingIfStopped, stoppingCleanly, WAITS_FOR_RUNS } from '../stopping.js';
import { commandLine } from './experiment.js';

export const compareCommand: CommandSpec = {
  name: 'compare',
  describe: 'Tell if a policy beats a baseline, and by how much',
  options: {
    baseline: {
      describe: 'migration+offloading to compare with',
      type: 'text',
      fallback: DEFAULT_BASELINE,
      values: 'pair',
    },
    candidate: {
      describe: 'migration+offloading, each a name or the path of a file; repeatable',
      type: 'text',
      repeatable: true,
      values: 'pair',
    },
    experiment: {
      describe: 'experiment whose scenarios are run, see "ds2p list"',
      type: 'text',
      values: 'experiment',
    },
    metric: {
      describe: 'metric to compare, a column of runs.csv; repeatable',
      type: 'text',
      repeatable: true,
      fallback: DEFAULT_METRICS.join(', '),
      values: 'metric',
      isList: true,
    },
    precision: {
      describe: 'add replications until the half-width of the first metric is this part of its mean, as 5%',
      type: 'text',
    },
    'max-replications': {
      describe: 'where --precision stops at the latest',
      type: 'text',
      fallback: String(DEFAULT_MOST),
    },
    margin: {
      describe: 'difference that counts as none: 5% of the baseline, or a number in the unit of the metric',
      type: 'text',
    },
    ...RUN_OPTIONS,
    replications: {
      describe: 'replications to begin with',
      type: 'text',
      fallback: 'as the experiment says',
    },
    ...OUT_OPTION,
    quick: toggle(
      'the short form of the experiment: 900 s of arrivals and 3 replications unless it says otherwise',
    ),
    ...REPORT_OPTION,
    json: jsonOption(
      'an array with the columns of comparison.csv; an empty one where runs failed or are missing',
    ),
    ...otherParameterOptions(),
  },
  examples: [
    [
      'ds2p compare --candidate state-aware+least-late --experiment table3',
      'least-late against slo-aware in the four scenarios of Table 3',
    ],
    [
      'ds2p compare --candidate state-aware+./policies/my-idea.ts --experiment fig3 --precision 5%',
      'a policy of your own under W2, with as many replications as that takes',
    ],
  ],
  run: async (given, signal) => {
    const started = performance.now();
    const { experiment, scenario, scenarioPath, scenarioUnreadable } = await experimentFrom(given);
    const policies = await policiesFrom(given);
    const metrics = metricsFrom(given);
    const target = amount(given, 'precision', true);
    const most = given.whole('max-replications', 2, 100_000, DEFAULT_MOST);
    const margin = amount(given, 'margin', false);
    const out = given.text('out') ?? DEFAULT_OUT;
    const { threads, seed, replications } = runSettings(given);
    const overrides = await overridesFrom(given);
    const policyIds = PARAMETER_LIST.filter(({ kind }) => kind.type === 'policy');
    for (const { id, name } of policyIds)
      if (id in overrides.parameters)
        given.problems.push({
          path: name,
          fact: 'a comparison names its policies in pairs.',
          remedy: 'Use --baseline and --candidate.',
        });
    given.problems.push(...folderProblems(out));
    const quick = given.has('quick');
    const begin =
      replications ?? (quick ? (experiment?.quick?.replications ?? 3) : (experiment?.replications ?? 1));
    const plan: ComparisonPlan | undefined = experiment &&
      policies && {
        experiment,
        baseline: policies.baseline,
        candidates: policies.candidates,
        names: policies.names,
        baselineName: policies.baselineName,
        metrics,
        ...(margin === undefined ? {} : { margin }),
        command: commandLine(),
        options: { seed, overrides, quick, scenario, scenarioUnreadable },
        scenarioName: scenarioName(scenario, scenarioPath),
        ...(scenarioPath === undefined ? {} : { scenarioPath }),
        replications: target === undefined ? begin : Math.min(begin, most),
        ...(target === undefined ? {} : { precision: { target: target.value, metric: metrics[0], most } }),
      };
    const cells = plan && collect(given.problems, () => cellsOf(plan));
    given.check();
    noteMissingDecisions(cells!.flatMap(({ first }) => first));

    const folder = comparisonFolder(out, experiment!.name);
    const elsewhere = [join(out, experiment!.name)];
    // Held until the process ends, since tables and report are of the same runs.
    FolderLock.acquire(folder, new Date());
    const result = await stoppingCleanly(WAITS_FOR_RUNS, () =>
      runComparison(plan!, { folder, elsewhere, threads, signal, style: onStderr }),
    );
    const { setting, dropped } = result;
    const isReported = !result.interrupted && result.failures.length === 0 && !given.has('no-report');
    if (dropped !== undefined && !isReported) console.error(dropped);
    if (result.beforeStays)
      console.error(`Tables and report in ${folder} are still those of the comparison before.`);
    const counts = `${counted(result.ran, 'run')} now, ${result.reused} of before`;
    if (result.interrupted) {
      console.error(
        `Interrupted: ${counts} are kept in ${folder} and will be reused. Go on with: ${commandLine()}`,
      );
      if (given.has('json')) printJson([]);
      return EXIT.interrupted;
    }
    if (result.failures.length > 0) {
      if (given.has('json')) printJson([]);
      return reportFailures(result.failures, scenarioPath);
    }
    const rows = comparePolicies(result.scenarios, policies!.names, metrics, margin);
    const stopped = `all runs are made and kept in ${folder}; tables and report are not written. Go on with: ${commandLine()}`;
    const files = await sayingIfStopped(stopped, () => writeOutputs(folder, rows, setting));
    if (given.has('json')) printJson(rows.map((row) => comparisonCells(row, setting)));
    else print(tablesText(rows, setting));
    const seconds = durationText((performance.now() - started) / 1000);
    console.error(`${counts}, in ${seconds}. Written: ${files.join(', ')}`);
    if (!isReported) return EXIT.done;
    return withReport(EXIT.done, () => reportComparison(folder, rows, setting, { threads, signal }));
  },
};
