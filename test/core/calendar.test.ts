import t from 'tap';
import { Calendar } from '../../core/calendar.js';
import { fc } from '../fast-check.js';
import { options } from './random-runs.js';

const LONGEST = 0.1;
const SLOTS = 64;

/** What a calendar should do: the requests under way, in order of arrival and, at one instant, of leaving. */
class SortedList {
  readonly entries: { readonly slot: number; readonly at: number }[] = [];

  add(slot: number, at: number): void {
    const place = this.entries.findIndex((entry) => entry.at > at);
    this.entries.splice(place < 0 ? this.entries.length : place, 0, { slot, at });
  }
}

t.test('a calendar hands requests out as a sorted list would, however far the clock has run', async () => {
  // Steps: a request leaves and travels so long, in thousandths of the longest time, or (negative) one arrives.
  const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(-1)), { maxLength: 400 });
  fc.assert(
    fc.property(steps, fc.constantFrom(0, 3600, 2_592_000.123), (moves, start) => {
      let calendar = new Calendar(SLOTS, LONGEST);
      const list = new SortedList();
      const free = Array.from({ length: SLOTS }, (_, slot) => slot);
      let now: number = start;
      for (const move of moves) {
        if (move >= 0 && free.length > 0) {
          const slot = free.pop()!;
          const at = now + (LONGEST * move) / 1000;
          calendar.add(slot, at);
          list.add(slot, at);
        } else if (list.entries.length > 0) {
          now = calendar.earliest;
          const slot = calendar.take();
          const expected = list.entries.shift()!;
          if (slot !== expected.slot || now !== expected.at) throw new Error(`slot ${slot} at ${now}`);
          free.push(slot);
        }
        if (calendar.size !== list.entries.length) throw new Error(`size ${calendar.size}`);
        if (calendar.earliest !== (list.entries[0]?.at ?? Infinity)) throw new Error('the earliest is wrong');
      }
      const slots = list.entries.map(({ slot }) => slot);
      for (let slot = 0; slot < SLOTS; slot++)
        if (calendar.some((each) => each === slot) !== slots.includes(slot)) throw new Error(`some: ${slot}`);
      calendar = calendar.movedTo(2 * SLOTS, (slot) => slot + SLOTS);
      while (calendar.size > 0) {
        const slot = calendar.take();
        if (slot !== list.entries.shift()!.slot + SLOTS) throw new Error(`moved slot ${slot}`);
      }
    }),
    { ...options, numRuns: 500 },
  );
});
