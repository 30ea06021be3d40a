/** What a report rests on: everything that is needed to trust its numbers, or to make them again. */

import { counted } from '../../../experiments/harness/words.js';
import { parameterColumn } from '../../../results/columns.js';
import { numberText } from '../../../results/number-text.js';
import { rejectedRequests } from '../../../results/rejected-requests.js';
import { CommandText } from '../command-text.js';
import type { CsvRow, FolderFacts } from '../facts.js';
import type { PlacementFacts } from '../manifest-facts.js';
import type { Section } from '../page.js';
import { pairLabel } from '../policy-names.js';
import { numbers, TextTable } from '../text-table.js';
import { settingsText, variedParameters } from '../varied.js';
import { Configurations, PRESETS_ANCHOR, PresetDifferences } from './configuration.js';
import { Definitions, SolveDefinitions } from './definitions.js';
import { Commands, MadeWith, timeText } from './made-with.js';
import { SimulatedSystems } from './simulated-systems.js';

/** More failed runs of one experiment than this are counted only: failures.csv has all. */
const TOLD_FAILURES = 500;

const distinctCells = (rows: readonly CsvRow[], column: string): string =>
  [...new Set(rows.map((row) => row[column] ?? ''))].join(', ');

/** "1 to 10" */
function seedsText(folder: FolderFacts): string {
  const first = Number(folder.manifest?.seed || Number.NaN);
  const replications = Number(folder.manifest?.replications || Number.NaN);
  if (!Number.isFinite(first) || !Number.isFinite(replications)) return 'unknown';
  return replications === 1 ? String(first) : `${first} to ${first + replications - 1}`;
}

function runsText({ manifest }: FolderFacts): string {
  if (manifest === undefined) return 'unknown';
  const { planned, completed, failed } = manifest.runs;
  if (planned === '') return 'unknown';
  return `${completed} of ${planned}${failed === '0' ? '' : `, ${failed} failed`}${manifest.interrupted ? ', interrupted' : ''}`;
}

/** Whether there is anything to be said of the runs of a folder. */
const isKnown = ({ summary, manifest }: FolderFacts): boolean =>
  summary.length > 0 || (manifest !== undefined && manifest.runs.planned !== '');

function Runs({ folders }: { readonly folders: readonly FolderFacts[] }) {
  if (folders.length === 0) return null;
  return (
    <>
      <h3>Runs</h3>
      <TextTable
        label="Runs of each experiment"
        caption="Runs of each experiment. Replications have consecutive seeds; equal seeds meet equal requests, whatever the policies."
        head={[
          'Experiment',
          numbers('Configurations'),
          numbers('Replications'),
          'Seeds',
          'Arrivals last (s)',
          'Runs',
          'Made',
          numbers('Time (s)'),
        ]}
        rows={folders.map((folder) => [
          folder.name,
          folder.manifest?.configurations || String(folder.summary.length),
          folder.manifest?.replications || distinctCells(folder.summary, 'n'),
          seedsText(folder),
          distinctCells(folder.summary, parameterColumn('duration')),
          runsText(folder),
          timeText(folder.manifest?.finished ?? ''),
          numberText(folder.manifest?.wallS ?? Number.NaN, 3),
        ])}
      />
    </>
  );
}

/** The configuration of a row among those of `summary` as a reader knows it: its preset, policies and all that varies. */
function placeText(row: CsvRow, summary: readonly CsvRow[]): string {
  const settings = settingsText(row, variedParameters(summary, ['offloading', 'migration']));
  return [row.preset, pairLabel(row), settings].filter(Boolean).join(', ');
}

function rejectedCells({ name, summary }: FolderFacts): readonly string[] {
  const { arrivals, rejected, percent, configurations, rejecting, largest } = rejectedRequests(summary);
  return [
    name,
    arrivals.toLocaleString('en'),
    rejected.toLocaleString('en'),
    Number.isNaN(percent) ? '-' : `${numberText(percent, 3)} %`,
    `${rejecting} of ${configurations}`,
    largest === undefined ? '-' : `${numberText(largest.percent, 3)} % (${placeText(largest.row, summary)})`,
  ];
}

function Rejected({ folders }: { readonly folders: readonly FolderFacts[] }) {
  if (folders.length === 0) return null;
  return (
    <>
      <h3>Rejected requests</h3>
      <TextTable
        label="Rejected requests"
        caption="Requests that were answered with an error: the policy rejected them, or no node had room. The paper does not print them; violations are counted among the others only, so that a policy which rejects much may look good by them."
        head={[
          'Experiment',
          numbers('Arrivals'),
          numbers('Rejected'),
          numbers('Of arrivals'),
          numbers('Configurations that reject'),
          'Most, mean of a configuration',
        ]}
        rows={folders.map(rejectedCells)}
      />
    </>
  );
}

function Failures({ folders }: { readonly folders: readonly FolderFacts[] }) {
  const failing = folders.filter(({ failures }) => failures.length > 0);
  if (failing.length === 0) return folders.some(isKnown) ? <p>No run failed.</p> : null;
  return (
    <>
      {failing.map(({ name, path, failures }) => (
        <details key={path}>
          <summary>
            {counted(failures.length, 'failed run')} of <code>{name}</code>, and the commands that repeat them
          </summary>
          <TextTable
            label={`Failed runs of ${name}`}
            caption="Failed runs are in no mean. A path of somebody's home is shown as ~ or $HOME, one below the folder of the call from there."
            head={['Run', 'Seed', 'Error', 'Command']}
            rows={failures
              .slice(0, TOLD_FAILURES)
              .map(({ run, seed, error, command }) => [
                run,
                seed,
                error,
                <CommandText key="command" text={command} />,
              ])}
          />
          {failures.length > TOLD_FAILURES ? (
            <p class="note">And {failures.length - TOLD_FAILURES} more: see failures.csv.</p>
          ) : (
            ''
          )}
        </details>
      ))}
    </>
  );
}

function Notes({ folders }: { readonly folders: readonly FolderFacts[] }) {
  const notes = folders.flatMap(({ name, notes: own }) => own.map((note) => `${name}: ${note}`));
  if (notes.length === 0) return null;
  return (
    <ul class="error">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function Digests({ folders }: { readonly folders: readonly FolderFacts[] }) {
  const digests = new Map(folders.flatMap(({ manifest }) => manifest?.digests ?? []));
  if (digests.size === 0) return null;
  return (
    <TextTable
      label="Digests of scenario and policy files"
      caption="SHA-256 of what the scenario and policy files of the user held when the runs were made."
      head={['File', 'SHA-256']}
      rows={[...digests].map(([what, digest]) => [what, <code key="digest">{digest}</code>])}
    />
  );
}

function Solved({ asked, solved }: { readonly asked: PlacementFacts; readonly solved: readonly CsvRow[] }) {
  const count = (name: string): number => solved.reduce((sum, row) => sum + Number(row[name] || 0), 0);
  const timeouts = count('timeouts');
  const unsolved = ['stopped', 'failed', 'skipped'] as const;
  const solves = [
    counted(count('n') - timeouts - count('stopped') - count('failed'), 'solved', 'solved'),
    counted(timeouts, 'timeout'),
    ...unsolved.map((name) => `${count(name)} ${name}`),
  ];
  const rows: readonly (readonly [string, string])[] = [
    ['Sizes', asked.sizes.join('; ')],
    ['Formulation/solver', asked.series.join(', ')],
    ['Problems', `${asked.sources.join(', ')}; ${asked.states} a seed`],
    ['Storage of nodes', asked.capacity],
    ['Seeds', asked.seeds.join(', ')],
    ['Time limit of a solve', `${asked.timeLimitS} s`],
    ['Solves', solves.join(', ')],
  ];
  return (
    <TextTable
      label="What was solved"
      caption="Every problem is solved by every line; equal seeds give equal problems. Times depend on the machine."
      head={['What', 'Value']}
      rows={rows.filter(([, value]) => value !== '')}
    />
  );
}

/** What placement problems rest on: no requests were run, so that nothing is said of them. */
export function placementTrustSection(folder: FolderFacts): Section {
  const asked = folder.manifest?.placement;
  return {
    id: 'trust',
    title: 'What this rests on',
    body: (
      <>
        <Notes folders={[folder]} />
        <Commands folders={[folder]} what="solves" />
        <MadeWith folders={[folder]} />
        {asked === undefined ? null : <Solved asked={asked} solved={folder.summary} />}
        <SimulatedSystems folder={folder} />
        <h3>Metrics</h3>
        <SolveDefinitions />
      </>
    ),
  };
}

/** Everything needed to trust the results of some folders. */
export function trustSection(folders: readonly FolderFacts[]): Section {
  return {
    id: 'trust',
    title: 'What this rests on',
    body: (
      <>
        <Notes folders={folders} />
        <Commands folders={folders} />
        <MadeWith folders={folders} />
        <Runs folders={folders.filter(isKnown)} />
        <Failures folders={folders} />
        <Rejected folders={folders.filter(({ summary }) => summary.length > 0)} />
        <h3 id={PRESETS_ANCHOR}>The two presets</h3>
        <PresetDifferences />
        <h3>Configuration</h3>
        <Configurations folders={folders} />
        <Digests folders={folders} />
        <h3>Metrics</h3>
        <Definitions folders={folders} />
      </>
    ),
  };
}
