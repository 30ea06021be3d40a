/** With what results were made: versions, machine, commit, commands. */

import { groupBy } from '../../group-by.js';
import { CommandText } from '../command-text.js';
import type { FolderFacts } from '../facts.js';
import type { CommitFacts, ManifestFacts, SessionFacts } from '../manifest-facts.js';

const commitText = (commit: CommitFacts | undefined): string =>
  commit === undefined
    ? 'no git repository'
    : `commit ${commit.commit.slice(0, 12)}${commit.dirty ? ', with changes that are not committed' : ', nothing changed'}`;

const told = (value: unknown): string => (value === undefined || value === '' ? 'unknown' : String(value));

function machineText(machine: ManifestFacts['machine']): string {
  const memory = Number(machine.memory_mb);
  return [
    told(machine.cpu),
    `${told(machine.cores)} cores, ${told(machine.threads)} used`,
    Number.isFinite(memory) ? `${(memory / 1000).toFixed(1)} GB of memory` : 'memory unknown',
    `${told(machine.platform)} ${told(machine.release)} (${told(machine.arch)})`,
  ].join('; ');
}

function versionsText(versions: ManifestFacts['versions']): string {
  const { 'ds2p-bench': product, model, ...rest } = versions;
  const others = Object.entries(rest).map(([name, version]) => `${name} ${told(version)}`);
  return [`ds2p-bench ${told(product)}, model version ${told(model)}`, ...others].join(', ');
}

/** "2026-01-05 10:02 UTC" */
export const timeText = (iso: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : 'unknown';

const Environment = ({
  names,
  manifest,
}: {
  readonly names: readonly string[];
  readonly manifest: ManifestFacts;
}) => (
  <dl class="made-with">
    {names.length === 0 ? (
      ''
    ) : (
      <>
        <dt>Experiments</dt>
        <dd>{names.join(', ')}</dd>
      </>
    )}
    <dt>Versions</dt>
    <dd>{versionsText(manifest.versions)}</dd>
    <dt>Code</dt>
    <dd>{commitText(manifest.product)}</dd>
    <dt>Folder of the call</dt>
    <dd>{commitText(manifest.workingFolder)}</dd>
    <dt>Machine</dt>
    <dd>{machineText(manifest.machine)}</dd>
  </dl>
);

/** Folders made in the same way are told of once. */
export function MadeWith({ folders }: { readonly folders: readonly FolderFacts[] }) {
  const made = folders.flatMap(({ name, manifest }) => (manifest === undefined ? [] : [{ name, manifest }]));
  const groups = groupBy(made, ({ manifest: { versions, machine, product, workingFolder } }) =>
    JSON.stringify([versions, machine, product, workingFolder]),
  );
  return (
    <>
      {groups.map((group) => (
        <Environment
          key={group[0]!.name}
          names={groups.length === 1 ? [] : group.map(({ name }) => name)}
          manifest={group[0]!.manifest}
        />
      ))}
    </>
  );
}

/** More processes than this are counted only. */
const TOLD_SESSIONS = 20;

function sessionText({ started, threads, made, failed, stopped }: SessionFacts, what: string): string {
  const counts = `${told(made)} ${what} made${failed === '' || failed === '0' ? '' : `, ${failed} failed`}`;
  return `${timeText(started)}: ${counts}, ${told(threads)} threads${stopped === '' ? '' : `, stopped: ${stopped}`}`;
}

/** The commands that made the results; one that worked on several folders is told of once. */
export function Commands({
  folders,
  what = 'runs',
}: {
  readonly folders: readonly FolderFacts[];
  /** What a command makes, in the plural. */
  readonly what?: string;
}) {
  const sessions = folders.flatMap(({ name, manifest }) =>
    (manifest?.sessions ?? []).map((session) => ({ name, session })),
  );
  const calls = groupBy(sessions, ({ session: { command, started } }) => `${started} ${command}`);
  if (calls.length === 0) return <p class="note">No manifest tells which command made these results.</p>;
  return (
    <ul class="commands">
      {calls.slice(0, TOLD_SESSIONS).map((call) => (
        <li key={`${call[0]!.session.started} ${call[0]!.session.command}`}>
          <CommandText text={call[0]!.session.command || 'a command that is not known'} />
          <details>
            <summary>
              {timeText(call[0]!.session.started)}, {call.map(({ name }) => name).join(', ')}
            </summary>
            <ul>
              {call.map(({ name, session }) => (
                <li key={name}>
                  {name}, {sessionText(session, what)}
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
      {calls.length > TOLD_SESSIONS ? (
        <li>and {calls.length - TOLD_SESSIONS} more: see manifest.json</li>
      ) : (
        ''
      )}
    </ul>
  );
}
