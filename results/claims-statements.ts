/** The single statements that a claim is made of, and how the verdict follows from them. */
import { type Cell, type Evidence, type Metric, MissingEvidence } from './claims-evidence.js';
import { unitOfDifference } from './number-text.js';
import { type Estimate, estimate } from './summary.js';

/** What must be true of a mean. */
export type Condition =
  | { readonly kind: 'above' | 'below'; readonly bound: number }
  | { readonly kind: 'within'; readonly low: number; readonly high: number }
  /** No improvement is shown: the interval does not lie below the bound as a whole. */
  | { readonly kind: 'not-shown-below'; readonly bound: number }
  /** Nothing worse is shown: the interval does not lie above the bound as a whole. */
  | { readonly kind: 'not-shown-above'; readonly bound: number };

export interface Statement {
  readonly label: string;
  readonly unit: string;
  readonly digits: number;
  readonly estimate: Estimate;
  readonly condition: Condition;
  /** A difference in percent of the mean that it is taken from, where a reader may want its size; no rule judges it. */
  readonly relativePercent?: number;
  /** Present where the statement counts couples of policies. */
  readonly couples?: Couples;
}

/** What replications can say of the order of couples. */
export interface Couples {
  readonly compared: number;
  /** Stand clearly in some order under both conditions: only these can be seen to turn round. */
  readonly clearUnderBoth: number;
  /** Of which the intervals leave out that they turn round by more than the margin. */
  readonly reversalExcluded: number;
}

export interface JudgedStatement extends Statement {
  readonly met: boolean;
  /** The 95 % interval holds values for which the answer would be the other one. */
  readonly crosses: boolean;
  /** It is met only in that nothing contrary was shown: wider intervals, of fewer replications, would meet it more easily. */
  readonly nothingContrary: boolean;
  /**
   * It asks what is clear, and the number has no interval and is on the wrong side: whether that is clear cannot be said,
   * so that it is neither met nor refuted, and `met` is false.
   */
  readonly needsInterval: boolean;
}

/**
 * Judges a mean by its side of the bound, and says whether its interval crosses. Where a claim is that
 * nothing is shown, the interval decides: such a statement is not met only where the whole interval lies on
 * the wrong side, and it is shown only where the whole interval lies on the right one. Without an interval (one
 * replication, or numbers in print) the mean alone decides; but where it is on the wrong side of what must be clear,
 * nothing decides.
 */
export function judge(statement: Statement): JudgedStatement {
  const { condition, estimate } = statement;
  const { mean } = estimate;
  const hasInterval = !Number.isNaN(estimate.halfWidth);
  const halfWidth = hasInterval ? estimate.halfWidth : 0;
  const low = mean - halfWidth;
  const high = mean + halfWidth;
  const { couples } = statement;
  const isOpen = couples !== undefined && couples.reversalExcluded < couples.compared;
  const lacksInterval =
    condition.kind === 'not-shown-below' || condition.kind === 'not-shown-above'
      ? !hasInterval
      : couples !== undefined && estimate.n === 1;
  const result = (met: boolean, crosses: boolean, nothingContrary = met && isOpen): JudgedStatement => ({
    ...statement,
    met,
    crosses,
    nothingContrary,
    needsInterval: lacksInterval && !met,
  });
  switch (condition.kind) {
    case 'above':
      return mean > condition.bound
        ? result(true, low <= condition.bound)
        : result(false, high > condition.bound);
    case 'below':
      return mean < condition.bound
        ? result(true, high >= condition.bound)
        : result(false, low < condition.bound);
    case 'within': {
      const met = mean >= condition.low && mean <= condition.high;
      return met
        ? result(true, low < condition.low || high > condition.high)
        : result(false, high >= condition.low && low <= condition.high);
    }
    case 'not-shown-below':
      return result(
        high >= condition.bound,
        mean < condition.bound && high >= condition.bound,
        low < condition.bound && high >= condition.bound,
      );
    case 'not-shown-above':
      return result(
        low <= condition.bound,
        mean > condition.bound && low <= condition.bound,
        low <= condition.bound && high > condition.bound,
      );
  }
}

export const pairName = ({ migration, offloading }: Cell): string => `${migration} + ${offloading}`;

/** The mean of a metric in one configuration. */
export function level(evidence: Evidence, cell: Cell, metric: Metric, condition: Condition): Statement {
  return {
    label: `${pairName(cell)}: ${metric.label}`,
    unit: metric.unit,
    digits: metric.digits,
    estimate: estimate([...evidence.bySeed(cell, metric).values()]),
    condition,
  };
}

/**
 * Differences a - b of a metric, one a seed that both have: both meet the same topology, keys and requests
 * (common random numbers; Law, Simulation Modeling and Analysis, sec. 10.2.1, paired-t interval).
 */
export function pairedValues(
  evidence: Evidence,
  a: Cell,
  b: Cell,
  metric: Metric,
  combine: (x: number, y: number) => number = (x, y) => x - y,
): readonly number[] {
  const other = evidence.bySeed(b, metric);
  const values = [...evidence.bySeed(a, metric)]
    .filter(([seed]) => other.has(seed))
    .map(([seed, value]) => combine(value, other.get(seed)!));
  if (values.length === 0)
    throw new MissingEvidence(`${pairName(a)} and ${pairName(b)} have no seed in common`);
  return values;
}

/** The mean of paired differences a - b. */
export function difference(
  evidence: Evidence,
  a: Cell,
  b: Cell,
  metric: Metric,
  condition: Condition,
  label = `${pairName(a)} less ${pairName(b)}`,
): Statement {
  return {
    label: `${label}: ${metric.label}`,
    unit: unitOfDifference(metric.unit),
    digits: metric.digits,
    estimate: estimate(pairedValues(evidence, a, b, metric)),
    condition,
  };
}

/** The same, with its size in percent of the mean of b over the same seeds. */
export function sizedDifference(...args: Parameters<typeof difference>): Statement {
  const [evidence, a, b, metric] = args;
  const statement = difference(...args);
  const other = estimate(pairedValues(evidence, a, b, metric, (_, y) => y));
  return { ...statement, relativePercent: (100 * statement.estimate.mean) / other.mean };
}

/** The mean of paired relative changes (a - b) / b, in percent. */
export function relativeChange(
  evidence: Evidence,
  a: Cell,
  b: Cell,
  metric: Metric,
  condition: Condition,
): Statement {
  return {
    label: `${pairName(a)} against ${pairName(b)}: change of ${metric.label}`,
    unit: '%',
    digits: 1,
    estimate: estimate(pairedValues(evidence, a, b, metric, (x, y) => (100 * (x - y)) / y)),
    condition,
  };
}

/** A pair of policies under two conditions whose orders are compared. */
export interface CellPair {
  readonly first: Cell;
  readonly second: Cell;
}

/** The sign of a difference that is larger than `margin` and whose interval leaves out 0; else 0. */
function clearSign({ mean, halfWidth }: Estimate, margin: number): number {
  const clear = Math.abs(mean) > margin && !(Math.abs(mean) <= halfWidth);
  return clear ? Math.sign(mean) : 0;
}

/** Whether the intervals of both differences leave out that one is above the margin and the other below its negative. */
function excludesReversal(before: Estimate, after: Estimate, margin: number): boolean {
  const mayBeAbove = ({ mean, halfWidth }: Estimate) => !(mean + halfWidth <= margin);
  const mayBeBelow = ({ mean, halfWidth }: Estimate) => !(mean - halfWidth >= -margin);
  return !(mayBeAbove(before) && mayBeBelow(after)) && !(mayBeBelow(before) && mayBeAbove(after));
}

/**
 * How many couples of `cells` stand clearly in one order under the first condition and clearly in the other
 * under the second. A count of what was seen, which has no interval.
 */
export function reversals(
  evidence: Evidence,
  cells: readonly CellPair[],
  metric: Metric,
  margin: number,
  label: string,
): Statement {
  const reversed: string[] = [];
  let compared = 0;
  let clearUnderBoth = 0;
  let reversalExcluded = 0;
  let n = Number.POSITIVE_INFINITY;
  for (const [i, a] of cells.entries()) {
    for (const b of cells.slice(i + 1)) {
      const before = estimate(pairedValues(evidence, a.first, b.first, metric));
      const after = estimate(pairedValues(evidence, a.second, b.second, metric));
      n = Math.min(n, before.n, after.n);
      compared++;
      const signs = clearSign(before, margin) * clearSign(after, margin);
      if (signs !== 0) clearUnderBoth++;
      if (excludesReversal(before, after, margin)) reversalExcluded++;
      if (signs < 0) reversed.push(`${pairName(a.first)} / ${pairName(b.first)}`);
    }
  }
  const which = reversed.length === 0 ? '' : ` (${reversed.join('; ')})`;
  return {
    label: `${label}: couples of ${compared} in reverse order by ${metric.label}${which}`,
    unit: '',
    digits: 0,
    estimate: { n, mean: reversed.length, sd: Number.NaN, halfWidth: Number.NaN },
    condition: { kind: 'below', bound: 1 },
    couples: { compared, clearUnderBoth, reversalExcluded },
  };
}
