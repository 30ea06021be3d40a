import t from 'tap';
import { presetParameters, RunMemory, simulate } from '../../core/index.js';
import { RELATIVE_ERROR } from '../../core/quantiles.js';

const QUANTILES = [
  'response_time_p50_s',
  'response_time_p95_s',
  'data_access_time_p50_s',
  'data_access_time_p95_s',
] as const;

const parametersOf = (overrides: object) =>
  presetParameters('as-published', { migration: 'greedy', duration: 600, ...overrides });

t.test(
  'bounded memory changes nothing of a run but quantiles, and those within the stated error',
  async (t) => {
    const [exact, bounded] = ['exact', 'bounded'].map(
      (quantiles) => simulate({ parameters: parametersOf({ quantiles }), seed: 3 }).metrics,
    );
    t.equal(exact.quantile_relative_error, 0);
    t.equal(bounded.quantile_relative_error, RELATIVE_ERROR);
    for (const [name, value] of Object.entries(exact)) {
      const other = bounded[name as keyof typeof bounded];
      if (name === 'quantile_relative_error') continue;
      if (QUANTILES.some((each) => each === name))
        t.ok(Math.abs(other / value - 1) <= RELATIVE_ERROR, `${name}: ${other} of ${value}`);
      else t.ok(Object.is(other, value), `${name}: ${other} of ${value}`);
    }
  },
);

t.test('without a choice, quantiles are exact up to four million expected requests', async (t) => {
  const errorOf = (overrides: object) =>
    simulate({ parameters: parametersOf({ migration: 'none', ...overrides }), seed: 3 }).metrics
      .quantile_relative_error;
  t.equal(errorOf({ duration: 600 }), 0);
  t.equal(errorOf({ duration: 25_000 }), RELATIVE_ERROR, 'some 4.3 million');
  t.equal(errorOf({ duration: 25_000, quantiles: 'exact' }), 0);
});

t.test('memory that runs hand on leaves no trace in their results', async (t) => {
  const memory = new RunMemory();
  const runs = [1, 2].flatMap((seed) =>
    ['slo-aware', 'greedy-local'].map((offloading) => ({
      parameters: parametersOf({ offloading, duration: 600 / seed }),
      seed,
    })),
  );
  const shared = runs.map((run) => simulate(run, { memory }).metrics);
  t.same(
    shared,
    runs.map((run) => simulate(run).metrics),
  );
});
