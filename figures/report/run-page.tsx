/** The view of recorded runs: a section of a report, and a page of its own. */
import { join } from 'node:path';
import { makeFolder } from '../../experiments/harness/folders.js';
import type { RecordedRun } from '../../experiments/harness/recorded-run.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { pageText, type Section } from './page.js';
import { RUN_VIEW_ELEMENT, runsData } from './run-data.js';

const RUN_PAGE_FILE = 'inspect.html';

/** Something that a reader may type, with what it is good for. */
export interface Hint {
  readonly purpose: string;
  readonly command: string;
}

const Hints = ({ hints }: { readonly hints: readonly Hint[] }) => (
  <ul class="hints">
    {hints.map(({ purpose, command }) => (
      <li key={command}>
        {purpose}: <code>{command}</code>
      </li>
    ))}
  </ul>
);

/**
 * The section of a page that shows one of `runs` at a time; its data are those of `runsPageData`.
 * @param hints what else can be seen of these and of other runs. @param note why runs are missing, if they are.
 */
export function runsSection(
  runs: readonly RecordedRun[],
  hints: readonly Hint[] = [],
  note?: string,
): Section {
  return {
    id: 'run',
    title: 'Inside one run',
    body: (
      <>
        <p class="prose">
          {runs.length === 0
            ? 'No run was recorded for this page.'
            : `${runs.length === 1 ? 'One run was recorded' : `${runs.length} runs were recorded`}: where each key was, what happened to requests, and what nodes carried.`}
          {note !== undefined && ` ${note}`}
        </p>
        {hints.length > 0 && <Hints hints={hints} />}
        {runs.length > 0 && (
          <div id={RUN_VIEW_ELEMENT}>
            <p class="soft">This part is drawn by JavaScript.</p>
          </div>
        )}
      </>
    ),
  };
}

/** What a page with `runsSection` carries for its own code, by the id of elements. */
export const runsPageData = (runs: readonly RecordedRun[]): Readonly<Record<string, unknown>> =>
  runsData(runs, METRIC_COLUMNS);

/**
 * Writes the page of some recorded runs into `folder`, in a piece.
 * @returns its path. @throws StorageError where the file system refuses.
 */
export function writeRunPage(
  folder: string,
  runs: readonly RecordedRun[],
  hints: readonly Hint[] = [],
): string {
  makeFolder(folder);
  const path = join(folder, RUN_PAGE_FILE);
  const experiments = [...new Set(runs.map(({ experiment }) => experiment))];
  const content = {
    title:
      runs.length === 1 ? `Run ${runs[0]!.number} of ${experiments[0]}` : `Runs of ${experiments.join(', ')}`,
    lead: <p>What one run of the simulator looks like over time.</p>,
    sections: [runsSection(runs, hints)],
    data: runsPageData(runs),
  };
  storing(path, () => replaceFile(path, pageText(content)));
  return path;
}
