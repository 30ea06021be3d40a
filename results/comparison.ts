/** The end of `reproduce`: Table 3 beside ours, and the verdict on each claim. */
import Table from 'cli-table3';
import { PLAIN, type Style } from '../experiments/harness/style.js';
import { type Evaluation, isClear, type Verdict, verdictText } from './claims.js';
import type { JudgedStatement } from './claims-statements.js';
import { conditionText, couplesText, metText, valueNotes, valueText } from './claims-text.js';
import { agreementText, type ComparedRow, comparisonText, restingText } from './comparison-table.js';
import {
  answerText,
  type EvaluatedClaim,
  evidenceText,
  MAIN_PRESET,
  type PresetTable,
  type Reproduction,
  tallyVerdicts,
} from './reproduction.js';

/** What the heads of the columns stand for. */
const COLUMNS_TEXT =
  'Each column of the paper is followed by ours. penalty: mean of completed requests; late: SLO violations, of completed; moved: migrated data;\nP50, P95: response time; rejected, and unserved (rejected) or late: of arrivals, which the paper does not print.';
/** How numbers without intervals are judged. */
const PAPER_TEXT = [
  'The paper prints no intervals: its numbers are judged as they stand, except that there is no verdict where a rule asks what is',
  'clear and they are on its wrong side.',
];
/** Statements that are printed of one claim; the JSON has all. */
const SHOWN = 6;
const VERDICT_STYLE = {
  holds: 'good',
  fails: 'bad',
  'holds only if rejected requests are left out': 'doubtful',
  'not evaluated': 'faint',
} as const satisfies Record<Verdict, keyof Style>;

function tableSection({ preset, rows }: PresetTable, style: Style): string {
  const title = style.strong(`Table 3 (W1, Zipf): the paper | ours under preset ${preset}`);
  if (rows === undefined || rows.length === 0)
    return `${title}\nExperiment table3 has not been run under this preset.`;
  return [
    `${title}, ${restingText(rows)}`,
    COLUMNS_TEXT,
    comparisonText(rows, style),
    agreementText(rows),
  ].join('\n');
}

const styledVerdict = (evaluation: Evaluation, style: Style): string =>
  style[VERDICT_STYLE[evaluation.verdict]](verdictText(evaluation));

/** Shortened where the reason why there is no verdict is the same for a whole column. */
function verdictCell(evaluation: Evaluation, style: Style): string {
  return evaluation.verdict === 'not evaluated' ? '-' : styledVerdict(evaluation, style);
}

/** Rows without lines between them; a claim is told from the next by its number. */
const NO_LINES_BETWEEN_ROWS = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** Columns of the screen that the whole report takes, with Table 3 beside ours. */
export const WHOLE_WIDTH = 160;
/** Widths of number, claim, section and three verdicts, borders apart. */
const WHOLE_COLUMNS = [4, 76, 6, 27, 27, 11];
/** The claim takes what these leave. */
const NARROW_COLUMNS = [4, 0, 6, 14, 14, 11];
const LEAST_CLAIM = 20;

function narrowColumns(width: number): number[] {
  const others = NARROW_COLUMNS.reduce((sum, each) => sum + each + 1, 1);
  return NARROW_COLUMNS.map((each) => (each === 0 ? Math.max(LEAST_CLAIM, width - others) : each));
}

function verdictTable(claims: readonly EvaluatedClaim[], style: Style, colWidths = WHOLE_COLUMNS): string {
  const evidences = claims[0]!.evaluations.map(({ evidence }) => evidence);
  const table = new Table({
    head: ['', ...['claim', 'sec.', ...evidences.map(evidenceText)].map(style.strong)],
    colWidths,
    chars: NO_LINES_BETWEEN_ROWS,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  claims.forEach(({ claim, evaluations }, i) => {
    table.push([
      String(i + 1),
      claim.sentence,
      claim.section.slice(0, 3),
      ...evaluations.map(({ evaluation }) => verdictCell(evaluation, style)),
    ]);
  });
  return table.toString();
}

function statementLine(statement: JudgedStatement): string {
  const couples = couplesText(statement);
  return `      ${statement.label} ${valueText(statement)} (wanted ${conditionText(statement)}: ${metText(statement)})${couples === undefined ? '' : `\n        ${couples}`}`;
}

/** The statements that decided first: unmet, then those that are met in doubt, then the rest. */
function statementLines(numbers: readonly JudgedStatement[]): readonly string[] {
  const weight = ({ met, crosses, nothingContrary }: JudgedStatement) =>
    (met ? 0 : -4) - (nothingContrary ? 2 : 0) - (crosses ? 1 : 0);
  const sorted = [...numbers].sort((a, b) => weight(a) - weight(b));
  const rest = sorted.length - SHOWN;
  const more = rest > 0 ? [`      and ${rest} more: see reproduction.json`] : [];
  return [...sorted.slice(0, SHOWN).map(statementLine), ...more];
}

function numbersSection(claims: readonly EvaluatedClaim[], style: Style): string {
  const blocks = claims.map(({ claim, evaluations }, i) => {
    const evaluation = evaluations[0]!.evaluation;
    const { numbersWithRejected: withRejected, numbers } = evaluation;
    const isDoubtful = (all: readonly JudgedStatement[]) =>
      all.some((one) => one.crosses || one.nothingContrary);
    // They are what the verdict is for where they alone are in doubt.
    const decide =
      evaluation.verdict === 'holds only if rejected requests are left out' ||
      (evaluation.verdict === 'holds' && withRejected && isDoubtful(withRejected) && !isDoubtful(numbers));
    return [
      `${String(i + 1).padStart(3)} ${claim.id}: ${styledVerdict(evaluation, style)}`,
      `      rule: ${claim.rule}`,
      ...statementLines(numbers),
      ...(decide && withRejected
        ? ['      with rejected requests counted:', ...statementLines(withRejected)]
        : []),
    ].join('\n');
  });
  const title = style.strong(
    `The numbers behind the verdicts, ${evidenceText(MAIN_PRESET)}, means ± half-widths:`,
  );
  const notes = valueNotes(claims.flatMap(({ evaluations }) => evaluations[0]!.evaluation.numbers));
  return [title, ...(notes.length === 0 ? [] : [notes.join(' ')]), ...blocks].join('\n');
}

const rowJson = ({ paper, n, durationS, ours, rejected, unservedOrLate }: ComparedRow) => ({
  ...paper,
  n,
  duration_s: durationS,
  ours,
  rejected_percent: rejected,
  unserved_or_late_percent: unservedOrLate,
});

/** The answer in a sentence, as the report has it at its top. */
export function holdingText(claims: readonly EvaluatedClaim[]): string {
  const { clearly, others, notEvaluated } = answerText(claims);
  const parts = [clearly, others, notEvaluated ?? ''].filter((part) => part !== '');
  return `Under ${evidenceText(MAIN_PRESET)}: ${parts.join('; ')}.`;
}

/**
 * The comparison of a folder of results with the paper. Whatever has not been run is said to be missing.
 * @param style how verdicts, heads and cells outside our intervals are set off.
 * @param width columns of the terminal. One that is too narrow for Table 3 gets the verdicts only.
 * @returns `text` for the terminal, and `json` with every number behind it.
 */
export function reportReproduction(
  { claims, tables }: Reproduction,
  style: Style = PLAIN,
  width = WHOLE_WIDTH,
): { text: string; json: unknown } {
  const isWhole = width >= WHOLE_WIDTH;
  const tally = tallyVerdicts(claims).map(({ name, count }) => `${name}: ${count}`);
  const text = [
    ...(isWhole ? tables.map((table) => tableSection(table, style)) : []),
    [
      style.strong(
        `The claims of sec. 5.2 and 5.3, by our runs under each preset and by the paper's own Table 3 (-: not evaluated).`,
      ),
      `Verdicts under ${evidenceText(MAIN_PRESET)}:\n  ${tally.join('\n  ')}`,
      'An interval that crosses holds values for which the answer would be the other one. "Nothing contrary was shown": the rule',
      'only asks that no difference to the contrary be clear, and the intervals do not rule one out; fewer replications meet it more easily.',
      ...PAPER_TEXT,
      verdictTable(claims, style, isWhole ? WHOLE_COLUMNS : narrowColumns(width)),
    ].join('\n'),
    ...(isWhole ? [numbersSection(claims, style)] : []),
  ].join('\n\n');
  const json = {
    table3: Object.fromEntries(tables.map(({ preset, rows }) => [preset, rows?.map(rowJson) ?? null])),
    claims: claims.map(({ claim: { id, sentence, section, compares, rule }, evaluations }) => ({
      id,
      sentence,
      section,
      compares,
      rule,
      evaluations: Object.fromEntries(
        evaluations.map(({ evidence, evaluation }) => [
          evidence,
          { ...evaluation, clear: isClear(evaluation) },
        ]),
      ),
    })),
  };
  return { text, json };
}
