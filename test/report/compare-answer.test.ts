import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { compareAnswerSection } from '../../figures/report/sections/compare-answer.js';
import { type ComparedScenario, comparePolicies, type MetricName } from '../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import { comparisonCounts } from '../../results/policy-comparison-text.js';
import { textOf } from './html.js';

const BASE = [10, 11, 9, 10, 12, 8, 10, 11, 9, 10];
const shifted = (by: number) => BASE.map((value, r) => value + by + 0.1 * (r % 3));
const LATE = 'unserved_or_late_percent' satisfies MetricName;
const COUNT = 'arrivals' satisfies MetricName;

function scenario(label: string, candidate: readonly number[]): ComparedScenario {
  const samples = (values: readonly number[]) => ({
    [LATE]: values,
    [COUNT]: values,
    rejected: values.map((value) => 10 * value),
    rejected_percent: values,
  });
  return {
    label,
    preset: 'as-published',
    baseline: samples(BASE),
    candidates: [samples(candidate)],
    replications: BASE.length,
  };
}

const SCENARIOS = [
  scenario('one', shifted(-2)),
  scenario('two', shifted(-3)),
  scenario('three', shifted(2)),
  scenario('four', BASE.toReversed()),
];
const SETTING: ComparisonSetting = {
  experiment: 'table3',
  baseline: 'none+greedy',
  candidates: ['none+<b>mine'],
  metrics: [LATE, COUNT],
  firstSeed: 1,
  durationS: 3600,
};
const rows = comparePolicies(SCENARIOS, SETTING.candidates, SETTING.metrics);

t.test('a candidate is counted as better or worse, and on neutral metrics as higher or lower', async (t) => {
  t.same(
    comparisonCounts(rows, SETTING).map(({ verdicts }) => verdicts),
    [
      [
        ['better', 2],
        ['worse', 1],
        ['no difference shown', 1],
      ],
      [
        ['higher', 1],
        ['lower', 2],
        ['no difference shown', 1],
      ],
    ],
  );
});

t.test('the section has counts, a table a scenario, and rejected requests of both', async (t) => {
  const html = renderToString(compareAnswerSection(rows, SETTING).body as never);
  const text = textOf(html);
  t.match(
    text,
    'No migration + <b>mine (none+<b>mine): better in 2 of 4 scenarios, worse in 1, no difference shown in 1, by unserved or late (% of arrivals).',
  );
  t.match(text, 'No migration + <b>mine Arrivals (requests) 4 1 2 1', 'a neutral metric is never better');
  t.notMatch(html, '<b>mine');
  t.equal(html.match(/<table/g)?.length, 6);
  t.match(
    text,
    /Unserved or late \(% of arrivals\) 10\.000 8\.090 -1\.910 \[-1\.973, -1\.847\] points -19\.1 % < 0\.001 × \S+ 10 ✓ better/,
  );
  t.match(text, 'Points are percentage points');
  t.notMatch(text, 'No migration decision');
  const short = { migration_policy: 'greedy', duration_s: '60', migration_interval_s: '120' };
  t.match(
    textOf(renderToString(compareAnswerSection(rows, SETTING, [short]).body as never)),
    'No migration decision falls within 60 s',
  );
  t.match(text, 'seeds 1 to 10');
  t.match(text, "corrected by Holm's procedure over the 2 comparisons");
  t.match(text, 'one No migration + greedy (baseline) 1,000 10.00 ± 0.83');
  t.match(text, 'one No migration + <b>mine 809 8.09');
  t.match(html, 'href="#metric-arrivals"');
  t.notMatch(text, 'can hardly show a difference');
});

t.test(
  'a difference that only the correction takes away is told of, and so are few replications',
  async (t) => {
    // p is 0.032 alone, and twice that for two candidates.
    const values = [9.9, 10.6, 8.2, 9.8, 11.1];
    const base = BASE.slice(0, 5);
    const one = { ...scenario('five', values), baseline: { [LATE]: base }, replications: 5 };
    const two = { ...one, candidates: [{ [LATE]: values }, { [LATE]: base.toReversed() }] };
    const setting: ComparisonSetting = { ...SETTING, candidates: ['none+a', 'none+b'], metrics: [LATE] };
    const own = comparePolicies([two], setting.candidates, setting.metrics);
    t.ok(own[0]!.comparison.p < 0.05 && own[0]!.adjustedP > 0.05, `${own[0]!.comparison.p}`);
    const text = textOf(renderToString(compareAnswerSection(own, setting).body as never));
    t.match(text, '? no difference shown after correction for 2 comparisons');
    t.match(text, 'With 5 replications a comparison can hardly show a difference');
    t.match(text, 'Intervals are not corrected');
  },
);

t.test('a replication without a metric counts nowhere', async (t) => {
  const missing = scenario('gap', [Number.NaN, ...shifted(-2).slice(1)]);
  const own = comparePolicies([missing], SETTING.candidates, SETTING.metrics);
  const text = textOf(renderToString(compareAnswerSection(own, SETTING).body as never));
  t.match(text, /Unserved or late \(% of arrivals\) .+ 9 ✓ better/);
  t.notMatch(text, 'NaN');
});
