/** The policies of the reference, written from the text of the model (sec. 4 and 5.1 of the paper). */
import { MIGRATION_POLICIES } from '../../core/migration/index.js';
import { type MigrationPlan, REJECT, TRY_AGAIN } from '../../core/policy.js';
import type { Stream } from '../../core/rng.js';
import type { SystemView } from '../../core/view.js';
import { accessTime, type ReferenceState } from './reference-simulator.js';

export type Plan = MigrationPlan;
type Rule = (request: { f: number; node: number }) => number;

const slotsOf = ({ application }: ReferenceState, f: number): number[] =>
  Array.from({ length: application.keySlots }, (_, q) => f * application.keySlots + q).filter(
    (slot) => application.accessKey[slot] >= 0,
  );

const runsFunctions = ({ topology }: ReferenceState, node: number): boolean =>
  node !== topology.store && topology.memory[node] > 0;

/** Compute nodes that hold a key of f. */
const holders = (state: ReferenceState, f: number): number[] => {
  const accessed = slotsOf(state, f).filter((slot) => state.probability[slot] > 0);
  const nodes = accessed.map((slot) => state.place[state.application.accessKey[slot]]);
  return [...new Set(nodes)].filter((node) => runsFunctions(state, node));
};

/** The cloud node of least latency that runs functions, the lowest index among equals. */
const nearestCloud = (state: ReferenceState, node: number): number => {
  const { topology } = state;
  const clouds = Array.from({ length: topology.cloudCount }, (_, c) => topology.edgeCount + c).filter(
    (cloud) => runsFunctions(state, cloud),
  );
  const latency = (cloud: number): number => topology.latency[node * topology.nodeCount + cloud];
  return clouds.length === 0 ? REJECT : clouds.reduce((best, c) => (latency(c) < latency(best) ? c : best));
};

/** Expected data access time of f on the node, eq. (3). */
export const expectedAccessTime = (state: ReferenceState, f: number, node: number): number =>
  slotsOf(state, f).reduce((sum, slot) => {
    const key = state.application.accessKey[slot];
    return sum + state.probability[slot] * accessTime(state, node, state.place[key], key);
  }, 0);

function greedyLocal(state: ReferenceState): Rule {
  return ({ f, node }) => (state.canRun(node, f) ? node : nearestCloud(state, node));
}

function greedyData(state: ReferenceState): Rule {
  const { application } = state;
  return ({ f, node }) => {
    const share = (at: number): number =>
      slotsOf(state, f)
        .filter((slot) => state.place[application.accessKey[slot]] === at)
        .reduce(
          (sum, slot) => sum + state.probability[slot] * application.keySize[application.accessKey[slot]],
          0,
        );
    const candidates = [...new Set([...holders(state, f), nearestCloud(state, node)])].filter(
      (j) => j !== REJECT,
    );
    candidates.sort((i, j) => share(j) - share(i) || i - j);
    const [best = REJECT, second = REJECT] = candidates;
    return best === node && !state.canRun(node, f) ? second : best;
  };
}

function sloAware(state: ReferenceState): Rule {
  const { application, topology, run } = state;
  const { checkMemory, inputSize, outputSize } = run.parameters;
  return ({ f, node }) => {
    const completionTime = (j: number): number => {
      const there = application.executionTime[f] / topology.speedup[j] + expectedAccessTime(state, f, j);
      if (j === node) return there;
      const transfer = (inputSize + outputSize) * topology.secondsPerByte(node, j);
      return there + (2 * topology.latency[node * topology.nodeCount + j] + transfer);
    };
    const holding = holders(state, f);
    const admissible = [...new Set([node, ...holding, nearestCloud(state, node)])]
      .filter((j) => j !== REJECT)
      .filter((j) => expectedAccessTime(state, f, j) <= application.tMax[f])
      .sort(
        (i, j) => completionTime(i) - completionTime(j) || Number(j === node) - Number(i === node) || i - j,
      );
    for (const j of admissible) {
      if (state.canRun(j, f)) return j;
      if (checkMemory) continue;
      // Without memory in admissibility another node decides again; so does this one when it holds keys of f.
      if (j !== node) return j;
      if (holding.includes(node)) return TRY_AGAIN;
    }
    return REJECT;
  };
}

export function offloadingRule(state: ReferenceState, random: Stream): Rule {
  const name = state.run.parameters.offloading;
  if (name === 'greedy-local') return greedyLocal(state);
  if (name === 'greedy-data') return greedyData(state);
  if (name === 'slo-aware') return sloAware(state);
  const [aware, local] = [sloAware(state), greedyLocal(state)];
  return (request) => (random.next32() & 1 ? aware(request) : local(request));
}

function randomPlacement(state: ReferenceState, stream: Stream): () => Plan {
  const { nodeCount } = state.topology;
  if (state.run.parameters.randomMoves === 'all-once') {
    return () => ({
      ifRoom: true,
      moves: state.place.map((_, key) => ({ key, to: stream.integer(nodeCount) })),
    });
  }
  return () => {
    const moves: { key: number; to: number }[] = [];
    const where = new Map(Array.from(state.application.accessedKeys, (key) => [key, state.place[key]]));
    for (let node = 0; node < nodeCount; node++) {
      for (const key of [...where.keys()].filter((k) => where.get(k) === node)) {
        where.set(key, stream.integer(nodeCount));
        moves.push({ key, to: where.get(key)! });
      }
    }
    return { ifRoom: true, moves };
  };
}

function greedyPlacement(state: ReferenceState): () => Plan {
  const { application, topology, run } = state;
  return () => {
    const moves = Array.from(application.accessedKeys, (key) => {
      const slots = [...application.accessKey.keys()].filter((slot) => application.accessKey[slot] === key);
      const score = (node: number): number => {
        const rates = slots.map((slot) => state.accessRate[slot][node]);
        const rate =
          run.parameters.greedyRanks === 'pairs' ? Math.max(...rates) : rates.reduce((a, b) => a + b, 0);
        return rate * topology.latency[state.place[key] * topology.nodeCount + node];
      };
      const nodes = Array.from({ length: topology.nodeCount }, (_, node) => node);
      const best = nodes.reduce((first, node) => (score(node) > score(first) ? node : first));
      return { key, to: score(best) > 0 ? best : state.place[key] };
    });
    return { ifRoom: true, moves: moves.filter(({ key, to }) => state.place[key] !== to) };
  };
}

/** The core's policy over the reference's state: what is compared is the state that it sees. */
function stateAwarePlacement(state: ReferenceState, random: Stream): () => Plan {
  const { application, topology, run } = state;
  const view: Partial<SystemView> = {
    nodeCount: topology.nodeCount,
    functionCount: application.functionCount,
    store: topology.store,
    accessedKeys: application.accessedKeys,
    latency: (i, j) => topology.latency[i * topology.nodeCount + j],
    secondsPerByte: (i, j) => topology.secondsPerByte(i, j),
    accessesOf: (f) =>
      slotsOf(state, f).map((slot) => ({
        slot,
        key: application.accessKey[slot],
        probability: state.probability[slot],
      })),
    executionRate: (f, node) => state.executionRate[f][node],
    arrivalRate: (f, node) => {
      if (node >= topology.edgeCount) return 0;
      if (run.parameters.workload === 'w1') return application.rate[f] / topology.edgeCount;
      return f % topology.edgeCount === node ? application.rate[f] : 0;
    },
    tMax: (f) => application.tMax[f],
    keySize: (key) => application.keySize[key],
    placeOf: (key) => state.place[key],
    spareStorage: (node) => topology.storage[node] - state.held[node],
  };
  // Who solves the placement problem is the core's; the view and what comes of the plan are the reference's.
  const policy = MIGRATION_POLICIES.find(({ name }) => name === run.parameters.migration)!;
  const decide = policy.make({ parameters: run.parameters, view: view as SystemView, random, own: {} });
  return decide ?? (() => ({ moves: [] }));
}

/** Null where keys never move. */
export function migrationRule(state: ReferenceState, random: Stream): (() => Plan) | null {
  const name = state.run.parameters.migration;
  if (name === 'none') return null;
  if (name === 'random') return randomPlacement(state, random);
  if (name === 'greedy') return greedyPlacement(state);
  return stateAwarePlacement(state, random);
}
