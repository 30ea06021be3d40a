/**
 * Ten requests worked out by hand. One edge node of 1000 MB, one cloud node of 600 MB, the store; one-way
 * latency 20 ms edge-cloud, 30 ms edge-store, 5 ms cloud-store; greedy-local; idle containers expire after
 * 60 s; T_max is 50 ms; an offload has 5 ms of overhead and sends 1024 B.
 *
 * A: 600 MB, cold start 0.5 s, always reads `near` (10^6 B, on the edge node).
 * B: 500 MB, cold start 0.25 s, always reads `far` (125 000 B, in the store).
 *
 * Data access: A at the edge 0; A in the cloud 2 x 0.02 + 10^6/12.5e6 = 0.12 s; B at the edge
 * 2 x 0.03 + 125 000/12.5e6 = 0.07 s. An offload takes h = 0.005 + 0.02 + 1024/12.5e6 = 0.02508192 s.
 * s_i is the service time drawn for request i (mean 1 ms, so below 20 ms but for one in 10^8).
 *
 *  id   time    f  what happens                                       edge free  response
 *   0    0      A  cold start at the edge                                  400    0.5 + s0
 *   1   10      A  reuses the container of 0                               400    s1
 *   2   20      B  evicts A (400 < 500), cold start, late by 0.02 s        500    0.25 + s2 + 0.07
 *   3   20.1    A  500 < 600 and B is busy: to the cloud, cold,            500    h + 0.5 + s3 + 0.12 + 0.02
 *                  late by 0.07 s
 *   4   20.2    A  no room here; in the cloud at 20.2 + h the only         500    rejected
 *                  container is busy and no memory is left
 *   5   30      B  reuses the container of 2, busy till 30 + s5 + 0.07     500    s5 + 0.07
 *   6   30.05   B  the container of 2 is busy: a second one, cold            0    0.25 + s6 + 0.07
 *   7   40      A  evicts both containers of B, cold                       400    0.5 + s7
 *   8   90      A  reuses the container of 7, idle for less than 60 s      400    s8
 *   9  160      A  that container expired at 150 + s8: cold again          400    0.5 + s9
 *
 * Requests 2, 3, 5 and 6 are late: penalty 0.02 + 0.07 + 0.02 + 0.02 = 0.13 $ over 9 completions.
 */
import t from 'tap';
import { buildWorld, presetParameters, type Scenario, simulate } from '../../core/index.js';
import { requestsIn } from '../../core/requests.js';
import { requestsOf } from '../../core/simulate.js';

const A = 0;
const B = 1;
const TRACE: readonly (readonly [time: number, f: number])[] = [
  [0, A],
  [10, A],
  [20, B],
  [20.1, A],
  [20.2, A],
  [30, B],
  [30.05, B],
  [40, A],
  [90, A],
  [160, A],
];

const scenario: Scenario = {
  nodes: [
    { name: 'edge', kind: 'edge', memory_mb: 1000 },
    { name: 'cloud', kind: 'cloud', memory_mb: 600 },
    { name: 'store', kind: 'store' },
  ],
  latency_ms: [
    [0, 20, 30],
    [20, 0, 5],
    [30, 5, 0],
  ],
  functions: [
    {
      name: 'A',
      memory_mb: 600,
      warm_duration_s: 0.001,
      cold_start_s: 0.5,
      keys: [{ key: 'near', probability: 1 }],
    },
    {
      name: 'B',
      memory_mb: 500,
      warm_duration_s: 0.001,
      cold_start_s: 0.25,
      keys: [{ key: 'far', probability: 1 }],
    },
  ],
  keys: [
    { name: 'near', size_bytes: 1_000_000, node: 'edge' },
    { name: 'far', size_bytes: 125_000 },
  ],
  trace: {
    time_s: Float64Array.from(TRACE, ([time]) => time),
    function: Int32Array.from(TRACE, ([, f]) => f),
    node: new Int32Array(TRACE.length),
  },
};

const parameters = presetParameters('as-written', {
  offloading: 'greedy-local',
  migration: 'none',
  idleExpiry: 60,
  tMax: 0.05,
  duration: 1000,
});

const HOP = 0.005 + 0.02 + 1024 / 12.5e6;
const EDGE = 0;
const CLOUD = 1;

/** [start, node, cold start, data access, response] of each request, null when it is rejected. */
function expectedOutcomes(s: ArrayLike<number>): (readonly number[] | null)[] {
  return [
    [0, EDGE, 0.5, 0, 0.5 + s[0]],
    [10, EDGE, 0, 0, s[1]],
    [20, EDGE, 0.25, 0.07, 0.25 + s[2] + 0.07],
    [20.1 + HOP, CLOUD, 0.5, 0.12, HOP + 0.5 + s[3] + 0.12 + 0.02],
    null,
    [30, EDGE, 0, 0.07, s[5] + 0.07],
    [30.05, EDGE, 0.25, 0.07, 0.25 + s[6] + 0.07],
    [40, EDGE, 0.5, 0, 0.5 + s[7]],
    [90, EDGE, 0, 0, s[8]],
    [160, EDGE, 0.5, 0, 0.5 + s[9]],
  ];
}

const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

t.test(
  'ten requests worked by hand: cold start, reuse, eviction, expiry, access, offload, rejection',
  async (t) => {
    const run = { parameters, seed: 1, scenario };
    const services = Float64Array.from(
      requestsIn(requestsOf(run, buildWorld(run))),
      (drawn) => drawn.service,
    );
    t.ok(Math.max(...services) < 0.02, 'the drawn services are as short as the table supposes');
    const expected = expectedOutcomes(services);

    const outcomes: (readonly number[] | null | undefined)[] = new Array(TRACE.length);
    const offloads: (readonly number[])[] = [];
    const rejections: (readonly number[])[] = [];
    const { metrics } = simulate(run, {
      observer: {
        offload: (...event) => offloads.push(event),
        start: (time, id, node, cold, access, _completion, response) => {
          outcomes[id] = [time, node, cold, access, response];
        },
        reject: (...event) => {
          rejections.push(event);
          outcomes[event[1]] = null;
        },
      },
    });

    expected.forEach((wanted, id) => {
      const seen = outcomes[id];
      const same =
        wanted === null ? seen === null : wanted.every((value, i) => close(value, seen?.[i] ?? Number.NaN));
      t.ok(same, `request ${id}: ${JSON.stringify(seen)} is ${JSON.stringify(wanted)}`);
    });
    t.same(offloads, [
      [20.1, 3, EDGE, CLOUD],
      [20.2, 4, EDGE, CLOUD],
    ]);
    t.equal(rejections.length, 1);
    const [rejectedAt, rejected, rejectedBy] = rejections[0];
    t.ok(close(rejectedAt, 20.2 + HOP));
    t.same([rejected, rejectedBy], [4, CLOUD]);

    t.equal(metrics.arrivals, 10);
    t.equal(metrics.completions, 9);
    t.equal(metrics.rejected, 1);
    t.equal(metrics.rejected_percent, 10);
    t.equal(metrics.cold_starts, 6);
    t.equal(metrics.slo_violations, 4);
    t.ok(close(metrics.slo_violations_percent, 400 / 9));
    t.equal(metrics.unserved_or_late_percent, 50);
    t.ok(close(metrics.avg_penalty_usd_per_request, 0.13 / 9));
    t.ok(close(metrics.offloaded_percent, 100 / 9));
    t.ok(close(metrics.data_access_time_mean_s, (3 * 0.07 + 0.12) / 9));
    t.equal(metrics.data_access_time_p50_s, 0, 'five of the nine access times are 0');
    t.ok(close(metrics.data_access_time_p95_s, 0.07 + 0.6 * 0.05), 'rank 7.6 lies between 0.07 and 0.12');
    const responses = expected.flatMap((row) => (row === null ? [] : [row[4]])).sort((a, b) => a - b);
    t.ok(close(metrics.response_time_p50_s, responses[4]));
    t.ok(close(metrics.response_time_p95_s, responses[7] + 0.6 * (responses[8] - responses[7])));
    t.ok(close(metrics.response_time_mean_s, responses.reduce((sum, value) => sum + value, 0) / 9));
  },
);

t.test('a container still serves at the very end of its idle time, and not after it', async (t) => {
  const coldStarts = (gap: number): number => {
    const run = {
      parameters,
      seed: 1,
      scenario: {
        ...scenario,
        trace: {
          time_s: Float64Array.of(0, 5, gap),
          function: Int32Array.of(A, A, A),
          node: new Int32Array(3),
        },
      },
    };
    return simulate(run).metrics.cold_starts;
  };
  const run = { parameters, seed: 1, scenario };
  const requests = Array.from(requestsIn(requestsOf(run, buildWorld(run))));
  // The second request ends at 5 + s1, from which the 60 s count.
  const expiry = 5 + requests[1].service + 60;
  t.equal(coldStarts(expiry - 1e-6), 1);
  t.equal(coldStarts(expiry + 1e-6), 2);
});
