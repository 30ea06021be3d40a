/** The list of events of the reference simulator. */

/** Events at one instant happen in this order. */
export const RANK = { completion: 0, transfer: 1, estimates: 2, migration: 3, hop: 4, arrival: 5, expiry: 6 };

/** A list of things to do, sorted by time, rank and order of entry. */
export class Agenda {
  /** The latest first. */
  private readonly entries: { time: number; rank: number; act: (now: number) => void }[] = [];

  at(time: number, rank: number, act: (now: number) => void): void {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.entries[middle];
      if (other.time > time || (other.time === time && other.rank > rank)) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, { time, rank, act });
  }

  run(): void {
    for (let next = this.entries.pop(); next; next = this.entries.pop()) next.act(next.time);
  }
}
