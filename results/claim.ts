/** What a claim is, and its verdict. */
import {
  type Evidence,
  type Metric,
  MissingEvidence,
  UNSERVED_OR_LATE,
  VIOLATIONS,
} from './claims-evidence.js';
import { type JudgedStatement, judge, type Statement } from './claims-statements.js';

export type Verdict = 'holds' | 'fails' | 'holds only if rejected requests are left out' | 'not evaluated';

/** What weakens a verdict. */
export const QUALIFIERS = {
  single: 'one replication, no interval',
  crosses: 'but an interval crosses',
  itsCrosses: 'but its interval crosses',
  /** The rule asks only that the contrary be not shown, and the intervals do not rule it out either. */
  nothingContrary: 'nothing contrary was shown',
} as const;

export type Qualifier = (typeof QUALIFIERS)[keyof typeof QUALIFIERS];

export interface Evaluation {
  readonly verdict: Verdict;
  /** What weakens the verdict, if anything. */
  readonly qualifier?: Qualifier;
  /** Why there is no verdict. */
  readonly reason?: string;
  /** The statements of the claim, with violations counted among completed requests, as in the paper. */
  readonly numbers: readonly JudgedStatement[];
  /** The same statements with rejected requests counted; absent where the claim is not about violations. */
  readonly numbersWithRejected?: readonly JudgedStatement[];
}

/** Figures that show what claims are about, by their names in figures/registry.ts, and what a reader calls them. */
export const CLAIM_FIGURES = {
  fig2: 'Fig. 2',
  fig3: 'Fig. 3',
  fig4: 'Fig. 4',
  'table3-paper': 'Table 3 as a figure',
  'table3-unserved-or-late': 'Unserved or late, W1',
  'fig3-unserved-or-late': 'Unserved or late, W2',
  'uniform-w1': 'W1 with uniform keys',
  'uniform-w2': 'W2 with uniform keys',
  'uniform-unserved-or-late': 'Unserved or late, uniform keys',
} as const;

export type ClaimFigure = keyof typeof CLAIM_FIGURES;

export interface Claim {
  readonly id: string;
  /** The claim in our words. */
  readonly sentence: string;
  /** Where the paper makes it. */
  readonly section: string;
  readonly compares: string;
  /** When it holds. */
  readonly rule: string;
  /** Where its numbers can be seen. */
  readonly shownIn: readonly ClaimFigure[];
  /** The metric that such a figure has to be set to, a column of summary.csv, where the claim is about none that it opens with. */
  readonly metric?: string;
  /** Values of columns of summary.csv that such a figure has to show, where the claim is about none that it opens with. */
  readonly setting?: Readonly<Record<string, number>>;
  evaluate(evidence: Evidence): Evaluation;
}

export interface ClaimDefinition extends Omit<Claim, 'evaluate'> {
  /**
   * The claim as statements, all of which must be met. `late` is the metric by which requests count as late:
   * a claim that uses it is judged a second time with rejected requests counted.
   */
  statements(evidence: Evidence, late: Metric): readonly Statement[];
  readonly aboutViolations?: boolean;
}

/** Why there is no verdict where the rule asks more than numbers without intervals can tell. */
const NO_INTERVALS = 'the rule asks what is clear, which numbers without intervals do not tell';

/** Qualifies `judged`, which are the statements that decided. */
function qualifierOf(judged: Judged, holds: boolean): Qualifier | undefined {
  if (judged.some(({ estimate }) => estimate.n === 1)) return QUALIFIERS.single;
  if (holds) {
    // The weaker one: a statement that is met for want of evidence may have a mean on the wrong side, too.
    if (judged.some(({ nothingContrary }) => nothingContrary)) return QUALIFIERS.nothingContrary;
    return judged.some(({ crosses }) => crosses) ? QUALIFIERS.crosses : undefined;
  }
  const unmet = judged.filter(({ met }) => !met);
  return unmet.every(({ crosses }) => crosses) ? QUALIFIERS.itsCrosses : undefined;
}

type Judged = readonly JudgedStatement[];

const allMet = (judged: Judged): boolean => judged.every(({ met }) => met);
const isRefuted = (judged: Judged): boolean =>
  judged.some(({ met, needsInterval }) => !met && !needsInterval);

/** @param withRejected the statements with rejected requests counted, where they are known and claimed about. */
function conclude(numbers: Judged, withRejected: Judged | undefined, replicated: boolean): Evaluation {
  const evidence = {
    numbers,
    ...(withRejected === undefined ? {} : { numbersWithRejected: withRejected }),
  };
  const concluded = (verdict: Verdict, qualifier: Qualifier | undefined): Evaluation => ({
    verdict,
    ...(qualifier === undefined || !replicated ? {} : { qualifier }),
    ...evidence,
  });
  const both = [...numbers, ...(withRejected ?? [])];
  if (isRefuted(numbers)) return concluded('fails', qualifierOf(numbers, false));
  if (allMet(numbers) && isRefuted(withRejected ?? []))
    return concluded('holds only if rejected requests are left out', qualifierOf(withRejected!, false));
  if (!allMet(both)) return { verdict: 'not evaluated', reason: NO_INTERVALS, ...evidence };
  // A claim that holds does so by both counts.
  return concluded('holds', qualifierOf(both, true));
}

/** A claim whose verdict follows from its statements; missing evidence makes it "not evaluated". */
export function defineClaim({ statements, aboutViolations = false, ...rest }: ClaimDefinition): Claim {
  return {
    ...rest,
    evaluate(evidence) {
      try {
        const numbers = statements(evidence, VIOLATIONS).map(judge);
        const withRejected =
          aboutViolations && evidence.countsRejected
            ? statements(evidence, UNSERVED_OR_LATE).map(judge)
            : undefined;
        return conclude(numbers, withRejected, evidence.replicated);
      } catch (error) {
        if (!(error instanceof MissingEvidence)) throw error;
        return { verdict: 'not evaluated', reason: error.message, numbers: [] };
      }
    },
  };
}

/** Whether a claim holds or fails without anything that weakens it; nothing is clear without intervals. */
export const isClear = ({ verdict, qualifier, numbers }: Evaluation): boolean =>
  (verdict === 'holds' || verdict === 'fails') &&
  qualifier === undefined &&
  numbers.every(({ estimate }) => estimate.n > 1);

/** A verdict with its qualifier. */
export const verdictName = ({ verdict, qualifier }: Evaluation): string =>
  qualifier === undefined ? verdict : `${verdict}, ${qualifier}`;

/** The same, and the reason where there is no verdict. */
export const verdictText = (evaluation: Evaluation): string =>
  evaluation.reason === undefined ? verdictName(evaluation) : `${evaluation.verdict}: ${evaluation.reason}`;
