/**
 * Our runs against those of the authors' simulator under the same settings: for each of the twelve policy
 * pairs and each metric, is the difference of the two means inside Welch's 99 % interval? Where it is not,
 * the reason is listed below; docs/reproduction.md has the measurements behind the reasons. Welch's interval, since
 * both means vary: theirs alone has a half-width of which ours could be a multiple.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { loadPlacementSolvers, presetParameters, type RunMetrics, simulate } from '../../core/index.js';
import { mean, welchHalfWidth } from '../theory/statistics.js';

const CONFIDENCE = 0.99;
const SEEDS = [1, 2, 3, 4, 5, 6];
const MIGRATIONS = ['none', 'random', 'greedy', 'state-aware'];
const OFFLOADINGS = ['greedy-local', 'greedy-data', 'slo-aware'];

/** Column of the authors' runs, ours, and the factor between the two. */
const COMPARED: readonly (readonly [theirs: string, ours: keyof RunMetrics, factor: number])[] = [
  ['completions', 'completions', 1],
  ['rejected', 'rejected', 1],
  ['offloaded_share', 'offloaded_percent', 100],
  ['cold_starts', 'cold_starts', 1],
  ['slo_violations_percent', 'slo_violations_percent', 1],
  ['avg_penalty_usd_per_request', 'avg_penalty_usd_per_request', 1],
  ['migrated_data_mb', 'migrated_data_mb', 1],
  ['migrations', 'migrations', 1],
  ['response_time_p50_s', 'response_time_p50_s', 1],
  ['response_time_p95_s', 'response_time_p95_s', 1],
  ['data_access_time_p50_s', 'data_access_time_p50_s', 1],
  ['data_access_time_p95_s', 'data_access_time_p95_s', 1],
];

/** Means of 60 worlds of ours, not six, as a scratch copy of the core gave them; see docs/reproduction.md. */
const REPEATED_KEYS =
  'the authors access a key that a function drew twice twice, we once: with repeats the mean of 60 of our worlds ' +
  'rises by 10 %, and six of them reach the six of the authors in 4 % (greedy-data) and 3 % (slo-aware) of draws';
const EVICTION =
  'the authors evict idle containers when they ask whether a node could run a function, not when it does: ' +
  'with that our 60 worlds have 5796 cold starts in place of 2152';
const OWN_OFFLOADS =
  'eviction by asking (0.320 to 0.340 s), and offloads of a node to itself, 5 ms each, up to three times, where it ' +
  'holds keys and is the best (to 0.345 s)';

/** Metrics outside their interval, and why: `<migration> <offloading> <our metric>`. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'none greedy-data data_access_time_p50_s': REPEATED_KEYS,
  'none slo-aware data_access_time_p50_s': REPEATED_KEYS,
  'random slo-aware cold_starts': EVICTION,
  'random slo-aware response_time_p50_s': OWN_OFFLOADS,
};

const file = resolve(process.cwd(), '../shared/peer/original-w1.csv');

if (!existsSync(file)) {
  t.pass('the means agree with those of the authors', { skip: `their runs are not at ${file}` });
} else {
  const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true });
  await loadPlacementSolvers();

  t.test('the six worlds of the authors are the same under every policy', async (t) => {
    // So 72 rows are six observations of whatever depends on latencies, keys and sizes alone.
    const seeds = [...new Set(rows.map((row) => row.seed))];
    t.equal(seeds.length, 6);
    for (const seed of seeds) {
      const ofSeed = rows.filter((row) => row.seed === seed);
      t.equal(ofSeed.length, 12);
      t.equal(new Set(ofSeed.map((row) => row.arrivals)).size, 1, 'the same arrivals');
      for (const migration of ['random', 'greedy']) {
        const moved = ofSeed
          .filter((row) => row.migration_policy === migration)
          .map((row) => row.migrated_data_mb);
        t.equal(new Set(moved).size, 1, `${migration} moves the same data under every offloading`);
      }
    }
  });

  for (const migration of MIGRATIONS) {
    for (const offloading of OFFLOADINGS) {
      t.test(
        `${migration}, ${offloading}: the means differ by no more than chance, or for a listed reason`,
        async (t) => {
          const parameters = presetParameters('as-published', { duration: 900, migration, offloading });
          const ours = SEEDS.map((seed) => simulate({ parameters, seed }).metrics);
          const theirs = rows.filter(
            (r) => r.migration_policy === migration && r.offloading_policy === offloading,
          );
          t.equal(theirs.length, 6);
          for (const [column, metric, factor] of COMPARED) {
            const x = theirs.map((row) => factor * Number(row[column]));
            const y = ours.map((row) => row[metric]);
            const difference = mean(y) - mean(x);
            const half = welchHalfWidth(x, y, CONFIDENCE);
            const inside = Math.abs(difference) <= half * (1 + 1e-9);
            const reason = EXCEPTIONS[`${migration} ${offloading} ${metric}`];
            const figures = `${metric}: ours ${mean(y).toPrecision(5)}, theirs ${mean(x).toPrecision(5)} +- ${half.toPrecision(3)}`;
            if (reason === undefined) t.ok(inside, figures);
            else t.comment(`${figures}, ${inside ? 'inside' : 'outside'} and listed: ${reason}`);
          }
        },
      );
    }
  }

  t.test('every listed exception is one of what is compared', async (t) => {
    const compared = MIGRATIONS.flatMap((migration) =>
      OFFLOADINGS.flatMap((offloading) =>
        COMPARED.map(([, metric]) => `${migration} ${offloading} ${metric}`),
      ),
    );
    for (const exception of Object.keys(EXCEPTIONS)) t.ok(compared.includes(exception), exception);
    t.comment(`${compared.length - Object.keys(EXCEPTIONS).length} of ${compared.length} means agree`);
  });
}
