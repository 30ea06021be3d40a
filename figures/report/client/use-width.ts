/** The width of an element, as figures need it that are drawn to fit. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isPrinting } from './when-seen.js';

export interface Measured {
  readonly element: RefObject<HTMLDivElement | null>;
  /** Pixels; 0 until the element has been measured. */
  readonly width: number;
}

/**
 * Pixels that a figure on paper is drawn for, to be shrunk to a sheet: whatever window the page has, it prints alike. Letters
 * of 10 pixels have 6 points then.
 */
const PAPER_WIDTH = 850;
/** The same for a figure that has one layout, which is kept on paper if it fits into so many. */
export const FIXED_PAPER_WIDTH = 930;

const measures = new Set<() => void>();

/** Measures all elements now, whether or not the browser has laid them out. */
export function measureAll(): void {
  for (const measure of measures) measure();
}

/** @param onPaper pixels that the element counts as being wide on paper. */
export function useWidth(onPaper = PAPER_WIDTH): Measured {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(isPrinting() ? onPaper : (element.current?.clientWidth ?? 0));
    // The first time when the browser has laid the page out: to ask before would have it do so for each figure.
    const first = new ResizeObserver(() => {
      first.disconnect();
      measure();
    });
    if (element.current !== null) first.observe(element.current);
    if (isPrinting()) measure();
    measures.add(measure);
    window.addEventListener('resize', measure);
    return () => {
      first.disconnect();
      measures.delete(measure);
      window.removeEventListener('resize', measure);
    };
  }, []);
  return { element, width };
}
