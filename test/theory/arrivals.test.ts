import t from 'tap';
import { buildWorld, presetParameters, type RunSpec } from '../../core/index.js';
import { requestsIn } from '../../core/requests.js';
import { requestsOf } from '../../core/simulate.js';
import {
  chiSquare,
  chiSquareCritical,
  kolmogorovCritical,
  kolmogorovDistance,
  poissonProbabilities,
} from './statistics.js';

interface Arrival {
  readonly time: number;
  readonly f: number;
  readonly node: number;
}

function arrivalsOf(run: RunSpec): Arrival[] {
  const drawn = requestsIn(requestsOf(run, buildWorld(run)));
  return Array.from(drawn, ({ time, function: f, node }) => ({ time, f, node }));
}

const DURATION = 2000;
const RATES = [8, 16, 42, 6, 14];

t.test('arrivals of a function at a node are a Poisson process of its share of the rate', async (t) => {
  const parameters = presetParameters('as-written', { duration: DURATION });
  const arrivals = arrivalsOf({ parameters, seed: 31 });
  for (let f = 0; f < RATES.length; f++) {
    const times = arrivals.filter((a) => a.f === f && a.node === f).map((a) => a.time);
    const rate = RATES[f] / 5;
    const perSecond = new Int32Array(DURATION);
    for (const time of times) perSecond[Math.floor(time)]++;
    const counts = new Int32Array(31);
    for (const count of perSecond) counts[Math.min(count, 30)]++;
    const { statistic, dof } = chiSquare(counts, poissonProbabilities(rate, 30));
    t.ok(
      statistic < chiSquareCritical(dof, 0.001),
      `f${f + 1}: counts a second, chi-square ${statistic} (${dof})`,
    );

    const gaps = Float64Array.from(times, (time, i) => time - (times[i - 1] ?? 0));
    const distance = kolmogorovDistance(gaps, (gap) => 1 - Math.exp(-rate * gap));
    t.ok(distance < kolmogorovCritical(gaps.length, 0.001), `f${f + 1}: gaps, distance ${distance}`);
  }
});

t.test('W1 splits each function evenly over the edge nodes', async (t) => {
  const arrivals = arrivalsOf({
    parameters: presetParameters('as-written', { duration: DURATION }),
    seed: 32,
  });
  const cells = new Int32Array(25);
  for (const { f, node } of arrivals) cells[f * 5 + node]++;
  const total = RATES.reduce((sum, rate) => sum + rate, 0);
  const shares = Array.from(cells, (_, cell) => RATES[Math.floor(cell / 5)] / total / 5);
  const { statistic, dof } = chiSquare(cells, shares);
  t.equal(dof, 24);
  t.ok(statistic < chiSquareCritical(dof, 0.01), `chi-square ${statistic}`);
});

t.test('W2 sends each function to one edge node, round robin', async (t) => {
  const parameters = presetParameters('as-published', {
    workload: 'w2',
    functionCount: 8,
    edgeNodes: 3,
    duration: 20,
  });
  const arrivals = arrivalsOf({ parameters, seed: 33 });
  t.ok(arrivals.length > 2000);
  t.ok(arrivals.every(({ f, node }) => node === f % 3));
});

t.test('as-published has L / (5 r m) requests a second of each function, times the load', async (t) => {
  const parameters = presetParameters('as-published', { duration: 1000, load: 0.5 });
  const arrivals = arrivalsOf({ parameters, seed: 34 });
  const memory = [512, 512, 128, 1024, 256];
  const time = [0.4, 0.2, 0.3, 0.25, 0.45];
  for (let f = 0; f < 5; f++) {
    const expected = (1000 * 0.5 * 16_000) / (5 * time[f] * memory[f]);
    const count = arrivals.filter((a) => a.f === f).length;
    // 3.3 standard deviations of a Poisson count hold with probability 0.999.
    t.ok(Math.abs(count - expected) < 3.3 * Math.sqrt(expected), `f${f + 1}: ${count} of ${expected}`);
  }
  t.ok(
    arrivals.every(({ time }, i) => i === 0 || time >= arrivals[i - 1].time),
    'in order of time',
  );
  t.ok(
    arrivals.every(({ time }) => time < 1000),
    'none after the end',
  );
});
