/** `ds2p bundle <folder>`: results with all that belongs to them, as a Workflow Run RO-Crate. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { damagedFiles } from '../../experiments/harness/damaged-files.js';
import { collect, type Problem } from '../../experiments/harness/errors.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { filesUnlikeJournal } from '../../experiments/harness/journal-check.js';
import { readJson } from '../../experiments/harness/json-file.js';
import { FolderLock } from '../../experiments/harness/lock.js';
import type { ScenarioJson } from '../../experiments/harness/scenario-file.js';
import { readSweepFacts, type SweepFacts } from '../../experiments/harness/sweep-facts.js';
import { counted } from '../../experiments/harness/words.js';
import type { Manifest } from '../../results/crate.js';
import { authorsFrom, DEFAULT_LICENCE, licenceFrom } from '../bundle-options.js';
import { filesBelow, writeCrate } from '../bundle-output.js';
import { policiesOf } from '../bundle-policies.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { toggle } from '../options.js';
import { print } from '../stdout.js';
import { sayingIfStopped } from '../stopping.js';

const withoutSlash = (path: string): string => path.replace(/(?<=.)[\\/]+$/, '');

/** The scenario of a sweep and the trace that it names, as paths. */
function scenarioFiles(path: string | undefined, problems: Problem[]): readonly string[] {
  if (path === undefined) return [];
  const content = collect(problems, () => readJson(path)) as ScenarioJson | undefined;
  const trace = content?.arrivals?.trace;
  return [path, ...(typeof trace === 'string' ? [resolve(dirname(path), trace)] : [])];
}

/** Why the results of a sweep cannot be deposited as they are. */
function resultProblems(facts: SweepFacts): readonly Problem[] {
  const { folder } = facts;
  if (FolderLock.holder(folder) !== undefined)
    return [
      {
        path: folder,
        fact: 'a sweep is at work on it.',
        remedy: 'Wait for its end; "ds2p status" shows it.',
      },
    ];
  if (!existsSync(join(folder, 'runs.csv')))
    return [{ path: folder, fact: 'there is no runs.csv.', remedy: 'Let the sweep come to an end first.' }];
  const damaged = damagedFiles(folder);
  const told = new Set(damaged.map(({ path }) => path));
  return [...damaged, ...filesUnlikeJournal(facts).filter(({ path }) => !told.has(path))];
}

export const bundleCommand: CommandSpec = {
  name: 'bundle',
  describe: 'Pack results into an RO-Crate, ready to be deposited',
  positional: [{ name: 'folder', describe: 'folder of results, as results/my', values: 'folder' }],
  options: {
    out: {
      type: 'text',
      describe: 'folder of the crate',
      values: 'folder',
      fallback: 'that of the results, with -crate behind',
    },
    zip: toggle('write a ZIP archive beside it as well'),
    json: jsonOption('the folder, the files in it, and the archive or null'),
    license: {
      type: 'text',
      describe: 'licence of the results, as an SPDX identifier',
      fallback: DEFAULT_LICENCE,
    },
    author: {
      type: 'text',
      repeatable: true,
      describe: 'who made them, as "Ada Lovelace 0000-0001-2345-6789"; repeatable',
    },
  },
  examples: [
    [
      'ds2p bundle results/my --author "Ada Lovelace 0000-0001-2345-6789" --zip',
      'CSVs, figures, configuration, environment',
    ],
  ],
  run: async (given) => {
    const [folder] = given.positional('folder');
    const out = withoutSlash(given.text('out') ?? `${withoutSlash(folder ?? '')}-crate`);
    const license = licenceFrom(given);
    const authors = authorsFrom(given);
    const { problems } = given;
    const facts = folder === undefined ? undefined : readSweepFacts(folder, problems);
    if (facts !== undefined) problems.push(...resultProblems(facts));
    const unwritable = [out, ...(given.has('zip') ? [dirname(resolve(out))] : [])].flatMap((path) =>
      folderProblems(path),
    );
    problems.push(...unwritable);
    if (unwritable.length === 0 && filesBelow(out).length > 0)
      problems.push({
        path: '--out',
        fact: `"${out}" is not empty.`,
        remedy: 'Give another folder, or remove it.',
      });
    const scenario = scenarioFiles(facts?.scenario?.path, problems);
    const policies = facts === undefined ? [] : await policiesOf(facts, problems);
    given.check();
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    if (manifest.runs.completed < manifest.runs.planned)
      console.error(
        `Only ${manifest.runs.completed} of ${counted(manifest.runs.planned, 'run')} are there; the crate says so.`,
      );
    const contents = { facts: facts!, manifest, scenario, policies, license, authors };
    const { files, zip } = await sayingIfStopped('the crate is not written.', () =>
      writeCrate(out, contents, given.has('zip')),
    );
    if (given.has('json')) printJson({ folder: out, files, zip });
    else for (const path of [out, ...(zip === null ? [] : [zip])]) print(path);
    return EXIT.done;
  },
};
