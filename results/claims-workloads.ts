/** Claims about other workloads (sec. 5.2: W2, uniform popularity) and about the time of a decision (sec. 5.3). */
import { type Claim, defineClaim } from './claim.js';
import {
  type Cell,
  COLD_STARTS,
  type Evidence,
  MissingEvidence,
  OFFLOADED,
  P50,
  P95,
} from './claims-evidence.js';
import {
  type CellPair,
  difference,
  reversals,
  type Statement,
  sizedDifference,
} from './claims-statements.js';
import { ALL_PAIRS, MIGRATIONS, w1 } from './claims-table3.js';
import type { Estimate } from './summary.js';

const w2 = (migration: string, offloading: string): Cell => ({
  experiment: 'fig3',
  workload: 'w2',
  tMax: 0.1,
  migration,
  offloading,
});

const uniform =
  (workload: 'w1' | 'w2') =>
  (migration: string, offloading: string): Cell => ({
    ...w2(migration, offloading),
    experiment: 'uniform',
    workload,
  });

/** Smaller differences of shares count as ties, in percentage points: the paper reads all below 1 % as alike. */
const MARGIN = 1;

type CellOf = (migration: string, offloading: string) => Cell;

const pairs = (first: CellOf, second: CellOf): readonly CellPair[] =>
  ALL_PAIRS.map(({ migration: m, offloading: o }) => ({ first: first(m, o), second: second(m, o) }));

const lessUnderW2 = (
  evidence: Evidence,
  metrics: readonly (typeof P50)[],
  compare = difference,
): readonly Statement[] =>
  MIGRATIONS.flatMap((m) =>
    metrics.map((metric) =>
      compare(
        evidence,
        w2(m, 'greedy-local'),
        w1(m, 'greedy-local'),
        metric,
        { kind: 'below', bound: 0 },
        `${m} + greedy-local, W2 less W1`,
      ),
    ),
  );

/** The value "as-written" of a formulation in words, since a preset has that name too. */
const formulationText = (formulation: string): string =>
  formulation === 'as-written' ? 'as printed' : formulation;

/** Decisions take less than a millisecond, so that seconds would be rows of zeros. */
const inMs = ({ mean, sd, halfWidth }: Estimate) => ({
  mean: 1000 * mean,
  sd: 1000 * sd,
  halfWidth: 1000 * halfWidth,
});

/** Mean decision times of every size with `nodes` compute nodes, each to be below `bound` seconds. */
function decisionsBelow(evidence: Evidence, nodes: number, bound: number): readonly Statement[] {
  const times = evidence.decisionTimes().filter((time) => time.nodes === nodes);
  if (times.length === 0) throw new MissingEvidence(`fig4 has no timed decision at ${nodes} nodes`);
  return times.map(({ formulation, functions, mean }) => ({
    label: `${nodes} nodes, ${functions} functions, formulation ${formulationText(formulation)}: mean time of a decision`,
    unit: 'ms',
    digits: 1,
    estimate: { ...mean, ...inMs(mean) },
    condition: { kind: 'below', bound: 1000 * bound },
  }));
}

export const WORKLOAD_CLAIMS: readonly Claim[] = [
  defineClaim({
    id: 'same-order-under-w2',
    sentence: 'Under W2 the policies stand in the same order as under W1.',
    section: '5.2',
    compares: 'all 66 couples of the twelve pairs, W1 against W2, T_max 0.1 s',
    rule: 'no couple stands clearly (by more than 1 percentage point, interval without 0) in reverse order of violations',
    shownIn: ['fig3', 'fig2', 'fig3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) => [reversals(evidence, pairs(w1, w2), late, MARGIN, 'W1 against W2')],
  }),
  defineClaim({
    id: 'greedy-local-faster-under-w2',
    sentence: 'Greedy-local answers slightly faster under W2.',
    section: '5.2',
    compares: 'W2 against W1 for greedy-local under each migration policy, T_max 0.1 s',
    rule: 'paired differences of the median and of the 95th percentile of response time < 0 for all four; how large they are is not judged',
    shownIn: ['fig3', 'fig2'],
    statements: (evidence) => lessUnderW2(evidence, [P50, P95], sizedDifference),
  }),
  defineClaim({
    id: 'fewer-cold-starts-under-w2',
    sentence: 'The first reason is that containers are reused: under W2 greedy-local starts fewer of them.',
    section: '5.2',
    compares: 'W2 against W1 for greedy-local under each migration policy, T_max 0.1 s',
    rule: 'paired difference of cold starts per 100 completions < 0 for all four',
    shownIn: ['fig3'],
    metric: COLD_STARTS.column!,
    statements: (evidence) => lessUnderW2(evidence, [COLD_STARTS]),
  }),
  defineClaim({
    id: 'less-contention-under-w2',
    sentence:
      'The second is less contention for memory: under W2 greedy-local sends fewer requests to the cloud.',
    section: '5.2',
    compares: 'W2 against W1 for greedy-local under each migration policy, T_max 0.1 s',
    rule: 'paired difference of the offloaded share < 0 for all four',
    shownIn: ['fig3'],
    metric: OFFLOADED.column!,
    statements: (evidence) => lessUnderW2(evidence, [OFFLOADED]),
  }),
  defineClaim({
    id: 'uniform-alike',
    sentence: 'Uniform popularity of keys leads to the same conclusions.',
    section: '5.2',
    compares: 'all 66 couples of the twelve pairs, uniform against Zipf, under W1 and W2, T_max 0.1 s',
    rule: 'no couple is clearly in reverse order by violations, as for W2',
    shownIn: ['uniform-w1', 'uniform-w2', 'uniform-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) => [
      reversals(evidence, pairs(w1, uniform('w1')), late, MARGIN, 'W1, Zipf against uniform'),
      reversals(evidence, pairs(w2, uniform('w2')), late, MARGIN, 'W2, Zipf against uniform'),
    ],
  }),
];

export const SCALABILITY_CLAIMS: readonly Claim[] = [
  defineClaim({
    id: 'decision-below-2-s-at-10-nodes',
    sentence: 'A state-aware decision takes less than 2 s with 10 nodes.',
    section: '5.3',
    compares:
      'mean times of a decision at 10 nodes, all numbers of functions, formulations sound and as printed, on this machine',
    rule: 'mean < 2 s for each',
    shownIn: ['fig4'],
    statements: (evidence) => decisionsBelow(evidence, 10, 2),
  }),
  defineClaim({
    id: 'decision-below-10-s-at-35-nodes',
    sentence: 'A state-aware decision takes less than 10 s with 35 nodes.',
    section: '5.3',
    compares:
      'mean times of a decision at 35 nodes, all numbers of functions, formulations sound and as printed, on this machine',
    rule: 'mean < 10 s for each',
    shownIn: ['fig4'],
    statements: (evidence) => decisionsBelow(evidence, 35, 10),
  }),
];
