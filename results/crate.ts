/**
 * A folder of results as a Workflow Run RO-Crate: files with metadata that archives and other tools understand.
 * Profiles: RO-Crate 1.1, Workflow RO-Crate 1.0 and Workflow Run Crate 0.5 (Leo et al., "Recording provenance of
 * workflow runs with RO-Crate", PLOS ONE, 2024): the definition of the sweep is the workflow, the sweep is its run.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parameterEntities } from './crate-parameters.js';

const CRATE = 'https://w3id.org/ro/crate/1.1';
const WORKFLOW_CRATE = 'https://w3id.org/workflowhub/workflow-ro-crate/1.0';
const PROFILES = [
  ['https://w3id.org/ro/wfrun/process/0.5', 'Process Run Crate', '0.5'],
  ['https://w3id.org/ro/wfrun/workflow/0.5', 'Workflow Run Crate', '0.5'],
  [WORKFLOW_CRATE, 'Workflow RO-Crate', '1.0'],
] as const;
/** Terms of the profile that RO-Crate does not have. */
const RUN_TERMS = 'https://w3id.org/ro/terms/workflow-run/context';
/** The paper whose system the software simulates. */
const PAPER = 'https://doi.org/10.1145/3629526.3649293';
const LANGUAGE = '#ds2p-experiment';
const SOFTWARE = '#ds2p-bench';

const ENCODINGS: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.ts': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.log': 'text/plain',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** What the files of a crate are, by name. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'runs.csv': 'A row a run: its parameters, seed and metrics',
  'summary.csv': 'A row a configuration: means of its replications with 95 % intervals',
  'timings.csv': 'Times that runs took on the machines that made them',
  'failures.csv': 'Runs that failed, with the commands that make them alone',
  'report.html': 'The results as a page with figures, which needs no network',
  'manifest.json': 'Resolved configuration, versions, machine and sessions of the sweep',
  'environment.json': 'Versions, machine and commit with which the sweep was made',
  'sweep.log': 'What happened during the sweep, and when',
  'columns.md': 'Meaning and unit of every column',
  'parameters.md': 'Meaning, unit and range of every parameter',
  'README.md': 'How to make the results again',
};

export interface Author {
  readonly name: string;
  /** An ORCID as a URL, where one is given. */
  readonly orcid?: string;
}

export interface CrateInput {
  /** The folder of the crate; files are described where they stand in it. */
  readonly folder: string;
  /** Paths of all files of the crate, relative to it, with forward slashes. */
  readonly files: readonly string[];
  /** The definition of the sweep among them. */
  readonly workflow: string;
  /** Files that went into the sweep beside its definition, and those that came out of it. */
  readonly inputs: readonly string[];
  readonly results: readonly string[];
  /** The content of manifest.json. */
  readonly manifest: Manifest;
  /** An SPDX identifier. */
  readonly license: string;
  readonly authors: readonly Author[];
}

/** What of manifest.json a crate tells. */
export interface Manifest {
  readonly experiment: { readonly name: string; readonly title: string; readonly question: string };
  readonly definition: Readonly<Record<string, unknown>>;
  readonly runs: { readonly planned: number; readonly completed: number; readonly failed: number };
  readonly versions: Readonly<Record<string, string>>;
  readonly git?: { readonly product?: { readonly commit: string; readonly dirty: boolean } | null };
  readonly machine: unknown;
  readonly started: string | null;
  readonly finished: string | null;
  readonly campaign: { readonly started: string; readonly finished: string | null };
}

/** An object of the graph of a crate. */
export type Entity = Record<string, unknown> & {
  readonly '@id': string;
  readonly '@type': string | readonly string[];
};

const reference = (id: string) => ({ '@id': id });
const references = (ids: readonly string[]) => ids.map(reference);

/** SHA-256 of a file of any size. */
function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const descriptor = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk))
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

function fileEntity(input: CrateInput, path: string): Entity {
  const full = join(input.folder, path);
  return {
    '@id': encodeURI(path),
    '@type': 'File',
    name: basename(path),
    contentSize: String(statSync(full).size),
    sha256: sha256Of(full),
    encodingFormat: ENCODINGS[extname(path)] ?? 'application/octet-stream',
    ...(DESCRIPTIONS[basename(path)] === undefined ? {} : { description: DESCRIPTIONS[basename(path)] }),
  };
}

function softwareEntity({ versions, git }: Manifest): Entity {
  const product = git?.product;
  return {
    '@id': SOFTWARE,
    '@type': 'SoftwareApplication',
    name: 'ds2p-bench',
    softwareVersion: versions['ds2p-bench'],
    ...(product ? { version: `${product.commit}${product.dirty ? ', with changed files' : ''}` } : {}),
    softwareRequirements: Object.entries(versions)
      .filter(([name]) => !['ds2p-bench', 'model', 'v8'].includes(name))
      .map(([name, version]) => `${name} ${version}`),
    description: `Simulator of stateful serverless edge computing, model version ${versions.model}`,
    citation: reference(PAPER),
  };
}

const authorId = ({ name, orcid }: Author): string => orcid ?? `#author/${encodeURIComponent(name)}`;

/** All entities of a crate but its descriptor. */
function entities(input: CrateInput): readonly Entity[] {
  const { manifest, workflow, inputs, results, license, authors } = input;
  const { experiment, definition, runs } = manifest;
  const { formal, values } = parameterEntities(definition);
  const licenseId = `https://spdx.org/licenses/${license}`;
  const finished = manifest.finished ?? manifest.campaign.finished ?? manifest.campaign.started;
  const isComplete = runs.completed === runs.planned;
  const made = `${runs.completed} of ${runs.planned} runs`;
  const people = authors.length === 0 ? {} : { author: references(authors.map(authorId)) };
  const root: Entity = {
    '@id': './',
    '@type': 'Dataset',
    name: experiment.title,
    description: `${experiment.question} ${made} of a simulation of stateful serverless edge computing.`,
    datePublished: finished.slice(0, 10),
    license: reference(licenseId),
    conformsTo: references(PROFILES.map(([id]) => id)),
    hasPart: references(input.files.map(encodeURI)),
    mainEntity: reference(encodeURI(workflow)),
    mentions: reference('#sweep'),
    ...people,
  };
  const action: Entity = {
    '@id': '#sweep',
    '@type': 'CreateAction',
    name: `Sweep ${experiment.name}`,
    description: `${made}, ${runs.failed} failed`,
    startTime: manifest.started ?? manifest.campaign.started,
    endTime: finished,
    instrument: reference(encodeURI(workflow)),
    object: references([...values.map((value) => value['@id']), ...inputs.map(encodeURI)]),
    result: references(results.map(encodeURI)),
    actionStatus: reference(
      `http://schema.org/${isComplete ? 'CompletedActionStatus' : 'FailedActionStatus'}`,
    ),
    ...(isComplete ? {} : { error: `${runs.planned - runs.completed} runs are missing or failed` }),
    ...(authors.length === 0 ? {} : { agent: reference(authorId(authors[0])) }),
  };
  return [
    root,
    ...PROFILES.map(([id, name, version]) => ({ '@id': id, '@type': 'CreativeWork', name, version })),
    { '@id': licenseId, '@type': 'CreativeWork', name: license },
    {
      ...fileEntity(input, workflow),
      '@type': ['File', 'SoftwareSourceCode', 'ComputationalWorkflow'],
      name: experiment.title,
      description: experiment.question,
      programmingLanguage: reference(LANGUAGE),
      softwareRequirements: reference(SOFTWARE),
      input: references(formal.map((parameter) => parameter['@id'])),
      license: reference(licenseId),
      ...people,
    },
    {
      '@id': LANGUAGE,
      '@type': 'ComputerLanguage',
      name: 'Experiment file of ds2p-bench',
      version: manifest.versions['ds2p-bench'],
    },
    softwareEntity(manifest),
    {
      '@id': PAPER,
      '@type': 'ScholarlyArticle',
      name: 'Function Offloading and Data Migration for Stateful Serverless Edge Computing',
    },
    action,
    ...formal,
    ...values,
    ...input.files.filter((file) => file !== workflow).map((file) => fileEntity(input, file)),
    ...authors.map((author): Entity => ({ '@id': authorId(author), '@type': 'Person', name: author.name })),
  ];
}

/** The content of ro-crate-metadata.json. */
export async function crateMetadata(input: CrateInput): Promise<unknown> {
  // Loaded only here: no other command needs it.
  const { ROCrate } = await import('ro-crate');
  const descriptor = {
    '@id': 'ro-crate-metadata.json',
    '@type': 'CreativeWork',
    about: reference('./'),
    conformsTo: references([CRATE, WORKFLOW_CRATE]),
  };
  const [root, ...others] = entities(input);
  const crate = new ROCrate({ '@context': [`${CRATE}/context`, RUN_TERMS], '@graph': [descriptor, root] });
  for (const entity of others) crate.addEntity(entity);
  return crate.toJSON();
}
