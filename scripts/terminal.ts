/** Tables and numbers for people. */
import Table from 'cli-table3';
import { numberText } from '../results/number-text.js';

export { intervalText, numberText } from '../results/number-text.js';

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** Width of the terminal, and a width that fits a page where there is none. */
export function terminalWidth(): number {
  return process.stdout.columns ?? 120;
}

/** Widths of columns such that the table fits: the last one, which holds prose, takes what the others leave. */
function widths(lines: readonly (readonly string[])[], available: number): number[] {
  const natural = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const others = natural.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const last = Math.min(natural[natural.length - 1], Math.max(30, available - others - 2));
  return [...natural.slice(0, -1), last];
}

/** A table without lines; words of its last column wrap. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    chars: NO_BORDERS,
    colWidths: widths([head, ...rows], terminalWidth()),
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** "1.5 GB", 1 MB being 10^6 B. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${numberText(bytes / 1000 ** power, 3)} ${units[power]}`;
}

/** Prose that is wrapped to the terminal and set in by four columns. */
export function indented(text: string): string {
  const width = terminalWidth() - 4;
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `    ${line}`).join('\n');
}
