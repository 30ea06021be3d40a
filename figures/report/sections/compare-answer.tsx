/** The answer of `ds2p compare`: is a candidate better than the baseline, where, and how sure is that? */
import { Fragment } from 'preact';
import { counted } from '../../../experiments/harness/words.js';
import { METRIC_COLUMNS } from '../../../results/columns.js';
import { countText, grouped, intervalText } from '../../../results/number-text.js';
import type {
  ComparedScenario,
  ComparisonRow,
  MetricName,
  Samples,
  Verdict,
} from '../../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../../results/policy-comparison-table.js';
import {
  COMPARED_HEAD,
  type ComparedBlock,
  type ComparisonCount,
  comparedBlocks,
  comparedCells,
  comparisonCounts,
  comparisonNotes,
  fewReplicationsNote,
  isCorrectedAway,
} from '../../../results/policy-comparison-text.js';
import { estimate } from '../../../results/summary.js';
import { groupBy } from '../../group-by.js';
import { metricTitle, metricWords } from '../../metrics.js';
import { ComparisonBadge } from '../badge.js';
import type { CsvRow } from '../facts.js';
import { MissingDecisions } from '../missing-decisions.js';
import type { Section } from '../page.js';
import { comparedPairLabel } from '../policy-names.js';
import { type HeadCell, numbers, TextTable } from '../text-table.js';
import { metricAnchor } from './definitions.js';

/** With more tables than this, each is folded. */
const OPEN_BLOCKS = 12;

const NEVER_BOTH: readonly Verdict[] = ['better', 'worse', 'higher', 'lower'];
const ALL_VERDICTS: readonly Verdict[] = [
  ...NEVER_BOTH,
  'practically equal',
  'no difference shown',
  'not compared',
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Heads as those of other tables of a page; p and n are symbols. */
const HEAD: readonly (HeadCell | string)[] = [
  'Metric',
  ...COMPARED_HEAD.slice(2, -1).map((title) => numbers(title.startsWith('p (') ? title : capital(title))),
  numbers('n'),
  'Verdict',
];

/** A metric in words, linked to its definition. */
const MetricLink = ({ name, unit }: { readonly name: MetricName; readonly unit: string }) => (
  <a href={`#${metricAnchor(name)}`}>{metricTitle({ name, unit })}</a>
);

function rowCells(row: ComparisonRow, family: number) {
  return [
    <MetricLink key="metric" name={row.metric} unit={row.unit} />,
    ...comparedCells(row).slice(2, -1).map(grouped),
    row.comparison.n,
    <Fragment key="verdict">
      <ComparisonBadge verdict={row.verdict} />
      {isCorrectedAway(row) ? <small> after correction for {family} comparisons</small> : ''}
    </Fragment>,
  ];
}

interface BlockProps {
  readonly block: ComparedBlock;
  readonly setting: ComparisonSetting;
  readonly isFolded: boolean;
}

function Block({ block: { rows }, setting, isFolded }: BlockProps) {
  const { baseline, candidates, metrics } = setting;
  const { scenario, candidate } = rows[0]!;
  const title = `${scenario.label}: ${comparedPairLabel(candidate)} against ${comparedPairLabel(baseline)}, ${counted(scenario.replications, 'replication')}`;
  const family = candidates.length * metrics.length;
  const table = <TextTable label={title} head={HEAD} rows={rows.map((row) => rowCells(row, family))} />;
  if (!isFolded) return table;
  return (
    <details>
      <summary>{title}</summary>
      {table}
    </details>
  );
}

function rejectedCells(scenario: ComparedScenario, pair: string, samples: Samples): readonly string[] {
  const counts = (samples.rejected ?? []).filter((count) => !Number.isNaN(count));
  const shares = estimate(samples.rejected_percent ?? []);
  return [
    scenario.label,
    pair,
    countText(counts.reduce((sum, count) => sum + count, 0)),
    grouped(intervalText(shares.mean, shares.halfWidth)),
  ];
}

/** The baseline and every candidate, scenario by scenario. */
function Rejected(props: { readonly rows: readonly ComparisonRow[]; readonly setting: ComparisonSetting }) {
  const { baseline, candidates } = props.setting;
  const scenarios = [...new Set(props.rows.map(({ scenario }) => scenario))];
  const cells = scenarios.flatMap((scenario) => [
    rejectedCells(scenario, `${comparedPairLabel(baseline)} (baseline)`, scenario.baseline),
    ...candidates.map((name, c) =>
      rejectedCells(scenario, comparedPairLabel(name), scenario.candidates[c] ?? {}),
    ),
  ]);
  return (
    <TextTable
      label="Rejected requests of the baseline and the candidates"
      caption="Requests that were answered with an error: the count of all replications, and the mean share of arrivals ± half of its 95 % interval. Metrics of completed requests leave them out."
      head={['Scenario', 'Policies', numbers('Rejected'), numbers('Of arrivals (%)')]}
      rows={cells}
    />
  );
}

const unitOf = (metric: MetricName): string =>
  METRIC_COLUMNS.find(({ name }) => name === metric)?.unit ?? '-';

/** "better in 2 of 4 scenarios, worse in 1, no difference shown in 1" */
function verdictsText({ scenarios, verdicts }: ComparisonCount): string {
  const [first, ...others] = verdicts.filter(([, count]) => count > 0);
  if (first === undefined) return 'not compared';
  const text = ([verdict, count]: (typeof verdicts)[number]) => `${verdict} in ${count}`;
  return [`${text(first)} of ${counted(scenarios, 'scenario')}`, ...others.map(text)].join(', ');
}

/** The pair by its labels, with what a command line calls it. */
const Pair = ({ name }: { readonly name: string }) => (
  <>
    {comparedPairLabel(name)} (<code>{name}</code>)
  </>
);

/** How often each verdict was given, a row a candidate and metric. */
function Counts({ counts }: { readonly counts: readonly ComparisonCount[] }) {
  const used = ALL_VERDICTS.filter((verdict) =>
    counts.some(({ verdicts }) => verdicts.some(([own]) => own === verdict)),
  );
  return (
    <TextTable
      label="Scenarios by verdict"
      caption="In how many scenarios a candidate was given each verdict against the baseline."
      head={[
        'Candidate',
        'Metric',
        numbers('Scenarios'),
        ...used.map((verdict) => numbers(capital(verdict))),
      ]}
      rows={counts.map(({ candidate, metric, scenarios, verdicts }) => [
        comparedPairLabel(candidate),
        <MetricLink key="metric" name={metric} unit={unitOf(metric)} />,
        scenarios,
        ...used.map((verdict) => {
          const own = verdicts.find(([name]) => name === verdict);
          // A neutral metric is never better or worse, and another one never higher or lower.
          return own?.[1] ?? (NEVER_BOTH.includes(verdict) ? '' : 0);
        }),
      ])}
    />
  );
}

/** The comparison, its answer first. @param summary rows of its runs, a row a configuration. */
export function compareAnswerSection(
  rows: readonly ComparisonRow[],
  setting: ComparisonSetting,
  summary: readonly CsvRow[] = [],
): Section {
  const blocks = comparedBlocks(rows, setting);
  const counts = comparisonCounts(rows, setting);
  const byCandidate = groupBy(counts, ({ candidate }) => candidate);
  const seeds = Math.max(...rows.map(({ scenario }) => scenario.replications));
  const few = fewReplicationsNote(rows);
  return {
    id: 'answer',
    title: 'The answer',
    body: (
      <>
        <p>
          Baseline: <Pair name={setting.baseline} />
        </p>
        {byCandidate.map(([first]) => (
          <p key={first!.candidate} class="headline small">
            <Pair name={first!.candidate} />: {verdictsText(first!)}, by{' '}
            {metricWords({ name: first!.metric, unit: unitOf(first!.metric) })}.
          </p>
        ))}
        {few === undefined ? '' : <p class="note">{few}</p>}
        <MissingDecisions summary={summary} />
        <Counts counts={counts} />
        <p class="prose soft">
          Experiment {setting.experiment}, {setting.durationS} s of arrivals, seeds {setting.firstSeed} to{' '}
          {setting.firstSeed + seeds - 1}. n is the number of pairs of replications in which both have the
          metric.
          {comparisonNotes(rows, setting).map((note) => ` ${note}`)}
        </p>
        {blocks.map((block) => (
          <Block key={block.title} block={block} setting={setting} isFolded={blocks.length > OPEN_BLOCKS} />
        ))}
        <h3>Rejected requests</h3>
        <Rejected rows={rows} setting={setting} />
      </>
    ),
  };
}
