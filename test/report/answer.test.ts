import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { answerSection, claimAnchor } from '../../figures/report/sections/answer.js';
import { shadeOf, table3Section } from '../../figures/report/sections/table3.js';
import { CLAIMS } from '../../results/claims.js';
import { evaluateReproduction, type Reproduction, tallyVerdicts } from '../../results/reproduction.js';
import { writeSynthetic } from '../figures/synthetic.js';
import { textOf } from './html.js';

const root = t.testdir();
for (const name of ['table3', 'fig3', 'uniform', 'fig4']) writeSynthetic(root, name);
const reproduction = evaluateReproduction(root);
const render = (section: { readonly body: unknown }) => renderToString(section.body as never);

t.test('the headline counts the claims that hold, and the list has each with its verdicts', async (t) => {
  const html = render(answerSection(reproduction, ['fig2']));
  t.match(textOf(html), `${CLAIMS.length} of ${CLAIMS.length} claims of the paper hold`);
  for (const { id } of CLAIMS) t.match(html, `id="${claimAnchor(id)}"`);
  t.equal(html.match(/<dt>as-published<\/dt>/g)?.length, CLAIMS.length);
  t.equal(html.match(/<dt>the paper<\/dt>/g)?.length, CLAIMS.length);
  t.match(textOf(html), /none \+ greedy-local: violations 60\.\d\d ±\d\.\d\d % > 50 % ✓ met/);
  t.match(textOf(html), 'By preset as-published, with rejected requests counted');
});

t.test('a claim is linked to figures that the page has, and to no other', async (t) => {
  const links = (ids: readonly string[]) =>
    new Set(render(answerSection(reproduction, ids)).match(/href="#figure-[^"]+"/g));
  t.same([...links(['fig2'])], ['href="#figure-fig2"']);
  t.equal(links([]).size, 0);
  t.equal(links(['fig2', 'fig4', 'load']).size, 2, 'no claim is about load');
});

t.test('claims of experiments that were not run say so, and do not count as holding', async (t) => {
  const partial = t.testdir();
  writeSynthetic(partial, 'fig4', 2);
  const evaluated = evaluateReproduction(partial);
  const text = textOf(render(answerSection(evaluated, [])));
  t.match(text, `2 of ${CLAIMS.length} claims of the paper hold`);
  t.match(text, `Not evaluated by preset as-published: experiment table3 has not been run.`);
  t.same(
    tallyVerdicts(evaluated.claims).map(({ name, count }) => [name, count]),
    [
      ['holds', 2],
      ['not evaluated', CLAIMS.length - 2],
    ],
  );
  t.match(textOf(render(table3Section(evaluated))), 'Experiment table3 has not been run under this preset.');
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
  t.match(textOf(html), /none \+ greedy-local 1\.7522 1\.50\d\d ±0\.\d{4} ×\d+/);
  const cells = [...html.matchAll(/<td class="number(?: (\S+))?">/g)];
  const shaded = cells.filter(([, name]) => name !== undefined && name !== 'paper');
  t.equal(shaded.length, 2 * 24 * 5);
  t.match(html, 'href="#metric-rejected_percent"');
});

t.test('shades have their bounds at 1, 2 and 4 half-widths', async (t) => {
  t.same([0, 1, 1.01, 2, 4, 4.01, Number.POSITIVE_INFINITY].map(shadeOf), [
    'near',
    'near',
    'off',
    'off',
    'far',
    'very-far',
    'very-far',
  ]);
  t.equal(shadeOf(undefined), undefined);
});

t.test('without intervals no cell is shaded', async (t) => {
  const single = t.testdir();
  writeSynthetic(single, 'table3', 1);
  const html = render(table3Section(evaluateReproduction(single)));
  t.notMatch(html, /<td class="number (near|off|far|very-far)"/);
  t.match(textOf(html), 'One replication: no intervals.');
});
