/** Statements of claims in words, the same on the terminal and on pages. */
import { type JudgedStatement, judge, type Statement } from './claims-statements.js';
import { withHalfWidth } from './comparison-table.js';
import { numberText, POINTS_NOTE, unitOfDifference } from './number-text.js';

/** A condition in words, to stand behind "wanted". */
export function conditionText({ condition, unit: bare }: Statement): string {
  const unit = bare === '' ? '' : ` ${bare}`;
  switch (condition.kind) {
    case 'above':
      return `> ${condition.bound}${unit}`;
    case 'below':
      return `< ${condition.bound}${unit}`;
    case 'within':
      return `${condition.low} to ${condition.high}${unit}`;
    case 'not-shown-below':
      return `not clearly < ${condition.bound}${unit}`;
    case 'not-shown-above':
      return `not clearly > ${condition.bound}${unit}`;
  }
}

/** Whether a statement is met, in words. */
export function metText({ met, crosses, nothingContrary, needsInterval }: JudgedStatement): string {
  if (needsInterval) return 'not judged without an interval';
  if (nothingContrary) return 'met, nothing contrary shown';
  return `${met ? 'met' : 'not met'}${crosses ? ', interval crosses' : ''}`;
}

/** How much a count of couples can say, in words; undefined for other statements. */
export function couplesText({ couples, estimate: { n } }: Statement): string | undefined {
  if (couples === undefined) return undefined;
  const { compared, clearUnderBoth, reversalExcluded } = couples;
  if (n === 1) return 'one replication: the orders are those of single runs';
  return `${clearUnderBoth} of the ${compared} stand clearly in some order under both, which a reversal needs to be seen; for ${reversalExcluded} the intervals rule one out`;
}

/** More decimals than this show nothing. */
const MOST_DECIMALS = 12;

/** Whether the number as it is shown leads to the answer that is shown beside it. */
function agrees(statement: JudgedStatement, decimals: number): boolean {
  const { mean, halfWidth } = statement.estimate;
  const round = (value: number) => Number(value.toFixed(decimals));
  const shown = judge({
    ...statement,
    estimate: { ...statement.estimate, mean: round(mean), halfWidth: round(halfWidth) },
  });
  return (
    shown.met === statement.met &&
    shown.crosses === statement.crosses &&
    shown.nothingContrary === statement.nothingContrary
  );
}

/** The decimals of the metric; more where the half-width has its second digit later, or the answer asks for them. */
function decimalsOf(statement: JudgedStatement): number {
  const { halfWidth } = statement.estimate;
  const ofHalfWidth = halfWidth > 0 ? 1 - Math.floor(Math.log10(halfWidth)) : 0;
  let decimals = Math.min(MOST_DECIMALS, Math.max(statement.digits, ofHalfWidth));
  while (decimals < MOST_DECIMALS && !agrees(statement, decimals)) decimals++;
  return decimals;
}

/** A spread of less than this part of the mean is the rounding of sums. */
const NO_SPREAD = 1e-9;

/** "24.14 ±5.52 points", "-0.2452 ±0.0199 s, -41 %": the mean, its half-width, and its size where that is told. */
export function valueText(statement: JudgedStatement): string {
  const { estimate, unit, relativePercent } = statement;
  const value =
    estimate.halfWidth <= NO_SPREAD * Math.abs(estimate.mean)
      ? `${numberText(estimate.mean, 6)} ±0`
      : withHalfWidth(estimate, decimalsOf(statement));
  const size = relativePercent === undefined ? '' : `, ${numberText(relativePercent, 2)} %`;
  return `${value}${unit === '' ? '' : ` ${unit}`}${size}`;
}

/** What is to be said once of the numbers of statements, as sentences. */
export function valueNotes(statements: readonly Statement[]): readonly string[] {
  return [
    ...(statements.some(({ unit }) => unit === unitOfDifference('%')) ? [POINTS_NOTE] : []),
    ...(statements.some(({ relativePercent }) => relativePercent !== undefined)
      ? ['A percentage behind a difference is its part of the other mean.']
      : []),
  ];
}
