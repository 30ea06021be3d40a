/** The parts of manifest.json that a page tells of. Whatever a manifest lacks is empty here. */

/** A run that failed. */
export interface FailureFacts {
  readonly run: string;
  readonly seed: string;
  readonly error: string;
  /** What makes this run alone. */
  readonly command: string;
}

/** Parameters by dotted name under one preset. */
export interface PresetFacts {
  readonly preset: string;
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Lists of values. */
  readonly varied: Readonly<Record<string, unknown>>;
}

export interface SessionFacts {
  readonly started: string;
  /** Empty where it was killed. */
  readonly ended: string;
  readonly command: string;
  readonly threads: string;
  readonly made: string;
  readonly failed: string;
  /** Why it ended before the last run, if it did. */
  readonly stopped: string;
}

export interface CommitFacts {
  readonly commit: string;
  readonly dirty: boolean;
}

/** What `ds2p scalability` was asked for. */
export interface PlacementFacts {
  /** "10 nodes, 5 functions, 100 keys" */
  readonly sizes: readonly string[];
  /** formulation/solver */
  readonly series: readonly string[];
  readonly sources: readonly string[];
  readonly capacity: string;
  readonly seeds: readonly string[];
  /** Problems a simulation. */
  readonly states: string;
  /** Seconds a solve. */
  readonly timeLimitS: string;
}

/** Texts are as the manifest has them, empty where it has none. */
export interface ManifestFacts {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly section: string;
  readonly seed: string;
  readonly replications: string;
  readonly configurations: string;
  readonly presets: readonly PresetFacts[];
  /** What a scenario or policy file is, and its SHA-256. */
  readonly digests: readonly (readonly [what: string, digest: string])[];
  readonly runs: { readonly planned: string; readonly completed: string; readonly failed: string };
  readonly interrupted: boolean;
  /** Whether it is of a folder of `ds2p compare`. */
  readonly isComparison: boolean;
  readonly failures: readonly FailureFacts[];
  readonly versions: Readonly<Record<string, unknown>>;
  readonly machine: Readonly<Record<string, unknown>>;
  /** Of this product, and of the folder in which it was called. */
  readonly product?: CommitFacts;
  readonly workingFolder?: CommitFacts;
  readonly started: string;
  readonly finished: string;
  /** Seconds. */
  readonly wallS: number;
  readonly sessions: readonly SessionFacts[];
  /** Of a folder of `ds2p scalability`. */
  readonly placement?: PlacementFacts;
}

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function commit(value: unknown): CommitFacts | undefined {
  const { commit: name, dirty } = object(value);
  return text(name) === '' ? undefined : { commit: text(name), dirty: dirty === true };
}

function digestsOf(manifest: Json): ManifestFacts['digests'] {
  const scenario = object(object(manifest.configuration).scenario);
  const policies = Object.entries(object(object(manifest.keys).policyDigests));
  return [
    ...(text(scenario.digest) === ''
      ? []
      : [[`scenario ${text(scenario.name)}, ${text(scenario.path)}`, text(scenario.digest)] as const]),
    ...policies.map(([path, digest]) => [`policy ${path}`, text(digest)] as const),
  ];
}

function placementOf(configuration: Json): PlacementFacts | undefined {
  const { sizes, series, sources, capacity, seeds, states, time_limit_s: limit } = configuration;
  if (!Array.isArray(sizes)) return undefined;
  return {
    sizes: sizes.map((size) => {
      const { nodes, functions, keys } = object(size);
      return `${text(nodes)} nodes, ${text(functions)} functions, ${text(keys)} keys`;
    }),
    series: list(series).map(text),
    sources: list(sources).map(text),
    capacity: text(capacity),
    seeds: list(seeds).map(text),
    states: text(states),
    timeLimitS: text(limit),
  };
}

const session = (value: unknown): SessionFacts => {
  const { started, ended, command, threads, made, failed, stopped } = object(value);
  return {
    started: text(started),
    ended: text(ended),
    command: text(command),
    threads: text(threads),
    made: text(made),
    failed: text(failed),
    stopped: text(stopped),
  };
};

const failure = (value: unknown): FailureFacts => {
  const { run, seed, error, command } = object(value);
  return { run: text(run), seed: text(seed), error: text(error), command: text(command) };
};

/** Takes what a page tells from the content of manifest.json, whatever it is. */
export function manifestFacts(content: unknown): ManifestFacts {
  const manifest = object(content);
  const experiment = object(manifest.experiment);
  const configuration = object(manifest.configuration);
  const runs = object(manifest.runs);
  const git = object(manifest.git);
  const product = commit(git.product);
  const workingFolder = commit(git.workingFolder);
  const placement = placementOf(configuration);
  // Names of machines are often names of people.
  const { host: _host, ...machine } = object(manifest.machine);
  return {
    name: text(experiment.name),
    title: text(experiment.title),
    question: text(experiment.question),
    section: text(experiment.section),
    seed: text(configuration.seed),
    replications: text(configuration.replications),
    configurations: text(configuration.configurations),
    // Of a study of placement problems those of its simulated systems.
    presets: list(configuration.parameters ?? manifest.simulated).map((value) => {
      const { preset, fixed, varied } = object(value);
      return { preset: text(preset), fixed: object(fixed), varied: object(varied) };
    }),
    digests: digestsOf(manifest),
    runs: { planned: text(runs.planned), completed: text(runs.completed), failed: text(runs.failed) },
    interrupted: runs.interrupted === true,
    isComparison: manifest.comparison !== undefined,
    failures: list(runs.failures).map(failure),
    versions: object(manifest.versions),
    machine,
    ...(product === undefined ? {} : { product }),
    ...(workingFolder === undefined ? {} : { workingFolder }),
    started: text(manifest.started),
    finished: text(manifest.finished),
    wallS: typeof manifest.wall_s === 'number' ? manifest.wall_s : Number.NaN,
    sessions: list(manifest.sessions).map(session),
    ...(placement === undefined ? {} : { placement }),
  };
}
