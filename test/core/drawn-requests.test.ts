import t from 'tap';
import { buildWorld, presetParameters, type Scenario } from '../../core/index.js';
import { requestsIn } from '../../core/requests.js';
import { jointAccessProbabilities } from '../../core/samplers.js';
import { requestsOf } from '../../core/simulate.js';
import {
  chiSquare,
  chiSquareCritical,
  kolmogorovCritical,
  kolmogorovDistance,
  regularisedGamma,
} from '../theory/statistics.js';

const DRAWS = 1_000_000;
/** Each check fails by chance with probability 0.001; seeds are fixed, so it does not. */
const LEVEL = 0.001;

/** Three functions whose accesses take every shape: none, certain, never, a fair coin, all five. */
const ACCESSES: readonly (readonly number[])[] = [[], [1, 0, 0.5], [0.05, 0.95, 1, 0.1, 0.5]];
const masks: Scenario = {
  functions: ACCESSES.map((probabilities, f) => ({
    name: `f${f}`,
    memory_mb: 128,
    warm_duration_s: [0.4, 0.2, 1.5][f],
    cold_start_s: 0,
    rate_per_s: [1, 3, 6][f],
    keys: probabilities.map((probability, k) => ({ key: `k${k}`, probability })),
  })),
  keys: Array.from({ length: 5 }, (_, k) => ({ name: `k${k}` })),
};

t.test('a million requests have the functions, services and accesses that they should', async (t) => {
  const run = { parameters: presetParameters('as-written', { duration: 1e9 }), seed: 11, scenario: masks };
  const source = requestsOf(run, buildWorld(run));
  const counts = [new Int32Array(32), new Int32Array(32), new Int32Array(32)];
  const services: number[][] = [[], [], []];
  const functions = new Int32Array(3);
  const origins = new Int32Array(5);
  const gaps = new Float64Array(DRAWS);
  let drawn = 0;
  let last = 0;
  for (const { time, function: f, node, accessed, service } of requestsIn(source)) {
    origins[node]++;
    gaps[drawn] = time - last;
    last = time;
    functions[f]++;
    counts[f][accessed]++;
    services[f].push(service);
    if (++drawn === DRAWS) break;
  }
  const split = chiSquare(functions, [0.1, 0.3, 0.6]);
  t.ok(split.statistic < chiSquareCritical(split.dof, LEVEL), `functions: chi-square ${split.statistic}`);
  const spread = chiSquare(origins, [0.2, 0.2, 0.2, 0.2, 0.2]);
  t.ok(spread.statistic < chiSquareCritical(spread.dof, LEVEL), `nodes: chi-square ${spread.statistic}`);
  const gap = kolmogorovDistance(gaps, (x) => 1 - Math.exp(-10 * x));
  t.ok(gap < kolmogorovCritical(DRAWS, LEVEL), `times between arrivals: distance ${gap}`);
  ACCESSES.forEach((probabilities, f) => {
    const joint = jointAccessProbabilities(probabilities, 5);
    joint.forEach((p, mask) => {
      if (p === 0 && counts[f][mask] > 0) t.fail(`f${f}: accesses ${mask.toString(2)} cannot happen`);
    });
    const { statistic, dof } = chiSquare(counts[f], joint);
    t.ok(
      dof === 0 || statistic < chiSquareCritical(dof, LEVEL),
      `f${f}: accesses, chi-square ${statistic} (${dof})`,
    );
    const time = masks.functions![f].warm_duration_s;
    const distance = kolmogorovDistance(Float64Array.from(services[f]), (x) => 1 - Math.exp(-x / time));
    t.ok(
      distance < kolmogorovCritical(services[f].length, LEVEL),
      `f${f}: service times, distance ${distance}`,
    );
  });
});

t.test('key sizes are a mixture of two gamma laws, rounded to bytes', async (t) => {
  const parameters = presetParameters('as-published', { keyCount: 100_000 });
  const sizes = Float64Array.from(buildWorld({ parameters, seed: 12 }).application.keySize);
  const distance = kolmogorovDistance(
    sizes,
    (x) => (regularisedGamma(1, x / 1e4) + regularisedGamma(100, x / 1e4)) / 2,
  );
  // Rounding moves the distribution function by less than 1e-4, the density of small values.
  t.ok(distance < kolmogorovCritical(sizes.length, LEVEL) + 1e-4, `distance ${distance}`);
});
