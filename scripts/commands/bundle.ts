/** `ds2p bundle <folder>`: results with all that belongs to them, as a Workflow Run RO-Crate. */
import {
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { packageRoot } from '../../experiments/harness/environment.js';
import { collect, type Problem, shown } from '../../experiments/harness/errors.js';
import { folderProblems, makeFolder } from '../../experiments/harness/folders.js';
import { readJson } from '../../experiments/harness/json-file.js';
import { FolderLock } from '../../experiments/harness/lock.js';
import type { ScenarioJson } from '../../experiments/harness/scenario-file.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';
import { EXPERIMENT_FILE } from '../../experiments/harness/study-session.js';
import { readSweepFacts } from '../../experiments/harness/sweep-facts.js';
import { counted } from '../../experiments/harness/words.js';
import type { Author, Manifest } from '../../results/crate.js';
import { policiesOf } from '../bundle-policies.js';
import type { Arguments, CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { toggle } from '../options.js';

const METADATA = 'ro-crate-metadata.json';
const RESULTS = ['runs.csv', 'summary.csv', 'timings.csv', 'failures.csv', 'report.html'];
const INPUTS_FOLDER = 'inputs';

/** "Ada Lovelace", or with an ORCID behind it. */
function authorsOf(given: Arguments): readonly Author[] {
  return given.texts('author').map((text) => {
    const match = /^(.*?)\s+(?:https?:\/\/orcid\.org\/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/.exec(text.trim());
    return match === null
      ? { name: text.trim() }
      : { name: match[1], orcid: `https://orcid.org/${match[2]}` };
  });
}

/** Files below a folder, relative to it, in order. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

/** Draws the figures of a folder where none are there; a sweep that no figure shows has none. */
async function figuresOf(folder: string): Promise<readonly string[]> {
  const figures = join(folder, 'figures');
  if (!existsSync(figures)) {
    const { drawFigures } = await import('../../figures/index.js');
    await drawFigures(folder).catch((error: Error) => console.error(`No figures: ${error.message}`));
  }
  return filesBelow(figures).map((name) => `figures/${name}`);
}

/** The scenario of a sweep and the trace that it names, as paths. */
function scenarioFiles(path: string | undefined, problems: Problem[]): readonly string[] {
  if (path === undefined) return [];
  const content = collect(problems, () => readJson(path)) as ScenarioJson | undefined;
  const trace = content?.arrivals?.trace;
  return [path, ...(typeof trace === 'string' ? [resolve(dirname(path), trace)] : [])];
}

function readmeText({ experiment, runs, versions, git }: Manifest): string {
  const commit = git?.product
    ? `, commit ${git.product.commit}${git.product.dirty ? ' with changed files' : ''}`
    : '';
  return `# ${experiment.title}

${experiment.question}

${runs.completed} of ${counted(runs.planned, 'run')}, made with ds2p-bench ${versions['ds2p-bench']} (model version ${versions.model}${commit})
on Node ${versions.node}. runs.csv and summary.csv are byte-identical wherever they are made again:

    npx ds2p sweep ${EXPERIMENT_FILE}

report.html, where it is there, shows them and needs no network. columns.md and parameters.md say what every column means;
manifest.json and environment.json, how and where the runs were made; ${METADATA}, all of it for machines.
`;
}

/** Writes a folder as a ZIP archive beside it. */
async function writeZip(folder: string): Promise<string> {
  const { default: yazl } = await import('yazl');
  const path = `${folder}.zip`;
  const zip = new yazl.ZipFile();
  // Equal content gives an equal archive.
  for (const file of filesBelow(folder))
    zip.addFile(join(folder, file), file, { mtime: new Date(2000, 0, 1) });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
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
      fallback: 'CC-BY-4.0',
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
    const out = given.text('out') ?? `${folder?.replace(/[\\/]+$/, '')}-crate`;
    const license = given.text('license') ?? 'CC-BY-4.0';
    const authors = authorsOf(given);
    const { problems } = given;
    if (!/^[A-Za-z0-9.+-]+$/.test(license))
      problems.push({
        path: '--license',
        fact: `${shown(license)} is not an SPDX identifier.`,
        remedy: 'Give one, as CC-BY-4.0 or CC0-1.0.',
      });
    const facts = folder === undefined ? undefined : readSweepFacts(folder, problems);
    if (facts !== undefined && !existsSync(join(folder, 'runs.csv')))
      problems.push({
        path: folder,
        fact: 'there is no runs.csv.',
        remedy: 'Let the sweep come to an end first.',
      });
    if (facts !== undefined && FolderLock.holder(folder) !== undefined)
      problems.push({
        path: folder,
        fact: 'a sweep is at work on it.',
        remedy: 'Wait for its end; "ds2p status" shows it.',
      });
    if (existsSync(out) && filesBelow(out).length > 0)
      problems.push({
        path: '--out',
        fact: `"${out}" is not empty.`,
        remedy: 'Give another folder, or remove it.',
      });
    else problems.push(...folderProblems(out));
    const scenario = scenarioFiles(facts?.scenario?.path, problems);
    const policies = facts === undefined ? [] : await policiesOf(facts, problems);
    given.check();
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    if (manifest.runs.completed < manifest.runs.planned)
      console.error(
        `Only ${manifest.runs.completed} of ${counted(manifest.runs.planned, 'run')} are there; the crate says so.`,
      );

    const figures = await figuresOf(folder);
    makeFolder(out);
    const copied: string[] = [];
    const copy = (from: string, name: string) => {
      const target = join(out, name);
      mkdirSync(dirname(target), { recursive: true });
      storing(target, () => copyFileSync(from, target));
      copied.push(name);
    };
    const write = (name: string, content: string) => {
      mkdirSync(dirname(join(out, name)), { recursive: true });
      storing(join(out, name), () => replaceFile(join(out, name), content));
      copied.push(name);
    };
    const results = RESULTS.filter((name) => existsSync(join(folder, name)));
    for (const name of [...results, ...figures, 'manifest.json', 'sweep.log'])
      if (existsSync(join(folder, name))) copy(join(folder, name), name);
    const inputs = scenario.map(
      (path) => `${INPUTS_FOLDER}/${relative(dirname(scenario[0]), path).replaceAll('..', '_')}`,
    );
    scenario.forEach((path, i) => {
      copy(path, inputs[i]);
    });
    for (const { name, code } of policies) write(name, code);
    const definition = { ...facts!.definition, ...(inputs.length === 0 ? {} : { scenario: inputs[0] }) };
    write(EXPERIMENT_FILE, `${JSON.stringify(definition, null, 2)}\n`);
    const { versions, machine, git } = manifest;
    write('environment.json', `${JSON.stringify({ versions, machine, git }, null, 2)}\n`);
    write('README.md', readmeText(manifest));
    const docs = packageRoot();
    for (const name of ['columns.md', 'parameters.md'])
      if (docs !== undefined && existsSync(join(docs, 'docs', name))) copy(join(docs, 'docs', name), name);
    const { crateMetadata } = await import('../../results/crate.js');
    const metadata = await crateMetadata({
      folder: out,
      files: copied,
      workflow: EXPERIMENT_FILE,
      inputs: [...inputs, ...policies.map(({ name }) => name)],
      results: [...results, ...figures],
      manifest,
      license,
      authors,
    });
    storing(out, () => replaceFile(join(out, METADATA), `${JSON.stringify(metadata, null, 2)}\n`));
    const zip = given.has('zip') ? await writeZip(out) : null;
    if (given.has('json')) printJson({ folder: out, files: [...copied, METADATA], zip });
    else for (const path of [out, ...(zip === null ? [] : [zip])]) console.log(path);
    return EXIT.done;
  },
};
