/** The view of recorded runs: a section of a report, and a page of its own. */
import { join } from 'node:path';
import type { ExampleRuns } from '../../experiments/harness/example-runs.js';
import { makeFolder } from '../../experiments/harness/folders.js';
import { shellWord } from '../../experiments/harness/manifest.js';
import { PAGE_FILE } from '../../experiments/harness/recorded-folder.js';
import type { RecordedRun } from '../../experiments/harness/recorded-run.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { notableRequest } from '../run/notable-request.js';
import { pageText, type Section } from './page.js';
import { pairText } from './policy-names.js';
import { RUN_VIEW_ELEMENT, runLabels, runsData } from './run-data.js';

/** The section of a page that shows one run at a time; the page needs the data of `runsPageData` as well. */
export function runsSection({ runs, note }: ExampleRuns): Section {
  const count = runs.length === 1 ? 'One run was recorded' : `${runs.length} runs were recorded`;
  const told =
    runs.length === 0
      ? 'No run was recorded for this page.'
      : `${count}: where each key was, what happened to requests, and what nodes carried.`;
  return {
    id: 'run',
    title: 'Inside one run',
    body: (
      <>
        <p class="prose">{[told, ...(note === undefined ? [] : [note])].join(' ')}</p>
        {runs.length > 0 && (
          <div id={RUN_VIEW_ELEMENT}>
            <p class="soft">This part is drawn by JavaScript. It shows these runs:</p>
            <ul>
              {runLabels(runs).map((label) => (
                <li key={label}>{label}</li>
              ))}
            </ul>
          </div>
        )}
      </>
    ),
  };
}

/**
 * What a page with `runsSection` carries for its own code, by the id of elements.
 * @param folderOf the folder of results whose runs.csv has the run as row `number`.
 */
export function runsPageData(
  runs: readonly RecordedRun[],
  folderOf: (run: RecordedRun) => string,
): Readonly<Record<string, unknown>> {
  return runsData(
    runs.map((run) => {
      const folder = shellWord(folderOf(run));
      const { request, because } = notableRequest(run.recording);
      return {
        run,
        inspect: `npx ds2p inspect ${folder} --run ${run.number}`,
        explain: `npx ds2p explain ${folder} --run ${run.number} --request ${request}`,
        explainBecause: because,
      };
    }),
    METRIC_COLUMNS,
  );
}

/** "Inside one run: State-aware + SLO-aware, Tₘₐₓ = 0.1 s, seed 1" */
function runTitle({ parameters, seed }: RecordedRun): string {
  const pair = pairText(String(parameters['policy.migration']), String(parameters['policy.offloading']));
  return `Inside one run: ${pair}, Tₘₐₓ = ${parameters['slo.tMax']} s, seed ${seed}`;
}

/**
 * Writes the page of some recorded runs into their folder, in a piece.
 * @returns its path. @throws StorageError where the file system refuses.
 */
export function writeRunPage(folder: string, runs: readonly RecordedRun[]): string {
  makeFolder(folder);
  const path = join(folder, PAGE_FILE);
  const experiments = [...new Set(runs.map(({ experiment }) => experiment))].join(', ');
  const content = {
    title: runs.length === 1 ? runTitle(runs[0]!) : `Runs of ${experiments}`,
    lead: (
      <p>
        {runs.length === 1 ? `Run ${runs[0]!.number} of ${experiments}: what` : 'What'} a run of the simulator
        looks like over time.
      </p>
    ),
    sections: [runsSection({ runs })],
    data: runsPageData(runs, () => folder),
  };
  storing(path, () => replaceFile(path, pageText(content)));
  return path;
}
