import { join } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { readFolderFacts } from '../../figures/report/facts.js';
import { answerSection, claimAnchor, restingOn } from '../../figures/report/sections/answer.js';
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
  t.equal(html.match(/<dt>as-published<\/dt>/g)?.length, CLAIMS.length);
  t.equal(html.match(/<dt>the paper<\/dt>/g)?.length, CLAIMS.length);
  t.match(textOf(html), /No migration \+ Greedy-local: violations 60\.\d\d ±\d\.\d\d % > 50 % ✓ met/);
  t.match(textOf(html), 'By preset as-published, with rejected requests counted');
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
  t.match(text, 'as-published – not evaluated experiment table3 has not been run');
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

t.test('a run of fewer replications than the paper is told of as a quick one', async (t) => {
  const facts = readFolderFacts(join(root, 'table3'));
  const like = (n: string, duration_s: string) =>
    restingOn([{ ...facts, summary: facts.summary.map((row) => ({ ...row, n, duration_s })) }]);
  t.match(like('10', '3600'), 'ran 10 × 3600 s (replications × seconds of arrivals), as in the paper');
  t.match(like('3', '900'), /^Quick run: every configuration ran 3 × 900 s .+ the paper's 10 × 3600 s\./);
  t.match(like('30', '3600'), /^Not the runs of the paper/);
  t.equal(restingOn([]), undefined);
  t.match(render(answerSection(reproduction, [], [facts])), 'href="#presets"');
});

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
  t.equal(shaded.length, 2 * 24 * 5);
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
