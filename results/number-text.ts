/** Numbers for people, on the terminal and on pages. */

/** A number in `digits` significant digits, without an exponent where it is short; "-" for NaN. */
export function numberText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '-';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  const text = value.toPrecision(digits);
  return text.includes('e') ? text : String(Number(text));
}

/** "0.583 ± 0.012": the mean rounded to where the half-width has its second digit. */
export function intervalText(mean: number, halfWidth: number): string {
  if (Number.isNaN(halfWidth)) return numberText(mean);
  if (halfWidth === 0) return `${numberText(mean, 6)} ± 0`;
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(halfWidth))));
  return `${mean.toFixed(decimals)} ± ${halfWidth.toFixed(decimals)}`;
}

/** Milliseconds in three digits, and whole ones where they are many. */
export const msText = (ms: number): string => (Math.abs(ms) >= 1000 ? ms.toFixed(0) : numberText(ms, 3));
