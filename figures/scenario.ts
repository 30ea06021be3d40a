/** Any other folder: all its pairs of policies, such as those of a scenario made from a user's own data. */
import { parameterColumn } from '../results/columns.js';
import type { Figure } from './figure.js';
import { pairsSpec } from './pairs.js';
import { distinct, type FigureRow } from './rows.js';

/** Columns that may tell apart configurations of the same pair. */
const FACTORS = [
  'preset',
  'workload',
  'popularity',
  'nodes',
  ...(['duration', 'tMax', 'zipfExponent', 'load', 'functionCount'] as const).map(parameterColumn),
];

/** A row a pair, or nothing where the folder varies something else too, which these panels cannot show. */
function onePerPair(summary: readonly FigureRow[]): readonly FigureRow[] {
  const isOne = distinct(summary, 'pair').length === summary.length;
  return isOne && FACTORS.every((factor) => distinct(summary, factor).length <= 1) ? summary : [];
}

export const scenario: Figure = {
  name: 'policies',
  rows: ({ summary, experiment, scenario: name }) =>
    onePerPair(summary).map((row) => ({ ...row, name: name ?? experiment })),
  spec: (rows) => pairsSpec(rows, `Policies in ${rows[0]?.name ?? 'this scenario'}`),
};
