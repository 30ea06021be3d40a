/**
 * Offloading policies that go wrong, for tests: loaded into the process of the command line and into its workers by
 * NODE_OPTIONS, they stand in the registry beside those of the product.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { OFFLOADING_POLICIES, type OffloadingPolicy } from '../../core/index.js';

const healthy = OFFLOADING_POLICIES.find(({ name }) => name === 'greedy-local')!;

/** A policy that does something when a run begins, and is then a healthy one. */
function faulty(name: string, fault: () => void): OffloadingPolicy {
  return {
    ...healthy,
    name,
    make: (context) => {
      fault();
      return healthy.make(context);
    },
  };
}

/** Whether this is the first time; a file tells, since workers share no memory. */
function first(): boolean {
  const marker = process.env.DS2P_TEST_MARKER!;
  if (existsSync(marker)) return false;
  writeFileSync(marker, '');
  return true;
}

(OFFLOADING_POLICIES as OffloadingPolicy[]).push(
  faulty('faulty-throws', () => {
    throw new Error('it throws, "always"');
  }),
  faulty('faulty-until-mended', () => {
    if (process.env.DS2P_TEST_MENDED !== '1') throw new Error('it is not mended yet');
  }),
  faulty('faulty-once', () => {
    if (first()) throw new Error('it throws once');
  }),
  faulty('faulty-exits', () => process.exit(1)),
  faulty('faulty-memory', () => {
    const all: unknown[] = [];
    for (;;) all.push(new Array(1e6).fill(all.length));
  }),
  faulty('faulty-hangs', () => {
    for (;;);
  }),
  faulty('faulty-hangs-once', () => {
    if (first()) for (;;);
  }),
);
