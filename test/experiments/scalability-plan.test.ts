import t from 'tap';
import type { Problem } from '../../experiments/harness/errors.js';
import {
  DEFAULT_SERIES,
  keysFor,
  parseSeries,
  QUICK_SERIES,
  seriesName,
  sizesUpTo,
} from '../../experiments/harness/placement/scalability-plan.js';

t.test('sizes grow along three axes up to the limits, each once, and keys grow with functions', async (t) => {
  const names = (sizes: ReturnType<typeof sizesUpTo>) =>
    sizes.map(({ nodes, functions }) => `${nodes}x${functions}`);
  t.same(names(sizesUpTo(35, 30, true)), ['10x5', '10x30', '35x30']);
  const paper = names(sizesUpTo(35, 35, false));
  t.equal(new Set(paper).size, paper.length);
  for (const size of ['10x5', '10x30', '35x30', '20x20', '35x35']) t.ok(paper.includes(size), size);
  t.notOk(paper.includes('50x30'));
  const all = sizesUpTo(500, 500, false);
  t.match(all.at(-1), { nodes: 500, functions: 500, keys: 5000 });
  t.ok(names(all).includes('10x500') && names(all).includes('500x30'));
  t.same([5, 20, 100, 500].map(keysFor), [100, 100, 500, 5000]);
});

t.test('series are read, and what is wrong with them is told all at once', async (t) => {
  const problems: Problem[] = [];
  for (const text of [DEFAULT_SERIES, QUICK_SERIES])
    t.equal(parseSeries(text, problems).map(seriesName).join(), text);
  t.equal(parseSeries('sound/auto, sound/auto', problems).length, 1, 'a series counts once');
  t.same(problems, []);
  parseSeries(
    'sond/auto,sound/hihgs,sound/greedy/printed,sound/glpk/printd,sound,sound/glpk/printed/x',
    problems,
  );
  const facts = problems.map(({ fact, remedy }) => `${fact} ${remedy}`);
  for (const pattern of [
    /"sond" is not a formulation\. Did you mean "sound"\?/,
    /"hihgs" is not a solver\. Did you mean "highs"\?/,
    /"greedy" is not a solver of printed formulations\. Known: glpk, highs/,
    /"printd" is not a form of the series\. Did you mean "printed"\?/,
    /a solver is missing\./,
    /"sound\/glpk\/printed\/x" has too many parts/,
  ])
    t.ok(
      facts.some((fact) => pattern.test(fact)),
      `${pattern} in ${facts.join(' | ')}`,
    );
  t.equal(problems.length, 6);
});
