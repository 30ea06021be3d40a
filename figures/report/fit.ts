/** Titles that are no wider than the place of a figure: Vega does not break lines. */
import type { TopLevelSpec } from '../figure.js';
import { withNarrowLegends } from './narrow-legends.js';

interface PageConfig {
  readonly legend?: object;
}

interface TitleObject {
  readonly text?: string | readonly string[];
  readonly subtitle?: string | readonly string[];
}

/** Pixels of a place in which three entries of a legend do not fit side by side. */
const NARROW = 500;
/** Mean width in pixels of a character of a subtitle. */
const CHARACTER_WIDTH = 5.6;
/** A line holds so many characters at least, however narrow the place is. */
const LEAST_CHARACTERS = 30;

/** The words of a text in lines of at most `length` characters, as far as words allow. */
export function wrapped(text: string, length: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * The specification as a page draws it into a place of `width` pixels: without a background, with the entries of legends
 * in columns that fit, and without the title, which the heading of the page has. The subtitle is left, in lines that fit.
 */
export function forPage(spec: TopLevelSpec, width: number): TopLevelSpec {
  const { title, config } = spec as { readonly title?: TitleObject; readonly config?: PageConfig };
  const length = Math.max(LEAST_CHARACTERS, Math.floor(width / CHARACTER_WIDTH));
  const text = [title?.subtitle ?? []].flat().flatMap((line) => wrapped(line, length));
  const fitting = width < NARROW ? withNarrowLegends(spec, width) : { spec, legend: {} };
  return {
    ...fitting.spec,
    background: 'transparent',
    config: { ...config, legend: { ...config?.legend, ...fitting.legend } },
    title: { text, fontWeight: 'normal', fontSize: 11, color: '#444444', anchor: 'start', offset: 8 },
  } as TopLevelSpec;
}
