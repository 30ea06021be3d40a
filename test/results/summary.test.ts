import t from 'tap';
import { METRIC_COLUMNS, summaryColumns } from '../../results/columns.js';
import type { Row } from '../../results/csv.js';
import { studentT } from '../../results/student-t.js';
import { ConfigurationSummary, estimate } from '../../results/summary.js';

t.test('the interval is that of the worked example of the NIST handbook, 1.3.5.2', async (t) => {
  // N = 195, mean 9.261460, standard deviation 0.022789: 95 % limits 9.258242 and 9.264679. These numbers
  // have exactly that mean and deviation: one at the mean, 97 a deviation below, 97 above.
  const [mean, sd] = [9.26146, 0.022789];
  const values = Array.from({ length: 195 }, (_, i) => (i === 0 ? mean : mean + (i % 2 === 0 ? sd : -sd)));
  const result = estimate(values);
  t.equal(result.n, 195);
  t.ok(Math.abs(result.mean - mean) < 1e-12);
  t.ok(Math.abs(result.sd - sd) < 1e-12);
  t.ok(Math.abs(result.mean - result.halfWidth - 9.258242) < 1.5e-6);
  t.ok(Math.abs(result.mean + result.halfWidth - 9.264679) < 1.5e-6);
});

t.test(
  'mean, variance and interval are those of Law, Simulation Modeling and Analysis, example 4.27',
  async (t) => {
    const values = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
    const { mean, sd, n, halfWidth } = estimate(values);
    t.equal(mean.toFixed(2), '1.34');
    t.equal((sd ** 2).toFixed(2), '0.17');
    t.equal(((studentT(0.9, n - 1) * sd) / Math.sqrt(n)).toFixed(2), '0.24');
    t.ok(Math.abs(halfWidth - (2.262157 * sd) / Math.sqrt(10)) < 1e-6);
  },
);

t.test('numbers that are missing are left out of the mean, and one number has no interval', async (t) => {
  t.strictSame(estimate([Number.NaN, 3]), { n: 1, mean: 3, sd: Number.NaN, halfWidth: Number.NaN });
  t.strictSame(estimate([Number.NaN]), { n: 0, mean: Number.NaN, sd: Number.NaN, halfWidth: Number.NaN });
  t.strictSame(estimate([2, 2, Number.NaN]), { n: 2, mean: 2, sd: 0, halfWidth: 0 });
});

t.test('a row of the summary counts all runs and holds every column', async (t) => {
  const columns = summaryColumns().map(({ name }) => name);
  const factors = Object.fromEntries(columns.slice(0, columns.indexOf('n')).map((name) => [name, 'x']));
  const metrics = (value: number): Row => Object.fromEntries(METRIC_COLUMNS.map(({ name }) => [name, value]));
  const summary = new ConfigurationSummary(factors);
  summary.add(metrics(1));
  summary.add({ ...metrics(3), response_time_p50_s: Number.NaN });
  const row = summary.row();
  t.strictSame(Object.keys(row), columns);
  t.equal(row.n, 2);
  t.equal(row.arrivals_mean, 2);
  t.equal(row.response_time_p50_s_mean, 1);
  t.ok(Number.isNaN(row.response_time_p50_s_half_width));
});

t.test('cold starts per 100 completions are computed run by run', async (t) => {
  const metrics = (cold_starts: number, completions: number): Row => ({
    ...Object.fromEntries(METRIC_COLUMNS.map(({ name }) => [name, 1])),
    cold_starts,
    completions,
  });
  const summary = new ConfigurationSummary({});
  summary.add(metrics(10, 100));
  summary.add(metrics(60, 200));
  summary.add(metrics(0, 0));
  const row = summary.row();
  t.equal(
    row.cold_starts_percent_mean,
    20,
    'the mean of 10 and 30, without the run in which nothing completed',
  );
  t.match(row, { cold_starts_percent_half_width: Number });
});

t.test('the late share of arrivals is what is unserved or late and not rejected', async (t) => {
  const summary = new ConfigurationSummary({});
  for (const [rejected, slo_violations] of [
    [10, 30],
    [20, 0],
  ])
    summary.add({
      ...Object.fromEntries(METRIC_COLUMNS.map(({ name }) => [name, 1])),
      arrivals: 200,
      completions: 200 - rejected!,
      rejected_percent: rejected! / 2,
      slo_violations,
      unserved_or_late_percent: (rejected! + slo_violations!) / 2,
    } as Row);
  const row = summary.row();
  t.equal(row.late_percent_mean, 7.5);
  t.equal(
    row.late_percent_mean,
    Number(row.unserved_or_late_percent_mean) - Number(row.rejected_percent_mean),
  );
  t.match(row, { late_percent_half_width: Number });
});
