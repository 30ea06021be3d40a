/** Claims of sec. 5.2 about workload W1: what Table 3 and Fig. 2 are read to show. */
import { type Claim, defineClaim } from './claim.js';
import { type Cell, type Evidence, type Metric, MIGRATED, P50, P95, PENALTY } from './claims-evidence.js';
import { difference, level, relativeChange, type Statement, sizedDifference } from './claims-statements.js';

export const MIGRATIONS = ['none', 'random', 'greedy', 'state-aware'] as const;
export const OFFLOADINGS = ['greedy-local', 'greedy-data', 'slo-aware'] as const;
/** The offloading policies that the paper calls state-aware. */
const STATE_AWARE_OFFLOADINGS = ['greedy-data', 'slo-aware'] as const;

/** A configuration of Table 3. */
export const w1 = (migration: string, offloading: string, tMax = 0.1): Cell => ({
  experiment: 'table3',
  workload: 'w1',
  tMax,
  migration,
  offloading,
});

export const ALL_PAIRS = MIGRATIONS.flatMap((migration) =>
  OFFLOADINGS.map((offloading) => ({ migration, offloading })),
);

const above = (bound: number) => ({ kind: 'above', bound }) as const;
const below = (bound: number) => ({ kind: 'below', bound }) as const;
const within = (low: number, high: number) => ({ kind: 'within', low, high }) as const;

/** "About" a number, in a claim, is within a quarter of it. */
const about = (value: number) => within(0.75 * value, 1.25 * value);

/** What a figure has to show for claims about the looser SLO. */
const LOOSER_SLO = { t_max_s: 0.2 } as const;

/** Half of the last digit that the paper prints of a penalty, in $ per request: less is printed as 0.0000. */
const PRINTED_ZERO_PENALTY = 5e-6;

/** Differences of state-aware + slo-aware to every other pair, none of which may be clearly above 0. */
function againstAllOthers(evidence: Evidence, metric: Metric): readonly Statement[] {
  const best = w1('state-aware', 'slo-aware');
  return ALL_PAIRS.filter((p) => p.migration !== best.migration || p.offloading !== best.offloading).map(
    ({ migration: m, offloading: o }) =>
      difference(evidence, best, w1(m, o), metric, { kind: 'not-shown-above', bound: 0 }),
  );
}

export const TABLE3_CLAIMS: readonly Claim[] = [
  defineClaim({
    id: 'greedy-local-over-half',
    sentence:
      'Without migration, greedy-local breaks the SLO of more than half of the requests that it serves.',
    section: '5.2',
    compares: 'none + greedy-local, T_max 0.1 s',
    rule: 'violations > 50 %',
    shownIn: ['fig2', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) => [level(evidence, w1('none', 'greedy-local'), late, above(50))],
  }),
  defineClaim({
    id: 'offloading-alone-below-10',
    sentence: 'State-aware offloading keeps violations below 10 % even without migration.',
    section: '5.2',
    compares: 'none with greedy-data and with slo-aware, T_max 0.1 s',
    rule: 'violations < 10 % for both',
    shownIn: ['fig2', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) =>
      STATE_AWARE_OFFLOADINGS.map((o) => level(evidence, w1('none', o), late, below(10))),
  }),
  defineClaim({
    id: 'random-worsens',
    sentence: 'Random migration only makes things worse, whatever the offloading policy.',
    section: '5.2',
    compares: 'random against none for each offloading policy, T_max 0.1 s',
    rule: 'paired difference of violations > 0 for all three',
    shownIn: ['fig2', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) =>
      OFFLOADINGS.map((o) => difference(evidence, w1('random', o), w1('none', o), late, above(0))),
  }),
  defineClaim({
    id: 'random-moves-400-mb',
    sentence: 'Random migration moves about 400 MB in an hour.',
    section: '5.2',
    compares: 'random with each offloading policy, T_max 0.1 s',
    rule: 'migrated data within a quarter of 400 MB for all three',
    shownIn: ['fig2', 'table3-paper'],
    metric: MIGRATED.column!,
    statements: (evidence) => OFFLOADINGS.map((o) => level(evidence, w1('random', o), MIGRATED, about(400))),
  }),
  defineClaim({
    id: 'greedy-no-help-for-greedy-local',
    sentence: 'Greedy migration does not help greedy-local.',
    section: '5.2',
    compares: 'greedy against none with greedy-local, T_max 0.1 s',
    rule: 'paired difference of violations not clearly below 0',
    shownIn: ['fig2', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) => [
      difference(evidence, w1('greedy', 'greedy-local'), w1('none', 'greedy-local'), late, {
        kind: 'not-shown-below',
        bound: 0,
      }),
    ],
  }),
  defineClaim({
    id: 'greedy-below-1',
    sentence: 'Greedy migration with state-aware offloading keeps violations below 1 %.',
    section: '5.2',
    compares: 'greedy with greedy-data and with slo-aware, T_max 0.1 s',
    rule: 'violations < 1 % for both',
    shownIn: ['fig2', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) =>
      STATE_AWARE_OFFLOADINGS.map((o) => level(evidence, w1('greedy', o), late, below(1))),
  }),
  defineClaim({
    id: 'greedy-lowers-penalty',
    sentence: 'Greedy migration with state-aware offloading lowers the penalty.',
    section: '5.2',
    compares: 'greedy against none with greedy-data and with slo-aware, T_max 0.1 s',
    rule: 'paired difference of penalties < 0 for both',
    shownIn: ['fig2'],
    statements: (evidence) =>
      STATE_AWARE_OFFLOADINGS.map((o) =>
        difference(evidence, w1('greedy', o), w1('none', o), PENALTY, below(0)),
      ),
  }),
  defineClaim({
    id: 'state-aware-below-1',
    sentence: 'State-aware migration with state-aware offloading keeps violations below 1 % too.',
    section: '5.2',
    compares: 'state-aware with greedy-data and with slo-aware, T_max 0.1 s',
    rule: 'violations < 1 % for both',
    shownIn: ['fig2', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) =>
      STATE_AWARE_OFFLOADINGS.map((o) => level(evidence, w1('state-aware', o), late, below(1))),
  }),
  defineClaim({
    id: 'state-aware-moves-little',
    sentence: 'State-aware migration moves less than 10 MB where greedy moves about 200 MB.',
    section: '5.2',
    compares: 'state-aware and greedy with greedy-data and with slo-aware, T_max 0.1 s',
    rule: 'migrated data < 10 MB for state-aware and within a quarter of 200 MB for greedy',
    shownIn: ['fig2', 'table3-paper'],
    metric: MIGRATED.column!,
    statements: (evidence) =>
      STATE_AWARE_OFFLOADINGS.flatMap((o) => [
        level(evidence, w1('state-aware', o), MIGRATED, below(10)),
        level(evidence, w1('greedy', o), MIGRATED, about(200)),
      ]),
  }),
  defineClaim({
    id: 'slo-aware-faster',
    sentence: 'SLO-aware offloading answers slightly faster than greedy-data.',
    section: '5.2',
    compares: 'slo-aware against greedy-data under each migration policy, T_max 0.1 s',
    rule: 'paired differences of the median and of the 95th percentile of response time < 0 for all four; how large they are is not judged',
    shownIn: ['fig2'],
    statements: (evidence) =>
      MIGRATIONS.flatMap((m) =>
        [P50, P95].map((metric) =>
          sizedDifference(evidence, w1(m, 'slo-aware'), w1(m, 'greedy-data'), metric, below(0)),
        ),
      ),
  }),
  defineClaim({
    id: 'best-pair',
    sentence:
      'State-aware migration with SLO-aware offloading is the best pair: no other has fewer violations or a lower penalty.',
    section: '5.2',
    compares: 'state-aware + slo-aware against the eleven other pairs, T_max 0.1 s',
    rule: 'no paired difference to another pair, of penalties or of violations, is clearly above 0',
    shownIn: ['fig2', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) => [PENALTY, late].flatMap((metric) => againstAllOthers(evidence, metric)),
  }),
  defineClaim({
    id: 'best-pair-fastest',
    sentence: 'State-aware migration with SLO-aware offloading has the lowest response times.',
    section: '5.2, end',
    compares: 'state-aware + slo-aware against the eleven other pairs, T_max 0.1 s',
    rule: 'no paired difference of median response times to another pair is clearly above 0',
    shownIn: ['fig2'],
    statements: (evidence) => againstAllOthers(evidence, P50),
  }),
  defineClaim({
    id: 'fewer-violations-at-200-ms',
    sentence: 'Under the looser SLO of 200 ms every pair of policies has fewer violations.',
    section: '5.2',
    compares: 'T_max 0.2 s against 0.1 s for the twelve pairs',
    rule: 'paired difference of violations < 0 for all twelve',
    shownIn: ['table3-paper', 'table3-unserved-or-late'],
    aboutViolations: true,
    statements: (evidence, late) =>
      ALL_PAIRS.map(({ migration: m, offloading: o }) =>
        difference(evidence, w1(m, o, 0.2), w1(m, o), late, below(0), `${m} + ${o}, 200 ms less 100 ms`),
      ),
  }),
  defineClaim({
    id: 'no-penalty-at-200-ms',
    sentence: 'At 200 ms, state-aware offloading pays no penalty at all.',
    section: '5.2',
    compares:
      'greedy-data and slo-aware with none, greedy and state-aware, T_max 0.2 s (random pays in the paper, too)',
    rule: 'penalty that the paper would print as 0.0000: < 0.000005 $ per request for all six',
    shownIn: ['fig2', 'table3-paper'],
    metric: PENALTY.column!,
    setting: LOOSER_SLO,
    statements: (evidence) =>
      ['none', 'greedy', 'state-aware'].flatMap((m) =>
        STATE_AWARE_OFFLOADINGS.map((o) =>
          level(evidence, w1(m, o, 0.2), PENALTY, below(PRINTED_ZERO_PENALTY)),
        ),
      ),
  }),
  defineClaim({
    id: 'median-response-10-percent-lower',
    sentence: 'At 200 ms, state-aware placement lowers the median response time by about 10 %.',
    section: '5.2',
    compares: 'state-aware against none for each offloading policy, T_max 0.2 s',
    rule: 'mean of paired relative changes within -15 and -5 % for all three',
    shownIn: ['fig2', 'table3-paper'],
    metric: P50.column!,
    setting: LOOSER_SLO,
    statements: (evidence) =>
      OFFLOADINGS.map((o) =>
        relativeChange(evidence, w1('state-aware', o, 0.2), w1('none', o, 0.2), P50, within(-15, -5)),
      ),
  }),
];
