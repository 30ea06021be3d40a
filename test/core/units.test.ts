import t from 'tap';
import { bytes, mbps, megabytes, milliseconds, transferTime } from '../../core/units.js';

t.test('a transfer takes size over rate, and its arguments cannot be swapped', async (t) => {
  t.equal(transferTime(bytes(125_000), mbps(1)), 1);
  t.equal(transferTime(megabytes(1), mbps(100)), 0.08);
  // @ts-expect-error A rate is no size.
  transferTime(mbps(1), bytes(1));
  // @ts-expect-error A bare number has no unit.
  transferTime(1, mbps(1));
  t.equal(milliseconds(250), 0.25);
});
