import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import t from 'tap';
import { PLAIN, type Style } from '../../experiments/harness/style.js';
import { CLAIMS } from '../../results/claims.js';
import { holdingText, reportReproduction } from '../../results/comparison.js';
import { type ComparedRow, halfWidthsApart, withHalfWidth } from '../../results/comparison-table.js';
import { PAPER_METRICS, PAPER_TABLE_3 } from '../../results/paper-table3.js';
import { evaluateReproduction } from '../../results/reproduction.js';
import { writeSynthetic } from '../figures/synthetic.js';

interface Report {
  readonly table3: Readonly<Record<string, readonly Record<string, unknown>[] | null>>;
  readonly claims: readonly {
    readonly id: string;
    readonly evaluations: Record<string, { verdict: string }>;
  }[];
}

const root = t.testdir();
for (const name of ['table3', 'fig3', 'uniform', 'fig4']) writeSynthetic(root, name);
const { text, json } = reportReproduction(evaluateReproduction(root));
const report = json as Report;

t.test('the table has the 24 rows of Table 3 for both presets, paper beside ours', async (t) => {
  const rows = text.split('\n').filter((line) => /^ +0\.[12] (none|random|greedy|state-aware) /.test(line));
  t.equal(rows.length, 48);
  t.match(rows[0], /0\.1 none +greedy-local +1\.7522 +1\.50\d\d ±0\.\d{4}\* +61\.35 +60\.\d\d ±\d\.\d\d/);
  t.match(
    text,
    'preset as-published, mean ± half-width of the 95 % interval, 3 replications of 3600 s of arrivals',
  );
});

t.test('tables fit a terminal of 160 columns and hold no colour codes', async (t) => {
  const lines = text.split('\n').slice(
    0,
    text.split('\n').findIndex((line) => line.startsWith('The numbers')),
  );
  t.ok(Math.max(...lines.map((line) => line.length)) <= 160);
  t.notOk(text.includes('\u001b'));
});

t.test(
  'with a style, cells outside our intervals, heads and verdicts are set off, and no column moves',
  async (t) => {
    const style = Object.fromEntries(
      Object.keys(PLAIN).map((name) => [name, (text: string) => `\u001b[1m${text}\u001b[22m`]),
    ) as unknown as Style;
    const styled = reportReproduction(evaluateReproduction(root), style);
    t.equal(stripVTControlCharacters(styled.text), text);
    t.strictSame(styled.json, json);
    const marked = styled.text.replaceAll('\u001b[1m', '<').replaceAll('\u001b[22m', '>');
    t.match(marked, /<1\.50\d\d ±0\.\d{4}\*>/);
    t.match(marked, /<holds>/);
    t.match(marked, /<offloading>/);
  },
);

t.test('every claim is listed with a verdict, and the numbers behind it', async (t) => {
  for (const { id, sentence } of CLAIMS) {
    t.match(text, `${id}: holds`);
    t.match(text, sentence.slice(0, 50));
  }
  t.match(text, `Verdicts under preset as-published:\n  holds: ${CLAIMS.length}\n`);
  t.match(text, /none \+ greedy-local: violations 60\.\d\d ±\d\.\d\d % \(wanted > 50 %: met\)/);
});

t.test('the JSON has every number', async (t) => {
  t.equal(report.table3['as-published']?.length, 24);
  t.match(report.table3['as-written']?.[0], {
    t_max_s: 0.1,
    migration_policy: 'none',
    slo_violations_percent: 61.3518,
    n: 3,
    duration_s: 3600,
    ours: { migrated_data_mb: { mean: 0, halfWidth: 0 } },
    rejected_percent: { mean: 0 },
  });
  t.equal(report.claims.length, CLAIMS.length);
  t.same(Object.keys(report.claims[0]!.evaluations), ['as-published', 'as-written', 'the paper']);
  t.doesNotThrow(() => JSON.stringify(json));
});

t.test(
  'the JSON tells which verdicts are clear, and which statements are met for want of evidence',
  async (t) => {
    const { evaluations } = evaluateReproduction(root).claims[0]!;
    const [first] = evaluations;
    const unshown = { ...first!.evaluation, qualifier: 'nothing contrary was shown' } as const;
    const claims = [
      { claim: CLAIMS[0]!, evaluations: [first!] },
      { claim: CLAIMS[4]!, evaluations: [{ ...first!, evaluation: unshown }] },
    ];
    const reported = reportReproduction({ claims, tables: [] });
    t.match(reported.json, {
      claims: [
        {
          evaluations: {
            'as-published': { verdict: 'holds', clear: true, numbers: [{ nothingContrary: false }] },
          },
        },
        { evaluations: { 'as-published': { verdict: 'holds', clear: false, qualifier: unshown.qualifier } } },
      ],
    });
    t.match(reported.text, 'holds: 1\n  holds, nothing contrary was shown: 1\n');
    t.match(
      holdingText(claims),
      '1 of 2 claims of the paper holds clearly; 1 holds only in that nothing contrary',
    );
  },
);

t.test('what has not been run is said to be missing', async (t) => {
  const partial = t.testdir();
  writeSynthetic(partial, 'fig3', 1);
  const { text, json } = reportReproduction(evaluateReproduction(partial));
  t.match(text, 'Experiment table3 has not been run under this preset.');
  t.match(text, 'same-order-under-w2: not evaluated: experiment table3 has not been run');
  t.equal((json as Report).table3['as-published'], null);
});

t.test('one replication is compared without intervals', async (t) => {
  const single = t.testdir();
  writeSynthetic(single, 'table3', 1);
  rmSync(join(single, 'table3', 'timings.csv'));
  const { text } = reportReproduction(evaluateReproduction(single));
  t.match(text, 'One replication: no intervals.');
  t.match(text, 'greedy-below-1: holds, one replication, no interval');
});

t.test('migrated data of shorter runs are shown and not judged', async (t) => {
  const short = t.testdir();
  writeSynthetic(short, 'table3', 3, 900);
  const { text: shortText } = reportReproduction(evaluateReproduction(short));
  t.match(shortText, '3 replications of 900 s of arrivals');
  t.match(
    shortText,
    /in \d+ of 96 cells, 5 of them 0 in both; .*\nMigrated data are not compared: .* 3600 s of arrivals/,
  );
  t.match(text, /in \d+ of 120 cells, 11 of them 0 in both; /);
  t.notMatch(text, 'Migrated data are not compared');
  const moved = (all: string) =>
    all
      .split('\n')
      .filter((line) => /^ +0\.[12] random /.test(line))
      .map((line) => line.match(/(3\d\d\.\d) +(\S+ ±\d+\.\d\*?)/)?.[2] ?? '');
  t.ok(moved(text).some((cell) => cell.endsWith('*')));
  t.ok(moved(shortText).every((cell) => cell !== '' && !cell.endsWith('*')));
  for (const id of ['random-moves-400-mb', 'state-aware-moves-little'])
    t.match(shortText, `${id}: not evaluated: needs 3600 s of arrivals, the runs have 900 s`);
  t.match(shortText, 'greedy-below-1: holds');
});

t.test('a value is formatted with its half-width and marked where the paper lies outside', async (t) => {
  t.equal(withHalfWidth({ mean: 0.16604, halfWidth: 0.012 }, 4, 10), '1.6604 ±0.1200');
  t.equal(withHalfWidth({ mean: 1, halfWidth: Number.NaN }, 1), '1.0');
  t.equal(withHalfWidth({ mean: Number.NaN, halfWidth: Number.NaN }, 1), '-');
});

t.test("how far the paper's value lies from ours is told in half-widths", async (t) => {
  const row = (paper: number, mean: number, halfWidth: number, durationS = 3600) =>
    ({
      paper: { migrated_data_mb: paper },
      ours: { migrated_data_mb: { mean, halfWidth } },
      durationS,
    }) as unknown as ComparedRow;
  t.equal(halfWidthsApart(row(0, 0, 0), 'migrated_data_mb'), 0);
  t.equal(halfWidthsApart(row(2, 0, 1), 'migrated_data_mb'), 2);
  t.equal(halfWidthsApart(row(2, 0, 0), 'migrated_data_mb'), Number.POSITIVE_INFINITY);
  t.equal(halfWidthsApart(row(2, 0, Number.NaN), 'migrated_data_mb'), undefined);
  t.equal(halfWidthsApart(row(2, 0, 1, 900), 'migrated_data_mb'), undefined, 'a total of another duration');
});

t.test("the paper's table has 24 rows of five metrics", async (t) => {
  t.equal(PAPER_TABLE_3.length, 24);
  t.equal(
    new Set(PAPER_TABLE_3.map((r) => `${r.t_max_s} ${r.migration_policy} ${r.offloading_policy}`)).size,
    24,
  );
  for (const row of PAPER_TABLE_3) for (const metric of PAPER_METRICS) t.ok(Number.isFinite(row[metric]));
});

t.test('a narrow terminal gets the verdicts in a table that fits, and not the rest', async (t) => {
  const reproduction = evaluateReproduction(root);
  for (const width of [159, 120, 80]) {
    const { text: narrow } = reportReproduction(reproduction, undefined, width);
    // The sentences above the table are left to the terminal.
    const table = narrow.split('\n').filter((line) => /[│┌└├]/.test(line));
    t.ok(table.length > 22);
    t.strictSame(
      table.filter((line) => line.length !== width || line.includes('…')),
      [],
    );
    t.notMatch(narrow, 'The numbers behind the verdicts');
  }
  t.match(
    holdingText(reproduction.claims),
    /^Under preset as-published: \d+ of 22 claims of the paper hold clearly[;.]/,
  );
});
