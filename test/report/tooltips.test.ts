/** What tooltips, descriptions and tables of figures tell of each mark, beside the files that the figures are of. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readFolder } from '../../figures/data.js';
import { fig4 } from '../../figures/fig4.js';
import { comparisonSpec, forestRows } from '../../figures/forest.js';
import { rejectedText } from '../../figures/report/client/texts.js';
import { table3Paper } from '../../figures/table3-paper.js';
import { table3Unserved, uniformUnserved } from '../../figures/unserved-or-late.js';
import { cellNumber, headerLine, type Row, readCsv, rowLine } from '../../results/csv.js';
import { type ComparedScenario, comparePolicies } from '../../results/policy-comparison.js';
import { writeSynthetic } from '../figures/synthetic.js';
import { toldOf } from './told.js';

const root = t.testdir();

/**
 * A folder in which a share of requests is rejected, and another is late.
 * @param late the half-width of the second share; the column is empty by default, as before there was one.
 */
function folderWithRejected(experiment: string, late = ''): string {
  const folder = writeSynthetic(join(root, 'rejected'), experiment);
  const path = join(folder, 'summary.csv');
  const rows = readCsv(path).map((row, i) => ({
    ...row,
    rejected_mean: String(100 + i),
    rejected_percent_mean: String(10 + i / 10),
    rejected_percent_half_width: '12.5',
    unserved_or_late_percent_mean: String(30 + i / 5),
    unserved_or_late_percent_half_width: '40',
    late_percent_half_width: late,
  }));
  const [header] = readFileSync(path, 'utf8').split('\n');
  const columns = header!.split(',').map((name) => ({ name, unit: '-', doc: '' }));
  const lines = rows.map((row) => rowLine(columns, row as Row));
  writeFileSync(path, headerLine(columns) + lines.join(''));
  return folder;
}

const four = (value: number): string => String(Number(value.toPrecision(4)));

t.test('a bar between two shares tells its own length, with its own interval', async (t) => {
  const folder = folderWithRejected('table3', '7');
  const rows = table3Unserved.rows(readFolder(folder));
  const told = toldOf(table3Unserved.spec(rows), rows);
  const summary = readCsv(join(folder, 'summary.csv'));
  t.equal(told.length, 2 * summary.length);
  summary.forEach((own, i) => {
    const [rejected, late] = [told[2 * i]!.texts, told[2 * i + 1]!.texts];
    const share = cellNumber(own.rejected_percent_mean);
    const both = cellNumber(own.unserved_or_late_percent_mean);
    const interval = `95 % interval ${four(share - 12.5)} to ${four(share + 12.5)}`;
    t.match(rejected, { Outcome: 'Rejected', 'Share of arrivals (%)': `${four(share)}, ${interval}` });
    t.match(late, {
      Outcome: 'Served, but late',
      'Share of arrivals (%)': `${four(both - share)}, 95 % interval ${four(both - share - 7)} to ${four(both - share + 7)}`,
    });
    for (const texts of [rejected, late])
      t.match(texts, {
        Rejected: `${four(share)} % of arrivals (${own.rejected_mean} requests a run), ${interval}`,
        'Unserved or late': `${four(both)} % of arrivals, 95 % interval ${four(both - 40)} to ${four(both + 40)}`,
        n: '3 replications',
      });
  });
});

t.test('late requests of a summary that has no interval of them have none', async (t) => {
  const rows = table3Unserved.rows(readFolder(folderWithRejected('table3')));
  const [, late] = toldOf(table3Unserved.spec(rows), rows);
  t.equal(late!.texts['Share of arrivals (%)'], '20 (no interval)');
});

t.test('no two bars of such a figure are told of alike', async (t) => {
  for (const figure of [table3Unserved, uniformUnserved]) {
    const rows = figure.rows(readFolder(folderWithRejected(figure.experiment!)));
    const told = toldOf(figure.spec(rows), rows);
    const spoken = told.map((each) => each.spoken.join());
    t.equal(new Set(spoken).size, rows.length, `${figure.name}: descriptions`);
    const named = told.map(({ texts }) => [texts.Of, texts.Outcome, texts.Where].join());
    t.equal(new Set(named).size, rows.length, `${figure.name}: rows of the table`);
    t.match(told[0]!.texts.Where, /^preset \S+, W\d, (zipf|uniform) popularity, Tₘₐₓ = \S+ s$/);
  }
});

t.test('a point of Fig. 4 tells its size and its rejected requests', async (t) => {
  const rows = fig4.rows(readFolder(folderWithRejected('fig4')));
  const told = toldOf(fig4.spec(rows), rows);
  const [ours] = told;
  t.match(ours!.texts, {
    Of: 'Sound',
    Size: '10 nodes, 5 functions',
    Rejected: /^10 % of arrivals \(100 requests a run\), 95 % interval -2\.5 to 22\.5$/,
    'Longest decision': /^0\.\d+ s$/,
    n: '3 replications',
  });
  t.match(ours!.spoken.join(), 'Sound, 10 nodes, 5 functions, ');
  const paper = told.find(({ row }) => row.source === 'paper')!;
  t.match(paper.texts, {
    'Time of a state-aware decision (s)': 'less than 2',
    Rejected: '',
    n: '',
  });
});

t.test('one replication is one', async (t) => {
  const rows = table3Unserved.rows(readFolder(writeSynthetic(join(root, 'one'), 'table3', 1)));
  t.equal(toldOf(table3Unserved.spec(rows), rows)[0]!.texts.n, '1 replication');
});

t.test(
  'a difference is told with metric, unit, pairs of policies, scenario, means and command',
  async (t) => {
    const samples = (values: readonly number[]) => ({
      unserved_or_late_percent: values,
      response_time_p50_s: values,
      rejected: values.map((value) => 10 * value),
      rejected_percent: values,
    });
    const scenario = (label: string): ComparedScenario => ({
      label,
      preset: 'as-published',
      baseline: samples([10, 11, 9]),
      candidates: [samples([8, 9.1, 7.1])],
      replications: 3,
    });
    const setting = {
      experiment: 'table3',
      baseline: 'none+slo-aware',
      candidates: ['state-aware+least-late'],
      metrics: ['unserved_or_late_percent', 'response_time_p50_s'],
      firstSeed: 1,
      durationS: 900,
      command: 'npx ds2p compare --candidate state-aware+least-late --experiment table3',
    } as const;
    const compared = comparePolicies(['one', 'two'].map(scenario), setting.candidates, setting.metrics);
    const told = toldOf(comparisonSpec(compared, setting), forestRows(compared, setting));
    t.match(told[0]!.texts, {
      Of: 'State-aware + Least-late',
      Metric: 'Unserved or late (% of arrivals)',
      Scenario: 'one',
      Baseline: 'No migration + SLO-aware',
      'Candidate less baseline (points where in %)': /^-1\.933, 95 % interval -2\.\d+ to -1\.\d+$/,
      Means: '8.067 against 10 of the baseline (%)',
      'Rejected by the candidate': '8.067 % of arrivals (81 requests a run)',
      'Rejected by the baseline': '10 % of arrivals',
      n: '3 pairs of replications',
      Command: setting.command,
    });
    t.equal(new Set(told.map(({ texts }) => JSON.stringify(texts))).size, 4, 'no two rows are alike');
    const titles = JSON.stringify(comparisonSpec(compared, setting));
    t.match(titles, '"Unserved or late (points, of arrivals)"', 'an axis of differences');
    t.match(titles, '"Response time, median (s)"');
    t.match(titles, 'Points are percentage points');
    t.equal(new Set(told.map(({ spoken }) => spoken.join())).size, 4, 'nor descriptions');
  },
);

t.test('an interval is told whole where its drawing is cut, and says where that is', async (t) => {
  const rows = table3Paper.rows(readFolder(folderWithRejected('table3'))).map((row) => ({
    ...row,
    ...(row.source === 'Paper'
      ? {}
      : {
          avg_penalty_usd_per_request_mean: 0.1443,
          avg_penalty_usd_per_request_half_width: 0.1467,
          avg_penalty_usd_per_request_lo: 0,
          avg_penalty_usd_per_request_hi: 0.291,
        }),
  }));
  const told = toldOf(table3Paper.spec(rows), rows);
  const ours = told.filter(({ row }) => row.source !== 'Paper');
  for (const { texts } of ours) {
    t.equal(texts['Penalty ($ per request)'], '0.1443, 95 % interval -0.0024 to 0.291, drawn from 0');
    t.match(
      texts.Rejected,
      / % of arrivals \(\d+ requests a run\), 95 % interval \S+ to \S+$/,
      'rejected are told of',
    );
  }
  t.match(told[0]!.texts, { Source: 'Paper', Rejected: '', n: '' });
  t.equal(rejectedText({}), '', 'what is not known is not told');
  const one = { rejected_percent_mean: 0.1, rejected_mean: 1 };
  t.equal(rejectedText(one), '0.1 % of arrivals (1 request a run)');
});
