/** What a folder of results says about the paper: its claims, judged, and its Table 3 beside ours. */
import { PRESETS } from '../core/index.js';
import { counted } from '../experiments/harness/words.js';
import { QUALIFIERS } from './claim.js';
import {
  CLAIMS,
  type Claim,
  type Evaluation,
  type Evidence,
  paperEvidence,
  ResultsReader,
  runsEvidence,
  verdictName,
} from './claims.js';
import { type ComparedRow, comparedRows } from './comparison-table.js';

/** The preset that is to yield the paper's numbers: its verdicts are the answer, those of the other one come beside. */
export const MAIN_PRESET = 'as-published';

/** What speaks, in words: a formulation has the name of a preset, so that one says which it is. */
export const evidenceText = (evidence: string): string =>
  PRESETS.some((preset) => preset === evidence) ? `preset ${evidence}` : evidence;

/** A claim with its verdict by each evidence. */
export interface EvaluatedClaim {
  readonly claim: Claim;
  /** That of the main preset first. */
  readonly evaluations: readonly { readonly evidence: string; readonly evaluation: Evaluation }[];
}

/** Table 3 under one preset. */
export interface PresetTable {
  readonly preset: string;
  /** In the order of Table 3; undefined where the experiment was not run at all. */
  readonly rows: readonly ComparedRow[] | undefined;
}

export interface Reproduction {
  readonly claims: readonly EvaluatedClaim[];
  /** That of the main preset first. */
  readonly tables: readonly PresetTable[];
}

/** Every claim under both presets and by the paper's own Table 3. */
function evaluateClaims(evidences: readonly Evidence[]): readonly EvaluatedClaim[] {
  return CLAIMS.map((claim) => ({
    claim,
    evaluations: evidences.map((evidence) => ({
      evidence: evidence.name,
      evaluation: claim.evaluate(evidence),
    })),
  }));
}

/** Reads a folder of results once; what has not been run is "not evaluated", or a table without rows. */
export function evaluateReproduction(resultsRoot: string): Reproduction {
  const reader = new ResultsReader(resultsRoot);
  return {
    claims: evaluateClaims([...PRESETS.map((preset) => runsEvidence(reader, preset)), paperEvidence()]),
    tables: PRESETS.map((preset) => ({ preset, rows: comparedRows(reader, preset) })),
  };
}

/** From good to bad; without a qualifier before with it where a claim holds, and after it where it fails. */
const VERDICTS: readonly string[] = [
  'holds',
  'holds, one replication, no interval',
  'holds, but an interval crosses',
  'holds, nothing contrary was shown',
  'holds only if rejected requests are left out, but its interval crosses',
  'holds only if rejected requests are left out, one replication, no interval',
  'holds only if rejected requests are left out',
  'fails, but its interval crosses',
  'fails, one replication, no interval',
  'fails',
  'not evaluated',
];

export interface Tally {
  readonly name: string;
  /** One of those that were given this verdict. */
  readonly evaluation: Evaluation;
  readonly count: number;
}

/** How often each verdict was given under the main preset, from good to bad. */
export function tallyVerdicts(claims: readonly EvaluatedClaim[]): readonly Tally[] {
  const counts = new Map<string, Tally>();
  for (const { evaluations } of claims) {
    const { evaluation } = evaluations[0]!;
    const name = verdictName(evaluation);
    counts.set(name, { name, evaluation, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => VERDICTS.indexOf(a.name) - VERDICTS.indexOf(b.name));
}

/** The tally as an answer in words. */
export interface AnswerText {
  /** "9 of 22 claims of the paper hold clearly" */
  readonly clearly: string;
  /** "6 hold but an interval crosses, 7 fail (4 of them not clearly)"; empty where all hold clearly. */
  readonly others: string;
  /** How many could not be judged; absent where there are none. */
  readonly notEvaluated?: string;
}

/** What is said of claims under the main preset: those that hold clearly first; claims without a verdict are apart. */
export function answerText(claims: readonly EvaluatedClaim[]): AnswerText {
  const all = claims.map(({ evaluations }) => evaluations[0]!.evaluation);
  const judged = all.filter(({ verdict }) => verdict !== 'not evaluated');
  const count = (verdict: Evaluation['verdict'], fits: (qualifier: string | undefined) => boolean) =>
    judged.filter((own) => own.verdict === verdict && fits(own.qualifier)).length;
  const holding = (wanted: string | undefined) => count('holds', (qualifier) => qualifier === wanted);
  const clearly = holding(undefined);
  const single = holding(QUALIFIERS.single);
  const crossing = holding(QUALIFIERS.crosses);
  const nothingContrary = holding(QUALIFIERS.nothingContrary);
  const hidden = count('holds only if rejected requests are left out', () => true);
  const failing = count('fails', () => true);
  const unclear = count('fails', (qualifier) => qualifier !== undefined);
  const hold = (n: number) => `${n} ${n === 1 ? 'holds' : 'hold'}`;
  const parts = [
    ...(crossing > 0 ? [`${hold(crossing)} but an interval crosses`] : []),
    ...(nothingContrary > 0 ? [`${hold(nothingContrary)} only in that nothing contrary was shown`] : []),
    ...(single > 0 ? [`${hold(single)} by one replication, without an interval`] : []),
    ...(hidden > 0 ? [`${hold(hidden)} only if rejected requests are left out`] : []),
    ...(failing > 0
      ? [
          `${failing} ${failing === 1 ? 'fails' : 'fail'}${
            unclear === 0
              ? ''
              : unclear === failing
                ? ', but not clearly'
                : ` (${unclear} of them not clearly)`
          }`,
        ]
      : []),
  ];
  const missing = all.length - judged.length;
  const notEvaluated = `${counted(missing, 'claim')} of ${all.length} could not be evaluated`;
  if (judged.length === 0)
    return { clearly: 'No claim of the paper could be evaluated', others: '', notEvaluated };
  const of =
    missing === 0
      ? `${judged.length} claims of the paper`
      : `the ${counted(judged.length, 'claim')} of the paper that could be evaluated`;
  const first = `${clearly === 0 ? 'None' : clearly} of ${of} ${clearly === 1 || (clearly === 0 && judged.length === 1) ? 'holds' : 'hold'} clearly`;
  return { clearly: first, others: parts.join(', '), ...(missing === 0 ? {} : { notEvaluated }) };
}
