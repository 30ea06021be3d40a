/**
 * `npm run bench:placement [-- --only 35 --instances 3 --seconds 60]`: how long the exact solver takes from a problem in memory to a
 * checked plan, by size, formulation and capacity; median of instances, warm. Times depend on the machine; nothing is asserted.
 */
import { cpuUsage } from 'node:process';
import { median } from 'simple-statistics';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { type GeneratedSize, generateProblem } from '../core/placement/generate.js';
import { loadPlacementSolvers, type PlacementResult, solvePlacement } from '../core/placement/solve.js';
import { textTable } from './terminal.js';

const SIZES: readonly GeneratedSize[] = [
  { nodes: 10, functions: 5, keys: 100 },
  { nodes: 10, functions: 30, keys: 100 },
  { nodes: 35, functions: 30, keys: 100 },
  { nodes: 100, functions: 100, keys: 500 },
  { nodes: 500, functions: 500, keys: 5000 },
];

const CELLS = [
  { formulation: 'sound', capacity: 'loose' },
  { formulation: 'no-slack', capacity: 'loose' },
  { formulation: 'as-written', capacity: 'loose' },
  { formulation: 'per-function', capacity: 'loose' },
  { formulation: 'sound', capacity: 'tight' },
  { formulation: 'no-slack', capacity: 'tight' },
  { formulation: 'as-written', capacity: 'tight' },
  { formulation: 'per-function', capacity: 'tight' },
] as const;

const args = await yargs(hideBin(process.argv))
  .options({
    instances: { type: 'number', default: 10, describe: 'instances a cell' },
    only: { type: 'number', describe: 'only this number of nodes' },
    formulation: { type: 'string', describe: 'only this formulation' },
    capacity: { choices: ['loose', 'tight'], describe: 'only this capacity' },
    solver: { type: 'string', default: 'auto', describe: 'who solves' },
    seconds: { type: 'number', default: 60, describe: 'deadline of one solve, s' },
    reduce: { type: 'boolean', default: true, describe: 'with the exact reductions' },
  })
  .strict()
  .parse();

await loadPlacementSolvers();
const HEAD = [
  'N',
  'F',
  'K',
  'formulation',
  'capacity',
  'median ms',
  'min',
  'max',
  'CPU median',
  'proven',
  'worst gap %',
  'variables',
  'work',
];
const rows: string[][] = [];
const now = () => performance.now() / 1000;
const cpuMs = () => {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
};
for (const size of SIZES.filter(({ nodes }) => args.only === undefined || nodes === args.only)) {
  for (const { formulation, capacity } of CELLS) {
    if (args.formulation !== undefined && args.formulation !== formulation) continue;
    if (args.capacity !== undefined && args.capacity !== capacity) continue;
    const times: number[] = [];
    const cpu: number[] = [];
    const results: PlacementResult[] = [];
    for (let seed = 1; seed <= args.instances; seed++) {
      const problem = generateProblem({ ...size, formulation, capacity, seed });
      const solve = () => {
        const deadline = { now, at: now() + args.seconds };
        return solvePlacement(problem, { solver: args.solver, reduce: args.reduce, limits: { deadline } });
      };
      // The first instances compile the code.
      if (seed <= 2 && size.nodes < 500)
        for (let warm = 0; warm < (size.nodes < 100 ? 5 : 1); warm++) solve();
      const started = performance.now();
      const startedCpu = cpuMs();
      results.push(solve());
      times.push(performance.now() - started);
      cpu.push(cpuMs() - startedCpu);
    }
    const gap = Math.max(...results.map((result) => 100 * result.gap));
    const ms = (value: number) => value.toPrecision(3);
    const row = [
      size.nodes,
      size.functions,
      size.keys,
      formulation,
      capacity,
      ms(median(times)),
      ms(Math.min(...times)),
      ms(Math.max(...times)),
      ms(median(cpu)),
      `${results.filter(({ status }) => status === 'optimal').length}/${results.length}`,
      gap === 0 ? 0 : gap.toPrecision(2),
      median(results.map(({ sizes }) => sizes.variablesReduced)),
      median(results.map(({ work }) => work.count)),
    ].map(String);
    rows.push(row);
    console.error(row.join('  '));
  }
}
console.log(textTable(HEAD, rows));
