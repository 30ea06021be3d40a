import t from 'tap';
import {
  buildWorld,
  type MigrationPolicy,
  type Parameters,
  presetParameters,
  simulate,
} from '../../core/index.js';
import { capacityLimit } from '../../core/placement/problem.js';

/** Puts every key on node 0, in one plan. */
const allToOne: MigrationPolicy = {
  kind: 'migration',
  name: 'all-to-one',
  doc: 'moves every key to node 0',
  source: 'test',
  make:
    ({ view }) =>
    () => ({ moves: Array.from({ length: view.keyCount }, (_, key) => ({ key, to: 0 })) }),
};

const spec = (changes: Partial<Parameters> = {}) => ({
  parameters: presetParameters('as-published', {
    duration: 20,
    migrationInterval: 10,
    migration: 'none',
    offloading: 'greedy-local',
    ...changes,
  }),
  seed: 1,
});

/** The run in which all keys are `ratio` times the storage of node 0. */
const filled = (ratio: number) => {
  const { keySize } = buildWorld(spec()).application;
  const bytes = keySize.reduce((sum, size) => sum + size, 0);
  return simulate(spec({ edgeStorage: bytes / 1e6 / ratio }), { migration: allToOne });
};

t.test('a plan may use all the room that solvers see, sums that differ by rounding included', async (t) => {
  const limit = capacityLimit({ capacity: Float64Array.of(1) } as never, 0);
  for (const ratio of [0.5, 1, limit, limit * (1 + 1e-15), 1 + 1.5 * (limit - 1)])
    t.equal(filled(ratio).metrics.migrations, spec().parameters.keyCount, `${ratio} of the storage`);
});

t.test(
  'a plan beyond the storage of a node ends the run, with the node, the bytes and the policy',
  async (t) => {
    for (const ratio of [1 + 3e-9, 1 + 1e-6, 1.5, 100])
      t.throws(
        () => filled(ratio),
        { message: /all-to-one.*node 0 would hold \S+ B more than its storage of \S+ B/s },
        `${ratio} of the storage`,
      );
  },
);
