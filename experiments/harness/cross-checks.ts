/** Checks that need more than one parameter: values that make sense alone but not together. */
import {
  PARAMETERS,
  type ParameterId,
  type Parameters,
  type Scenario,
  totalArrivalRate,
} from '../../core/index.js';
import type { Problem } from './errors.js';

/** More requests than this in one run are taken for a mistyped number: 60 days of the paper's load. */
export const MAX_REQUESTS = 1e9;
/**
 * Nodes x functions x subsets of a function's keys: entries of the data distance table of one run, at about
 * 12 bytes each, in every worker.
 */
export const MAX_DISTANCES = 5e7;
/** Ordered pairs of nodes: entries of the matrix of latencies, at 8 bytes each, in every worker. */
export const MAX_LINKS = 1.5e8;

/** What a run is checked with beside its parameters. */
export interface CheckContext {
  readonly scenario?: Scenario;
  /** A scenario was given and could not be read, so that what it would replace is not known. */
  readonly scenarioUnreadable?: boolean;
  /** Parameters whose value was refused: checks that need one would speak of a value nobody gave. */
  readonly refused?: ReadonlySet<ParameterId>;
}

/** How large one run is, its scenario included. */
export interface Size {
  /** Compute nodes and the data store. */
  readonly nodes: number;
  readonly functions: number;
  /** The most keys that one function accesses. */
  readonly keySlots: number;
  /** Pairs of a function and a key that it accesses, at most. */
  readonly accesses: number;
  readonly keys: number;
  /** Expected number of requests. */
  readonly requests: number;
}

export function sizeOf(p: Parameters, scenario?: Scenario): Size {
  const { nodes, functions, keys, trace } = scenario ?? {};
  const count = functions?.length ?? p.functionCount;
  const listed = (functions ?? []).map(({ keys: own }) => own?.length ?? p.keysPerFunction);
  const store = nodes?.some(({ kind }) => kind === 'store') ? 0 : 1;
  return {
    nodes: (nodes?.length || p.edgeNodes + p.cloudNodes) + store,
    functions: count,
    keySlots: listed.reduce((most, own) => Math.max(most, own), Math.max(1, p.keysPerFunction)),
    accesses: functions ? listed.reduce((sum, own) => sum + own, 0) : count * p.keysPerFunction,
    keys: keys?.length ?? p.keyCount,
    requests: trace === undefined ? totalArrivalRate(p, scenario) * p.duration : trace.time_s.length,
  };
}

type Check = {
  /** Parameters that the check reads. */
  readonly needs: readonly ParameterId[];
  /** Whether a scenario may replace what the check reads. */
  readonly readsScenario: boolean;
  readonly check: (p: Parameters, scenario?: Scenario) => Problem | undefined;
};

type Link = 'edgeEdge' | 'edgeCloud' | 'cloudCloud' | 'cloudStore';

function latencyCheck(link: Link): Check {
  return {
    needs: [`${link}Min`, `${link}Max`],
    readsScenario: false,
    check: (p) => {
      const [min, max] = [p[`${link}Min`], p[`${link}Max`]];
      if (min <= max) return undefined;
      return {
        path: `latency.${link}Min`,
        fact: `${min} ms is more than latency.${link}Max = ${max} ms.`,
        remedy: `Set both with latency.${link}Min <= latency.${link}Max.`,
      };
    },
  };
}

function checkRequests(p: Parameters, scenario?: Scenario): Problem | undefined {
  const { requests } = sizeOf(p, scenario);
  if (requests <= MAX_REQUESTS) return undefined;
  const rate = (requests / p.duration).toPrecision(3);
  const given = scenario?.functions?.some(({ rate_per_s }) => rate_per_s !== undefined);
  const factors = `workload.duration${given ? ', workload.load, or rate_per_s in the scenario' : ' or workload.load'}`;
  return {
    path: 'workload.duration',
    fact: `${p.duration} s at ${rate} req/s are about ${requests.toExponential(1)} requests a run.`,
    remedy: `Lower ${factors} to at most ${MAX_REQUESTS.toExponential(0)} requests.`,
  };
}

function checkDistances(p: Parameters, scenario?: Scenario): Problem | undefined {
  const { nodes, functions, keySlots } = sizeOf(p, scenario);
  const entries = nodes * functions * 2 ** keySlots;
  if (entries <= MAX_DISTANCES) return undefined;
  return {
    path: 'functions.count',
    fact: `${nodes} nodes x ${functions} functions x 2^${keySlots} sets of keys of a function are ${entries.toExponential(1)} distances to hold in memory.`,
    remedy: `Lower nodes.edge, nodes.cloud, functions.count or keys.perFunction${scenario ? ' (or those of the scenario)' : ''} to at most ${MAX_DISTANCES.toExponential(0)}.`,
  };
}

function checkLinks(p: Parameters, scenario?: Scenario): Problem | undefined {
  const { nodes } = sizeOf(p, scenario);
  if (nodes ** 2 <= MAX_LINKS) return undefined;
  return {
    path: 'nodes.edge',
    fact: `${nodes} nodes have ${(nodes ** 2).toExponential(1)} links to hold in memory.`,
    remedy: `Lower nodes.edge and nodes.cloud${scenario ? ' (or the nodes of the scenario)' : ''} to ${Math.floor(Math.sqrt(MAX_LINKS)) - 1} in all.`,
  };
}

/** More instants than this at which a run stops to decide or to publish would be a slip of the keyboard. */
const MAX_INSTANTS = 1e7;

/** Bounds how often something happens at a fixed interval. */
function intervalCheck(
  interval: 'migrationInterval' | 'knowledgeInterval' | 'gossipInterval',
  happens: (p: Parameters) => boolean,
): Check {
  return {
    needs: ['duration', interval, 'knowledge', 'migration'],
    readsScenario: false,
    check: (p) => {
      const instants = p.duration / p[interval];
      if (!happens(p) || instants <= MAX_INSTANTS) return undefined;
      return {
        path: PARAMETERS[interval].name,
        fact: `every ${p[interval]} s for ${p.duration} s is ${instants.toExponential(1)} times a run.`,
        remedy: `Give at least ${p.duration / MAX_INSTANTS} s, or a shorter workload.duration.`,
      };
    },
  };
}

/** Parameters that have no effect where a scenario gives what they would describe, and the part that does. */
export function replacedBy(scenario: Scenario): ReadonlyMap<ParameterId, string> {
  const replaced = new Map<ParameterId, string>();
  const replace = (part: keyof Scenario, ids: readonly ParameterId[]) => {
    if (scenario[part] !== undefined) for (const id of ids) replaced.set(id, part);
  };
  replace('nodes', ['edgeNodes', 'cloudNodes']);
  replace('functions', ['functionCount', 'executionTime', 'functionMemory', 'coldStart']);
  replace('keys', ['keyCount']);
  replace('trace', ['load', 'arrivalRate', 'memoryInUse']);
  return replaced;
}

const CHECKS: readonly Check[] = [
  intervalCheck('migrationInterval', (p) => p.migration !== 'none'),
  intervalCheck('knowledgeInterval', (p) => p.knowledge === 'estimated'),
  intervalCheck('gossipInterval', (p) => p.gossipInterval > 0),
  ...(['edgeEdge', 'edgeCloud', 'cloudCloud', 'cloudStore'] as const).map(latencyCheck),
  {
    needs: [
      'duration',
      'load',
      'memoryInUse',
      'arrivalRate',
      'functionCount',
      'executionTime',
      'functionMemory',
    ],
    readsScenario: true,
    check: checkRequests,
  },
  {
    needs: ['edgeNodes', 'cloudNodes', 'functionCount', 'keysPerFunction'],
    readsScenario: true,
    check: checkDistances,
  },
  { needs: ['edgeNodes', 'cloudNodes'], readsScenario: true, check: checkLinks },
];

/** Every problem of a resolved set of parameters whose values, but for the refused, are each in range. */
export function crossCheck(p: Parameters, context: CheckContext = {}): readonly Problem[] {
  const { scenario, scenarioUnreadable = false, refused } = context;
  return CHECKS.filter(
    ({ needs, readsScenario }) =>
      !(readsScenario && scenarioUnreadable) && !needs.some((id) => refused?.has(id)),
  ).flatMap(({ check }) => check(p, scenario) ?? []);
}
