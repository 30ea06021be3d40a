/** The answer of `ds2p compare`: is a candidate better than the baseline, where, and how sure is that? */
import { intervalText } from '../../../results/number-text.js';
import type { ComparedScenario, ComparisonRow, Samples } from '../../../results/policy-comparison.js';
import type { ComparisonSetting } from '../../../results/policy-comparison-table.js';
import {
  COMPARED_HEAD,
  type ComparedBlock,
  comparedBlocks,
  comparedCells,
  comparisonCounts,
  comparisonNotes,
} from '../../../results/policy-comparison-text.js';
import { estimate } from '../../../results/summary.js';
import { ComparisonBadge } from '../badge.js';
import { withoutHome } from '../facts.js';
import { groupBy } from '../group-by.js';
import type { Section } from '../page.js';
import { type HeadCell, numbers, TextTable } from '../text-table.js';
import { metricAnchor } from './definitions.js';

/** With more tables than this, each is folded. */
const OPEN_BLOCKS = 12;

const HEAD: readonly (HeadCell | string)[] = [
  ...COMPARED_HEAD.slice(0, -1).map((title, i) => (i < 2 ? title : numbers(title))),
  numbers('n'),
  'verdict',
];

const rowCells = (row: ComparisonRow) => {
  const [metric, ...cells] = comparedCells(row);
  return [
    <a key="metric" href={`#${metricAnchor(row.metric)}`}>
      {metric}
    </a>,
    ...cells.slice(0, -1),
    row.comparison.n,
    <ComparisonBadge key="verdict" verdict={row.verdict} />,
  ];
};

function Block({ title, rows, isFolded }: ComparedBlock & { readonly isFolded: boolean }) {
  const shownTitle = withoutHome(title);
  const table = <TextTable label={shownTitle} head={HEAD} rows={rows.map(rowCells)} />;
  if (!isFolded) return table;
  return (
    <details>
      <summary>{shownTitle}</summary>
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
    counts.reduce((sum, count) => sum + count, 0).toLocaleString('en'),
    intervalText(shares.mean, shares.halfWidth),
  ];
}

/** The baseline and every candidate, scenario by scenario. */
function Rejected(props: { readonly rows: readonly ComparisonRow[]; readonly setting: ComparisonSetting }) {
  const { baseline, candidates } = props.setting;
  const scenarios = [...new Set(props.rows.map(({ scenario }) => scenario))];
  const cells = scenarios.flatMap((scenario) => [
    rejectedCells(scenario, `${baseline} (baseline)`, scenario.baseline),
    ...candidates.map((name, c) => rejectedCells(scenario, name, scenario.candidates[c] ?? {})),
  ]);
  return (
    <TextTable
      label="Rejected requests of the baseline and the candidates"
      caption="Requests that were answered with an error: the count of all replications, and the mean share of arrivals ± half of its 95 % interval. Metrics of completed requests leave them out."
      head={['Scenario', 'Policies', numbers('Rejected'), numbers('Of arrivals (%)')]}
      rows={cells.map((row) => row.map(withoutHome))}
    />
  );
}

/** The comparison, its answer first. */
export function compareAnswerSection(rows: readonly ComparisonRow[], setting: ComparisonSetting): Section {
  const blocks = comparedBlocks(rows, setting);
  const byCandidate = groupBy(comparisonCounts(rows, setting), ({ candidate }) => candidate);
  const seeds = Math.max(...rows.map(({ scenario }) => scenario.replications));
  return {
    id: 'answer',
    title: 'The answer',
    body: (
      <>
        {byCandidate.map(([first, ...others]) => (
          <div key={first!.candidate}>
            <p class="headline small">{withoutHome(first!.sentence)}</p>
            {others.length === 0 ? (
              ''
            ) : (
              <ul>
                {others.map(({ metric, sentence }) => (
                  <li key={metric}>{withoutHome(sentence)}</li>
                ))}
              </ul>
            )}
          </div>
        ))}
        <p class="prose soft">
          Experiment {setting.experiment}, {setting.durationS} s of arrivals, seeds {setting.firstSeed} to{' '}
          {setting.firstSeed + seeds - 1}. n is the number of pairs of replications in which both have the
          metric.
          {comparisonNotes(rows, setting).map((note) => ` ${note}`)}
        </p>
        {blocks.map((block) => (
          <Block key={block.title} {...block} isFolded={blocks.length > OPEN_BLOCKS} />
        ))}
        <h3>Rejected requests</h3>
        <Rejected rows={rows} setting={setting} />
      </>
    ),
  };
}
