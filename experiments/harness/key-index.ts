/**
 * Positions of runs by their keys, in typed arrays: some 28 bytes a run, so that a sweep of a million runs is
 * known in 28 MB. Open addressing with linear probing; keys are hashes, so that their first word is the place.
 */
import { KEY_DIGITS } from './run-key.js';

/** Hexadecimal digits of a word of 32 bits. */
const WORD_DIGITS = 8;
const KEY_WORDS = KEY_DIGITS / WORD_DIGITS;

export class KeyIndex {
  /** Keys by position, `KEY_WORDS` words each. */
  private readonly words: Uint32Array;
  /** Position + 1 of the first run with a key, by place; 0 is free. */
  private readonly places: Uint32Array;
  private readonly mask: number;
  private readonly wanted = new Uint32Array(KEY_WORDS);
  /** Keys so far. */
  count = 0;

  /** @param size how many keys will be added. */
  constructor(readonly size: number) {
    this.words = new Uint32Array(KEY_WORDS * size);
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, 1.5 * size)));
    this.places = new Uint32Array(capacity);
    this.mask = capacity - 1;
  }

  /** Gives the next position to a key, and returns the first position with that key: its own, if it is new. */
  add(key: string): number {
    const place = this.placeOf(key);
    const position = this.count++;
    this.words.set(this.wanted, KEY_WORDS * position);
    if (this.places[place] === 0) this.places[place] = position + 1;
    return this.places[place] - 1;
  }

  /** The first position with a key, or -1. */
  find(key: string): number {
    return this.places[this.placeOf(key)] - 1;
  }

  /** The key at a position. */
  keyAt(position: number): string {
    let text = '';
    for (let i = 0; i < KEY_WORDS; i++)
      text += this.words[KEY_WORDS * position + i].toString(16).padStart(WORD_DIGITS, '0');
    return text;
  }

  /** The place of a key, or the free one where it would stand; leaves its words in `wanted`. */
  private placeOf(key: string): number {
    const { words, places, mask, wanted } = this;
    for (let i = 0; i < KEY_WORDS; i++)
      wanted[i] = Number.parseInt(key.slice(WORD_DIGITS * i, WORD_DIGITS * (i + 1)), 16);
    for (let place = wanted[0] & mask; ; place = (place + 1) & mask) {
      const entry = places[place];
      if (entry === 0) return place;
      const at = KEY_WORDS * (entry - 1);
      let i = 0;
      while (i < KEY_WORDS && words[at + i] === wanted[i]) i++;
      if (i === KEY_WORDS) return place;
    }
  }
}
