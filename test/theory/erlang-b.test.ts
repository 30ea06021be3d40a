import t from 'tap';
import { presetParameters, type Scenario, simulate } from '../../core/index.js';
import { halfWidth, mean } from './statistics.js';

const CONTAINERS = 6;
const MEMORY = 128;
const SERVICE = 0.5;
const REPLICATIONS = 20;

/** Erlang's B formula by its recursion over the number of servers: the share of arrivals that are lost. */
function erlangB(offeredLoad: number, servers: number): number {
  let loss = 1;
  for (let c = 1; c <= servers; c++) loss = (offeredLoad * loss) / (c + offeredLoad * loss);
  return loss;
}

/** One edge node whose memory holds six containers of one function, no cloud, no keys, no cold start. */
function lossSystem(offeredLoad: number, containers: number): Scenario {
  return {
    nodes: [{ name: 'edge', kind: 'edge', memory_mb: containers * MEMORY }],
    functions: [
      {
        name: 'f',
        memory_mb: MEMORY,
        warm_duration_s: SERVICE,
        cold_start_s: 0,
        rate_per_s: offeredLoad / SERVICE,
        keys: [],
      },
    ],
  };
}

for (const offeredLoad of [2, 5, 9]) {
  for (const offloading of ['greedy-local', 'slo-aware']) {
    t.test(
      `at ${offeredLoad} erlang the share that ${offloading} rejects is Erlang's B formula`,
      async (t) => {
        // The system starts empty; 4000 mean service times make what that changes a tenth of the half-width.
        const parameters = presetParameters('as-written', { offloading, migration: 'none', duration: 2000 });
        const shares = Array.from({ length: REPLICATIONS }, (_, r) => {
          const run = { parameters, seed: 1 + r, scenario: lossSystem(offeredLoad, CONTAINERS) };
          const { arrivals, completions, rejected } = simulate(run).metrics;
          t.equal(completions + rejected, arrivals);
          return rejected / arrivals;
        });
        const exact = erlangB(offeredLoad, CONTAINERS);
        const half = halfWidth(shares, 0.99);
        t.ok(half < 0.04 * exact + 0.001, `the interval is narrow: ${half}`);
        t.ok(Math.abs(mean(shares) - exact) <= half, `${mean(shares)} +- ${half} holds ${exact}`);
      },
    );
  }
}
