/** The report at the end of a command: a few runs are made again and recorded, and one page is written of it all. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ExampleRuns, recordExamples } from '../experiments/harness/example-runs.js';
import { shellWord } from '../experiments/harness/manifest.js';
import { Progress } from '../experiments/harness/progress.js';
import type { StoredRunInfo } from '../experiments/harness/stored-runs.js';
import type { ComparisonRow } from '../results/policy-comparison.js';
import type { ComparisonSetting } from '../results/policy-comparison-table.js';
import { sayingIfStopped } from './stopping.js';

export interface ReportRun {
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** Said where a report is given up whose results are whole. */
const wholeWithout = (folder: string): string =>
  `the results in ${folder} are whole, and only their report is not written. Write it with: npx ds2p report ${shellWord(folder)}`;

/** Runs that a report shows the inside of: one a pair of policies of Table 3 and a few more elsewhere. */
const MOST_EXAMPLES = 12;

/** Records examples of a folder, with progress on stderr. */
async function examplesOf(
  folder: string,
  { threads, signal }: ReportRun,
  preferred?: (run: StoredRunInfo) => boolean,
): Promise<ExampleRuns> {
  if (!existsSync(join(folder, 'runs.csv'))) return { runs: [] };
  let progress: Progress | undefined;
  const examples = await recordExamples(folder, {
    most: MOST_EXAMPLES,
    threads,
    signal,
    ...(preferred === undefined ? {} : { preferred }),
    onStart: (count) => {
      console.error(`Recording ${count} of the runs for the report`);
      progress = new Progress(count, count);
    },
    onDone: () => progress?.add(1, false),
  });
  progress?.stop();
  if (examples.note !== undefined) console.error(examples.note);
  return examples;
}

/** The runs of Fig. 2, where Table 3 was run; else all runs are alike. */
const isOfFig2 = ({ preset, varied }: StoredRunInfo): boolean =>
  preset === 'as-published' && (varied['slo.tMax'] ?? 0.1) === 0.1;

/** Writes the report of a reproduction. @param folders of its experiments, in `root`. @returns the path. */
export async function reportReproduction(
  root: string,
  folders: readonly string[],
  run: ReportRun,
): Promise<string> {
  const shown = folders.find((folder) => basename(folder) === 'table3') ?? folders[0]!;
  return sayingIfStopped(wholeWithout(root), async () => {
    const examples = await examplesOf(shown, run, isOfFig2);
    // Loaded only now: the drawing library would slow the start of every command.
    const { writeReproductionReport } = await import('../figures/report/reports.js');
    return writeReproductionReport(root, folders, shown, examples);
  });
}

/** Writes the report of one experiment, or of placement problems, into its folder. @returns the path. */
export async function reportSweep(folder: string, run: ReportRun): Promise<string> {
  return sayingIfStopped(wholeWithout(folder), async () => {
    const examples = await examplesOf(folder, run);
    const { writeSweepReport } = await import('../figures/report/reports.js');
    return writeSweepReport(folder, examples);
  });
}

/** Writes the report of a comparison into its folder. @returns the path. */
export async function reportComparison(
  folder: string,
  rows: readonly ComparisonRow[],
  setting: ComparisonSetting,
  run: ReportRun,
): Promise<string> {
  // Rows of earlier comparisons come after those of this one.
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const pairs = 1 + setting.candidates.length;
  const count = scenarios.reduce((sum, { replications }) => sum + pairs * replications, 0);
  const examples = await examplesOf(folder, run, ({ number }) => number <= count);
  const { writeComparisonReport } = await import('../figures/report/reports.js');
  return writeComparisonReport(folder, rows, setting, examples);
}
