/**
 * `npm run formulations [-- --quick]`: table3 and fig3 under the sound and the printed formulation, and what the difference does
 * to the cells with state-aware migration. Runs are paired by seed, since both formulations meet the same requests.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { readCsv } from '../results/csv.js';
import { estimate } from '../results/summary.js';
import { intervalText, textTable } from './terminal.js';

const args = await yargs(hideBin(process.argv))
  .options({
    quick: { type: 'boolean', default: false, describe: 'the short forms of both experiments' },
    threads: { type: 'string', describe: 'worker threads' },
    out: {
      type: 'string',
      default: 'results/formulations',
      describe: 'folder, one folder a formulation in it',
    },
  })
  .strict()
  .parse();

const EXPERIMENTS = ['table3', 'fig3'] as const;
const FORMULATIONS = ['sound', 'as-written'] as const;
const PROGRAM = fileURLToPath(new URL('./ds2p.js', import.meta.url));
const METRICS = [
  ['slo_violations_percent', 'violations, %'],
  ['unserved_or_late_percent', 'rejected or late, %'],
  ['avg_penalty_usd_per_request', 'penalty, $/req'],
  ['migrated_data_mb', 'moved, MB'],
  ['response_time_p50_s', 'P50, s'],
] as const;

for (const formulation of FORMULATIONS) {
  for (const experiment of EXPERIMENTS) {
    const words = ['experiment', experiment, '--set', `placement.formulation=${formulation}`];
    const more = [
      ...(args.quick ? ['--quick'] : []),
      ...(args.threads === undefined ? [] : ['--threads', args.threads]),
    ];
    const command = [PROGRAM, ...words, ...more, '--out', join(args.out, formulation)];
    const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}

type CsvRow = Readonly<Record<string, string>>;

/** The runs with state-aware migration by cell and seed. */
function runsOf(formulation: string, experiment: string): Map<string, Map<string, CsvRow>> {
  const cells = new Map<string, Map<string, CsvRow>>();
  for (const row of readCsv(join(args.out, formulation, experiment, 'runs.csv'))) {
    if (row.migration_policy !== 'state-aware') continue;
    const key = [experiment, row.preset, row.t_max_s, row.offloading_policy].join('\n');
    const cell = cells.get(key) ?? new Map<string, CsvRow>();
    cells.set(key, cell.set(row.seed!, row));
  }
  return cells;
}

const text = (values: readonly number[]): string => {
  const { mean, halfWidth } = estimate(values);
  return intervalText(mean, halfWidth);
};
const rows: string[][] = [];
for (const experiment of EXPERIMENTS) {
  const [sound, written] = FORMULATIONS.map((formulation) => runsOf(formulation, experiment));
  for (const [key, ours] of sound!) {
    const theirs = written!.get(key)!;
    const seeds = [...ours.keys()];
    for (const [column, name] of METRICS) {
      const a = seeds.map((seed) => Number(ours.get(seed)![column]));
      const b = seeds.map((seed) => Number(theirs.get(seed)![column]));
      rows.push([...key.split('\n'), name, text(a), text(b), text(b.map((value, i) => value - a[i]))]);
    }
  }
}
const head = ['experiment', 'preset', 'T_max', 'offloading', 'metric', 'sound', 'as-written', 'difference'];
console.log(textTable(head, rows));
