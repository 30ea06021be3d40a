import t from 'tap';
import { presetParameters, REJECT, type SystemView, simulate, TRY_AGAIN } from '../../../core/index.js';
import { bestEffort } from '../../../core/offloading/best-effort.js';
import { lateProbability } from '../../../core/offloading/late-probability.js';
import { leastLate } from '../../../core/offloading/least-late.js';
import { skippy } from '../../../core/offloading/skippy.js';
import { fc } from '../../fast-check.js';
import { options } from '../random-runs.js';
import { shortRun, studyOffloading } from './study.js';

t.test('the probability of being late is the sum over all subsets of accesses', async () => {
  const access = fc.record({
    time: fc.integer({ min: 0, max: 8 }),
    probability: fc.constantFrom(0, 0.25, 0.5, 1),
  });
  fc.assert(
    fc.property(fc.array(access, { maxLength: 7 }), fc.integer({ min: 0, max: 30 }), (accesses, limit) => {
      let expected = 0;
      for (let mask = 0; mask < 1 << accesses.length; mask++) {
        let [time, chance] = [0, 1];
        accesses.forEach((own, q) => {
          const drawn = ((mask >>> q) & 1) === 1;
          time += drawn ? own.time : 0;
          chance *= drawn ? own.probability : 1 - own.probability;
        });
        if (time > limit) expected += chance;
      }
      const view = { accessTime: (_i: number, _j: number, key: number) => accesses[key].time } as SystemView;
      const slots = accesses.map(({ probability }, key) => ({ slot: key, key, probability }));
      const found = lateProbability(view, 0, 0, limit, slots, () => 0);
      if (Math.abs(found - expected) > 1e-12) throw new Error(`${found} and ${expected}`);
    }),
    options,
  );
});

for (const policy of [bestEffort, leastLate])
  t.test(
    `${policy.name} rejects nothing while a node has room, in the paper's scenarios and heavier ones`,
    async (t) => {
      for (const overrides of [
        {},
        { workload: 'w2' },
        { load: 2 },
        { tMax: 0.02 },
        { migration: 'random' },
      ] as const)
        for (const seed of [1, 2]) {
          const parameters = presetParameters('as-published', {
            duration: 150,
            migrationInterval: 40,
            migration: 'greedy',
            ...overrides,
            offloading: policy.name,
          });
          const { metrics } = simulate({ parameters, seed });
          t.equal(metrics.rejected, 0, `${JSON.stringify(overrides)} seed ${seed}`);
        }
    },
  );

t.test('least-late takes the node of least probability to be late, among those with room', async (t) => {
  let decisions = 0;
  studyOffloading(
    shortRun({ duration: 20, tMax: 0.05 }),
    leastLate,
    ({ view }, { node, function: f }, target) => {
      if (target === REJECT || target === TRY_AGAIN || decisions++ > 500) return;
      const late = (j: number) => lateProbability(view, f, j);
      for (let j = 0; j < view.nodeCount; j++)
        if (view.canCompute(j) && view.canRun(j, f) && late(j) < late(target))
          t.fail(`${j} is better than ${target}`);
      if (late(node) === late(target) && target !== node && view.canRun(node, f))
        t.ok(view.expectedDataAccessTime(f, target) < view.expectedDataAccessTime(f, node));
    },
  );
  t.ok(decisions > 100);
});

t.test('best-effort decides as slo-aware while that has an admissible node with room', async (t) => {
  let decisions = 0;
  studyOffloading(shortRun({ duration: 20 }), bestEffort, ({ view }, { function: f }, target) => {
    const admissible = Array.from({ length: view.nodeCount }, (_, j) => j).filter(
      (j) => view.canCompute(j) && view.canRun(j, f) && view.expectedDataAccessTime(f, j) <= view.tMax(f),
    );
    if (admissible.length > 0) t.ok(admissible.includes(target));
    decisions++;
  });
  t.ok(decisions > 100);
});

t.test('skippy with one weight follows that contribution alone', async (t) => {
  const none = { dataWeight: 0, startWeight: 0, capabilityWeight: 0, localityWeight: 0 };
  const run = shortRun({ duration: 20, cloudSpeedup: 2 });
  const runnable = (view: SystemView, f: number) =>
    Array.from({ length: view.nodeCount }, (_, j) => j).filter(
      (j) => view.canCompute(j) && view.canRun(j, f),
    );
  studyOffloading(
    run,
    skippy,
    ({ view }, { function: f }, target) => {
      const times = runnable(view, f).map((j) => view.expectedDataAccessTime(f, j));
      if (view.expectedDataAccessTime(f, target) > Math.min(...times) + 1e-12)
        t.fail('not the nearest to its data');
    },
    { ...none, dataWeight: 1 },
  );
  studyOffloading(
    run,
    skippy,
    ({ view }, { function: f }, target) => {
      const idle = runnable(view, f).some((j) => view.idleContainers(j, f) > 0);
      if (idle && view.idleContainers(target, f) === 0) t.fail('a container is idle elsewhere');
    },
    { ...none, startWeight: 1 },
  );
  studyOffloading(
    run,
    skippy,
    ({ view }, _request, target) => {
      if (target < view.edgeCount) t.fail('cloud nodes are twice as fast');
    },
    { ...none, capabilityWeight: 1 },
  );
  for (const prefer of ['edge', 'cloud'])
    studyOffloading(
      run,
      skippy,
      ({ view }, { function: f }, target) => {
        const isEdge = (j: number) => j < view.edgeCount;
        const preferred = runnable(view, f).some((j) => isEdge(j) === (prefer === 'edge'));
        if (preferred && isEdge(target) !== (prefer === 'edge')) t.fail(`not on the ${prefer} side`);
      },
      { ...none, localityWeight: 1, prefer },
    );
  t.pass('every decision was looked at');
});
