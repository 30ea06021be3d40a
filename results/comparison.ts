/** The end of `reproduce`: Table 3 beside ours, and the verdict on each claim. */
import Table from 'cli-table3';
import { PRESETS } from '../core/index.js';
import { PLAIN, type Style } from '../experiments/harness/style.js';
import {
  CLAIMS,
  type Claim,
  type Evaluation,
  type Evidence,
  paperEvidence,
  ResultsReader,
  runsEvidence,
  type Verdict,
  verdictText,
} from './claims.js';
import type { JudgedStatement } from './claims-statements.js';
import { conditionText } from './claims-statements.js';
import {
  agreementText,
  type ComparedRow,
  comparedRows,
  comparisonText,
  withHalfWidth,
} from './comparison-table.js';

/** A claim with its verdict by each evidence. */
interface EvaluatedClaim {
  readonly claim: Claim;
  readonly evaluations: readonly { readonly evidence: string; readonly evaluation: Evaluation }[];
}

const MAIN_PRESET = 'as-published';
/** What the heads of the columns stand for. */
const COLUMNS_TEXT =
  'Each column of the paper is followed by ours. penalty: mean of completed requests; late: SLO violations, of completed; moved: migrated data;\nP50, P95: response time; rejected, and unserved (rejected) or late: of arrivals, which the paper does not print.';
/** Statements that are printed of one claim; the JSON has all. */
const SHOWN = 6;
const VERDICT_STYLE = {
  holds: 'good',
  fails: 'bad',
  'holds only if rejected requests are left out': 'doubtful',
  'not evaluated': 'faint',
} as const satisfies Record<Verdict, keyof Style>;

function evaluateClaims(evidences: readonly Evidence[]): readonly EvaluatedClaim[] {
  return CLAIMS.map((claim) => ({
    claim,
    evaluations: evidences.map((evidence) => ({
      evidence: evidence.name,
      evaluation: claim.evaluate(evidence),
    })),
  }));
}

function tableSection(reader: ResultsReader, preset: string, style: Style): string {
  const rows = comparedRows(reader, preset);
  const title = style.strong(`Table 3 (W1, Zipf): the paper | ours under preset ${preset}`);
  if (rows === undefined || rows.length === 0)
    return `${title}\nExperiment table3 has not been run under this preset.`;
  const counts = [...new Set(rows.map(({ n }) => n))].join(' or ');
  const durations = [...new Set(rows.map(({ durationS }) => durationS))].join(' or ');
  return [
    `${title}, mean ± half-width of the 95 % interval, ${counts} ${counts === '1' ? 'replication' : 'replications'} of ${durations} s of arrivals`,
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

function verdictTable(
  claims: readonly EvaluatedClaim[],
  evidences: readonly Evidence[],
  style: Style,
): string {
  const table = new Table({
    head: ['', ...['claim', 'sec.', ...evidences.map(({ name }) => name)].map(style.strong)],
    colWidths: [4, 76, 6, 27, 27, 11],
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
  const { label, unit, digits, estimate, met, crosses } = statement;
  const value = withHalfWidth(estimate, digits);
  const answer = `${met ? 'met' : 'not met'}${crosses ? ', interval crosses' : ''}`;
  return `      ${label} ${value}${unit === '' ? '' : ` ${unit}`} (wanted ${conditionText(statement).trim()}: ${answer})`;
}

/** The statements that decided first: unmet, then crossing, then the rest. */
function statementLines(numbers: readonly JudgedStatement[]): readonly string[] {
  const weight = ({ met, crosses }: JudgedStatement) => (met ? 0 : -2) - (crosses ? 1 : 0);
  const sorted = [...numbers].sort((a, b) => weight(a) - weight(b));
  const rest = sorted.length - SHOWN;
  const more = rest > 0 ? [`      and ${rest} more: see reproduction.json`] : [];
  return [...sorted.slice(0, SHOWN).map(statementLine), ...more];
}

function numbersSection(claims: readonly EvaluatedClaim[], style: Style): string {
  const blocks = claims.map(({ claim, evaluations }, i) => {
    const evaluation = evaluations[0]!.evaluation;
    const withRejected = evaluation.numbersWithRejected;
    return [
      `${String(i + 1).padStart(3)} ${claim.id}: ${styledVerdict(evaluation, style)}`,
      `      rule: ${claim.rule}`,
      ...statementLines(evaluation.numbers),
      ...(evaluation.verdict === 'holds only if rejected requests are left out' && withRejected
        ? ['      with rejected requests counted:', ...statementLines(withRejected)]
        : []),
    ].join('\n');
  });
  const title = style.strong(`The numbers behind the verdicts, preset ${MAIN_PRESET}, means ± half-widths:`);
  return [title, ...blocks].join('\n');
}

/** How often each verdict was given under the main preset, a line each. */
function tally(claims: readonly EvaluatedClaim[]): string {
  const counts = new Map<string, number>();
  for (const { evaluations } of claims) {
    const { verdict, qualifier } = evaluations[0]!.evaluation;
    const name = qualifier === undefined ? verdict : `${verdict}, ${qualifier}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name}: ${count}`).join('\n  ');
}

const rowJson = ({ paper, n, durationS, ours, rejected, unservedOrLate }: ComparedRow) => ({
  ...paper,
  n,
  duration_s: durationS,
  ours,
  rejected_percent: rejected,
  unserved_or_late_percent: unservedOrLate,
});

/**
 * The comparison of a folder of results with the paper. Whatever has not been run is said to be missing.
 * @param style how verdicts, heads and cells outside our intervals are set off.
 * @returns `text` for a terminal of 160 columns, and `json` with every number behind it.
 */
export function reportReproduction(
  resultsRoot: string,
  style: Style = PLAIN,
): { text: string; json: unknown } {
  const reader = new ResultsReader(resultsRoot);
  const evidences = [...PRESETS.map((preset) => runsEvidence(reader, preset)), paperEvidence()];
  const claims = evaluateClaims(evidences);
  const text = [
    ...PRESETS.map((preset) => tableSection(reader, preset, style)),
    [
      style.strong(
        `The claims of sec. 5.2 and 5.3, by our runs under each preset and by the paper's own Table 3 (-: no evidence).`,
      ),
      `Verdicts under ${MAIN_PRESET}:\n  ${tally(claims)}`,
      'An interval that crosses holds values for which the answer would be the other one.',
      verdictTable(claims, evidences, style),
    ].join('\n'),
    numbersSection(claims, style),
  ].join('\n\n');
  const json = {
    table3: Object.fromEntries(
      PRESETS.map((preset) => [preset, comparedRows(reader, preset)?.map(rowJson) ?? null]),
    ),
    claims: claims.map(({ claim: { id, sentence, section, compares, rule }, evaluations }) => ({
      id,
      sentence,
      section,
      compares,
      rule,
      evaluations: Object.fromEntries(evaluations.map(({ evidence, evaluation }) => [evidence, evaluation])),
    })),
  };
  return { text, json };
}
