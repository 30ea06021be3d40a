/** `ds2p experiment <name>`, also `sweep`: one experiment of the product. */

import { runCampaign } from '../../experiments/harness/campaign.js';
import { collect, unknownName } from '../../experiments/harness/errors.js';
import { expandExperiment } from '../../experiments/harness/expand.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { loadPolicyFiles } from '../../experiments/harness/policy-files.js';
import { referencesOf } from '../../experiments/harness/policy-mentions.js';
import { durationText } from '../../experiments/harness/progress.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import type { CommandSpec } from '../command.js';
import { EXIT, reportFailures } from '../exit.js';
import {
  checkScenarioGiven,
  DEFAULT_OUT,
  noteMissingDecisions,
  OUT_OPTION,
  overridesFrom,
  parameterOptions,
  RUN_OPTIONS,
  runSettings,
  scenarioFrom,
  toggle,
} from '../options.js';

export const experimentCommand: CommandSpec = {
  name: 'experiment',
  aliases: ['sweep'],
  describe: 'Run one experiment and write its results',
  positional: [{ name: 'name', describe: 'an experiment of "ds2p list"' }],
  options: {
    ...RUN_OPTIONS,
    replications: { describe: 'number of replications', type: 'text', fallback: 'as the experiment says' },
    ...OUT_OPTION,
    quick: toggle('a short form: 900 s of arrivals and 3 replications unless the experiment says otherwise'),
    ...parameterOptions(false),
  },
  examples: [
    ['ds2p experiment table3', 'all of Table 3 under both presets, into results/table3'],
    ['ds2p sweep load --t-max 0.2 --replications 5', 'the sweep of the load with another SLO'],
  ],
  run: async (given, signal) => {
    const started = performance.now();
    const [name] = given.positional('name');
    const experiment = EXPERIMENTS.find((candidate) => candidate.name === name);
    if (name !== undefined && experiment === undefined)
      given.problems.push(
        unknownName(
          'experiment',
          'an experiment',
          name,
          EXPERIMENTS.map((e) => e.name),
        ),
      );
    const out = given.text('out') ?? DEFAULT_OUT;
    const { threads, seed, replications } = runSettings(given);
    if (experiment !== undefined) await loadPolicyFiles(referencesOf(experiment));
    const overrides = await overridesFrom(given);
    const { scenario, scenarioPath, scenarioUnreadable } = scenarioFrom(given);
    checkScenarioGiven(given, experiment, scenarioPath);
    given.problems.push(...folderProblems(out));
    const quick = given.has('quick');
    const options = { seed, replications, overrides, quick, scenario, scenarioUnreadable };
    const expanded = experiment && collect(given.problems, () => expandExperiment(experiment, options));
    given.check();
    const runs = expanded!;
    noteMissingDecisions(runs);
    const { folders, completed, failures, interrupted } = await runCampaign(
      [{ experiment: experiment!, runs }],
      { out, threads, signal, scenario, scenarioPath },
    );
    const seconds = durationText((performance.now() - started) / 1000);
    console.error(`${completed} of ${runs.length} runs in ${seconds}. Results: ${folders.join(', ')}`);
    if (completed > 0) console.error(`Draw them with: npx ds2p figures ${folders.join(' ')}`);
    return interrupted ? EXIT.interrupted : reportFailures(failures, scenarioPath);
  },
};
