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

export interface Evaluation {
  readonly verdict: Verdict;
  /** What weakens the verdict, if anything: an interval that crosses, or no interval at all. */
  readonly qualifier?: string;
  /** Why there is no verdict. */
  readonly reason?: string;
  /** The statements of the claim, with violations counted among completed requests, as in the paper. */
  readonly numbers: readonly JudgedStatement[];
  /** The same statements with rejected requests counted; absent where the claim is not about violations. */
  readonly numbersWithRejected?: readonly JudgedStatement[];
}

export interface Claim {
  readonly id: string;
  /** The claim in our words. */
  readonly sentence: string;
  /** Where the paper makes it. */
  readonly section: string;
  readonly compares: string;
  /** When it holds. */
  readonly rule: string;
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

/** Qualifies `judged`, which are the statements that decided. */
function qualifierOf(judged: readonly JudgedStatement[], holds: boolean): string | undefined {
  if (judged.some(({ estimate }) => estimate.n === 1)) return 'one replication, no interval';
  if (holds) return judged.some(({ crosses }) => crosses) ? 'but an interval crosses' : undefined;
  const unmet = judged.filter(({ met }) => !met);
  return unmet.every(({ crosses }) => crosses) ? 'but its interval crosses' : undefined;
}

const allMet = (judged: readonly JudgedStatement[]): boolean => judged.every(({ met }) => met);

function conclude(
  numbers: readonly JudgedStatement[],
  withRejected?: readonly JudgedStatement[],
): Evaluation {
  const holds = allMet(numbers);
  const hidden = holds && withRejected !== undefined && !allMet(withRejected);
  const verdict = hidden ? 'holds only if rejected requests are left out' : holds ? 'holds' : 'fails';
  const qualifier = hidden ? qualifierOf(withRejected, false) : qualifierOf(numbers, holds);
  return {
    verdict,
    ...(qualifier === undefined ? {} : { qualifier }),
    numbers,
    ...(withRejected === undefined ? {} : { numbersWithRejected: withRejected }),
  };
}

/** A claim whose verdict follows from its statements; missing evidence makes it "not evaluated". */
export function defineClaim({ statements, aboutViolations = false, ...rest }: ClaimDefinition): Claim {
  return {
    ...rest,
    evaluate(evidence) {
      try {
        const numbers = statements(evidence, VIOLATIONS).map(judge);
        if (!evidence.replicated) return { verdict: allMet(numbers) ? 'holds' : 'fails', numbers };
        if (!aboutViolations || !evidence.countsRejected) return conclude(numbers);
        return conclude(numbers, statements(evidence, UNSERVED_OR_LATE).map(judge));
      } catch (error) {
        if (!(error instanceof MissingEvidence)) throw error;
        return { verdict: 'not evaluated', reason: error.message, numbers: [] };
      }
    },
  };
}

/** A verdict with its qualifier, as tables show it. */
export function verdictText({ verdict, qualifier, reason }: Evaluation): string {
  if (reason !== undefined) return `${verdict}: ${reason}`;
  return qualifier === undefined ? verdict : `${verdict}, ${qualifier}`;
}
