import t from 'tap';
import { trajectoryFingerprint } from '../../core/fingerprint.js';
import { type OffloadingPolicy, presetParameters, type SystemView } from '../../core/index.js';

const fingerprint = (look: (view: SystemView, node: number) => unknown): string => {
  const offloading: OffloadingPolicy = {
    kind: 'offloading',
    name: 'looks',
    doc: 'runs where it is, and looks around',
    source: 'test',
    make({ view }) {
      return ({ node }) => {
        look(view, node);
        return node;
      };
    },
  };
  // More functions than a word has bits, and containers that soon expire.
  const parameters = presetParameters('as-published', {
    functionCount: 64,
    idleExpiry: 1,
    duration: 60,
    migration: 'none',
  });
  return trajectoryFingerprint({ parameters, seed: 1 }, { offloading });
};

t.test('looking at what is no node, or no function, changes nothing of a run', async (t) => {
  const expected = fingerprint(() => undefined);
  for (const shift of [0.5, -1, 1e9, Number.NaN]) {
    const looks: Record<string, (view: SystemView, node: number) => unknown> = {
      idleContainers: (view, node) => view.idleContainers(node + shift, 0),
      'idleContainers of f': (view, node) => view.idleContainers(node, shift),
      freeMemory: (view, node) => view.freeMemory(node + shift),
      canRun: (view, node) => view.canRun(node + shift, 1),
      'canRun of f': (view, node) => view.canRun(node, shift),
    };
    for (const [name, look] of Object.entries(looks))
      t.equal(fingerprint(look), expected, `${name}, shifted by ${shift}`);
  }
});
