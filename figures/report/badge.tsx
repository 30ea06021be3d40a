/** A verdict as a badge: a word, a symbol and a colour, so that no one needs the colour. */
import { QUALIFIERS } from '../../results/claim.js';
import type { Evaluation } from '../../results/claims.js';
import { verdictName } from '../../results/claims.js';
import type { JudgedStatement } from '../../results/claims-statements.js';
import { metText } from '../../results/claims-text.js';
import type { Verdict } from '../../results/policy-comparison.js';

export type Tone = 'good' | 'mixed' | 'bad' | 'plain';

interface Mark {
  readonly tone: Tone;
  readonly symbol: string;
}

export const Badge = ({ tone, symbol, text }: Mark & { readonly text: string }) => (
  <span class={`badge ${tone}`}>
    <span aria-hidden="true">{symbol}</span> {text}
  </span>
);

function markOfClaim({ verdict, qualifier }: Evaluation): Mark {
  switch (verdict) {
    case 'holds':
      if (qualifier === QUALIFIERS.nothingContrary) return { tone: 'mixed', symbol: '~' };
      return qualifier === undefined ? { tone: 'good', symbol: '✓' } : { tone: 'mixed', symbol: '✓' };
    case 'holds only if rejected requests are left out':
      return { tone: 'mixed', symbol: '!' };
    case 'fails':
      return qualifier === undefined ? { tone: 'bad', symbol: '✗' } : { tone: 'mixed', symbol: '✗' };
    case 'not evaluated':
      return { tone: 'plain', symbol: '–' };
  }
}

/** The verdict on a claim. */
export const ClaimBadge = ({ evaluation }: { readonly evaluation: Evaluation }) => (
  <Badge {...markOfClaim(evaluation)} text={verdictName(evaluation)} />
);

/** Whether one statement of a claim is met. */
export const MetBadge = ({ statement }: { readonly statement: JudgedStatement }) => {
  const { met, crosses, nothingContrary, needsInterval } = statement;
  if (needsInterval) return <Badge tone="plain" symbol="–" text={metText(statement)} />;
  const tone = crosses || nothingContrary ? 'mixed' : met ? 'good' : 'bad';
  const symbol = nothingContrary ? '~' : met ? '✓' : '✗';
  return <Badge tone={tone} symbol={symbol} text={metText(statement)} />;
};

const COMPARED: Readonly<Record<Verdict, Mark>> = {
  better: { tone: 'good', symbol: '✓' },
  worse: { tone: 'bad', symbol: '✗' },
  higher: { tone: 'plain', symbol: '↑' },
  lower: { tone: 'plain', symbol: '↓' },
  'no difference shown': { tone: 'plain', symbol: '?' },
  'practically equal': { tone: 'plain', symbol: '=' },
  'not compared': { tone: 'plain', symbol: '–' },
};

/** The verdict on a candidate. */
export const ComparisonBadge = ({ verdict }: { readonly verdict: Verdict }) => (
  <Badge {...COMPARED[verdict]} text={verdict} />
);
