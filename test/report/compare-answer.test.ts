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
  candidates: ['none+<b>mine</b>'],
  metrics: [LATE, COUNT],
  firstSeed: 1,
  durationS: 3600,
};
const rows = comparePolicies(SCENARIOS, SETTING.candidates, SETTING.metrics);

t.test(
  'a sentence says in how many scenarios a candidate is better, and of neutral metrics higher',
  async (t) => {
    t.same(
      comparisonCounts(rows, SETTING).map(({ sentence }) => sentence),
      [
        'none+<b>mine</b> is better than none+greedy in 2 of 4 scenarios, worse in 1, with no difference shown in 1, on unserved_or_late_percent.',
        'none+<b>mine</b> is higher than none+greedy in 1 of 4 scenarios, lower in 2, with no difference shown in 1, on arrivals.',
      ],
    );
    const [worse] = comparisonCounts(rows.slice(4, 5), { ...SETTING, metrics: [LATE] });
    t.match(worse?.sentence, 'is better than none+greedy in none of 1 scenario, worse in 1, on');
  },
);

t.test('the section has the sentences, a table a scenario, and rejected requests of both', async (t) => {
  const html = renderToString(compareAnswerSection(rows, SETTING).body as never);
  const text = textOf(html);
  t.match(text, 'none+<b>mine</b> is better than none+greedy in 2 of 4 scenarios');
  t.notMatch(html, '<b>mine');
  t.equal(html.match(/<table/g)?.length, 5);
  t.match(
    text,
    /unserved_or_late_percent % 10\.000 8\.090 -1\.910 \[-1\.973, -1\.847\] -19\.1 % < 0\.001 x \S+ 10 ✓ better/,
  );
  t.match(text, 'seeds 1 to 10');
  t.match(text, "corrected by Holm's procedure over the 2 comparisons");
  t.match(text, 'one none+greedy (baseline) 1,000 10.00 ± 0.83');
  t.match(text, 'one none+<b>mine</b> 809 8.09');
  t.match(html, 'href="#metric-arrivals"');
});

t.test('a replication without a metric counts nowhere', async (t) => {
  const missing = scenario('gap', [Number.NaN, ...shifted(-2).slice(1)]);
  const own = comparePolicies([missing], SETTING.candidates, SETTING.metrics);
  const text = textOf(renderToString(compareAnswerSection(own, SETTING).body as never));
  t.match(text, /unserved_or_late_percent % .+ 9 ✓ better/);
  t.notMatch(text, 'NaN');
});
