/** What `ds2p new` writes: a policy that works, and its test. */
import type { PolicyKind } from '../experiments/harness/policy-registry.js';

/** "my-idea" as a name in code: myIdea. */
const camel = (name: string): string =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const offloadingFile = (name: string) => `import { type OffloadingPolicy, REJECT } from 'ds2p-bench';

/** Least completion time: where the request is expected to be answered first, among the nodes that have room. */
const ${camel(name)}: OffloadingPolicy<{ slack: number }> = {
  kind: 'offloading',
  name: '${name}',
  doc: 'the node with room where the request is expected to be answered first',
  source: 'my own',
  parameters: {
    slack: { unit: 's', kind: { type: 'number', min: 0 }, default: 0, doc: 'gain below which a request stays' },
  },
  // Called once a run: what changes during a run belongs in here.
  make({ view, own }) {
    // Called for every request at an edge node: returns the node where it goes, or REJECT.
    return ({ node, function: f }) => {
      let best = REJECT;
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < view.nodeCount; j++) {
        if (!view.canCompute(j) || !view.canRun(j, f)) continue;
        const away = j === node ? 0 : view.offloadTime(node, j) + own.slack;
        const start = view.idleContainers(j, f) > 0 ? 0 : view.coldStart(f);
        const time = away + start + view.executionTime(f, j) + view.expectedDataAccessTime(f, j);
        if (time < least) {
          least = time;
          best = j;
        }
      }
      return best;
    };
  },
};

export default ${camel(name)};
`;

const migrationFile = (name: string) => `import type { MigrationPolicy, Move } from 'ds2p-bench';

/** Each key to the node from which it is read most, when that node reads it often enough. */
const ${camel(name)}: MigrationPolicy<{ least: number }> = {
  kind: 'migration',
  name: '${name}',
  doc: 'each key to the node that reads it most, if often enough',
  source: 'my own',
  parameters: {
    least: { unit: 'req/s', kind: { type: 'number', min: 0 }, default: 1, doc: 'rate of reads below which a key stays' },
  },
  // Called once a run: what changes during a run belongs in here.
  make({ view, own }) {
    // Called every migration.interval: returns the keys to move, in order.
    return () => {
      const reads = new Map<number, Float64Array>();
      for (let f = 0; f < view.functionCount; f++) {
        for (const { slot, key } of view.accessesOf(f)) {
          const rates = reads.get(key) ?? new Float64Array(view.nodeCount);
          for (let node = 0; node < view.nodeCount; node++) rates[node] += view.accessRate(slot, node);
          reads.set(key, rates);
        }
      }
      const moves: Move[] = [];
      for (const [key, rates] of reads) {
        const to = rates.indexOf(Math.max(...rates));
        if (rates[to] >= own.least && to !== view.placeOf(key)) moves.push({ key, to });
      }
      // Moves to nodes without room are left out; without ifRoom they would be an error.
      return { moves, ifRoom: true };
    };
  },
};

export default ${camel(name)};
`;

const testFile = (
  kind: PolicyKind,
  name: string,
  folder: string,
) => `// Run with: node --test ${folder}/${name}.test.mjs
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadPolicy, runWithPolicy } from 'ds2p-bench/testing';

const file = new URL('./${name}.ts', import.meta.url);

test('${name} is a policy', async () => {
  const policy = await loadPolicy(file);
  assert.equal(policy.kind, '${kind}');
  assert.equal(policy.name, '${name}');
});

test('${name} makes allowed decisions only, and serves requests', async () => {
  const { completions, arrivals } = await runWithPolicy(file, { seed: 1 });
  assert.ok(arrivals > 0);
  assert.ok(completions > 0.5 * arrivals, \`\${completions} of \${arrivals} requests were completed\`);
});

test('${name} keeps nothing from one run to the next', async () => {
  const first = await runWithPolicy(file, { seed: 1 });
  await runWithPolicy(file, { seed: 2 });
  assert.deepEqual(await runWithPolicy(file, { seed: 1 }), first);
});
`;

/** Files by name, for a policy of this kind and name. @param folder where they go, as the user will type it. */
export function newPolicyFiles(kind: PolicyKind, name: string, folder: string): ReadonlyMap<string, string> {
  return new Map([
    [`${name}.ts`, kind === 'offloading' ? offloadingFile(name) : migrationFile(name)],
    [`${name}.test.mjs`, testFile(kind, name, folder)],
  ]);
}
