import { join } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { claimRunsText } from '../../figures/report/claim-runs.js';
import { readFolderFacts } from '../../figures/report/facts.js';
import { answerSection, claimAnchor } from '../../figures/report/sections/answer.js';
import { apartText, shadeOf, table3Section } from '../../figures/report/sections/table3.js';
import { CLAIMS, type Evaluation } from '../../results/claims.js';
import {
  answerText,
  type EvaluatedClaim,
  evaluateReproduction,
  type Reproduction,
  tallyVerdicts,
} from '../../results/reproduction.js';
import { writeSynthetic } from '../figures/synthetic.js';
import { textOf } from './html.js';

const root = t.testdir();
for (const name of ['table3', 'fig3', 'uniform', 'fig4']) writeSynthetic(root, name);
const reproduction = evaluateReproduction(root);
const render = (section: { readonly body: unknown }) => renderToString(section.body as never);

t.test('the headline counts the claims that hold, and the list has each with its verdicts', async (t) => {
  const html = render(answerSection(reproduction, ['fig2']));
  t.match(textOf(html), `${CLAIMS.length} of ${CLAIMS.length} claims of the paper hold clearly`);
  for (const { id } of CLAIMS) t.match(html, `id="${claimAnchor(id)}"`);
  t.equal(html.match(/<dt>preset as-published<\/dt>/g)?.length, CLAIMS.length);
  t.equal(html.match(/<dt>the paper<\/dt>/g)?.length, CLAIMS.length);
  t.match(textOf(html), /No migration \+ Greedy-local: violations 60\.\d\d ±\d\.\d\d % > 50 % ✓ met/);
  t.match(textOf(html), 'By preset as-published, with rejected requests counted');
  t.match(
    textOf(html),
    /Random \+ Greedy-local less No migration \+ Greedy-local: violations \S+ ±\S+ points > 0 points ✓ met/,
  );
  const captions = html.match(/<caption>Means .*?<\/caption>/gs)!;
  t.equal(captions.filter((caption) => caption.includes('Points are')).length, 5, 'where there are points');
  t.equal(captions.filter((caption) => caption.includes('A percentage behind')).length, 2);
});

t.test('policies have one name in all that is said of claims', async (t) => {
  const html = render(answerSection(reproduction, []));
  const text = textOf(html);
  t.match(text, 'Compared: No migration with Greedy-data and with SLO-aware, T_max 0.1 s.');
  t.match(text, 'State-aware and Greedy with Greedy-data and with SLO-aware');
  t.match(text, 'Without migration, Greedy-local breaks the SLO');
  t.match(text, 'Greedy migration with state-aware offloading lowers the penalty', 'which is no policy');
  t.notMatch(text, /(?<![\w-])(none|greedy-local|greedy-data|slo-aware|greedy|random)(?![\w-])/);
});

t.test('a claim is linked to figures that the page has, and to no other', async (t) => {
  const links = (ids: readonly string[]) =>
    new Set(render(answerSection(reproduction, ids)).match(/href="#figure-[^"]+"/g));
  const ofFig2 = [...links(['fig2'])];
  t.ok(ofFig2.includes('href="#figure-fig2"'));
  t.ok(ofFig2.includes('href="#figure-fig2.response_time_p50_s&amp;t_max_s=0.2"'), 'a claim about 200 ms');
  t.ok(ofFig2.every((link) => /^href="#figure-fig2[".]/.test(link)));
  t.equal(links([]).size, 0);
  const more = [...links(['fig2', 'fig4', 'load'])].filter((link) => !ofFig2.includes(link));
  t.same(more, ['href="#figure-fig4"'], 'no claim is about load');
});

t.test('claims of experiments that were not run say so, and do not count as holding', async (t) => {
  const partial = t.testdir();
  writeSynthetic(partial, 'fig4', 2);
  const evaluated = evaluateReproduction(partial);
  const text = textOf(render(answerSection(evaluated, [])));
  t.match(text, '2 of the 2 claims of the paper that could be evaluated hold clearly');
  t.match(text, `${CLAIMS.length - 2} claims of ${CLAIMS.length} could not be evaluated`);
  t.match(text, 'preset as-published – not evaluated experiment table3 has not been run');
  t.same(
    tallyVerdicts(evaluated.claims).map(({ name, count }) => [name, count]),
    [
      ['holds', 2],
      ['not evaluated', CLAIMS.length - 2],
    ],
  );
  t.match(textOf(render(table3Section(evaluated))), 'Experiment table3 has not been run under this preset.');
});

/** Claims with one evaluation each. */
const claimsWith = (
  ...evaluations: readonly Pick<Evaluation, 'verdict' | 'qualifier'>[]
): readonly EvaluatedClaim[] =>
  evaluations.map((evaluation) => ({
    claim: CLAIMS[0]!,
    evaluations: [{ evidence: 'as-published', evaluation: { numbers: [], ...evaluation } }],
  }));

t.test('the answer tells claims that hold clearly from those that do not', async (t) => {
  const hidden = 'holds only if rejected requests are left out';
  const qualifier = 'but an interval crosses';
  const all = answerText(
    claimsWith(
      { verdict: 'holds' },
      { verdict: 'holds' },
      { verdict: 'holds', qualifier },
      { verdict: 'holds', qualifier: 'nothing contrary was shown' },
      { verdict: 'holds', qualifier: 'one replication, no interval' },
      { verdict: hidden },
      { verdict: 'fails' },
      { verdict: 'fails', qualifier: 'but its interval crosses' },
    ),
  );
  t.equal(all.clearly, '2 of 8 claims of the paper hold clearly');
  t.equal(
    all.others,
    '1 holds but an interval crosses, 1 holds only in that nothing contrary was shown, 1 holds by one replication, without an interval, 1 holds only if rejected requests are left out, 2 fail (1 of them not clearly)',
  );
  t.equal(all.notEvaluated, undefined);
  const some = answerText(claimsWith({ verdict: 'holds', qualifier }, { verdict: 'not evaluated' }));
  t.equal(some.clearly, 'None of the 1 claim of the paper that could be evaluated holds clearly');
  t.equal(some.others, '1 holds but an interval crosses');
  t.equal(some.notEvaluated, '1 claim of 2 could not be evaluated');
  t.equal(
    answerText(claimsWith({ verdict: 'not evaluated' })).clearly,
    'No claim of the paper could be evaluated',
  );
});

t.test(
  'the runs behind the claims are told experiment by experiment, and how they differ from the paper',
  async (t) => {
    const facts = readFolderFacts(join(root, 'table3'));
    const ran = (name: string, ...sizes: readonly (readonly [n: string, duration_s: string])[]) => ({
      ...facts,
      name,
      summary: sizes.map(([n, duration_s]) => ({ ...facts.summary[0]!, n, duration_s })),
    });
    const whole = ['10', '3600'] as const;
    const timed = ran('fig4', ['5', '600'], ['5', '600']);
    t.equal(
      claimRunsText([ran('fig3', whole), timed, ran('load', ['1', '60']), ran('table3', whole, whole)]),
      'Configurations ran 10 × 3600 s (replications × seconds of arrivals) in fig3 and table3, as in the paper; ' +
        '5 × 600 s in fig4, whose decision times claims 21 and 22 are about.',
    );
    t.equal(
      claimRunsText([ran('table3', ['3', '900']), ran('fig3', ['3', '900']), ran('uniform', whole)]),
      'Quick run: configurations ran 3 × 900 s (replications × seconds of arrivals) in table3 and fig3, where the paper ' +
        "has 10 × 3600 s; 10 × 3600 s in uniform, as in the paper. Fewer or shorter runs than the paper's have wider intervals.",
    );
    t.match(
      claimRunsText([ran('table3', ['10', '3600'], ['9', '3600'], ['8', '3600'])]),
      /ran 8 to 10 × 3600 s \(.+\) in table3, where the paper has/,
      'runs that failed are not counted',
    );
    t.match(
      claimRunsText([ran('table3', ['2', '900'], ['3', '600'])]),
      /ran 3 × 600 s or 2 × 900 s \(.+\) in table3/,
    );
    t.match(
      claimRunsText([ran('table3', ['30', '900'])]),
      /^Configurations ran 30 × 900 s \(.+\) in table3, where the paper has 10 × 3600 s\.$/,
      'nothing is said of how wide intervals are',
    );
    t.match(claimRunsText([timed]), /^Configurations ran 5 × 600 s \(.+\) in fig4, whose .+ are about\.$/);
    t.equal(claimRunsText([]), undefined);
    t.match(
      textOf(render(answerSection(reproduction, [], [timed]))),
      '5 × 600 s (replications × seconds of arrivals) in fig4',
    );
    t.match(render(answerSection(reproduction, [], [facts])), 'href="#presets"');
  },
);

t.test('markup in a claim is text', async (t) => {
  const [first] = reproduction.claims;
  const claims = [{ ...first!, claim: { ...first!.claim, sentence: 'A <script>alert(1)</script>' } }];
  const html = render(answerSection({ ...reproduction, claims } as Reproduction, []));
  t.notMatch(html, '<script');
  t.match(html, 'A &lt;script>alert(1)&lt;/script>');
});

t.test('Table 3 has every cell of the paper beside ours, shaded and told by its distance', async (t) => {
  const html = render(table3Section(reproduction));
  t.equal(html.match(/<th scope="row"/g)?.length, 48);
  t.match(textOf(html), /No migration \+ Greedy-local 1\.7522 1\.50\d\d ±0\.\d{4} ×\d+/);
  const cells = [...html.matchAll(/<td class="number(?: (\S+))?">/g)];
  const shaded = cells.filter(([, name]) => name !== undefined && name !== 'paper');
  t.equal(shaded.length, 2 * (24 * 5 - 11), 'a cell that is 0 in both has no shade');
  t.match(textOf(html), /No migration \+ Greedy-data 0\.0000 0\.0000 ±0\.0000 0\.00 /, 'and no distance');
  t.match(textOf(html), 'of 120 cells, 11 of them 0 in both.');
  t.match(html, 'href="#metric-rejected_percent"');
});

t.test('shades have their bounds at 1, 2 and 4 half-widths', async (t) => {
  t.same(
    [0, 1, 1.01, 2, 4, 4.01, Number.POSITIVE_INFINITY].map((apart) => shadeOf(apart)),
    ['near', 'near', 'off', 'off', 'far', 'very-far', 'very-far'],
  );
  t.equal(shadeOf(undefined), undefined);
});

t.test('a value within an interval that is wide has no colour of agreement', async (t) => {
  t.equal(shadeOf(0.9, true), 'wide');
  t.equal(shadeOf(1.5, true), 'off');
  const tables = reproduction.tables.map(({ preset, rows }) => ({
    preset,
    rows: rows?.map((row) => ({
      ...row,
      ours: { ...row.ours, response_time_p50_s: { mean: row.paper.response_time_p50_s, halfWidth: 9 } },
    })),
  }));
  const html = render(table3Section({ ...reproduction, tables }));
  t.equal(html.match(/<td class="number wide">/g)?.length, 48);
  t.match(textOf(html), '×0.0 wide');
  t.match(textOf(html), /In \d+ of these \d+ cells our interval is wide/);
});

t.test('a distance has the digits that its shade needs', async (t) => {
  t.same([0.4, 0.98, 1.004, 1, 1.96, 2.03, 3.96, 12.3, Number.POSITIVE_INFINITY].map(apartText), [
    '×0.4',
    '×1.0',
    '×1.004',
    '×1.0',
    '×2.0',
    '×2.03',
    '×4.0',
    '×12',
    'no spread',
  ]);
});

t.test('without intervals no cell is shaded', async (t) => {
  const single = t.testdir();
  writeSynthetic(single, 'table3', 1);
  const html = render(table3Section(evaluateReproduction(single)));
  t.notMatch(html, /<td class="number (near|off|far|very-far)"/);
  t.match(textOf(html), 'One replication: no intervals.');
});
