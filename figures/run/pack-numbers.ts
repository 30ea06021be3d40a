/** Lists of numbers as short texts, without loss: most lists of a recording are small whole numbers that change little. */

/** A list as text; one that would lose digits stays as it is. */
export type PackedNumbers = string | readonly number[];

const RADIX = 36;
const MOST_DECIMALS = 6;

/** The fewest decimals with which each value is told exactly. */
function decimalsOf(values: readonly number[]): number | undefined {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const scale = 10 ** decimals;
    const isExact = (value: number): boolean => {
      const whole = Math.round(value * scale);
      return Number.isSafeInteger(whole) && whole / scale === value;
    };
    if (values.every(isExact)) return decimals;
  }
  return undefined;
}

/** Numbers one after the other; one that comes n times is told once. */
function tokens(values: readonly number[]): string {
  const out: string[] = [];
  for (let i = 0; i < values.length; ) {
    const value = values[i]!;
    let next = i + 1;
    while (next < values.length && values[next] === value) next++;
    const times = next - i;
    const text = value.toString(RADIX);
    out.push(times === 1 ? text : `${text}*${times.toString(RADIX)}`);
    i = next;
  }
  return out.join(' ');
}

/**
 * The list as text: decimals, `v` for values or `d` for differences, whichever is shorter, and numbers in base 36.
 * Zeros lose their sign.
 */
export function packNumbers(values: readonly number[]): PackedNumbers {
  const decimals = decimalsOf(values);
  if (decimals === undefined) return values;
  const whole = values.map((value) => Math.round(value * 10 ** decimals) + 0);
  const plain = tokens(whole);
  const differences = tokens(whole.map((value, i) => (i === 0 ? value : value - whole[i - 1]!)));
  return plain.length <= differences.length ? `${decimals}v${plain}` : `${decimals}d${differences}`;
}

export function unpackNumbers(packed: PackedNumbers): number[] {
  if (typeof packed !== 'string') return [...packed];
  const scale = 10 ** Number(packed[0]);
  const isDifferences = packed[1] === 'd';
  const text = packed.slice(2);
  const values: number[] = [];
  let last = 0;
  for (const token of text === '' ? [] : text.split(' ')) {
    const [value = '', times = '1'] = token.split('*');
    const number = Number.parseInt(value, RADIX);
    for (let left = Number.parseInt(times, RADIX); left > 0; left--) {
      last = isDifferences ? last + number : number;
      values.push(last / scale);
    }
  }
  return values;
}
