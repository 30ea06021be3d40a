/** Checks that need more than one parameter: values that make sense alone but not together. */
import type { Parameters } from '../../core/index.js';
import type { Problem } from './errors.js';

/** More requests than this in one run are taken for a mistyped number: 60 days of the paper's load. */
export const MAX_REQUESTS = 1e9;

/** Expected total arrival rate in req/s: L / (F r_f m_f) summed over functions, or Table 2's rates. */
export function totalArrivalRate(p: Parameters): number {
  let rate = 0;
  for (let f = 0; f < p.functionCount; f++) {
    const memory = p.functionMemory[f % p.functionMemory.length];
    const time = p.executionTime[f % p.executionTime.length];
    rate +=
      p.memoryInUse > 0
        ? p.memoryInUse / (p.functionCount * time * memory)
        : (p.arrivalRate[f % p.arrivalRate.length] * p.arrivalRate.length) / p.functionCount;
  }
  return rate * p.load;
}

function latencyProblem(link: string, min: number, max: number): readonly Problem[] {
  if (min <= max) return [];
  return [
    {
      path: `latency.${link}Min`,
      fact: `${min} ms is more than latency.${link}Max = ${max} ms.`,
      remedy: `Set both with latency.${link}Min <= latency.${link}Max.`,
    },
  ];
}

/** Every problem of a resolved set of parameters whose values are each in range. */
export function crossCheck(p: Parameters): readonly Problem[] {
  const problems = [
    ...latencyProblem('edgeEdge', p.edgeEdgeMin, p.edgeEdgeMax),
    ...latencyProblem('edgeCloud', p.edgeCloudMin, p.edgeCloudMax),
    ...latencyProblem('cloudCloud', p.cloudCloudMin, p.cloudCloudMax),
    ...latencyProblem('cloudStore', p.cloudStoreMin, p.cloudStoreMax),
  ];
  const requests = totalArrivalRate(p) * p.duration;
  if (requests > MAX_REQUESTS)
    problems.push({
      path: 'workload.duration',
      fact: `${p.duration} s at ${totalArrivalRate(p).toPrecision(3)} req/s are about ${requests.toExponential(1)} requests a run.`,
      remedy: `Lower workload.duration or workload.load to at most ${MAX_REQUESTS.toExponential(0)} requests.`,
    });
  return problems;
}
