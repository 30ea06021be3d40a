/** `ds2p explain`: why a request went where it went. */
import { accountOf, loadPlacementSolvers, namedValues } from '../../core/index.js';
import { policiesFromFiles } from '../../experiments/harness/policy-registry.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { explainText } from '../explain-text.js';
import { jsonOption, printJson } from '../json.js';
import { FOLDER_POSITIONAL, folderFrom, numberFrom, resultsFrom, runTitle } from '../runs-target.js';
import { print } from '../stdout.js';

export const explainCommand: CommandSpec = {
  name: 'explain',
  describe: 'Tell why a request of a run went where it went',
  positional: FOLDER_POSITIONAL,
  options: {
    run: {
      describe:
        'number of the run: its row in runs.csv, from 1; runs that failed have none, and their numbers in failures.csv count otherwise',
      type: 'text',
      fallback: 'the only one',
    },
    request: { describe: 'number of the request in the order of arrival, from 1', type: 'text' },
    json: jsonOption('all candidates, with full precision'),
  },
  examples: [
    ['ds2p explain --run 1 --request 5000', 'of the runs that "ds2p run --record" has written'],
    ['ds2p explain results/my --run 7 --request 1 --json', 'of any folder of results; the run is made again'],
  ],
  run: async (given) => {
    const folder = folderFrom(given);
    const request = numberFrom(given, 'request');
    if (request === undefined && given.text('request') === undefined)
      given.problems.push({
        path: '--request',
        fact: 'the option is missing.',
        remedy: 'Give the number of a request in the order of arrival, from 1, as --request 5000.',
      });
    const chosen = numberFrom(given, 'run');
    const results = resultsFrom(given, folder);
    const count = results?.rows.length ?? 0;
    if (count > 1 && given.text('run') === undefined)
      given.problems.push({
        path: '--run',
        fact: `the option is missing, and ${folder} has runs 1 to ${count}.`,
        remedy: 'Give the number of one: its row in runs.csv.',
      });
    given.check();
    const number = chosen ?? 1;
    const { run, scenario, scenarioName } = await results!.runAt(number);
    await loadPlacementSolvers();
    const { parameters, seed, preset } = run;
    const spec = scenario === undefined ? { parameters, seed } : { parameters, seed, scenario };
    const found = accountOf(spec, request!, policiesFromFiles(parameters));
    if (!('account' in found)) {
      given.problems.push({
        path: '--request',
        fact: `there is no request ${request} in run ${number} of ${folder}.`,
        remedy:
          found.arrivals === 0 ? 'No request arrives in it.' : `Its requests are 1 to ${found.arrivals}.`,
      });
      given.check();
    }
    const { account } = found as Extract<typeof found, { account: unknown }>;
    if (given.has('json')) printJson({ folder, run: number, seed, preset, ...account });
    else {
      const named = { number, preset, seed, scenario: scenarioName, parameters: namedValues(parameters) };
      print(explainText(runTitle(folder!, named), account));
    }
    return EXIT.done;
  },
};
