/** Pairs of policies in each scenario of a sweep, by unserved or late requests. */
import { PARAMETER_COLUMNS } from '../../results/columns.js';
import { groupBy } from '../group-by.js';
import type { CsvRow } from './facts.js';
import { pairLabel } from './policy-names.js';
import { cellOf, presetsVary, settingsText, variedParameters } from './varied.js';

/** The metric of the ranking: nothing that a policy does not serve is left out of it. */
export const RANKED_BY = 'unserved_or_late_percent';

export interface RankedRow {
  readonly row: CsvRow;
  /** "State-aware + SLO-aware" */
  readonly pair: string;
  /** Whether no other has a lower mean; several may have the same. */
  readonly isLowest: boolean;
  /** Whether it shares the lowest mean with another one. */
  readonly isEqual: boolean;
  /** Whether it has the lowest mean, or an interval that overlaps the lowest one's; undefined without intervals. */
  readonly isNearLowest: boolean | undefined;
}

export interface RankedScenario {
  /** What sets the scenario apart from the others of the folder; empty where it is the only one. */
  readonly label: string;
  /** From the lowest mean on; rows without one come last. */
  readonly rows: readonly RankedRow[];
}

const mean = (row: CsvRow): number => cellOf(row, `${RANKED_BY}_mean`);
const halfWidth = (row: CsvRow): number => cellOf(row, `${RANKED_BY}_half_width`);

/** A number by which rows without a mean come last. */
const place = (row: CsvRow): number => (Number.isNaN(mean(row)) ? Number.POSITIVE_INFINITY : mean(row));

function ranked(rows: readonly CsvRow[]): readonly RankedRow[] {
  // Places of rows without a mean are infinite, and the difference of two such places is no number.
  const sorted = [...rows].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  const lowest = sorted[0]!;
  const lowestCount = sorted.filter((row) => mean(row) === mean(lowest)).length;
  const top = mean(lowest) + halfWidth(lowest);
  return sorted.map((row) => {
    const bottom = mean(row) - halfWidth(row);
    const isKnown = !Number.isNaN(top) && !Number.isNaN(bottom);
    const isLowest = mean(row) === mean(lowest);
    const isNearLowest = isKnown ? bottom <= top : undefined;
    return { row, pair: pairLabel(row), isLowest, isEqual: isLowest && lowestCount > 1, isNearLowest };
  });
}

/** Everything but the two policies makes a scenario. */
export function rankedScenarios(summary: readonly CsvRow[]): readonly RankedScenario[] {
  const factors = PARAMETER_COLUMNS.filter(({ id }) => id !== 'offloading' && id !== 'migration');
  const varied = variedParameters(summary, ['offloading', 'migration']);
  const withPreset = presetsVary(summary);
  const scenarios = groupBy(summary, (row) =>
    JSON.stringify([row.preset, row.scenario, ...factors.map(({ name }) => row[name])]),
  );
  return scenarios.map((rows) => {
    const first = rows[0]!;
    const settings = settingsText(first, varied);
    const parts = [
      ...(withPreset ? [`preset ${first.preset ?? ''}`] : []),
      ...(settings === '' ? [] : [settings]),
    ];
    return { label: parts.join(', '), rows: ranked(rows) };
  });
}
