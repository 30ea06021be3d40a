import t from 'tap';
import { presetParameters, type Scenario, simulate } from '../../core/index.js';
import {
  chiSquare,
  chiSquareCritical,
  halfWidth,
  mean,
  poissonProbabilities,
  variance,
} from './statistics.js';

/**
 * M/G/infinity: with ample memory the number of busy containers is Poisson with the offered load as its mean,
 * whatever the law of the time that a container is busy. That law is a mixture here: exponential service, plus
 * 1.6 s of data access with probability 0.3.
 */
const RATE = 4;
const SERVICE = 0.5;
const PROBABILITY = 0.3;
const ACCESS = 1.6;
const OFFERED = RATE * (SERVICE + PROBABILITY * ACCESS);

const scenario: Scenario = {
  nodes: [
    { name: 'edge', kind: 'edge', memory_mb: 1e9 },
    { name: 'store', kind: 'store' },
  ],
  latency_ms: [
    [0, 400],
    [400, 0],
  ],
  functions: [
    {
      name: 'f',
      memory_mb: 128,
      warm_duration_s: SERVICE,
      cold_start_s: 0,
      rate_per_s: RATE,
      keys: [{ key: 'k', probability: PROBABILITY }],
    },
  ],
  // 10^7 bytes at 100 Mbit/s take 0.8 s beside the round trip of 0.8 s.
  keys: [{ name: 'k', size_bytes: 1e7 }],
};

/** Samples are 30 s apart, many times a busy period of one container, so they are as good as independent. */
const SPACING = 30;
const DURATION = 60_000;

t.test('busy containers follow the Poisson law of M/G/infinity', async (t) => {
  const busy = new Int32Array(Math.floor(DURATION / SPACING));
  const observer = {
    start(time: number, _id: number, _node: number, _cold: number, access: number, completion: number): void {
      if (access !== 0 && Math.abs(access - ACCESS) > 1e-12) t.fail(`a data access of ${access} s`);
      for (let n = Math.ceil(time / SPACING); n * SPACING < completion && n < busy.length; n++) busy[n]++;
    },
  };
  const parameters = presetParameters('as-written', {
    offloading: 'greedy-local',
    migration: 'none',
    duration: DURATION,
  });
  simulate({ parameters, seed: 3, scenario }, { observer });
  // Sample 0 is the empty start.
  const samples = busy.subarray(1);
  const half = halfWidth(samples, 0.99);
  t.ok(Math.abs(mean(samples) - OFFERED) <= half, `mean ${mean(samples)} +- ${half} holds ${OFFERED}`);

  // The variance of a Poisson law is its mean; (n - 1) s^2 / mean is close to chi-square with n - 1 degrees.
  const n = samples.length;
  const dispersion = ((n - 1) * variance(samples)) / OFFERED;
  t.ok(dispersion < chiSquareCritical(n - 1, 0.005), `dispersion ${dispersion / (n - 1)} is not too large`);
  t.ok(dispersion > chiSquareCritical(n - 1, 0.995), `dispersion ${dispersion / (n - 1)} is not too small`);

  const largest = 20;
  const counts = new Int32Array(largest + 1);
  for (const number of samples) counts[Math.min(number, largest)]++;
  const { statistic, dof } = chiSquare(counts, poissonProbabilities(OFFERED, largest));
  t.ok(statistic < chiSquareCritical(dof, 0.01), `chi-square ${statistic} with ${dof} degrees of freedom`);
});
