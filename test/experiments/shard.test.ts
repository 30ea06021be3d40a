import t from 'tap';
import { planRuns, type Run } from '../../experiments/harness/expand.js';
import { assignShards, ownedBy, shardFolder } from '../../experiments/harness/shard.js';
import { arrayText, leadSeconds, slurmSeconds } from '../../experiments/harness/slurm.js';
import { fc } from '../fast-check.js';

/** Runs of which only the cost matters. */
const runsOfCosts = (costs: readonly number[]): readonly Run[] =>
  costs.map((cost, index) => ({ index, cost }) as Run);

t.test('every run is in exactly one shard, and no shard has more than a run beyond its share', async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-3, max: 100, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      (costs, of) => {
        const runs = runsOfCosts(costs);
        const shards = assignShards(runs, of);
        const loads = new Array<number>(of).fill(0);
        costs.forEach((cost, i) => {
          loads[shards[i]] += cost;
        });
        const total = costs.reduce((sum, cost) => sum + cost, 0);
        // Graham 1966: list scheduling ends within the mean load and one job.
        return Math.max(...loads) <= total / of + Math.max(...costs) + 1e-3;
      },
    ),
  );
  const runs = runsOfCosts([5, 1, 1, 1, 1, 1]);
  t.strictSame([...assignShards(runs, 2)], [0, 1, 1, 1, 1, 1]);
});

t.test('shards depend on nothing but the runs of the sweep', async (t) => {
  const experiment = {
    name: 's',
    title: '-',
    question: '?',
    section: '-',
    presets: ['as-published'] as const,
    axes: { 'policy.migration': ['none', 'state-aware'], 'nodes.edge': [2, 5, 50] },
    replications: 4,
    duration: 600,
  };
  const plan = () => planRuns(experiment, { seed: 1 }).runs;
  const all = [1, 2, 3].map((number) => ownedBy({ number, of: 3 }, plan()));
  for (let i = 0; i < plan().length; i++) t.equal(all.filter((owns) => owns(i)).length, 1);
  const costs = [...plan()].map(({ cost }) => cost);
  const loads = all.map((owns) => costs.reduce((sum, cost, i) => sum + (owns(i) ? cost : 0), 0));
  t.ok(
    Math.max(...loads) < 1.1 * Math.min(...loads),
    `balanced: ${loads.map((load) => load.toFixed(2)).join(' ')} s`,
  );
});

t.test('folders of shards sort in their order', async (t) => {
  t.equal(shardFolder('x', { number: 3, of: 16 }), 'x/shards/03-of-16');
});

t.test('time limits are read as sbatch reads them', async (t) => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['90', 5400],
    ['1:30', 90],
    ['4:00:00', 14_400],
    ['1-12', 129_600],
    ['1-12:30', 131_400],
    ['1-00:00:10', 86_410],
    ['x', undefined],
    ['', undefined],
    ['1:2:3:4', undefined],
  ];
  for (const [text, seconds] of cases) t.equal(slurmSeconds(text), seconds, text);
  t.strictSame(leadSeconds(4 * 3600), { lead: 300, grace: 200 });
  t.strictSame(leadSeconds(60), { lead: 15, grace: 10 });
  t.equal(arrayText([1, 2, 3, 7, 9, 10]), '1-3,7,9-10');
});
