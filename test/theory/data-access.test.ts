import t from 'tap';
import { buildWorld, presetParameters, type Scenario, simulate } from '../../core/index.js';
import { requestsIn } from '../../core/requests.js';
import { requestsOf } from '../../core/simulate.js';
import { halfWidth, mean } from './statistics.js';

const KEYS = [
  { key: 'a', probability: 1, size: 125_000, node: 'store' },
  { key: 'b', probability: 0.5, size: 1_000_000, node: 'cloud' },
  { key: 'c', probability: 0.25, size: 20_000, node: 'edge1' },
  { key: 'd', probability: 0.9, size: 500_000, node: 'edge2' },
  { key: 'e', probability: 0.05, size: 2_000_000, node: 'store' },
];
const NODES = ['edge1', 'edge2', 'cloud', 'store'];
const LATENCY_MS = [
  [0, 7, 31, 42],
  [7, 0, 53, 18],
  [31, 53, 0, 4],
  [42, 18, 4, 0],
];

/** One function that arrives at, and for lack of a reason to leave runs at, one of two edge nodes. */
const scenario: Scenario = {
  nodes: [
    { name: 'edge1', kind: 'edge', memory_mb: 1e6 },
    { name: 'edge2', kind: 'edge', memory_mb: 1e6 },
    { name: 'cloud', kind: 'cloud' },
    { name: 'store', kind: 'store' },
  ],
  latency_ms: LATENCY_MS,
  functions: [
    {
      name: 'f',
      memory_mb: 128,
      warm_duration_s: 0.2,
      cold_start_s: 0.3,
      rate_per_s: 50,
      keys: KEYS.map(({ key, probability }) => ({ key, probability })),
    },
  ],
  keys: KEYS.map(({ key, size, node }) => ({ name: key, size_bytes: size, node })),
};

/** Eq. (3) and (4) by hand: 100 Mbit/s when an edge node is at either end, else 1000. */
function expectedAccess(node: number): number {
  return KEYS.reduce((sum, { probability, size, node: name }) => {
    const place = NODES.indexOf(name);
    if (place === node) return sum;
    const bytesPerSecond = (node < 2 || place < 2 ? 100 : 1000) * 125_000;
    return sum + probability * ((2 * LATENCY_MS[node][place]) / 1000 + size / bytesPerSecond);
  }, 0);
}

t.test('the mean data access time of a function at a fixed placement is eq. (3)', async (t) => {
  const accesses: number[][] = [[], [], []];
  const parameters = presetParameters('as-written', {
    offloading: 'greedy-local',
    migration: 'none',
    duration: 600,
  });
  const observer = {
    start: (_t: number, _id: number, node: number, _cold: number, access: number) =>
      accesses[node].push(access),
  };
  const { metrics } = simulate({ parameters, seed: 4, scenario }, { observer });
  for (const node of [0, 1]) {
    const half = halfWidth(accesses[node].slice(0, 10_000), 0.99);
    const average = mean(accesses[node].slice(0, 10_000));
    t.ok(
      Math.abs(average - expectedAccess(node)) <= half,
      `${average} +- ${half} holds ${expectedAccess(node)}`,
    );
  }
  t.same(accesses[2], [], 'nothing ran in the cloud');
  const all = accesses.flat();
  t.ok(
    Math.abs(metrics.data_access_time_mean_s - mean(all)) < 1e-12,
    'the metric is the mean of what happened',
  );
});

t.test('so it is for every function and node of drawn worlds', async (t) => {
  for (const preset of ['as-published', 'as-written'] as const) {
    const parameters = presetParameters(preset, {
      offloading: 'greedy-local',
      migration: 'none',
      duration: 60,
      cloudMemory: 1e6,
    });
    const run = { parameters, seed: 21 };
    const { topology, application } = buildWorld(run);
    const samples = new Map<string, number[]>();
    const functionOf: number[] = [];
    simulate(run, {
      observer: {
        arrival: (_time, id, _node, f) => functionOf.push(id === functionOf.length ? f : Number.NaN),
        start: (_time, id, node, _cold, access) => {
          const cell = `${functionOf[id]} ${node}`;
          if (!samples.has(cell)) samples.set(cell, []);
          samples.get(cell)!.push(access);
        },
      },
    });
    let compared = 0;
    for (const [cell, values] of samples) {
      if (values.length < 100) continue;
      const [f, node] = cell.split(' ').map(Number);
      let exact = 0;
      for (let q = 0; q < application.keySlots; q++) {
        const key = application.accessKey[f * application.keySlots + q];
        if (key < 0) continue;
        const place = topology.store;
        const edge = node < topology.edgeCount;
        const latency = topology.latency[node * topology.nodeCount + place];
        const time = 2 * latency + application.keySize[key] / ((edge ? 100 : 1000) * 125_000);
        exact += application.accessProbability[f * application.keySlots + q] * time;
      }
      compared++;
      // Some twenty intervals a preset: at 99.99 % each, all of them hold in 99.8 % of such tests.
      const half = halfWidth(values, 0.9999) + 1e-12;
      t.ok(
        Math.abs(mean(values) - exact) <= half,
        `f${f + 1} at node ${node}: ${mean(values)} +- ${half}, ${exact}`,
      );
    }
    t.ok(compared >= 15, `${compared} pairs of function and node`);
  }
});

t.test('the response time of a local warm call is service time plus data access time', async (t) => {
  const parameters = presetParameters('as-written', {
    offloading: 'greedy-local',
    migration: 'none',
    duration: 30,
  });
  const run = { parameters, seed: 4, scenario };
  const requests = Array.from(requestsIn(requestsOf(run, buildWorld(run))));
  let warm = 0;
  simulate(run, {
    observer: {
      start: (time, id, _node, cold, access, completion, response) => {
        const wanted = cold + requests[id].service + access;
        if (Math.abs(response - wanted) > 1e-12) t.fail(`request ${id} took ${response}, not ${wanted}`);
        if (Math.abs(completion - time - wanted) > 1e-9) t.fail(`request ${id} completed at ${completion}`);
        if (cold === 0) warm++;
      },
    },
  });
  t.ok(warm > 1000, `${warm} warm calls`);
});

t.test('an offload adds its overhead, the input there and the output back', async (t) => {
  const parameters = presetParameters('as-written', {
    offloading: 'greedy-local',
    migration: 'none',
    duration: 20,
    inputSize: 250_000,
    outputSize: 125_000,
    offloadOverhead: 7,
  });
  // Edge nodes without memory: everything runs in the cloud, at 31 and 53 ms.
  const nodes = scenario.nodes!.map((node) => (node.kind === 'edge' ? { ...node, memory_mb: 0 } : node));
  const run = { parameters, seed: 4, scenario: { ...scenario, nodes } };
  const requests = Array.from(requestsIn(requestsOf(run, buildWorld(run))));
  let calls = 0;
  const { metrics } = simulate(run, {
    observer: {
      start: (_time, id, node, cold, access, _completion, response) => {
        if (node !== 2) t.fail(`request ${id} ran at node ${node}`);
        const latency = requests[id].node === 0 ? 0.031 : 0.053;
        const wanted = 0.007 + 2 * latency + 0.02 + 0.01 + cold + requests[id].service + access;
        if (Math.abs(response - wanted) > 1e-9) t.fail(`request ${id} took ${response}, not ${wanted}`);
        calls++;
      },
    },
  });
  t.equal(calls, metrics.completions);
  t.equal(metrics.offloaded_percent, 100);
});
