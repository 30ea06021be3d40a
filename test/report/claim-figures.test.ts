/** Claims name figures by words that the compiler cannot check, since figures stand to the right of results. */
import t from 'tap';
import { FIGURES } from '../../figures/registry.js';
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
