/** The answer of a sweep: what was asked and varied, and which pairs of policies stand where. */
import { countText, grouped, intervalText } from '../../../results/number-text.js';
import { groupBy } from '../../group-by.js';
import { Badge } from '../badge.js';
import type { CsvRow, FolderFacts } from '../facts.js';
import { MissingDecisions } from '../missing-decisions.js';
import type { Section } from '../page.js';
import { pairLabel } from '../policy-names.js';
import { RANKED_BY, type RankedRow, type RankedScenario, rankedScenarios } from '../ranking.js';
import { Stacked } from '../stacked.js';
import { type HeadCell, numbers, TextTable } from '../text-table.js';
import { cellOf, settingsText, variedParameters } from '../varied.js';
import { metricAnchor } from './definitions.js';
import { Failing, Setup } from './sweep-setup.js';

/** With more configurations than this, each scenario is folded. */
const OPEN_ROWS = 60;
/** Scenarios are shown until so many configurations stand on the page: summary.csv has all. */
const TOLD_ROWS = 500;

interface ShownMetric {
  readonly name: string;
  readonly title: string;
}

const METRICS: readonly ShownMetric[] = [
  { name: RANKED_BY, title: 'Unserved or late (% of arrivals)' },
  { name: 'slo_violations_percent', title: 'SLO violations (% of completed)' },
  { name: 'rejected_percent', title: 'Rejected (% of arrivals)' },
  { name: 'avg_penalty_usd_per_request', title: 'Penalty ($ per request)' },
  { name: 'response_time_p50_s', title: 'Response time, median (s)' },
  { name: 'response_time_p95_s', title: 'Response time, 95th percentile (s)' },
];

const METRIC_HEAD: readonly HeadCell[] = [
  ...METRICS.map(({ name, title }) =>
    numbers(
      <a key={name} href={`#${metricAnchor(name)}`}>
        {title}
      </a>,
    ),
  ),
  numbers('Rejected, all runs'),
  numbers('n'),
];

function Interval({ row, metric }: { readonly row: CsvRow; readonly metric: string }) {
  const text = grouped(intervalText(cellOf(row, `${metric}_mean`), cellOf(row, `${metric}_half_width`)));
  const [mean, halfWidth] = text.split(' ± ');
  return <Stacked value={mean!} below={halfWidth === undefined ? [] : [`± ${halfWidth}`]} />;
}

const metricCells = (row: CsvRow) => [
  ...METRICS.map(({ name }) => <Interval key={name} row={row} metric={name} />),
  countText(cellOf(row, 'n') * cellOf(row, 'rejected_mean')),
  row.n ?? '',
];

function Mark({ row, isLowest, isEqual, isNearLowest }: RankedRow) {
  if (Number.isNaN(cellOf(row, `${RANKED_BY}_mean`)))
    return <Badge tone="plain" symbol="–" text="not known" />;
  if (isEqual) return <Badge tone="plain" symbol="=" text="equal, lowest" />;
  // Without an interval a lowest mean is no finding.
  if (isLowest && isNearLowest === undefined) return <Badge tone="plain" symbol="↓" text="lowest" />;
  if (isLowest) return <Badge tone="good" symbol="✓" text="lowest mean" />;
  return isNearLowest ? <Badge tone="plain" symbol="≈" text="not told apart" /> : null;
}

const ScenarioTable = ({ scenario, name }: { readonly scenario: RankedScenario; readonly name: string }) => (
  <TextTable
    label={scenario.label === '' ? `Pairs of policies in ${name}` : scenario.label}
    head={['Migration + offloading', 'By intervals', ...METRIC_HEAD]}
    rows={scenario.rows.map((ranked) => [
      ranked.pair,
      <Mark key="mark" {...ranked} />,
      ...metricCells(ranked.row),
    ])}
    className="ranking"
  />
);

/** In how many scenarios each pair has the lowest mean, or is not told apart from it. */
function Overview({ scenarios }: { readonly scenarios: readonly RankedScenario[] }) {
  const all = scenarios.flatMap(({ rows }) => rows);
  const pairs = groupBy(all, ({ pair }) => pair)
    .map((own) => ({
      pair: own[0]!.pair,
      scenarios: own.length,
      lowest: own.filter(({ isLowest, isEqual }) => isLowest && !isEqual).length,
      equal: own.filter(({ isEqual }) => isEqual).length,
      near: own.filter(({ isLowest, isNearLowest }) => !isLowest && isNearLowest === true).length,
    }))
    .sort((a, b) => b.lowest - a.lowest || b.equal - a.equal || b.near - a.near);
  return (
    <TextTable
      label="Pairs of policies over all scenarios"
      caption={`By unserved or late requests, in how many of ${scenarios.length} scenarios a pair of policies alone has the lowest mean, shares it with others, and is not told apart from the lowest otherwise.`}
      head={[
        'Migration + offloading',
        numbers('Scenarios'),
        numbers('Lowest mean'),
        numbers('Equal, lowest'),
        numbers('Not told apart'),
      ]}
      rows={pairs.map(({ pair, ...counts }) => [
        pair,
        counts.scenarios,
        counts.lowest,
        counts.equal,
        counts.near,
      ])}
    />
  );
}

/** "lowest State-aware + SLO-aware" */
function lowestText({ rows }: RankedScenario): string {
  const equal = rows.filter(({ isEqual }) => isEqual).length;
  return equal > 0 ? `${equal} pairs equal, lowest` : `lowest ${rows[0]!.pair}`;
}

function Scenarios({
  scenarios,
  name,
}: {
  readonly scenarios: readonly RankedScenario[];
  readonly name: string;
}) {
  const shown: RankedScenario[] = [];
  let rows = 0;
  for (const scenario of scenarios) {
    if (shown.length > 0 && rows + scenario.rows.length > TOLD_ROWS) break;
    shown.push(scenario);
    rows += scenario.rows.length;
  }
  const total = scenarios.reduce((sum, scenario) => sum + scenario.rows.length, 0);
  const isFolded = total > OPEN_ROWS && scenarios.length > 1;
  return (
    <>
      {shown.map((scenario) =>
        isFolded ? (
          <details key={scenario.label}>
            <summary>
              {scenario.label}: {lowestText(scenario)}
            </summary>
            <ScenarioTable scenario={scenario} name={name} />
          </details>
        ) : (
          <ScenarioTable key={scenario.label} scenario={scenario} name={name} />
        ),
      )}
      {shown.length < scenarios.length ? (
        <p class="note">And {scenarios.length - shown.length} more scenarios: see summary.csv.</p>
      ) : (
        ''
      )}
    </>
  );
}

/** With one pair of policies there is nothing to rank: the configurations in their order. */
function Configurations({ summary }: { readonly summary: readonly CsvRow[] }) {
  const varied = variedParameters(summary, ['offloading', 'migration']);
  const pair = pairLabel(summary[0]!);
  return (
    <>
      <TextTable
        label={`Configurations under ${pair}`}
        head={['Setting', ...METRIC_HEAD]}
        rows={summary
          .slice(0, TOLD_ROWS)
          .map((row) => [
            [row.preset, settingsText(row, varied)].filter(Boolean).join(', '),
            ...metricCells(row),
          ])}
        className="ranking"
      />
      {summary.length > TOLD_ROWS ? (
        <p class="note">And {summary.length - TOLD_ROWS} more configurations: see summary.csv.</p>
      ) : (
        ''
      )}
    </>
  );
}

function Ranking({ name, summary }: FolderFacts) {
  const scenarios = rankedScenarios(summary);
  const hasIntervals = scenarios.some(({ rows }) =>
    rows.some(({ isNearLowest }) => isNearLowest !== undefined),
  );
  return (
    <>
      <p class="prose">
        In each scenario the pairs of policies stand in the order of their mean of unserved or late requests,
        the share of all arrivals that were rejected or answered too late.{' '}
        {hasIntervals
          ? 'A pair is "not told apart" where its 95 % interval overlaps that of the lowest mean. This is not a test, in neither direction: all pairs met the same requests, so that '
          : 'With one replication there are no intervals, and a difference may be chance: '}
        <code>ds2p compare</code> pairs them.
      </p>
      {scenarios.length > 1 ? <Overview scenarios={scenarios} /> : ''}
      <Scenarios scenarios={scenarios} name={name} />
    </>
  );
}

/** The answer of a sweep, or of any experiment. */
export function sweepAnswerSection(folder: FolderFacts): Section {
  const { summary } = folder;
  const pairs = new Set(summary.map(pairLabel));
  return {
    id: 'answer',
    title: 'The answer',
    body: (
      <>
        <Setup folder={folder} />
        <Failing folder={folder} />
        <MissingDecisions summary={summary} />
        {summary.length === 0 ? <p class="note">No run was completed, so there is nothing to show.</p> : ''}
        {pairs.size === 1 ? <Configurations summary={summary} /> : ''}
        {pairs.size > 1 ? <Ranking {...folder} /> : ''}
      </>
    ),
  };
}
