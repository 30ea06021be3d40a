/**
 * Named, seeded random streams. A stream is an sfc32 generator (Chris Doty-Humphrey's PractRand, 128 bits
 * of state) whose state is a hash of a seed and a name, so that what one part draws never shifts what
 * another part draws: the ground of common random numbers.
 */

const TWO_POW_MINUS_53 = 2 ** -53;
const WARM_UP_ROUNDS = 16;

/** Mixes the bits of a 32-bit word: the finaliser of MurmurHash3 (Appleby, public domain). */
export function mix32(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Folds one more word into a running 32-bit hash. */
export function combine32(hash: number, word: number): number {
  return mix32(Math.imul(hash ^ (word | 0), 0x9e3779b1) + 0x7f4a7c15);
}

/**
 * A generator of uniform 32-bit words. Its state stands in plain fields, which hot loops copy into local
 * variables and write back.
 */
export class Stream {
  a: number;
  b: number;
  c: number;
  counter = 1;

  /** @param seed a whole number of at most 53 bits. @param name what the stream is for. */
  constructor(seed: number, name: string) {
    let hash = combine32(mix32(seed >>> 0), Math.floor(seed / 2 ** 32));
    for (let i = 0; i < name.length; i++) hash = combine32(hash, name.charCodeAt(i));
    this.a = combine32(hash, 1) | 0;
    this.b = combine32(hash, 2) | 0;
    this.c = combine32(hash, 3) | 0;
    for (let i = 0; i < WARM_UP_ROUNDS; i++) this.next32();
  }

  /** The next uniform word in [0, 2^32). */
  next32(): number {
    const word = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + word) | 0;
    return word >>> 0;
  }

  /** The next uniform number in [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.next32() >>> 5;
    const low = this.next32() >>> 6;
    return (high * 0x4000000 + low) * TWO_POW_MINUS_53;
  }

  /** A whole number drawn uniformly from 0 to n - 1; its bias is below n / 2^53. */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }
}
