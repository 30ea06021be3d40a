/** Writes results with all that belongs to them as a Workflow Run RO-Crate. */
import {
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { packageRoot } from '../experiments/harness/environment.js';
import { InputError } from '../experiments/harness/errors.js';
import { makeFolder } from '../experiments/harness/folders.js';
import { StorageError, storageError, TemporaryFolder } from '../experiments/harness/storage.js';
import { EXPERIMENT_FILE } from '../experiments/harness/study-session.js';
import type { SweepFacts } from '../experiments/harness/sweep-facts.js';
import { counted } from '../experiments/harness/words.js';
import type { Author, Manifest } from '../results/crate.js';
import type { BundledPolicy } from './bundle-policies.js';

const METADATA = 'ro-crate-metadata.json';
const RESULTS = ['runs.csv', 'summary.csv', 'timings.csv', 'failures.csv', 'report.html'];
const INPUTS_FOLDER = 'inputs';

/** Files below a folder, relative to it, in order. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
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

/** Writes a folder as a ZIP archive. */
async function writeZip(folder: string, path: string): Promise<void> {
  const { default: yazl } = await import('yazl');
  const zip = new yazl.ZipFile();
  // Equal content gives an equal archive.
  for (const file of filesBelow(folder))
    zip.addFile(join(folder, file), file, { mtime: new Date(2000, 0, 1) });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** What a crate is made of. */
export interface CrateContents {
  readonly facts: SweepFacts;
  readonly manifest: Manifest;
  /** Paths of the scenario and of what belongs to it. */
  readonly scenario: readonly string[];
  readonly policies: readonly BundledPolicy[];
  readonly license: string;
  readonly authors: readonly Author[];
}

const figuresIn = (folder: string): readonly string[] =>
  filesBelow(join(folder, 'figures')).map((name) => `figures/${name}`);

/** Draws figures into a folder; a sweep that no figure shows has none. */
async function drawInto(made: string, folder: string): Promise<readonly string[]> {
  const { drawFigures } = await import('../figures/index.js');
  try {
    await drawFigures(folder, { out: join(made, 'figures') });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`No figures: ${error.message}`);
  }
  return figuresIn(made);
}

/** Fills the folder `made`. @returns the files in it, relative to it. */
async function fill(made: string, contents: CrateContents): Promise<readonly string[]> {
  const { facts, manifest, scenario, policies, license, authors } = contents;
  const { folder } = facts;
  const files: string[] = [];
  const placeOf = (name: string): string => {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    files.push(name);
    return join(made, name);
  };
  const copy = (from: string, name: string) => copyFileSync(from, placeOf(name));
  const write = (name: string, content: string) => writeFileSync(placeOf(name), content);
  const results = RESULTS.filter((name) => existsSync(join(folder, name)));
  const drawn = figuresIn(folder);
  for (const name of [...results, ...drawn, 'manifest.json', 'sweep.log'])
    if (existsSync(join(folder, name))) copy(join(folder, name), name);
  const figures = drawn.length > 0 ? drawn : await drawInto(made, folder);
  if (drawn.length === 0) files.push(...figures);
  const inputs = scenario.map(
    (path) => `${INPUTS_FOLDER}/${relative(dirname(scenario[0]), path).replaceAll('..', '_')}`,
  );
  scenario.forEach((path, i) => {
    copy(path, inputs[i]);
  });
  for (const { name, code } of policies) write(name, code);
  const definition = { ...facts.definition, ...(inputs.length === 0 ? {} : { scenario: inputs[0] }) };
  write(EXPERIMENT_FILE, `${JSON.stringify(definition, null, 2)}\n`);
  const { versions, machine, git } = manifest;
  write('environment.json', `${JSON.stringify({ versions, machine, git }, null, 2)}\n`);
  write('README.md', readmeText(manifest));
  const docs = packageRoot();
  for (const name of ['columns.md', 'parameters.md'])
    if (docs !== undefined && existsSync(join(docs, 'docs', name))) copy(join(docs, 'docs', name), name);
  const { crateMetadata } = await import('../results/crate.js');
  const metadata = await crateMetadata({
    folder: made,
    files: [...files],
    workflow: EXPERIMENT_FILE,
    inputs: [...inputs, ...policies.map(({ name }) => name)],
    results: [...results, ...figures],
    manifest,
    license,
    authors,
  });
  write(METADATA, `${JSON.stringify(metadata, null, 2)}\n`);
  return files;
}

/**
 * Makes the crate in the folder `out`, which is empty or not there, and its archive beside it; neither is there before both
 * are whole. @returns the files of the crate, and the path of the archive. @throws StorageError where the disk refuses.
 */
export async function writeCrate(
  out: string,
  contents: CrateContents,
  withZip: boolean,
): Promise<{ readonly files: readonly string[]; readonly zip: string | null }> {
  const target = resolve(out);
  // A folder that is there may be all that can be written to, as a disk that was put in.
  const isThere = existsSync(target);
  makeFolder(dirname(target));
  const temporary: TemporaryFolder[] = [];
  const besides = (path: string): string => {
    const folder = new TemporaryFolder(path);
    temporary.push(folder);
    return folder.path;
  };
  try {
    const made = join(besides(isThere ? join(target, 'crate') : target), 'crate');
    mkdirSync(made);
    const files = await fill(made, contents);
    const archive = withZip ? join(besides(`${target}.zip`), 'crate.zip') : undefined;
    if (archive !== undefined) await writeZip(made, archive);
    if (!isThere) renameSync(made, target);
    else for (const name of readdirSync(made)) renameSync(join(made, name), join(target, name));
    if (archive !== undefined) renameSync(archive, `${target}.zip`);
    return { files, zip: withZip ? `${out}.zip` : null };
  } catch (error) {
    // Where the figures could not be written is no longer there.
    throw storageError(out, error instanceof StorageError ? error.cause : error);
  } finally {
    for (const folder of temporary) folder.remove();
  }
}
