/** The answer of a reproduction: how many of the paper's claims hold, and by which numbers. */
import { Fragment } from 'preact';
import { CLAIM_FIGURES } from '../../../results/claim.js';
import type { Evaluation } from '../../../results/claims.js';
import type { JudgedStatement } from '../../../results/claims-statements.js';
import { conditionText, couplesText, valueNotes, valueText } from '../../../results/claims-text.js';
import { grouped } from '../../../results/number-text.js';
import {
  answerText,
  type EvaluatedClaim,
  evidenceText,
  MAIN_PRESET,
  type Reproduction,
  tallyVerdicts,
} from '../../../results/reproduction.js';
import { ClaimBadge, MetBadge } from '../badge.js';
import { claimRunsText } from '../claim-runs.js';
import type { FolderFacts } from '../facts.js';
import { figureAnchor } from '../figure-anchor.js';
import { MissingDecisions } from '../missing-decisions.js';
import type { Section } from '../page.js';
import { withClaimedPolicies } from '../policy-names.js';
import { Scroll } from '../scroll.js';
import { PRESETS_ANCHOR } from './configuration.js';

/** The address of a claim within a page. */
export const claimAnchor = (id: string): string => `claim-${id}`;

/** What an evidence is, for a reader who has not met the presets. */
const evidenceTitle = (evidence: string): string =>
  evidence === 'the paper' ? "the paper's own Table 3" : evidenceText(evidence);

const Statement = ({ statement }: { readonly statement: JudgedStatement }) => (
  <tr>
    <th scope="row">
      {withClaimedPolicies(statement.label)}
      {statement.couples === undefined ? '' : <small> {couplesText(statement)}.</small>}
    </th>
    <td class="number">{grouped(valueText(statement))}</td>
    <td>{conditionText(statement)}</td>
    <td>
      <MetBadge statement={statement} />
    </td>
  </tr>
);

function StatementGroup(props: { readonly title: string; readonly statements: readonly JudgedStatement[] }) {
  const { title, statements } = props;
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={4}>
          {title}
        </th>
      </tr>
      {statements.map((statement) => (
        <Statement key={statement.label} statement={statement} />
      ))}
    </tbody>
  );
}

function EvidenceGroups(props: { readonly evidence: string; readonly evaluation: Evaluation }) {
  const { numbers, numbersWithRejected } = props.evaluation;
  const title = `By ${evidenceTitle(props.evidence)}`;
  if (numbers.length === 0) return null;
  return (
    <>
      <StatementGroup
        title={numbersWithRejected === undefined ? title : `${title}, of completed requests as in the paper`}
        statements={numbers}
      />
      {numbersWithRejected && (
        <StatementGroup title={`${title}, with rejected requests counted`} statements={numbersWithRejected} />
      )}
    </>
  );
}

function Numbers({ claim, evaluations }: EvaluatedClaim) {
  const hasNumbers = evaluations.some(({ evaluation }) => evaluation.numbers.length > 0);
  const notes = valueNotes(evaluations.flatMap(({ evaluation }) => evaluation.numbers));
  return (
    <details>
      <summary>
        Rule and numbers<span class="visually-hidden"> of claim {claim.id}</span>
      </summary>
      <p>
        Compared: {withClaimedPolicies(claim.compares)}. It holds when: {withClaimedPolicies(claim.rule)}.
      </p>
      {hasNumbers && (
        <Scroll label={`Numbers behind claim ${claim.id}`}>
          <table class="statements">
            <caption>
              Means ± half-widths of the 95 % intervals; the paper prints means only. {notes.join(' ')}
            </caption>
            <thead>
              <tr>
                <th scope="col">Statement</th>
                <th scope="col" class="number">
                  Mean
                </th>
                <th scope="col">Wanted</th>
                <th scope="col">Answer</th>
              </tr>
            </thead>
            {evaluations.map(({ evidence, evaluation }) => (
              <EvidenceGroups key={evidence} evidence={evidence} evaluation={evaluation} />
            ))}
          </table>
        </Scroll>
      )}
    </details>
  );
}

function Links({
  claim,
  shown,
}: {
  readonly claim: EvaluatedClaim['claim'];
  readonly shown: ReadonlySet<string>;
}) {
  const figures = claim.shownIn.filter((name) => shown.has(name));
  if (figures.length === 0) return null;
  return (
    <p class="links">
      Show in{' '}
      {figures.map((name, i) => (
        <Fragment key={name}>
          {i === 0 ? '' : ', '}
          <a href={`#${figureAnchor(name, claim.metric, claim.setting)}`}>{CLAIM_FIGURES[name]}</a>
        </Fragment>
      ))}
    </p>
  );
}

function ClaimItem(props: { readonly evaluated: EvaluatedClaim; readonly shown: ReadonlySet<string> }) {
  const { claim, evaluations } = props.evaluated;
  return (
    <li id={claimAnchor(claim.id)}>
      <p class="sentence">
        {withClaimedPolicies(claim.sentence)} <span class="soft">(sec. {claim.section})</span>
      </p>
      <div class="facts">
        <dl class="verdicts">
          {evaluations.map(({ evidence, evaluation }) => (
            <div key={evidence}>
              <dt>{evidenceText(evidence)}</dt>
              <dd>
                <ClaimBadge evaluation={evaluation} />
                {evaluation.reason === undefined ? (
                  ''
                ) : (
                  <span class="soft reason"> {withClaimedPolicies(evaluation.reason)}</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
        <Links claim={claim} shown={props.shown} />
      </div>
      <Numbers claim={claim} evaluations={evaluations} />
    </li>
  );
}

/** What the two presets are, for a reader who has not met them. */
const Presets = () => (
  <>
    Preset <code>{MAIN_PRESET}</code> is the model as it yields the numbers of the paper's Table 3,{' '}
    <code>as-written</code> the model as the paper's text describes it:{' '}
    <a href={`#${PRESETS_ANCHOR}`}>what they differ in</a>.
  </>
);

/**
 * The claims and their verdicts.
 * @param figureIds the figures of the page; a claim is linked to those of its own.
 * @param facts of the folders that were run: replications and seconds are told from them.
 */
export function answerSection(
  { claims }: Reproduction,
  figureIds: readonly string[],
  facts: readonly FolderFacts[] = [],
): Section {
  const shown = new Set(figureIds);
  const { clearly, others, notEvaluated } = answerText(claims);
  const resting = claimRunsText(facts);
  return {
    id: 'answer',
    title: 'The answer',
    body: (
      <>
        <p class="headline">{clearly}</p>
        {others === '' ? '' : <p class="headline small">{others}</p>}
        {notEvaluated === undefined ? '' : <p>{notEvaluated}: each says why below.</p>}
        {resting === undefined ? '' : <p class="prose">{resting}</p>}
        <MissingDecisions summary={facts.flatMap(({ summary }) => summary)} />
        <p class="prose">
          These are verdicts of our runs under preset <code>{MAIN_PRESET}</code> on the claims of sec. 5.2 and
          5.3. <Presets />
        </p>
        <ul class="tally">
          {tallyVerdicts(claims).map(({ name, evaluation, count }) => (
            <li key={name}>
              <strong>{count}</strong> <ClaimBadge evaluation={evaluation} />
            </li>
          ))}
        </ul>
        <p class="prose soft">
          No verdict is written down anywhere: each follows from the runs by its rule. An interval that
          crosses holds values for which the answer would be the other one. “Nothing contrary was shown”: the
          rule only asks that no difference to the contrary be clear, and the intervals do not rule one out;
          fewer replications meet such a rule more easily, so that these claims are counted apart. The paper
          counts violations among completed requests only; a claim that no longer holds once rejected requests
          count as well is marked. Beside the verdicts under both presets stand those by the numbers that the
          paper itself prints. It prints no intervals: its numbers are judged as they stand, except that there
          is no verdict where a rule asks what is clear and they are on its wrong side.
        </p>
        <ol class="claims">
          {claims.map((evaluated) => (
            <ClaimItem key={evaluated.claim.id} evaluated={evaluated} shown={shown} />
          ))}
        </ol>
      </>
    ),
  };
}
