/**
 * `npm run bench:heuristics [-- --nodes 35 --functions 30 --keys 100 --instances 15]`: the gap of every heuristic to the proven
 * optimum, and its time from a problem in memory to a checked plan, on generated problems. Times depend on the machine.
 */
import { cpuUsage } from 'node:process';
import { max, mean, median, min } from 'simple-statistics';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { FORMULATIONS } from '../core/placement/formulations/index.js';
import { generateProblem } from '../core/placement/generate.js';
import { HEURISTICS } from '../core/placement/heuristics/index.js';
import type { PlacementProblem } from '../core/placement/problem.js';
import { loadPlacementSolvers, solvePlacement } from '../core/placement/solve.js';
import { textTable } from './terminal.js';

const args = await yargs(hideBin(process.argv))
  .options({
    nodes: { type: 'number', default: 35, describe: 'compute nodes' },
    functions: { type: 'number', default: 30, describe: 'functions' },
    keys: { type: 'number', default: 100, describe: 'keys from which functions draw theirs' },
    capacity: {
      choices: ['loose', 'tight'] as const,
      default: 'tight' as const,
      describe: 'storage of nodes',
    },
    instances: { type: 'number', default: 15, describe: 'problems a formulation, seeds 1, 2, ...' },
    repetitions: { type: 'number', default: 7, describe: 'solves of each; the least CPU time counts' },
    seconds: { type: 'number', default: 60, describe: 'deadline of the exact solver, s' },
  })
  .strict()
  .parse();

await loadPlacementSolvers();
const now = () => performance.now() / 1000;
const cpuMs = () => {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
};

/** The least CPU time of some solves, ms: what others do on the machine only adds to it. */
function leastTime(problem: PlacementProblem, solver: string): number {
  const times = Array.from({ length: args.repetitions }, () => {
    const started = cpuMs();
    solvePlacement(problem, { solver });
    return cpuMs() - started;
  });
  return min(times);
}

const number = (value: number) => (value === 0 ? '0' : value.toPrecision(3));
const rows: string[][] = [];
for (const { name: formulation } of FORMULATIONS) {
  const problems = Array.from({ length: args.instances }, (_, i) =>
    generateProblem({ ...args, formulation, seed: i + 1 }),
  );
  const optima = problems.map((problem) => {
    const { status, objective } = solvePlacement(problem, {
      limits: { deadline: { now, at: now() + args.seconds } },
    });
    return status === 'optimal' ? objective : Number.NaN;
  });
  const proven = problems.filter((_, i) => !Number.isNaN(optima[i]));
  const known = optima.filter((value) => !Number.isNaN(value));
  for (const { name } of HEURISTICS) {
    for (const problem of proven.slice(0, 3)) leastTime(problem, name);
    const times = proven.map((problem) => leastTime(problem, name));
    const results = proven.map((problem) => solvePlacement(problem, { solver: name }));
    const gaps = results.map(({ objective }, i) => (100 * (objective - known[i])) / Math.abs(known[i]));
    const bounds = results.map(({ bound }, i) => (100 * (known[i] - bound)) / Math.abs(known[i]));
    const found = gaps.filter((gap) => gap < 1e-6).length;
    rows.push([
      formulation,
      name,
      number(Math.max(0, median(gaps))),
      number(Math.max(0, mean(gaps))),
      number(Math.max(0, max(gaps))),
      `${found} of ${gaps.length}`,
      number(median(bounds)),
      number(median(times)),
      number(max(times)),
    ]);
  }
}
const head = [
  'formulation',
  'heuristic',
  'gap % median',
  'mean',
  'max',
  'optimal',
  'bound below by %',
  'ms median',
  'max',
];
console.log(
  `N ${args.nodes}, F ${args.functions}, K ${args.keys}, ${args.capacity}, ${args.instances} instances\n`,
);
console.log(textTable(head, rows));
