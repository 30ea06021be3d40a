/**
 * The reference: a simulator that is slow and easy to believe. Everything that happens is an event in one
 * sorted list, completions and expiries included; state is plain objects; nothing is cached or computed
 * ahead. It takes the world and the requests of a run from the core, so that both can be compared event by
 * event, and nothing else: its rules are written from the text of the model.
 */
import type { RunMetrics } from '../../core/metrics.js';
import type { PlacementRecord } from '../../core/placement/tally.js';
import { REJECT, TRY_AGAIN } from '../../core/policy.js';
import { Stream } from '../../core/rng.js';
import { buildWorld, type RunSpec, type World } from '../../core/simulate.js';
import { Agenda, RANK } from './agenda.js';
import { referenceMetrics } from './reference-metrics.js';
import { migrationRule, offloadingRule, type Plan } from './reference-policies.js';
import { allRequests, type Request } from './reference-requests.js';

/** What happened, in the order and with the numbers that the core tells an Observer. */
export type ReferenceEvent = readonly ['arrival' | 'offload' | 'start' | 'reject' | 'move', ...number[]];

interface Container {
  readonly node: number;
  readonly f: number;
  /** Null while busy. */
  idleSince: number | null;
}

/** What the policies of the reference may look at. */
export interface ReferenceState extends World {
  readonly run: RunSpec;
  /** Node that holds each key, and bytes that each node holds. */
  readonly place: number[];
  readonly held: number[];
  /** p_fk by access slot, as policies believe it. */
  probability: number[];
  /** Moving averages by [slot][node] and [function][node]. */
  readonly accessRate: number[][];
  readonly executionRate: number[][];
  canRun(node: number, f: number): boolean;
}

/** One completed request. */
export interface Completion {
  readonly response: number;
  readonly dataAccess: number;
  readonly tMax: number;
  readonly elsewhere: boolean;
}

export interface ReferenceResult {
  readonly events: readonly ReferenceEvent[];
  readonly metrics: RunMetrics;
}

/** Time in s to access `key` from node i when it is at node j, eq. (4). */
export function accessTime({ topology, application }: World, i: number, j: number, key: number): number {
  if (i === j) return 0;
  const latency = topology.latency[i * topology.nodeCount + j];
  return 2 * latency + application.keySize[key] * topology.secondsPerByte(i, j);
}

export function referenceSimulate(run: RunSpec): ReferenceResult {
  const { parameters } = run;
  const world = buildWorld(run);
  const { topology, application } = world;
  const { nodeCount, edgeCount } = topology;
  const slots = application.keySlots;
  const agenda = new Agenda();
  const events: ReferenceEvent[] = [];
  const completions: Completion[] = [];
  const requests = allRequests(run, world);
  let waiting = requests.length;
  const counts = { arrivals: 0, rejected: 0, coldStarts: 0, migrations: 0, bytes: 0, decisions: 0 };
  const placements: PlacementRecord[] = [];

  const free = Array.from(topology.memory);
  let containers: Container[] = [];
  const table = (rows: number) => Array.from({ length: rows }, () => new Array<number>(nodeCount).fill(0));
  const newAccesses = table(application.functionCount * slots);
  const newExecutions = table(application.functionCount);
  const allAccesses = new Array<number>(newAccesses.length).fill(0);
  const allExecutions = new Array<number>(application.functionCount).fill(0);

  const idle = (node: number) => containers.filter((c) => c.node === node && c.idleSince !== null);
  const memoryOf = (list: readonly Container[]) => list.reduce((sum, c) => sum + application.memory[c.f], 0);
  const longestIdle = (list: readonly Container[]) =>
    list.reduce((first, c) => (c.idleSince! < first.idleSince! ? c : first));
  /** The function of largest memory, the lowest index among equals. */
  const largestOf = (list: readonly Container[]) =>
    list
      .map((c) => c.f)
      .reduce((g, f) => ((application.memory[f] - application.memory[g] || g - f) > 0 ? f : g));
  const remove = (container: Container): void => {
    containers = containers.filter((c) => c !== container);
    free[container.node] += application.memory[container.f];
  };

  const state: ReferenceState = {
    ...world,
    run,
    place: Array.from(application.initialNode),
    held: new Array<number>(nodeCount).fill(0),
    probability: Array.from(application.accessProbability),
    accessRate: table(newAccesses.length),
    executionRate: table(application.functionCount),
    canRun(node, f) {
      const here = idle(node);
      if (here.some((c) => c.f === f)) return true;
      return free[node] + memoryOf(here) >= application.memory[f];
    },
  };
  state.place.forEach((node, key) => {
    state.held[node] += application.keySize[key];
  });
  const decide = offloadingRule(state, new Stream(run.seed, 'policy/offloading'));
  const planMoves = migrationRule(state, new Stream(run.seed, 'policy/migration'));

  const handle = (now: number, request: Request, node: number): void => {
    const { f } = request;
    const decidesHere = node < edgeCount && request.offloads < parameters.maxOffloads;
    const target = decidesHere ? decide({ f, node }) : node;
    if (target === REJECT || (target === node && !state.canRun(node, f))) {
      waiting--;
      counts.rejected++;
      events.push(['reject', now, request.id, node]);
    } else if (target === node) {
      waiting--;
      execute(now, request, node);
    } else {
      const to = target === TRY_AGAIN ? node : target;
      const latency = topology.latency[node * nodeCount + to];
      const perByte = topology.secondsPerByte(node, to);
      request.offloads++;
      request.wayBack += latency + parameters.outputSize * perByte;
      events.push(['offload', now, request.id, node, to]);
      const there = now + parameters.offloadOverhead / 1000 + latency + parameters.inputSize * perByte;
      agenda.at(there, RANK.hop, (time) => handle(time, request, to));
    }
  };

  const execute = (now: number, request: Request, node: number): void => {
    const { f } = request;
    const own = idle(node).filter((c) => c.f === f);
    const cold = own.length > 0 ? 0 : application.coldStart[f];
    const container: Container = own.length > 0 ? longestIdle(own) : { node, f, idleSince: null };
    if (own.length === 0) {
      while (free[node] < application.memory[f]) {
        remove(longestIdle(idle(node).filter((c) => c.f === largestOf(idle(node)))));
      }
      free[node] -= application.memory[f];
      containers.push(container);
      counts.coldStarts++;
    }
    container.idleSince = null;
    let dataAccess = 0;
    request.accesses.forEach((accessed, q) => {
      if (!accessed) return;
      const key = application.accessKey[f * slots + q];
      dataAccess += accessTime(state, node, state.place[key], key);
      newAccesses[f * slots + q][node]++;
      allAccesses[f * slots + q]++;
    });
    newExecutions[f][node]++;
    allExecutions[f]++;
    const busy = request.service / topology.speedup[node] + dataAccess;
    const end = now + cold + busy;
    const response = now - request.arrival + cold + busy + request.wayBack;
    events.push(['start', now, request.id, node, cold, dataAccess, end, response]);
    completions.push({ response, dataAccess, tMax: application.tMax[f], elsewhere: node !== request.origin });
    agenda.at(end, RANK.completion, (time) => {
      container.idleSince = time;
      agenda.at(time + parameters.idleExpiry, RANK.expiry, () => {
        if (container.idleSince === time && containers.includes(container)) remove(container);
      });
    });
  };

  const fits = (key: number, to: number): boolean =>
    state.held[to] + application.keySize[key] <= topology.storage[to];
  const move = (now: number, key: number, to: number): void => {
    const from = state.place[key];
    state.held[from] -= application.keySize[key];
    state.held[to] += application.keySize[key];
    state.place[key] = to;
    counts.migrations++;
    counts.bytes += application.keySize[key];
    events.push(['move', now, key, from, to]);
  };
  const underWay = new Map<number, object>();
  const carryOut = (now: number, { moves, ifRoom }: Plan): void => {
    for (const { key, to } of moves) {
      const from = state.place[key];
      underWay.delete(key);
      if (parameters.migrationMode === 'instant') {
        if (from !== to && (!ifRoom || fits(key, to))) move(now, key, to);
      } else if (from !== to && fits(key, to)) {
        const ticket = {};
        underWay.set(key, ticket);
        agenda.at(now + accessTime(state, from, to, key), RANK.transfer, (time) => {
          if (underWay.get(key) === ticket && waiting > 0 && fits(key, to)) move(time, key, to);
        });
      }
    }
  };

  const average = (rates: number[][], fresh: number[][], weight: number): void => {
    for (let r = 0; r < rates.length; r++) {
      for (let node = 0; node < nodeCount; node++) {
        rates[r][node] =
          (weight * fresh[r][node]) / parameters.migrationInterval + (1 - weight) * rates[r][node];
        fresh[r][node] = 0;
      }
    }
  };
  // Nobody decides on keys any more once every request has started.
  const migrate = (now: number): void => {
    if (waiting === 0 || planMoves === null) return;
    const weight = counts.decisions === 0 ? 1 : parameters.rateWeight;
    average(state.accessRate, newAccesses, weight);
    average(state.executionRate, newExecutions, weight);
    counts.decisions++;
    const plan = planMoves();
    if (plan.placement) placements.push(plan.placement);
    carryOut(now, plan);
  };
  const estimate = (): void => {
    const { knowledgePrior: prior, knowledgePriorWeight: weight } = parameters;
    state.probability = allAccesses.map((seen, slot) =>
      application.accessKey[slot] < 0
        ? 0
        : (prior * weight + seen) / (weight + allExecutions[Math.floor(slot / slots)]),
    );
  };

  for (const request of requests) {
    agenda.at(request.arrival, RANK.arrival, (now) => {
      counts.arrivals++;
      events.push(['arrival', now, request.id, request.origin, request.f]);
      handle(now, request, request.origin);
    });
  }
  const { duration, migrationInterval, knowledgeInterval } = parameters;
  for (let n = 1; n * migrationInterval < duration; n++)
    agenda.at(n * migrationInterval, RANK.migration, migrate);
  if (parameters.knowledge === 'estimated') {
    estimate();
    for (let n = 1; n * knowledgeInterval < duration; n++)
      agenda.at(n * knowledgeInterval, RANK.estimates, estimate);
  }
  agenda.run();
  return { events, metrics: referenceMetrics(counts, placements, completions, parameters.penalty) };
}
