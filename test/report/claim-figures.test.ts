/** Claims name figures by words that the compiler cannot check, since figures stand to the right of results. */
import t from 'tap';
import { FIGURES } from '../../figures/registry.js';
import { figureAnchor, figureOfHash, linkOfHash } from '../../figures/report/figure-anchor.js';
import { CLAIMS, type Evidence, ResultsReader, runsEvidence } from '../../results/claims.js';
import { writeSynthetic } from '../figures/synthetic.js';

const root = t.testdir();
for (const name of ['table3', 'fig3', 'uniform', 'fig4']) writeSynthetic(root, name, 2);
const runs = runsEvidence(new ResultsReader(root), 'as-published');

/** The experiments that a claim reads. */
function experimentsOf(claim: (typeof CLAIMS)[number]): ReadonlySet<string> {
  const seen = new Set<string>();
  const watching: Evidence = {
    ...runs,
    bySeed(cell, metric) {
      seen.add(cell.experiment);
      return runs.bySeed(cell, metric);
    },
    decisionTimes() {
      seen.add('fig4');
      return runs.decisionTimes();
    },
  };
  claim.evaluate(watching);
  return seen;
}

t.test('every claim is shown in figures, each of an experiment that the claim reads', async (t) => {
  for (const claim of CLAIMS) {
    t.ok(claim.shownIn.length > 0, claim.id);
    const experiments = experimentsOf(claim);
    for (const name of claim.shownIn) {
      const figure = FIGURES.find((candidate) => candidate.name === name);
      t.ok(figure?.experiment !== undefined && experiments.has(figure.experiment), `${claim.id}: ${name}`);
    }
  }
});

t.test('an address is read as it was written, by its own figure only', async (t) => {
  t.same(linkOfHash(`#${figureAnchor('fig3')}`, 'fig3'), { setting: {} });
  const hash = `#${figureAnchor('fig3', 'penalty', { t_max_s: 0.2, workload: 'W2' })}`;
  t.same(linkOfHash(hash, 'fig3'), { metric: 'penalty', setting: { t_max_s: '0.2', workload: 'W2' } });
  t.same(linkOfHash(`#${figureAnchor('fig3', undefined, { t_max_s: 0.2 })}`, 'fig3'), {
    setting: { t_max_s: '0.2' },
  });
  for (const other of ['fig', 'fig3-unserved-or-late', 'fig2']) t.equal(linkOfHash(hash, other), undefined);
  t.equal(figureOfHash(hash), figureAnchor('fig3'));
  for (const other of ['', '#answer', `#${figureAnchor('fig3')}`]) t.equal(figureOfHash(other), undefined);
});

t.test(
  'claims about one metric beyond those of a figure, or another SLO, set the figure to it',
  async (t) => {
    const links = Object.fromEntries(
      CLAIMS.map(({ id, metric, setting }) => [id, [metric, setting?.t_max_s]]),
    );
    t.match(links, {
      'random-moves-400-mb': ['migrated_data_mb', undefined],
      'state-aware-moves-little': ['migrated_data_mb', undefined],
      'no-penalty-at-200-ms': ['avg_penalty_usd_per_request', 0.2],
      'median-response-10-percent-lower': ['response_time_p50_s', 0.2],
    });
  },
);
