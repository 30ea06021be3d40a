/** Configurations whose runs all failed: summary.csv has no row of them, failures.csv has. */
import { PARAMETER_COLUMNS } from '../../results/columns.js';
import { groupBy } from '../group-by.js';
import type { CsvRow, FolderFacts } from './facts.js';
import { pairLabel } from './policy-names.js';
import { presetsVary, settingsText, variedParameters } from './varied.js';

/** A pair of policies that has no result in some scenarios. */
export interface AlwaysFailing {
  readonly pair: string;
  /** References of its policies, as a command line has them. */
  readonly migration: string;
  readonly offloading: string;
  /** What sets its scenarios apart from others of the folder; an empty text where there is one only. */
  readonly scenarios: readonly string[];
  readonly runs: number;
  /** Each error once; numbers in them tell runs apart, so the first one stands for those that differ in them only. */
  readonly errors: readonly string[];
}

const configurationKey = (row: CsvRow): string =>
  JSON.stringify([row.preset, ...PARAMETER_COLUMNS.map(({ name }) => row[name])]);

/** An error without its numbers. */
const kindOf = (error: string): string => error.replaceAll(/\d+(?:\.\d+)?/g, '#');

/** Pairs of policies with configurations that no run has completed, in the order of failures.csv. */
export function alwaysFailing({ summary, failedRows }: FolderFacts): readonly AlwaysFailing[] {
  const completed = new Set(summary.map(configurationKey));
  const rows = failedRows.filter((row) => !completed.has(configurationKey(row)));
  const all = [...summary, ...failedRows];
  const varied = variedParameters(all, ['offloading', 'migration']);
  const withPreset = presetsVary(all);
  const scenarioOf = (row: CsvRow) =>
    [...(withPreset ? [row.preset ?? ''] : []), settingsText(row, varied)].filter(Boolean).join(', ');
  return groupBy(rows, ({ migration_policy, offloading_policy }) =>
    JSON.stringify([migration_policy, offloading_policy]),
  ).map((own) => ({
    pair: pairLabel(own[0]!),
    migration: own[0]!.migration_policy ?? '',
    offloading: own[0]!.offloading_policy ?? '',
    scenarios: [...new Set(own.map(scenarioOf))],
    runs: own.length,
    errors: groupBy(own, ({ error }) => kindOf(error ?? '')).map(([first]) => first!.error ?? ''),
  }));
}
