import t from 'tap';
import { SCALABILITY_COLUMNS, SOLVE_COLUMNS, summarizeSolves } from '../../results/scalability.js';

const size = { nodes: 10, functions: 5, keys: 100, source: 'generated', capacity: 'loose' };
const series = { formulation: 'sound', solver: 'auto', printed: false };
const solve = (cells: Record<string, string | number | boolean>) => ({
  ...Object.fromEntries(SOLVE_COLUMNS.map(({ name }) => [name, Number.NaN])),
  ...size,
  ...series,
  time_limit_s: 10,
  outcome: 'solved',
  status: 'optimal',
  gap_percent: 0,
  ...cells,
});

t.test(
  'solves of a size and series become a row with the median, the range and a 95 % interval',
  async (t) => {
    const times = [1, 2, 3, 10];
    const [row, ...others] = summarizeSolves(times.map((ms) => solve({ solve_time_ms: ms })));
    t.same(others, []);
    t.match(row, { n: 4, optimal: 4, timeouts: 0, skipped: 0 });
    t.match(row, {
      solve_time_median_ms: 2.5,
      solve_time_min_ms: 1,
      solve_time_max_ms: 10,
      solve_time_mean_ms: 4,
    });
    // sd = sqrt(50 / 3); t(0.975, 3) = 3.18245.
    t.ok(Math.abs((row.solve_time_half_width_ms as number) - (3.18245 * Math.sqrt(50 / 3)) / 2) < 1e-4);
    t.same(Object.keys(row).sort(), SCALABILITY_COLUMNS.map(({ name }) => name).sort());
  },
);

t.test('timeouts count with the time until then, what was skipped or failed with none', async (t) => {
  const [row] = summarizeSolves([
    solve({ solve_time_ms: 4 }),
    solve({ solve_time_ms: 10_000, outcome: 'timeout', status: 'limit', gap_percent: 3 }),
    solve({ solve_time_ms: 7, outcome: 'stopped', status: 'limit', gap_percent: 1 }),
    solve({ solve_time_ms: 5, outcome: 'failed', status: 'limit' }),
    solve({ outcome: 'skipped', status: '' }),
  ]);
  t.match(row, { n: 4, optimal: 1, timeouts: 1, stopped: 1, failed: 1, skipped: 1 });
  t.match(row, {
    solve_time_median_ms: 7,
    solve_time_max_ms: 10_000,
    gap_median_percent: 1,
    gap_max_percent: 3,
  });
});

t.test('sizes, sources and series are kept apart', async (t) => {
  const rows = summarizeSolves([
    solve({ solve_time_ms: 1 }),
    solve({ solve_time_ms: 1, nodes: 20 }),
    solve({ solve_time_ms: 1, source: 'simulated' }),
    solve({ solve_time_ms: 1, printed: true }),
  ]);
  t.equal(rows.length, 4);
});
