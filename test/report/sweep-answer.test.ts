import { join } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { alwaysFailing } from '../../figures/report/always-failing.js';
import { readFolderFacts } from '../../figures/report/facts.js';
import { manifestFacts } from '../../figures/report/manifest-facts.js';
import { rankedScenarios } from '../../figures/report/ranking.js';
import { sweepAnswerSection } from '../../figures/report/sections/sweep-answer.js';
import { writeSynthetic } from '../figures/synthetic.js';
import { textOf } from './html.js';

const html = (folder: string) => renderToString(sweepAnswerSection(readFolderFacts(folder)).body as never);

/** Rows of a summary of one scenario, by mean and half-width of unserved or late requests. */
const rows = (...numbers: readonly (readonly [mean: string, halfWidth: string])[]) =>
  numbers.map(([mean, halfWidth], i) => ({
    preset: 'as-published',
    migration_policy: 'none',
    offloading_policy: `p${i}`,
    unserved_or_late_percent_mean: mean,
    unserved_or_late_percent_half_width: halfWidth,
  }));

const near = (...numbers: readonly (readonly [string, string])[]) =>
  rankedScenarios(rows(...numbers))[0]!.rows.map(({ pair, isLowest, isNearLowest }) => [
    pair.slice(-2),
    isLowest,
    isNearLowest,
  ]);

t.test(
  'pairs stand in the order of their means, and intervals tell which the lowest is not told apart from',
  async (t) => {
    t.same(near(['5', '1'], ['2', '1'], ['3.5', '0.5'], ['3.75', '0.5']), [
      ['p1', true, true],
      ['p2', false, true],
      ['p3', false, false],
      ['p0', false, false],
    ]);
    t.same(near(['0', '0'], ['0', '0']), [
      ['p0', true, true],
      ['p1', true, true],
    ]);
  },
);

t.test('without a mean a pair comes last, and without intervals nothing is said of them', async (t) => {
  t.same(near(['', ''], ['2', ''], ['1', '']), [
    ['p2', true, undefined],
    ['p1', false, undefined],
    ['p0', false, undefined],
  ]);
});

const manifest = (content: object) => manifestFacts({ experiment: { name: 'load' }, ...content });

t.test('a policy whose runs all failed is named with its error, and what was planned is shown', async (t) => {
  const facts = readFolderFacts(writeSynthetic(t.testdir(), 'load', 2));
  const first = facts.summary[0]!;
  const failedRow = (load: string, at: number, offloading_policy = './policies/mine.ts') => ({
    ...first,
    workload_load: load,
    offloading_policy,
    error: `broken at t = ${at} s`,
  });
  const folder = {
    ...facts,
    failedRows: [
      failedRow('1', 0.5),
      failedRow('2', 0.25),
      failedRow(first.workload_load!, 1, first.offloading_policy),
    ],
    manifest: manifest({
      configuration: {
        configurations: 99,
        parameters: [
          { preset: 'as-published', varied: { 'policy.offloading': ['skippy', './policies/mine.ts'] } },
        ],
      },
      runs: { planned: 9, completed: 6, failed: 3 },
    }),
  };
  t.equal(alwaysFailing(folder).length, 1, 'a configuration with a result did not always fail');
  const text = textOf(renderToString(sweepAnswerSection(folder).body as never));
  t.match(
    text,
    /mine \(\S+\+\.\/policies\/mine\.ts\), 2 runs \(workload\.load = 1; .+\): broken at t = 0\.5 s/,
  );
  t.match(text, 'policy.offloading: Skippy (skippy), mine (./policies/mine.ts)');
  t.match(text, '6 of 9 runs, 3 failed');
});

t.test('equal means are called equal, and one replication shows no more than an order', async (t) => {
  const facts = readFolderFacts(writeSynthetic(t.testdir(), 'load', 2));
  const answer = (...numbers: readonly (readonly [mean: string, halfWidth: string])[]) =>
    textOf(renderToString(sweepAnswerSection({ ...facts, summary: rows(...numbers) }).body as never));
  t.match(answer(['0', '0'], ['0', '0'], ['2', '1']), /= equal, lowest .+ = equal, lowest/);
  const single = answer(['1', ''], ['2', '']);
  t.match(single, '↓ lowest');
  t.notMatch(single, 'lowest mean 1');
  t.match(answer(['1', '0.1'], ['2', '0.1']), '✓ lowest mean');
});

t.test(
  'runs that end before any migration decision are told of, since their ties have no other reason',
  async (t) => {
    const facts = readFolderFacts(writeSynthetic(t.testdir(), 'load', 2));
    const text = (duration_s: (i: number) => string) => {
      const summary = facts.summary.map((row, i) => ({ ...row, duration_s: duration_s(i) }));
      return textOf(renderToString(sweepAnswerSection({ ...facts, summary }).body as never));
    };
    t.match(
      text(() => '60'),
      'No migration decision falls within 60 s of arrivals: the first is at migration.interval = 120 s. There, pairs',
    );
    t.match(
      text(() => '120'),
      'within 120 s of arrivals',
      'the arrivals end when the decision is due',
    );
    t.notMatch(
      text(() => '121'),
      'No migration decision',
    );
    t.match(
      text((i) => (i === facts.summary.length - 1 ? '60' : '900')),
      /1 of \d+ configurations with a migration policy end before its first decision\. No migration decision/,
    );
    t.match(
      text((i) => (i % 2 === 0 ? '60' : '90')),
      /configurations with a migration policy end before its first decision\. One of them: No migration/,
    );
  },
);

t.test('a sweep shows what was varied, and a table of pairs a scenario', async (t) => {
  const page = html(writeSynthetic(t.testdir(), 'table3'));
  const text = textOf(page);
  t.match(text, 'slo.tMax: 0.1, 0.2 s');
  t.match(text, 'as-published, as-written');
  t.equal(page.match(/<table class="ranking"/g)?.length, 4);
  t.match(text, 'in how many of 4 scenarios');
  t.match(text, 'State-aware + SLO-aware 4 4 0 0', 'it is the best of the made-up world');
  t.match(text, /State-aware \+ SLO-aware ✓ lowest mean 0\.20\d* ± 0\.0\d+/);
  t.match(text, 'preset as-written, slo.tMax = 0.2 s', 'a formulation has that name, too');
  t.notMatch(page, '<details');
});

t.test('many configurations are folded, a scenario each', async (t) => {
  const folder = writeSynthetic(t.testdir(), 'table3', 2);
  const facts = readFolderFacts(folder);
  const summary = [1, 2].flatMap((load) =>
    facts.summary.map((row) => ({ ...row, workload_load: String(load) })),
  );
  const page = renderToString(sweepAnswerSection({ ...facts, summary }).body as never);
  t.equal(page.match(/<details/g)?.length, 8);
  t.match(textOf(page), 'lowest State-aware + SLO-aware');
});

t.test('one pair of policies is not ranked', async (t) => {
  const page = html(writeSynthetic(t.testdir(), 'fig4', 2));
  t.match(textOf(page), 'Configurations under State-aware + SLO-aware');
  t.notMatch(textOf(page), 'lowest mean');
});

t.test('one replication has no intervals, and the page says so', async (t) => {
  const text = textOf(html(writeSynthetic(t.testdir(), 'load', 1)));
  t.match(text, 'With one replication there are no intervals');
  t.notMatch(text, 'not told apart"');
});

t.test(
  'a folder without a summary says that there is nothing, and markup in its cells is text',
  async (t) => {
    t.match(textOf(html(join(t.testdir(), 'nothing'))), 'No run was completed');
    const facts = readFolderFacts(writeSynthetic(t.testdir(), 'load', 2));
    const summary = facts.summary.map((row) => ({ ...row, offloading_policy: '<script>alert(1)</script>' }));
    t.notMatch(renderToString(sweepAnswerSection({ ...facts, summary }).body as never), '<script');
  },
);
