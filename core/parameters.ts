/**
 * The one table of parameters. From it come the defaults of both presets, the type of a resolved
 * configuration, the checks, the options of the command line and the table in docs/parameters.md.
 */

import { FORMULATIONS } from './placement/formulations/index.js';
import { SOLVERS } from './placement/solvers/index.js';

/** What a parameter holds, and which values make sense. */
export type ParameterKind =
  | { readonly type: 'number'; readonly min?: number; readonly max?: number; readonly above?: number }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  /** The name of a policy; the registry of the kind knows which exist. */
  | { readonly type: 'policy'; readonly registry: 'offloading' | 'migration' }
  | {
      readonly type: 'numbers';
      readonly min?: number;
      readonly max?: number;
      readonly above?: number;
      readonly minLength: number;
    };

/** A value of a parameter as JSON holds it. */
export type ParameterValue = number | boolean | string | readonly number[];

export type PresetName = 'as-published' | 'as-written';
export const PRESETS: readonly PresetName[] = ['as-published', 'as-written'];

/** One row of the table. */
export interface Parameter<V extends ParameterValue = ParameterValue> {
  readonly name: string;
  readonly unit: string;
  readonly kind: ParameterKind;
  /** The value of both presets, or one a preset where the text and the published numbers differ. */
  readonly default: V | { readonly 'as-written': V; readonly 'as-published': V };
  readonly doc: string;
  /** Where the default comes from. */
  readonly source: string;
  /** A short option of the command line, where the parameter has one of its own. */
  readonly flag?: string;
}

const number = (bounds: { min?: number; max?: number; above?: number } = {}): ParameterKind => ({
  type: 'number',
  ...bounds,
});
const integer = (min: number, max: number): ParameterKind => ({ type: 'integer', min, max });
const numbers = (bounds: { min?: number; max?: number; above?: number }, minLength = 1): ParameterKind => ({
  type: 'numbers',
  minLength,
  ...bounds,
});
const choice = (...choices: string[]): ParameterKind => ({ type: 'choice', choices });
const boolean: ParameterKind = { type: 'boolean' };

/** Limits that keep a mistyped number from eating the machine. */
export const LIMITS = { edgeNodes: 10_000, cloudNodes: 10_000, functions: 10_000, keys: 1_000_000 } as const;

/** Rows whose values are a V; the name stays a literal type, so that names in experiments are checked. */
const rowOf =
  <V extends ParameterValue>() =>
  <const Name extends string>(
    name: Name,
    unit: string,
    kind: ParameterKind,
    def: Parameter<V>['default'],
    doc: string,
    source: string,
    flag?: string,
  ): Parameter<V> & { readonly name: Name } =>
    flag === undefined
      ? { name, unit, kind, default: def, doc, source }
      : { name, unit, kind, default: def, doc, source, flag };

const define = {
  number: rowOf<number>(),
  text: rowOf<string>(),
  boolean: rowOf<boolean>(),
  numbers: rowOf<readonly number[]>(),
};

/** Both presets side by side: the text first, what yields Table 3 second. */
const presets = <V extends ParameterValue>(asWritten: V, asPublished: V) => ({
  'as-written': asWritten,
  'as-published': asPublished,
});

/** A number that a preset leaves to a formula of other parameters. */
const AUTO = 0;

export const PARAMETERS = {
  offloading: define.text(
    'policy.offloading',
    '-',
    { type: 'policy', registry: 'offloading' },
    'slo-aware',
    'where a request runs: the policy of the Scheduler of every edge node',
    'sec. 4.1, 5.1',
    'offloading',
  ),
  migration: define.text(
    'policy.migration',
    '-',
    { type: 'policy', registry: 'migration' },
    'state-aware',
    'where each key lives: the policy of the Data Migrator',
    'sec. 4.2, 5.1',
    'migration',
  ),
  workload: define.text(
    'workload.kind',
    '-',
    choice('w1', 'w2'),
    'w1',
    'w1: the rate of each function is split evenly over the edge nodes; w2: each function arrives at one edge node, assigned round robin',
    'sec. 5.1',
    'workload',
  ),
  duration: define.number(
    'workload.duration',
    's',
    number({ above: 0, max: 1e9 }),
    3600,
    'how long requests arrive; the system drains afterwards',
    'sec. 5.1',
    'duration',
  ),
  quantiles: define.text(
    'metrics.quantiles',
    '-',
    choice('auto', 'exact', 'bounded'),
    'auto',
    'exact quantiles, or quantiles in memory that does not grow with the run and with a relative error of at most 0.05 % (2^-11) between 1 us and 194 days; auto: exact up to 4 million expected arrivals',
    'this project',
  ),
  load: define.number(
    'workload.load',
    '-',
    number({ above: 0, max: 1e6 }),
    1,
    'factor on every arrival rate',
    'sweep of this project',
  ),
  arrivalRate: define.numbers(
    'workload.arrivalRate',
    'req/s',
    numbers({ above: 0 }),
    [8, 16, 42, 6, 14],
    'total rate of each function, used where workload.memoryInUse is 0; a list shorter than functions.count repeats, with rates scaled by length / functions.count so that the expected memory in use stays',
    'Table 2',
  ),
  memoryInUse: define.number(
    'workload.memoryInUse',
    'MB',
    number({ min: 0 }),
    presets(0, 16_000),
    'expected memory in use L: the rate of f is L / (F r_f m_f) with F functions; 0 takes workload.arrivalRate',
    'model: Table 2 is L = 8000, rounded; Table 3 needs 16 000',
  ),
  functionCount: define.number(
    'functions.count',
    '-',
    integer(1, LIMITS.functions),
    5,
    'number of functions F; the lists below repeat when they are shorter',
    'sec. 5.1',
  ),
  executionTime: define.numbers(
    'functions.executionTime',
    's',
    numbers({ above: 0 }),
    [0.4, 0.2, 0.3, 0.25, 0.45],
    'mean r_f of the exponential execution time on the reference architecture',
    'Table 2',
  ),
  functionMemory: define.numbers(
    'functions.memory',
    'MB',
    numbers({ above: 0 }),
    [512, 512, 128, 1024, 256],
    'memory demand m_f of one container',
    'Table 2',
  ),
  coldStart: define.numbers(
    'functions.coldStart',
    's',
    numbers({ min: 0 }),
    [0.5, 0.25, 0.6, 0.25, 0.5],
    'time to start a container of f',
    'model: stated neither in the text nor in the tables',
  ),
  inputSize: define.number(
    'functions.inputSize',
    'B',
    number({ min: 0 }),
    1024,
    'input of a request, l_in of eq. (6)',
    'model',
  ),
  outputSize: define.number(
    'functions.outputSize',
    'B',
    number({ min: 0 }),
    0,
    'output of a request, l_out of eq. (7)',
    'model',
  ),
  edgeNodes: define.number(
    'nodes.edge',
    '-',
    integer(1, LIMITS.edgeNodes),
    5,
    'number of edge nodes',
    'sec. 5.1',
  ),
  cloudNodes: define.number(
    'nodes.cloud',
    '-',
    integer(0, LIMITS.cloudNodes),
    5,
    'number of cloud nodes; the data store is one more node',
    'sec. 5.1',
  ),
  edgeMemory: define.number(
    'nodes.edgeMemory',
    'MB',
    number({ min: 0 }),
    4096,
    'memory M_i of an edge node',
    'sec. 5.1',
  ),
  cloudMemory: define.number(
    'nodes.cloudMemory',
    'MB',
    number({ min: 0 }),
    64_000,
    'memory M_i of a cloud node',
    'sec. 5.1',
  ),
  edgeSpeedup: define.number(
    'nodes.edgeSpeedup',
    '-',
    number({ above: 0 }),
    1,
    'computation speed-up s_i of an edge node',
    'sec. 5.1',
  ),
  cloudSpeedup: define.number(
    'nodes.cloudSpeedup',
    '-',
    number({ above: 0 }),
    1,
    'computation speed-up s_i of a cloud node',
    'sec. 5.1',
  ),
  edgeStorage: define.number(
    'nodes.edgeStorage',
    'MB',
    number({ min: 0 }),
    AUTO,
    'storage S_i of an edge node for keys; 0: as much as its memory',
    'model: S_j defaults to the memory of the node',
  ),
  cloudStorage: define.number(
    'nodes.cloudStorage',
    'MB',
    number({ min: 0 }),
    AUTO,
    'storage S_i of a cloud node for keys; 0: as much as its memory',
    'model: S_j defaults to the memory of the node',
  ),
  edgeEdgeMin: define.number(
    'latency.edgeEdgeMin',
    'ms',
    number({ min: 0 }),
    1,
    'one-way latency between two edge nodes, lower end',
    'sec. 5.1',
  ),
  edgeEdgeMax: define.number(
    'latency.edgeEdgeMax',
    'ms',
    number({ min: 0 }),
    20,
    'one-way latency between two edge nodes, upper end',
    'sec. 5.1',
  ),
  edgeCloudMin: define.number(
    'latency.edgeCloudMin',
    'ms',
    number({ min: 0 }),
    presets(5, 10),
    'one-way latency between an edge node and a cloud node or the store, lower end',
    'sec. 5.1; model for as-published',
  ),
  edgeCloudMax: define.number(
    'latency.edgeCloudMax',
    'ms',
    number({ min: 0 }),
    100,
    'one-way latency between an edge node and a cloud node or the store, upper end',
    'sec. 5.1',
  ),
  cloudCloudMin: define.number(
    'latency.cloudCloudMin',
    'ms',
    number({ min: 0 }),
    1,
    'one-way latency between two cloud nodes, lower end',
    'sec. 5.1',
  ),
  cloudCloudMax: define.number(
    'latency.cloudCloudMax',
    'ms',
    number({ min: 0 }),
    10,
    'one-way latency between two cloud nodes, upper end',
    'sec. 5.1',
  ),
  cloudStoreMin: define.number(
    'latency.cloudStoreMin',
    'ms',
    number({ min: 0 }),
    1,
    'one-way latency between a cloud node and the store, lower end',
    'sec. 5.1',
  ),
  cloudStoreMax: define.number(
    'latency.cloudStoreMax',
    'ms',
    number({ min: 0 }),
    presets(20, 15),
    'one-way latency between a cloud node and the store, upper end',
    'sec. 5.1; model for as-published',
  ),
  edgeBandwidth: define.number(
    'bandwidth.edge',
    'Mbit/s',
    number({ above: 0 }),
    100,
    'bandwidth of a link with an edge node at either end',
    'sec. 5.1',
  ),
  cloudBandwidth: define.number(
    'bandwidth.cloud',
    'Mbit/s',
    number({ above: 0 }),
    1000,
    'bandwidth of a link between two cloud nodes, the store included',
    'sec. 5.1',
  ),
  keyCount: define.number('keys.count', '-', integer(1, LIMITS.keys), 100, 'number of keys', 'sec. 5.1'),
  keysPerFunction: define.number(
    'keys.perFunction',
    '-',
    integer(0, 12),
    5,
    'draws of keys a function; a draw that repeats a key adds nothing',
    'sec. 5.1; model',
  ),
  popularity: define.text(
    'keys.popularity',
    '-',
    choice('zipf', 'uniform'),
    'zipf',
    'law by which a function draws its keys',
    'sec. 5.1',
    'popularity',
  ),
  zipfExponent: define.number(
    'keys.zipfExponent',
    '-',
    number({ min: 0, max: 20 }),
    1,
    'exponent of the Zipf law over keys 1..K; 0 is uniform',
    'model',
  ),
  accessProbabilities: define.numbers(
    'keys.accessProbabilities',
    '-',
    numbers({ min: 0, max: 1 }),
    presets([0.1, 0.25, 0.5, 0.75, 0.9, 1], [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1]),
    'p_fk of each (function, key) is one of these, equally likely',
    'sec. 5.1; model for as-published',
  ),
  smallSize: define.number(
    'keys.smallSize',
    'B',
    number({ above: 0 }),
    1e4,
    'mean size of a small value',
    'sec. 5.1',
  ),
  largeSize: define.number(
    'keys.largeSize',
    'B',
    number({ above: 0 }),
    presets(1e7, 1e6),
    'mean size of a large value',
    'sec. 5.1; model for as-published',
  ),
  largeShare: define.number(
    'keys.largeShare',
    '-',
    number({ min: 0, max: 1 }),
    0.5,
    'probability that a value is large',
    'model: equally likely',
  ),
  sizeScale: define.number(
    'keys.sizeScale',
    'B',
    number({ above: 0 }),
    1e4,
    'scale theta of the gamma law of sizes; its shape is mean / theta',
    'sec. 5.1',
  ),
  tMax: define.number(
    'slo.tMax',
    's',
    number({ above: 0 }),
    0.1,
    'largest data access time T_max that the SLO allows',
    'sec. 5.1',
    't-max',
  ),
  penalty: define.number(
    'slo.penalty',
    '$/s',
    number({ min: 0, max: 1e9 }),
    1,
    'penalty rho_f per second beyond T_max',
    'sec. 5.1',
  ),
  idleExpiry: define.number(
    'containers.expiry',
    's',
    number({ min: 0 }),
    600,
    'an idle container is removed after this time',
    'model',
  ),
  offloadOverhead: define.number(
    'offloading.overhead',
    'ms',
    number({ min: 0 }),
    5,
    'time that an offload adds to its latency and transfer',
    'model',
  ),
  maxOffloads: define.number(
    'offloading.maxOffloads',
    '-',
    integer(0, 255),
    2,
    'a request offloaded this often is run where it is, or rejected',
    'model',
  ),
  checkMemory: define.boolean(
    'offloading.checkMemory',
    '-',
    boolean,
    presets(true, false),
    'memory of the target is part of admissibility; without, the target decides again on arrival and a node that holds keys of the function counts as a target of its own',
    'sec. 4.1; model for as-published',
  ),
  knowledge: define.text(
    'knowledge.mode',
    '-',
    choice('true', 'estimated'),
    'true',
    'policies read the true p_fk, or what the Data Proxy has traced so far',
    'sec. 4.1; model',
  ),
  knowledgePrior: define.number(
    'knowledge.prior',
    '-',
    number({ min: 0, max: 1 }),
    0.5,
    'estimate of p_fk before f was seen',
    'this project: the middle of what is possible',
  ),
  knowledgePriorWeight: define.number(
    'knowledge.priorWeight',
    'req',
    number({ above: 0 }),
    1,
    'how many executions the prior counts for',
    'this project: one pseudo-observation',
  ),
  knowledgeInterval: define.number(
    'knowledge.interval',
    's',
    number({ above: 0 }),
    1,
    'how often the Data Proxy publishes its estimates to the Scheduler',
    'this project',
  ),
  gossipInterval: define.number(
    'gossip.interval',
    's',
    number({ min: 0, max: 1e9 }),
    0,
    'how often nodes tell each other their spare memory and idle containers: what a policy sees of a remote node may be as old as this; 0: always fresh',
    'sec. 2; the paper gives no interval, and its evaluation has none',
  ),
  migrationInterval: define.number(
    'migration.interval',
    's',
    number({ above: 0 }),
    120,
    'time between two decisions of the Data Migrator',
    'sec. 5.1',
  ),
  rateWeight: define.number(
    'migration.rateWeight',
    '-',
    number({ above: 0, max: 1 }),
    0.33,
    'weight of the newest interval in the exponential moving average of access rates; the first interval counts alone',
    'model',
  ),
  migrationMode: define.text(
    'migration.mode',
    '-',
    choice('instant', 'transfer'),
    'instant',
    'a move takes no time, or 2 d + l / b during which the key is served from its old place',
    'model',
  ),
  storeMayHost: define.boolean(
    'migration.storeMayHost',
    '-',
    boolean,
    presets(true, false),
    'state-aware may leave keys in the store; without, its first decision moves every accessed key to a compute node',
    'sec. 4.2; model for as-published',
  ),
  greedyRanks: define.text(
    'migration.greedyRanks',
    '-',
    choice('nodes', 'pairs'),
    presets('nodes', 'pairs'),
    'greedy ranks nodes with all functions added up, or (function, node) pairs',
    'sec. 5.1; model for as-published',
  ),
  randomMoves: define.text(
    'migration.randomMoves',
    '-',
    choice('all-once', 'accessed-by-node'),
    presets('all-once', 'accessed-by-node'),
    'random draws once for every key; or for the accessed keys, node by node in index order, so that a key that lands on a node not yet visited is drawn again',
    'sec. 5.1; for as-published docs/reproduction.md, from the measured migrations, not from the model',
  ),
  formulation: define.text(
    'placement.formulation',
    '-',
    choice(...FORMULATIONS.map(({ name }) => name)),
    'sound',
    'reading of eqs. (8)-(25) that state-aware solves',
    'model: the five traps',
  ),
  placementSolver: define.text(
    'placement.solver',
    '-',
    choice('auto', ...SOLVERS.map(({ name }) => name)),
    'auto',
    'who solves what the exact reductions leave; auto picks by size, and every limit counts work, never time',
    'this project',
  ),
  sloScope: define.text(
    'placement.slo',
    '-',
    choice('per-key', 'per-function'),
    'per-key',
    'the excess of f is the largest over its keys, eq. (13)-(14), or that of the sum over its keys; the formulation per-function is always the latter',
    'model: trap 4',
  ),
  penaltyWeight: define.number(
    'placement.penaltyWeight',
    '-',
    number({ min: 0, max: 1 }),
    0.5,
    'weight w_p of penalties in eq. (17); w_m is 1 - w_p',
    "model: the authors' code",
  ),
  tieWeight: define.number(
    'placement.tieWeight',
    '-',
    number({ min: 0 }),
    1e-3,
    'weight, per second, of the sum of access times T_fk by which the sound formulation breaks ties',
    'model: a small weight',
  ),
} as const satisfies Record<string, Parameter<never> | Parameter>;

/** The short name by which code reads a parameter. */
export type ParameterId = keyof typeof PARAMETERS;

/** Every parameter with its value: what a run needs beside its seed and, if any, its scenario. */
export type Parameters = {
  readonly [Id in ParameterId]: (typeof PARAMETERS)[Id] extends Parameter<infer V> ? V : never;
};

/** The rows of the table, in its order. */
export const PARAMETER_LIST: readonly (Parameter & { readonly id: ParameterId })[] = Object.entries(
  PARAMETERS,
).map(([id, parameter]) => ({ ...(parameter as Parameter), id: id as ParameterId }));

/** The default of a parameter under a preset. */
export function defaultOf(parameter: Parameter, preset: PresetName): ParameterValue {
  const value = parameter.default;
  return typeof value === 'object' && 'as-written' in value ? value[preset] : value;
}

/** Parameters by their public names, in the order of the table. */
export function namedValues(parameters: Parameters): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries(PARAMETER_LIST.map(({ id, name }) => [name, parameters[id]]));
}

/** All parameters of a preset, with `overrides` (by short name) laid over them, unchecked. */
export function presetParameters(preset: PresetName, overrides: Partial<Parameters> = {}): Parameters {
  const values: Record<string, ParameterValue> = {};
  for (const parameter of PARAMETER_LIST) values[parameter.id] = defaultOf(parameter, preset);
  return { ...values, ...overrides } as unknown as Parameters;
}
