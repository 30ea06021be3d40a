import t from 'tap';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { rowLine } from '../../results/csv.js';
import { DIRECTIONS } from '../../results/metric-directions.js';
import { countText, factorText, fixedText, grouped } from '../../results/number-text.js';
import {
  type ComparedScenario,
  comparePolicies,
  type MetricName,
  relativeHalfWidth,
} from '../../results/policy-comparison.js';
import {
  COMPARISON_COLUMNS,
  comparisonCells,
  comparisonMarkdown,
  differenceText,
  pText,
  rounded,
} from '../../results/policy-comparison-table.js';
import { COMPARED_HEAD, comparedCells, comparisonNotes } from '../../results/policy-comparison-text.js';

const LATE = 'unserved_or_late_percent' satisfies MetricName;
const P50 = 'response_time_p50_s' satisfies MetricName;
const COUNT = 'arrivals' satisfies MetricName;

const BASE = [10, 11, 9, 10, 12, 8, 10, 11, 9, 10];
/** A candidate whose metric exists in one replication only. */
const ONE = BASE.map((value, r) => (r === 0 ? value : Number.NaN));
const shifted = (by: number) => BASE.map((value, r) => value + by + 0.1 * (r % 3));

function scenario(...candidates: readonly (readonly number[])[]): ComparedScenario {
  const samples = (values: readonly number[]) => ({ [LATE]: values, [P50]: BASE, [COUNT]: values });
  return {
    label: 'w1',
    preset: 'as-published',
    baseline: samples(BASE),
    candidates: candidates.map(samples),
    replications: 10,
  };
}

const verdictOf = (
  candidate: readonly number[],
  metric: MetricName,
  margin?: { value: number; relative: boolean },
) => comparePolicies([scenario(candidate)], ['a'], [metric], margin)[0].verdict;

t.test('a verdict is a word', async (t) => {
  t.equal(verdictOf(shifted(-2), LATE), 'better');
  t.equal(verdictOf(shifted(2), LATE), 'worse');
  t.equal(verdictOf(BASE.toReversed(), LATE), 'no difference shown');
  t.equal(verdictOf(shifted(2), COUNT), 'higher', 'arrivals are better neither way');
  t.equal(verdictOf(ONE, LATE), 'not compared');
});

t.test('within a margin policies are practically equal, even where the difference is sure', async (t) => {
  t.equal(verdictOf(shifted(0.2), LATE), 'worse');
  t.equal(verdictOf(shifted(0.2), LATE, { value: 0.5, relative: false }), 'practically equal');
  t.equal(
    verdictOf(shifted(0.2), LATE, { value: 0.05, relative: true }),
    'practically equal',
    '5 % of 10 is 0.5',
  );
  t.equal(
    verdictOf(shifted(0.2), LATE, { value: 0.2, relative: false }),
    'worse',
    'the interval leaves the margin',
  );
  t.equal(verdictOf(BASE.toReversed(), LATE, { value: 0.1, relative: false }), 'no difference shown');
});

t.test('p values are corrected over the candidates and metrics of a scenario', async (t) => {
  const one = comparePolicies([scenario(shifted(-2))], ['a'], [LATE])[0];
  t.equal(one.adjustedP, one.comparison.p);
  const rows = comparePolicies([scenario(shifted(0.01), shifted(-2))], ['a', 'b'], [LATE, P50]);
  t.same(
    rows.map(({ candidate, metric }) => [candidate, metric]),
    [
      ['a', LATE],
      ['a', P50],
      ['b', LATE],
      ['b', P50],
    ],
  );
  const least = Math.min(...rows.map(({ comparison }) => comparison.p));
  t.ok(rows.some(({ adjustedP }) => Math.abs(adjustedP - 4 * least) < 1e-15));
  for (const { adjustedP, comparison } of rows) t.ok(adjustedP >= comparison.p);
});

t.test('every metric has a direction', async (t) => {
  t.same(
    Object.keys(DIRECTIONS),
    METRIC_COLUMNS.map(({ name }) => name),
  );
});

t.test('the relative half-width is that of the difference over the larger mean', async (t) => {
  const [row] = comparePolicies([scenario(shifted(2))], ['a'], [LATE]);
  const { tInterval, candidateMean } = row.comparison;
  t.ok(
    Math.abs(relativeHalfWidth(row.comparison) - (tInterval.hi - tInterval.lo) / 2 / candidateMean) < 1e-15,
  );
  const same = comparePolicies([scenario(BASE)], ['a'], [LATE])[0].comparison;
  t.equal(relativeHalfWidth(same), 0);
  t.equal(relativeHalfWidth(comparePolicies([scenario(ONE)], ['a'], [LATE])[0].comparison), Infinity);
});

const setting = {
  experiment: 'table3',
  baseline: 'state-aware+slo-aware',
  candidates: ['none+a', 'none+b'],
  metrics: [LATE, P50],
  firstSeed: 7,
  durationS: 900,
} as const;
const rows = comparePolicies([scenario(shifted(-2), shifted(0))], setting.candidates, setting.metrics, {
  value: 0.5,
  relative: false,
});

t.test('a row of comparison.csv has every column', async (t) => {
  for (const row of rows) t.doesNotThrow(() => rowLine(COMPARISON_COLUMNS, comparisonCells(row, setting)));
  t.match(comparisonCells(rows[0], setting), {
    baseline: 'state-aware+slo-aware',
    candidate: 'none+a',
    metric: LATE,
    n: 10,
    first_seed: 7,
    interval: 'paired-t',
    verdict: 'better',
    margin: 0.5,
  });
});

t.test('the paragraph tells numbers, intervals, replications, seeds, and what was corrected', async (t) => {
  const text = comparisonMarkdown(rows, { ...setting, precision: 'It was reached.' });
  t.match(text, /10 replications of 900 s of arrivals \(seeds 7 to 16\), paired by common random numbers/);
  t.match(text, /Holm's procedure over the 4 comparisons/);
  t.match(text, /It was reached\./);
  t.match(
    text,
    /- w1, `none\+a`: unserved or late: 8\.\d+ against 10\.\d+ %, difference -1\.9\d* percentage points, 95 % CI \[/,
  );
  t.match(text, /n = 10: \*\*better\*\*/);
  t.match(text, /\*\*practically equal\*\*/);
  t.match(
    comparisonMarkdown(rows.slice(0, 1), { ...setting, candidates: ['none+a'], metrics: [LATE] }),
    /no correction/,
  );
});

t.test('numbers are rounded to what their interval carries', async (t) => {
  t.equal(rounded(1.23456, 0.034), '1.235');
  t.equal(rounded(123.456, 25), '123');
  t.equal(rounded(1.5, 0), '1.5');
  t.equal(rounded(Number.NaN, 1), '-');
  t.equal(pText(0.0004), '< 0.001');
  t.equal(pText(0.0321), '0.032');
  t.match(differenceText(rows[0]), /^-1\.\d+ \[-\d\.\d+, -\d\.\d+\] points$/);
  t.notMatch(differenceText(rows[1]), 'points', 'seconds stay seconds');
  t.match(comparisonNotes(rows, setting).join(' '), 'Points are percentage points');
  t.notMatch(comparisonNotes(rows.slice(1, 2), setting).join(' '), 'Points');
});

/** Cells of the comparison of one metric, by their heads. */
function cellsOf(
  baseline: readonly number[],
  candidate: readonly number[],
): Readonly<Record<string, string>> {
  const samples = (values: readonly number[]) => ({ [LATE]: values });
  const one = {
    label: 'w1',
    preset: 'as-published',
    baseline: samples(baseline),
    candidates: [samples(candidate)],
    replications: baseline.length,
  };
  const [row] = comparePolicies([one], ['none+a'], [LATE]);
  return Object.fromEntries(comparedCells(row).map((cell, i) => [COMPARED_HEAD[i], cell]));
}

t.test('a small baseline keeps a digit, and what is many times as large is told as a multiple', async (t) => {
  const cells = cellsOf([0.09, 0.1, 0.098], [23, 41, 59]);
  t.match(cells, { baseline: '0.1', candidate: '41', relative: '× 430' });
  t.equal(cellsOf([1, 1.1, 0.9], [11, 10.8, 11.2]).relative, '1000.0 %');
  t.equal(cellsOf([0, 0, 0], [1, 2, 3]).relative, '-', 'there is no multiple of nothing');
});

t.test('what rounds to zero has no sign, and factors have no exponent', async (t) => {
  const cells = cellsOf([10, 12, 14], [10.0001, 11.9999, 13.99985]);
  t.equal(cells.relative, '0.0 %');
  t.notMatch(Object.values(cells).join(' '), /-0\.?0*(?![.\d])/);
  t.notMatch(cells.pairing, 'e+');
  t.same([0.0004, 0.97, 14, 270, 6.6e6].map(factorText), [
    '× 0.00040',
    '× 0.97',
    '× 14',
    '× 270',
    '× 6,600,000',
  ]);
  t.same(
    [-0.0004, 0.0004, -0.04, -0].map((value) => fixedText(value, 2)),
    ['0.00', '0.00', '-0.04', '0.00'],
  );
});

t.test('pages have a comma between thousands, wherever a number stands', async (t) => {
  t.same(['29666', '123.45678', '12345.678 ± 1234.5', '-1234', '999'].map(grouped), [
    '29,666',
    '123.45678',
    '12,345.678 ± 1,234.5',
    '-1,234',
    '999',
  ]);
  t.equal(countText(29665.99999), '29,666');
});
