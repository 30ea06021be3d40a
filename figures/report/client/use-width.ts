/** The width of an element, as figures need it that are drawn to fit. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Measured {
  readonly element: RefObject<HTMLDivElement | null>;
  /** Pixels; 0 until the element has been measured. */
  readonly width: number;
}

export function useWidth(): Measured {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(element.current?.clientWidth ?? 0);
    // The first time when the browser has laid the page out: to ask before would have it do so for each figure.
    const first = new ResizeObserver(() => {
      first.disconnect();
      measure();
    });
    if (element.current !== null) first.observe(element.current);
    // A page that is printed keeps the figures that it has on the screen.
    window.addEventListener('resize', measure);
    return () => {
      first.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, []);
  return { element, width };
}
