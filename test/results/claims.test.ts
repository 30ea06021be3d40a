import t from 'tap';
import { defineClaim } from '../../results/claim.js';
import {
  CLAIMS,
  type Evaluation,
  isClear,
  paperEvidence,
  ResultsReader,
  runsEvidence,
} from '../../results/claims.js';
import { type Cell, type Evidence, type Run, UNSERVED_OR_LATE } from '../../results/claims-evidence.js';
import { judge, reversals, type Statement } from '../../results/claims-statements.js';
import { conditionText, couplesText, metText, valueText } from '../../results/claims-text.js';
import { decisionTimes } from '../../results/decision-times.js';
import { estimate } from '../../results/summary.js';
import { madeUpMetrics, type Place, seedFactor, writeSynthetic } from '../figures/synthetic.js';

interface World {
  /** Changes the metrics of a configuration. */
  readonly change?: (place: Place & { experiment: string }, metrics: Record<string, number>) => void;
  readonly seeds?: number;
  /** Factor on a metric by seed. */
  readonly noise?: (seed: number) => number;
  /** Seconds that a decision takes at a number of nodes. */
  readonly decision?: (nodes: number) => number;
}

/** The made-up world in which every claim holds, with changes. */
function evidenceOf({ change, seeds = 5, noise = seedFactor, decision = () => 0.01 }: World = {}): Evidence {
  return {
    name: 'made up',
    countsRejected: true,
    replicated: true,
    bySeed(cell, metric) {
      const metrics = madeUpMetrics(cell);
      change?.(cell, metrics);
      const runOf =
        (seed: number): Run =>
        (column) =>
          metrics[column]! * noise(seed);
      return new Map(
        Array.from({ length: seeds }, (_, seed) => [String(seed), metric.of(runOf(seed))] as const),
      );
    },
    decisionTimes: () =>
      decisionTimes(
        [10, 35].flatMap((nodes) =>
          [1, 2, 3].map((seed) => ({
            preset: 'as-published',
            migration_policy: 'state-aware',
            placement_formulation: 'sound',
            nodes_edge: '5',
            nodes_cloud: String(nodes - 5),
            functions_count: '5',
            decisions: '5',
            decision_time_mean_ms: String(1000 * decision(nodes) * seedFactor(seed)),
            decision_time_max_ms: String(1000 * decision(nodes) * 2),
          })),
        ),
      ),
  };
}

const claim = (id: string) => CLAIMS.find((candidate) => candidate.id === id)!;
const evaluate = (id: string, world?: World): Evaluation => claim(id).evaluate(evidenceOf(world));

/** Sets violations, with the share of unserved or late requests alike. */
const violations = (metrics: Record<string, number>, percent: number): void => {
  metrics.slo_violations_percent = percent;
  metrics.unserved_or_late_percent = percent;
};
const is = (place: Place, migration: string, offloading: string) =>
  place.migration === migration && place.offloading === offloading;

/** For each claim, a change of the world that makes it fail. */
const BREAKS: Readonly<Record<string, World>> = {
  'greedy-local-over-half': {
    change: (p, m) => is(p, 'none', 'greedy-local') && violations(m, 40),
  },
  'offloading-alone-below-10': { change: (p, m) => is(p, 'none', 'greedy-data') && violations(m, 12) },
  'random-worsens': { change: (p, m) => is(p, 'random', 'slo-aware') && violations(m, 5) },
  'random-moves-400-mb': {
    change: (p, m) => {
      if (is(p, 'random', 'greedy-data')) m.migrated_data_mb = 200;
    },
  },
  'greedy-no-help-for-greedy-local': {
    change: (p, m) => is(p, 'greedy', 'greedy-local') && violations(m, 30),
  },
  'greedy-below-1': { change: (p, m) => is(p, 'greedy', 'greedy-data') && violations(m, 2) },
  'greedy-lowers-penalty': {
    change: (p, m) => {
      if (is(p, 'greedy', 'slo-aware')) m.avg_penalty_usd_per_request = 1;
    },
  },
  'state-aware-below-1': { change: (p, m) => is(p, 'state-aware', 'greedy-data') && violations(m, 3) },
  'state-aware-moves-little': {
    change: (p, m) => {
      if (is(p, 'state-aware', 'slo-aware')) m.migrated_data_mb = 50;
    },
  },
  'slo-aware-faster': {
    change: (p, m) => {
      if (is(p, 'greedy', 'slo-aware')) m.response_time_p95_s = 9;
    },
  },
  'best-pair': { change: (p, m) => is(p, 'greedy', 'slo-aware') && violations(m, 0.01) },
  'best-pair-fastest': {
    change: (p, m) => {
      if (is(p, 'none', 'greedy-data')) m.response_time_p50_s = 0.01;
    },
  },
  'fewer-violations-at-200-ms': {
    change: (p, m) => p.tMax === 0.2 && is(p, 'greedy', 'slo-aware') && violations(m, 1.5),
  },
  'no-penalty-at-200-ms': {
    change: (p, m) => {
      if (p.tMax === 0.2 && is(p, 'greedy', 'slo-aware')) m.avg_penalty_usd_per_request = 0.001;
    },
  },
  'median-response-10-percent-lower': {
    change: (p, m) => {
      if (is(p, 'state-aware', 'slo-aware')) m.response_time_p50_s = 0.299;
    },
  },
  'same-order-under-w2': {
    change: (p, m) => p.experiment === 'fig3' && is(p, 'random', 'slo-aware') && violations(m, 65),
  },
  'greedy-local-faster-under-w2': {
    change: (p, m) => {
      if (p.workload === 'w2' && is(p, 'none', 'greedy-local')) m.response_time_p50_s = 0.7;
    },
  },
  'fewer-cold-starts-under-w2': {
    change: (p, m) => {
      if (p.workload === 'w2' && is(p, 'random', 'greedy-local')) m.cold_starts = 500;
    },
  },
  'less-contention-under-w2': {
    change: (p, m) => {
      if (p.workload === 'w2' && is(p, 'random', 'greedy-local')) m.offloaded_percent = 60;
    },
  },
  'uniform-alike': {
    change: (p, m) =>
      p.experiment === 'uniform' && p.workload === 'w2' && is(p, 'none', 'slo-aware') && violations(m, 90),
  },
  'decision-below-2-s-at-10-nodes': { decision: (nodes) => (nodes === 10 ? 3 : 5) },
  'decision-below-10-s-at-35-nodes': { decision: (nodes) => (nodes === 10 ? 1 : 20) },
};

t.test('every claim has a case that breaks it', async (t) => {
  t.same(Object.keys(BREAKS).sort(), CLAIMS.map(({ id }) => id).sort());
});

for (const { id, sentence, section, rule, compares } of CLAIMS) {
  t.test(`${id} holds where its sentence is true and fails where it is not`, async (t) => {
    for (const text of [sentence, section, rule, compares]) t.ok(text.length > 2);
    const held = evaluate(id);
    t.equal(held.verdict, 'holds');
    t.ok(held.numbers.length > 0 && held.numbers.every(({ met }) => met));
    const broken = evaluate(id, BREAKS[id]);
    t.equal(broken.verdict, 'fails');
    t.ok(broken.numbers.some(({ met }) => !met));
  });
}

/** Claims about violations, with a pair of policies whose rejected requests turn them over. */
const HIDDEN: Readonly<Record<string, readonly [string, string]>> = {
  'offloading-alone-below-10': ['none', 'slo-aware'],
  'greedy-below-1': ['greedy', 'slo-aware'],
  'state-aware-below-1': ['state-aware', 'slo-aware'],
  'best-pair': ['state-aware', 'slo-aware'],
  'random-worsens': ['none', 'greedy-data'],
};

for (const [id, [migration, offloading]] of Object.entries(HIDDEN)) {
  t.test(`${id} holds only if rejected requests are left out where many are rejected`, async (t) => {
    const rejecting = evaluate(id, {
      change: (place, metrics) => {
        if (is(place, migration, offloading)) metrics.unserved_or_late_percent! += 80;
      },
    });
    t.equal(rejecting.verdict, 'holds only if rejected requests are left out');
    t.ok(rejecting.numbers.every(({ met }) => met));
    t.ok(rejecting.numbersWithRejected?.some(({ met }) => !met));
  });
}

t.test('a verdict says so when an interval crosses its bound', async (t) => {
  const noise = (seed: number) => 1 + 0.9 * Math.sin(2.1 * seed);
  t.match(evaluate('greedy-local-over-half', { noise, seeds: 4 }), { qualifier: /interval crosses/ });
  t.equal(evaluate('greedy-local-over-half').qualifier, undefined);
});

t.test('one replication gives a verdict without an interval, and says so', async (t) => {
  t.match(evaluate('greedy-below-1', { seeds: 1 }), {
    verdict: 'holds',
    qualifier: 'one replication, no interval',
  });
});

t.test('paired differences have narrow intervals where runs of one seed vary alike', async (t) => {
  const noise = (seed: number) => 1 + 0.5 * Math.sin(seed);
  const [difference] = evaluate('random-worsens', { noise }).numbers;
  t.ok(Math.abs(difference!.estimate.mean - 10) < 3);
  t.ok(difference!.estimate.halfWidth < 10, 'less than the interval of either mean');
});

t.test('missing runs leave a claim not evaluated, with the reason', async (t) => {
  const evidence = runsEvidence(new ResultsReader(t.testdir()), 'as-published');
  for (const { id, evaluate } of CLAIMS) {
    const { verdict, reason } = evaluate(evidence);
    t.equal(verdict, 'not evaluated', id);
    t.match(reason, /experiment (table3|fig3|uniform|fig4) has not been run/);
  }
});

t.test('the printed formulation is not called as the preset is', async (t) => {
  const root = t.testdir();
  writeSynthetic(root, 'fig4');
  const { numbers } = claim('decision-below-2-s-at-10-nodes').evaluate(
    runsEvidence(new ResultsReader(root), 'as-published'),
  );
  t.ok(numbers.some(({ label }) => label.includes('formulation as printed')));
  t.notOk(numbers.some(({ label }) => label.includes('as-written')));
});

t.test('claims are judged from the files of a folder of results', async (t) => {
  const root = t.testdir();
  for (const name of ['table3', 'fig3', 'uniform', 'fig4']) writeSynthetic(root, name);
  const reader = new ResultsReader(root);
  const published = runsEvidence(reader, 'as-published');
  for (const { id, evaluate } of CLAIMS) t.equal(evaluate(published).verdict, 'holds', id);
  const cell = { experiment: 'fig3', workload: 'w2', tMax: 0.3, migration: 'none', offloading: 'slo-aware' };
  t.throws(
    () => published.bySeed(cell as never, { of: () => 1 } as never),
    /fig3 has no run of none \+ slo-aware/,
  );
  const written = runsEvidence(reader, 'as-written');
  t.equal(claim('greedy-below-1').evaluate(written).verdict, 'holds');
  t.match(claim('same-order-under-w2').evaluate(written), {
    verdict: 'not evaluated',
    reason: /fig3 has no run .* under preset as-written/,
  });
});

t.test("the paper's own table is judged by its means, and only where it prints them", async (t) => {
  const paper = paperEvidence();
  const verdict = (id: string) => claim(id).evaluate(paper).verdict;
  t.equal(verdict('greedy-local-over-half'), 'holds');
  t.equal(verdict('greedy-below-1'), 'holds');
  t.equal(verdict('no-penalty-at-200-ms'), 'fails', 'it prints 0.0122 for greedy + slo-aware');
  t.equal(verdict('same-order-under-w2'), 'not evaluated');
  t.equal(claim('greedy-below-1').evaluate(paper).numbersWithRejected, undefined);
});

t.test(
  'what a rule asks to be clear is not judged by numbers without intervals on its wrong side',
  async (t) => {
    const single = (mean: number, condition: Statement['condition']): string =>
      metText(judge({ label: '', unit: 's', digits: 1, estimate: estimate([mean]), condition }));
    t.equal(single(2, { kind: 'not-shown-above', bound: 0 }), 'not judged without an interval');
    t.equal(single(-2, { kind: 'not-shown-below', bound: 0 }), 'not judged without an interval');
    t.equal(single(-2, { kind: 'not-shown-above', bound: 0 }), 'met');
    t.equal(single(2, { kind: 'below', bound: 0 }), 'not met');
    // Its greedy + slo-aware has fewer violations and a lower median than state-aware + slo-aware.
    const paper = paperEvidence();
    for (const id of ['best-pair', 'best-pair-fastest']) {
      const { verdict, reason, numbers } = claim(id).evaluate(paper);
      t.equal(verdict, 'not evaluated', id);
      t.match(reason, /numbers without intervals/);
      t.ok(numbers.some(({ needsInterval }) => needsInterval));
    }
    const held = claim('greedy-below-1').evaluate(paper);
    t.equal(held.verdict, 'holds');
    t.notOk(isClear(held), 'nothing is clear without intervals');
    t.ok(isClear(evaluate('greedy-below-1')));
    t.match(evaluate('best-pair', { ...BREAKS['best-pair'], seeds: 1 }), { verdict: 'not evaluated' });
    t.match(evaluate('uniform-alike', { ...BREAKS['uniform-alike'], seeds: 1 }), {
      verdict: 'not evaluated',
    });
    const rejecting: World = {
      seeds: 1,
      change: (place, metrics) => {
        if (is(place, 'state-aware', 'slo-aware')) metrics.unserved_or_late_percent! += 80;
      },
    };
    t.match(evaluate('best-pair', rejecting), { verdict: 'not evaluated' }, 'by neither count');
  },
);

t.test('differences of percentages are in points, and relative changes in percent', async (t) => {
  const units = (id: string) => new Set(evaluate(id).numbers.map(({ unit }) => unit));
  for (const id of ['random-worsens', 'fewer-violations-at-200-ms', 'less-contention-under-w2'])
    t.same([...units(id)], ['points'], id);
  t.same([...units('greedy-below-1')], ['%']);
  t.same([...units('median-response-10-percent-lower')], ['%']);
  t.same([...units('fewer-cold-starts-under-w2')], [''], 'a count per 100 completions has no unit');
});

t.test('a rule that does not judge how much says so, and the size is told', async (t) => {
  for (const id of ['slo-aware-faster', 'greedy-local-faster-under-w2']) {
    t.match(claim(id).rule, /how large they are is not judged$/);
    for (const statement of evaluate(id).numbers) {
      t.ok(statement.relativePercent! < 0);
      t.match(valueText(statement), /^-0\.\d+ ±0\.\d+ s, -\d+(\.\d)? %$/);
    }
  }
  t.equal(evaluate('random-worsens').numbers[0]!.relativePercent, undefined);
});

t.test('a number has the digits that its answer and its interval need', async (t) => {
  const text = (mean: number, halfWidth: number, condition: Statement['condition'], digits = 2) =>
    valueText(judge({ label: '', unit: '%', digits, estimate: { n: 2, mean, sd: 1, halfWidth }, condition }));
  const below1 = { kind: 'below', bound: 1 } as const;
  t.equal(text(0.8612, 0.991, below1), '0.86 ±0.99 %');
  t.equal(text(0.99915, 1.1, below1), '0.999 ±1.100 %', 'not 1.00, which is not below 1');
  t.equal(text(0.9, 0.0712, below1), '0.900 ±0.071 %', 'its second digit');
  t.equal(text(0.9, 0.0999999, below1, 0), '0.9000000 ±0.0999999 %', 'it does not cross');
  t.equal(text(0.000231, 0.0000123, below1, 4), '0.000231 ±0.000012 %');
  t.equal(text(0, 0, below1, 6), '0 ±0 %');
  t.equal(text(-10, 1e-15, below1), '-10 ±0 %', 'the rounding of sums is no spread');
  t.equal(text(0.5, Number.NaN, below1), '0.50 %');
});

t.test('a statement is judged by its mean, and its interval tells whether it crosses', async (t) => {
  const statement = (values: readonly number[], condition: Statement['condition']): Statement => ({
    label: '',
    unit: 's',
    digits: 1,
    estimate: estimate(values),
    condition,
  });
  const answer = (values: readonly number[], condition: Statement['condition']) => {
    const { met, crosses, nothingContrary } = judge(statement(values, condition));
    return `${met ? 'met' : 'not met'}${crosses ? ', crosses' : ''}${nothingContrary ? ', nothing contrary' : ''}`;
  };
  // The half-width of (1, 3) is 12.7, that of (1.9, 2, 2.1) is 0.25.
  const wide = [1, 3];
  const narrow = [1.9, 2, 2.1];
  t.equal(answer(narrow, { kind: 'above', bound: 1 }), 'met');
  t.equal(answer(wide, { kind: 'above', bound: 1 }), 'met, crosses');
  t.equal(answer(narrow, { kind: 'above', bound: 3 }), 'not met');
  t.equal(answer(wide, { kind: 'above', bound: 3 }), 'not met, crosses');
  t.equal(answer(narrow, { kind: 'below', bound: 3 }), 'met');
  t.equal(answer(wide, { kind: 'below', bound: 1 }), 'not met, crosses');
  t.equal(answer([2, 2], { kind: 'below', bound: 2 }), 'not met', 'equal is not below');
  t.equal(answer(narrow, { kind: 'within', low: 1, high: 3 }), 'met');
  t.equal(answer(wide, { kind: 'within', low: 1, high: 3 }), 'met, crosses');
  t.equal(answer(narrow, { kind: 'within', low: 4, high: 6 }), 'not met');
  t.equal(answer(wide, { kind: 'within', low: 4, high: 6 }), 'not met, crosses');
  t.equal(answer(narrow, { kind: 'not-shown-below', bound: 3 }), 'not met');
  t.equal(answer(wide, { kind: 'not-shown-below', bound: 3 }), 'met, crosses, nothing contrary');
  t.equal(answer(wide, { kind: 'not-shown-below', bound: 1 }), 'met, nothing contrary');
  t.equal(answer(narrow, { kind: 'not-shown-below', bound: 1 }), 'met', 'the interval lies above as a whole');
  t.equal(answer(narrow, { kind: 'not-shown-above', bound: 1 }), 'not met');
  t.equal(answer(wide, { kind: 'not-shown-above', bound: 1 }), 'met, crosses, nothing contrary');
  t.equal(answer(wide, { kind: 'not-shown-above', bound: 3 }), 'met, nothing contrary');
  t.equal(answer(narrow, { kind: 'not-shown-above', bound: 3 }), 'met', 'the interval lies below as a whole');
  t.equal(conditionText(statement(wide, { kind: 'not-shown-above', bound: 1 })), 'not clearly > 1 s');
});

t.test('a claim that nothing is shown holds clearly only where intervals do show it', async (t) => {
  const change: World['change'] = (place, metrics) =>
    is(place, 'greedy', 'greedy-local') && violations(metrics, 70);
  // The difference of one seed of five has the other sign, so that nothing is shown.
  const noise = (seed: number) => (seed === 0 ? -2 : 1);
  t.match(evaluate('greedy-no-help-for-greedy-local', { change }), {
    verdict: 'holds',
    qualifier: undefined,
  });
  t.match(evaluate('greedy-no-help-for-greedy-local', { change, noise }), {
    verdict: 'holds',
    qualifier: 'nothing contrary was shown',
  });
});

t.test('a claim that holds is qualified by the numbers with rejected requests, too', async (t) => {
  const { verdict, qualifier, numbers, numbersWithRejected } = defineClaim({
    id: 'made-up',
    sentence: '',
    section: '',
    compares: '',
    rule: '',
    shownIn: [],
    aboutViolations: true,
    statements: (_, late) => [
      {
        label: '',
        unit: '%',
        digits: 1,
        // The half-width of (1, 3) is 12.7, that of (1.9, 2, 2.1) is 0.25.
        estimate: estimate(late.column === 'unserved_or_late_percent' ? [1, 3] : [1.9, 2, 2.1]),
        condition: { kind: 'below', bound: 3 },
      },
    ],
  }).evaluate(evidenceOf());
  t.equal(verdict, 'holds');
  t.equal(numbers[0]!.crosses, false);
  t.equal(numbersWithRejected![0]!.crosses, true);
  t.equal(qualifier, 'but an interval crosses');
});

t.test('couples in reverse order are counted, and how many could be seen to be', async (t) => {
  const cell = (migration: string, workload: 'w1' | 'w2'): Cell => ({
    experiment: 'fig3',
    workload,
    tMax: 0.1,
    migration,
    offloading: 'slo-aware',
  });
  const cells = ['a', 'b', 'c'].map((name) => ({ first: cell(name, 'w1'), second: cell(name, 'w2') }));
  const count = (values: Readonly<Record<string, readonly number[]>>) => {
    const evidence: Evidence = {
      ...evidenceOf(),
      bySeed: ({ migration, workload }) =>
        new Map(values[`${migration} ${workload}`]!.map((value, seed) => [String(seed), value])),
    };
    return judge(reversals(evidence, cells, UNSERVED_OR_LATE, 1, 'W1 against W2'));
  };
  // Differences of b to a vary so much that its order is not known; c is 10 above a under both.
  const unclear = count({
    'a w1': [10, 10, 10],
    'b w1': [4, 10, 16],
    'c w1': [20, 20, 20],
    'a w2': [10, 10, 10],
    'b w2': [4, 10, 16],
    'c w2': [20, 20, 20],
  });
  t.match(unclear, { met: true, crosses: false, nothingContrary: true, estimate: { mean: 0 } });
  t.same(unclear.couples, { compared: 3, clearUnderBoth: 1, reversalExcluded: 1 });
  t.ok(Number.isNaN(unclear.estimate.halfWidth), 'a count has no interval');
  t.match(couplesText(unclear), /^1 of the 3 stand clearly in some order under both/);
  // a and b differ by less than the margin of 1 under W1, whatever they do under W2.
  const known = count({
    'a w1': [10, 10, 10],
    'b w1': [10.5, 10.5, 10.6],
    'c w1': [20, 20, 20],
    'a w2': [10, 10, 10],
    'b w2': [4, 5, 4],
    'c w2': [20, 20, 20],
  });
  t.match(known, { met: true, nothingContrary: false });
  t.same(known.couples, { compared: 3, clearUnderBoth: 2, reversalExcluded: 3 });
  const reversed = count({
    'a w1': [10, 10, 10],
    'b w1': [15, 15, 16],
    'c w1': [20, 20, 20],
    'a w2': [10, 10, 10],
    'b w2': [4, 5, 4],
    'c w2': [20, 20, 20],
  });
  t.match(reversed, { met: false, nothingContrary: false, estimate: { mean: 1 } });
  t.match(reversed.label, /a \+ slo-aware \/ b \+ slo-aware/);
});
