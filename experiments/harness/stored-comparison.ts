/** A comparison read back from its folder, so that its report can be written again. */
import { join } from 'node:path';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { type CsvRow, cellNumber } from '../../results/csv.js';
import {
  type ComparedScenario,
  type ComparisonRow,
  comparePolicies,
  type Margin,
  type Samples,
} from '../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../results/policy-comparison-table.js';
import { InputError } from './errors.js';
import { manifestIn, rowsIn } from './stored-rows.js';

/** What the manifest of a comparison that has ended well says of it. */
export interface FinishedComparison {
  readonly setting: ComparisonSetting;
  readonly margin: Margin | null;
  /** In the order of the rows of runs.csv: scenario by scenario, in each the baseline and then the candidates. */
  readonly scenarios: readonly Pick<ComparedScenario, 'label' | 'preset' | 'replications'>[];
}

export interface StoredComparison {
  readonly rows: readonly ComparisonRow[];
  readonly setting: ComparisonSetting;
}

const samplesOf = (runs: readonly CsvRow[]): Samples =>
  Object.fromEntries(
    METRIC_COLUMNS.map(({ name }) => [name, runs.map((row) => cellNumber(row[name] ?? ''))]),
  );

/** @throws InputError where the folder holds no comparison that has ended well, or rows that are not those of it. */
export function readComparison(folder: string): StoredComparison {
  const { comparison } = manifestIn(folder);
  const refuse = (file: string, fact: string) =>
    new InputError({
      path: join(folder, file),
      fact,
      remedy: 'Give its "ds2p compare" again: its runs are reused, and it writes the report.',
    });
  if (comparison?.setting === undefined || comparison.scenarios === undefined)
    throw refuse('manifest.json', 'it tells of no comparison that has ended well.');
  const { setting, scenarios, margin } = comparison;
  const runs = rowsIn(folder);
  let next = 0;
  const take = (count: number): Samples => {
    const own = runs.slice(next, next + count);
    next += count;
    if (own.length < count || own.some(({ seed }, r) => Number(seed) !== setting.firstSeed + r))
      throw refuse('runs.csv', 'its rows are not those that the manifest tells of.');
    return samplesOf(own);
  };
  const compared = scenarios.map((scenario): ComparedScenario => {
    const baseline = take(scenario.replications);
    return { ...scenario, baseline, candidates: setting.candidates.map(() => take(scenario.replications)) };
  });
  return {
    setting,
    rows: comparePolicies(compared, setting.candidates, setting.metrics, margin ?? undefined),
  };
}
