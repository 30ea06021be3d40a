/**
 * Types of a policy, as an author in an editor meets them. That this file compiles is the test; each line that must not
 * compile says so.
 */
import type { MigrationPolicy, OffloadingPolicy, PolicyContext, SystemView } from 'ds2p-bench';
import { REJECT } from 'ds2p-bench';
import { loadPolicy, runWithPolicy } from 'ds2p-bench/testing';
import t from 'tap';

const typed: OffloadingPolicy<{ alpha: number; side: string }> = {
  kind: 'offloading',
  name: 'typed',
  doc: 'typed',
  source: 'test',
  parameters: {
    alpha: { unit: '-', kind: { type: 'number', min: 0 }, default: 1, doc: 'a number' },
    side: { unit: '-', kind: { type: 'choice', choices: ['a', 'b'] }, default: 'a', doc: 'a choice' },
  },
  make({ view, own, random, parameters }) {
    const number: number = own.alpha + random.uniform() + parameters.tMax;
    // @ts-expect-error A choice is text.
    const wrong: number = own.side;
    // @ts-expect-error The policy has no such parameter.
    own.beta;
    // @ts-expect-error The view has no such method; an editor offers those that it has.
    view.freeMemry(0);
    // @ts-expect-error What a policy sees is read-only.
    view.now = number + wrong;
    return ({ node, function: f }) => {
      const time: number = view.expectedDataAccessTime(f, node);
      return time > view.tMax(f) ? REJECT : node;
    };
  },
};

const plain: OffloadingPolicy = {
  kind: 'offloading',
  name: 'plain',
  doc: 'no parameters of its own',
  source: 'test',
  make: ({ view }) => {
    const seen: SystemView = view;
    return (request) => (seen.canRun(request.node, request.function) ? request.node : REJECT);
  },
};

const moves: MigrationPolicy = {
  kind: 'migration',
  name: 'moves',
  doc: 'moves',
  source: 'test',
  make: (context: PolicyContext) => () => ({ moves: [{ key: 0, to: context.view.store }], ifRoom: true }),
};

// @ts-expect-error A policy needs a source.
const incomplete: OffloadingPolicy = { kind: 'offloading', name: 'x', doc: 'x', make: () => () => 0 };
// @ts-expect-error A decision is the number of a node.
const text: OffloadingPolicy = { ...plain, make: () => () => 'here' };
const { side } = typed.parameters!;
const wrongDefault: OffloadingPolicy<{ alpha: number }>['parameters'] = {
  // @ts-expect-error The default of a number is a number.
  alpha: side,
};

t.test('the package exports what a policy needs, as types and as values', async (t) => {
  t.equal(REJECT, -1);
  t.type(loadPolicy, 'function');
  t.type(runWithPolicy, 'function');
  t.same([typed, plain, moves, incomplete, text].length, 5);
  t.ok(wrongDefault);
});
