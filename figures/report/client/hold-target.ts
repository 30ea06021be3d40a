/** Links within the page lead to where they say although figures are still drawn, each of which changes heights. */

import { figureOfHash } from '../figure-anchor.js';

/** The element that an address within the page names; a figure also where it sets the figure to what it does not know. */
function elementOf(hash: string): HTMLElement | null {
  try {
    const named = document.getElementById(decodeURIComponent(hash.slice(1)));
    return named ?? document.getElementById(figureOfHash(hash) ?? '');
  } catch {
    return null;
  }
}

/** What a reader does who wants to be elsewhere. */
const OWN_WAY = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/** Whether the browser shows a new address, rather than the place at which a reader was before. */
function isNewAddress(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry === undefined || entry.type === 'navigate';
}

/**
 * Keeps the element that a link of the page, or its address, asked for at the top of the window while the page grows,
 * until the reader goes elsewhere or all is drawn.
 */
export function holdTarget(): void {
  let target = isNewAddress() && location.hash !== '' ? elementOf(location.hash) : null;
  const isWhole = () => document.documentElement.dataset.drawn === 'all';
  const growth = new ResizeObserver(() => {
    target?.scrollIntoView({ behavior: 'instant' });
    // The last drawing has been seen to, too.
    if (isWhole()) growth.disconnect();
  });
  growth.observe(document.body);
  // A browser itself goes to what is there by the whole name only.
  window.addEventListener('hashchange', () => {
    if (figureOfHash(location.hash) !== undefined)
      elementOf(location.hash)?.scrollIntoView({ behavior: 'instant' });
  });
  for (const event of OWN_WAY)
    window.addEventListener(
      event,
      () => {
        target = null;
      },
      { passive: true, capture: true },
    );
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link !== null && !isWhole()) target = elementOf(link.hash);
  });
}
