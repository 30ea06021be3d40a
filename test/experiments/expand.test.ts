import t from 'tap';
import { PARAMETER_LIST } from '../../core/index.js';
import { halfEdgeHalfCloud } from '../../experiments/axes.js';
import type { Experiment } from '../../experiments/experiment.js';
import { InputError } from '../../experiments/harness/errors.js';
import { expandExperiment, type Run } from '../../experiments/harness/expand.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { table3 } from '../../experiments/table3.js';

const SEED = 5;

const TINY: Experiment = {
  name: 'tiny',
  title: 'Tiny',
  question: 'Does it expand?',
  section: '-',
  presets: ['as-published', 'as-written'],
  fixed: { 'keys.count': 7 },
  cases: [
    { 'nodes.edge': 1, 'nodes.cloud': 1 },
    { 'nodes.edge': 2, 'nodes.cloud': 3 },
  ],
  axes: { 'slo.tMax': [0.1, 0.2], 'policy.migration': ['none', 'greedy'] },
  replications: 3,
  duration: 10,
};

/** Runs of each experiment in full and under --quick: configurations x replications. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  table3: [2 * 2 * 12 * 10, 2 * 2 * 12 * 3],
  fig3: [12 * 10, 12 * 3],
  uniform: [2 * 12 * 10, 2 * 12 * 3],
  fig4: [16 * 2 * 5, 4 * 2],
  't-max': [8 * 6 * 10, 4 * 6 * 3],
  nodes: [6 * 6 * 10, 3 * 6 * 3],
  popularity: [7 * 6 * 10, 3 * 6 * 3],
  load: [6 * 6 * 10, 3 * 6 * 3],
  // 500 and 200 functions are left out on 100 keys.
  overnight: [6 * (4 + 6 + 6) * 3 * 3 * 16 * 4, 2 * 2 * 2 * 16 * 2],
};

for (const experiment of EXPERIMENTS)
  t.test(`${experiment.name} expands to runs that all make sense, in a fixed order`, async (t) => {
    const runs = expandExperiment(experiment, { seed: SEED });
    const quick = expandExperiment(experiment, { seed: SEED, quick: true });
    if (experiment.name in COUNTS) t.strictSame([runs.length, quick.length], COUNTS[experiment.name]);
    t.strictSame(
      runs.map(({ index }) => index),
      runs.map((_, i) => i),
    );
    t.ok(runs.every(({ seed, replication }) => seed === SEED + replication));
    const distinct = new Set(
      runs.map(({ preset, parameters, seed }) => JSON.stringify([preset, parameters, seed])),
    );
    t.equal(distinct.size, runs.length);
    t.ok(experiment.question.endsWith('?'));
  });

t.test('names of experiments are unique', async (t) => {
  t.equal(new Set(EXPERIMENTS.map(({ name }) => name)).size, EXPERIMENTS.length);
});

t.test('presets, cases and axes are crossed, the last axis fastest, replications within', async (t) => {
  const runs = expandExperiment(TINY, { seed: 1 });
  t.equal(runs.length, 2 * 2 * 2 * 2 * 3);
  const shown = ({ preset, parameters: p, replication }: Run) =>
    [preset, p.edgeNodes, p.cloudNodes, p.tMax, p.migration, replication].join(' ');
  t.strictSame(
    [0, 1, 3, 6, 12, 24].map((i) => shown(runs[i])),
    [
      'as-published 1 1 0.1 none 0',
      'as-published 1 1 0.1 none 1',
      'as-published 1 1 0.1 greedy 0',
      'as-published 1 1 0.2 none 0',
      'as-published 2 3 0.1 none 0',
      'as-written 1 1 0.1 none 0',
    ],
  );
  t.ok(runs.every(({ parameters }) => parameters.keyCount === 7 && parameters.duration === 10));
  t.strictSame([runs[2].configuration, runs[3].configuration], [0, 1]);
});

t.test('an override replaces an axis, and what it makes equal is run once', async (t) => {
  const runs = expandExperiment(table3, {
    seed: 1,
    replications: 2,
    overrides: { preset: 'as-written', parameters: { tMax: 0.15, duration: 60 } },
  });
  t.equal(runs.length, 12 * 2);
  t.ok(
    runs.every(
      ({ preset, parameters: p }) => preset === 'as-written' && p.tMax === 0.15 && p.duration === 60,
    ),
  );
});

t.test('an experiment with mistakes is refused with all of them, each with its path', async (t) => {
  const wrong = {
    ...TINY,
    fixed: { 'keys.cuont': 7 },
    cases: [{ 'nodes.edge': 0 }],
    axes: { 'policy.migration': ['none', 'greddy'] },
  } as Experiment;
  try {
    expandExperiment(wrong, { seed: 1 });
    t.fail('no error');
  } catch (error) {
    t.ok(error instanceof InputError);
    t.match((error as Error).message.split('\n'), [
      /^experiment tiny: fixed\.keys\.cuont: .*Did you mean "keys\.count"\?/,
      /^experiment tiny: cases\[0\]\.nodes\.edge: 0 is out of range/,
      /^experiment tiny: axes\.policy\.migration\[1\]: "greddy" is not a migration policy\. Did you mean "greedy"\?/,
    ]);
  }
});

t.test('half of the nodes are at the edge, which gets the odd one', async (t) => {
  t.strictSame(halfEdgeHalfCloud(10), { 'nodes.edge': 5, 'nodes.cloud': 5 });
  t.strictSame(halfEdgeHalfCloud(15), { 'nodes.edge': 8, 'nodes.cloud': 7 });
});

t.test('every run holds every parameter', async (t) => {
  const [run] = expandExperiment(TINY, { seed: 1 });
  t.strictSame(
    Object.keys(run.parameters),
    PARAMETER_LIST.map(({ id }) => id),
  );
});
