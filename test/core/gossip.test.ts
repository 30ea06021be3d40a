import t from 'tap';
import {
  type OffloadingPolicy,
  presetParameters,
  type RunSpec,
  simulate,
  trajectoryFingerprint,
} from '../../core/index.js';

const run = (offloading: string, gossipInterval: number): RunSpec => ({
  parameters: presetParameters('as-published', {
    offloading,
    migration: 'greedy',
    gossipInterval,
    duration: 60,
    migrationInterval: 20,
    edgeMemory: 2048,
    cloudMemory: 12_000,
    idleExpiry: 0.5,
  }),
  seed: 4,
});

t.test('a policy that looks at no other node behaves alike at every interval', async (t) => {
  const fresh = trajectoryFingerprint(run('greedy-local', 0));
  for (const interval of [0.01, 0.7, 1000])
    t.equal(trajectoryFingerprint(run('greedy-local', interval)), fresh);
});

t.test('a policy that looks at others decides otherwise when what it sees is old', async (t) => {
  t.not(trajectoryFingerprint(run('best-effort', 10)), trajectoryFingerprint(run('best-effort', 0)));
  t.equal(trajectoryFingerprint(run('best-effort', 10)), trajectoryFingerprint(run('best-effort', 10)));
});

/** Runs with a policy that writes down what it sees of itself and of the first cloud node. */
function seen(
  gossipInterval: number,
): { now: number; own: number; other: number; idle: number; can: boolean }[] {
  const notes: ReturnType<typeof seen> = [];
  const policy: OffloadingPolicy = {
    kind: 'offloading',
    name: 'notes',
    doc: 'notes',
    source: 'test',
    make({ view }) {
      const cloud = view.edgeCount;
      return ({ node, function: f }) => {
        const [own, other] = [view.freeMemory(node), view.freeMemory(cloud)];
        notes.push({
          now: view.now,
          own,
          other,
          idle: view.idleContainers(cloud, 0),
          can: view.canRun(cloud, f),
        });
        return cloud;
      };
    },
  };
  simulate(run('greedy-local', gossipInterval), { offloading: policy });
  return notes;
}

t.test('what is seen of another node is its state at the last multiple of the interval', async (t) => {
  const interval = 5;
  const fresh = seen(0);
  const stale = seen(interval);
  t.equal(stale.length, fresh.length, 'the policy decides alike, so that both runs have one history');
  stale.forEach((note, i) => {
    const exchange = Math.floor(note.now / interval) * interval;
    // The state of a node changes when a request starts there; the first look after the exchange is close to it.
    const near = fresh.find(({ now }) => now >= exchange)!;
    const apart = Math.abs(note.other - near.other);
    if (apart > 4 * 1024)
      t.fail(`at ${note.now}: ${note.other} MB seen, about ${near.other} MB at ${exchange}`);
    if (note.own !== fresh[i].own) t.fail('its own state is fresh');
  });
  const windows = new Map<number, Set<number>>();
  for (const { now, other } of stale) {
    const window = Math.floor(now / interval);
    windows.set(window, (windows.get(window) ?? new Set()).add(other));
  }
  for (const values of windows.values()) t.equal(values.size, 1, 'one value between two exchanges');
  t.ok(new Set(stale.map(({ other }) => other)).size > 3, 'and new ones after them');
  t.ok(new Set(stale.map(({ idle }) => idle)).size > 1);
});
