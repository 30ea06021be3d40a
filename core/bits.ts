/** Index of the lowest bit that is set in a 32-bit word, which must not be 0. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);
