/** Tables and numbers for people. */
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { NO_LINES } from '../results/no-lines.js';
import { numberText } from '../results/number-text.js';
import { onStdout } from './colour.js';

export { intervalText, numberText } from '../results/number-text.js';

/** Width of the terminal, and for prose a width that fits a page where there is none. */
export function terminalWidth(): number {
  return process.stdout.columns ?? 120;
}

/** In a file or a pipe a row of a table stays one line, as far as the prose of its last column goes. */
const isTerminal = (): boolean => process.stdout.columns !== undefined;

/** Columns on the screen that the widest of some texts takes: escape codes take none, CJK characters two. */
const displayWidth = (texts: readonly string[]): number =>
  Math.max(...texts.map((text) => stringWidth(text)));

/** The last column of a table holds prose, and is no narrower than this. */
const LAST_MIN = 30;
const GAP = 2;

/**
 * Widths of columns such that the table fits: the last one takes what the others leave. Where that is too little on a
 * terminal, others give way down to their longest word, but those that are `whole` never do.
 */
function widths(
  lines: readonly (readonly string[])[],
  available: number,
  whole: readonly number[],
): { readonly width: readonly number[]; readonly isNatural: readonly boolean[] } {
  const columns = lines[0].map((_, i) => lines.flatMap((line) => line[i].split('\n')));
  const natural = columns.map(displayWidth);
  const least = columns.map((texts, i) =>
    whole.includes(i) ? natural[i] : displayWidth(texts.flatMap((text) => text.split(' '))),
  );
  const last = natural.length - 1;
  const width = [...natural];
  width[last] = Math.min(natural[last], LAST_MIN);
  const total = () => width.reduce((sum, each) => sum + each + GAP, 0);
  while (isTerminal() && total() > available) {
    const slack = width.map((each, i) => (i === last ? 0 : each - least[i]));
    const most = Math.max(...slack);
    if (most <= 0) break;
    width[slack.indexOf(most)]--;
  }
  width[last] = Math.min(natural[last], Math.max(width[last], available - total() + width[last]));
  return { width, isNatural: width.map((each, i) => i !== last && each === natural[i]) };
}

export interface TableForm {
  /** Columns, from 0, that keep their natural width, as names do that must not be cut or broken. */
  readonly whole?: readonly number[];
  /** Columns of the screen by which the table is set in. */
  readonly indent?: number;
}

/** Columns of the screen that a table takes at least: with all but its `whole` columns at their longest word. */
export function leastTableWidth(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { whole = [], indent = 0 }: TableForm = {},
): number {
  const lines = [head, ...rows];
  const columns = head.map((_, i) => lines.map((line) => line[i]));
  const least = columns.map((texts, i) => {
    if (whole.includes(i)) return displayWidth(texts);
    if (i === columns.length - 1) return Math.min(LAST_MIN, displayWidth(texts));
    return displayWidth(texts.flatMap((text) => text.split(' ')));
  });
  return indent + least.reduce((sum, each) => sum + each + GAP, 0) - GAP;
}

/** Columns by which prose below a row is set in. */
const BELOW = 4;

/**
 * A table without lines, for stdout; words of its last column wrap. On a terminal that is too narrow for it, the last column
 * stands below the row that it belongs to.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { whole = [], indent = 0 }: TableForm = {},
): string {
  const available = terminalWidth() - indent;
  const isBelow =
    isTerminal() && head.length > 2 && leastTableWidth(head, rows, { whole, indent }) > available + indent;
  const beside = isBelow ? [head, ...rows].map((cells) => cells.slice(0, -1)) : [head, ...rows];
  const { width, isNatural } = widths(beside, available, whole);
  // Prose below rows has the whole width.
  const room = available - width.reduce((sum, each) => sum + each + GAP, 0);
  const last = width.length - 1;
  const table = new Table({
    head: beside[0].map(onStdout.strong),
    chars: NO_LINES,
    // A column that has its natural width is left to the table, which pads by a measure of its own; but prose below rows
    // would widen it.
    colWidths: isBelow
      ? width.map((each, i) => (i === last ? each + Math.max(0, room) : each))
      : width.map((each, i) => (isNatural[i] ? null : each)),
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  rows.forEach((cells, i) => {
    table.push([...beside[i + 1]]);
    const content = isBelow ? wrapped(cells.at(-1)!, BELOW, available - GAP * beside[0].length) : '';
    if (content.trim() !== '') table.push([{ content, colSpan: beside[0].length, wordWrap: false }]);
  });
  return table
    .toString()
    .split('\n')
    .map((line) => (' '.repeat(indent) + line).trimEnd())
    .join('\n');
}

/** "1.5 GB", 1 MB being 10^6 B. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${numberText(bytes / 1000 ** power, 3)} ${units[power]}`;
}

/** Prose that is wrapped to the terminal, or to `available` columns, set in by some of them. */
export function wrapped(text: string, indent = 0, available = terminalWidth()): string {
  const width = available - indent;
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === '') lines[lines.length - 1] = word;
    else if (stringWidth(last) + 1 + stringWidth(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${' '.repeat(indent)}${line}`).join('\n');
}

/** A text whose lines fit the terminal: those that are too long are wrapped, the others stay as they are. */
export const fitted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (stringWidth(line) <= terminalWidth() ? line : wrapped(line)))
    .join('\n');

/** Prose that is wrapped to the terminal and set in by four columns. */
export const indented = (text: string): string => wrapped(text, 4);
