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

/** The unit of a difference: of two percentages it is points, since "%" would be read as a part of one of them. */
export const unitOfDifference = (unit: string): string => (unit === '%' ? 'points' : unit);

/** What is said once where points stand. */
export const POINTS_NOTE = 'Points are percentage points: the unit of a difference of two percentages.';

/** Numbers in a text with a comma between thousands, as pages have them: "29,666", "1,234.5 ± 20.0". */
export const grouped = (text: string): string =>
  text.replaceAll(/(?<![\d.])\d{4,}/g, (digits) => digits.replaceAll(/\B(?=(\d{3})+$)/g, ','));

/** A whole number of a page. */
export const countText = (count: number): string => grouped(numberText(Math.round(count)));

/** Milliseconds of a page in three digits, and whole ones where they are many. */
export const msText = (ms: number): string =>
  grouped(Math.abs(ms) >= 1000 ? ms.toFixed(0) : numberText(ms, 3));

/** A number with so many decimals; what rounds to zero has no sign. */
export const fixedText = (value: number, decimals: number): string =>
  value.toFixed(decimals).replace(/^-(?=0(\.0*)?$)/, '');

/** A factor in two digits, without an exponent: "× 0.97", "× 14", "× 270". */
export function factorText(factor: number): string {
  const text = factor.toPrecision(2);
  return `× ${text.includes('e') ? grouped(String(Number(text))) : text}`;
}
