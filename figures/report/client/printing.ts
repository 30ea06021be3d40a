/** A page that is printed is whole: unfolded, with all of its figures, however early it is asked for. */
import { measureAll } from './use-width.js';
import { beginPrinting, endPrinting } from './when-seen.js';

/** What stays folded on paper: data that are in files beside the page, and would fill many sheets. */
const STAYS_FOLDED = '.points, .stays-folded';

/** Sees to all that the page needs when a browser is about to print it, and restores the page after that. */
export function prepareForPaper(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')] as HTMLDetailsElement[];
    for (const details of opened) details.open = !details.matches(STAYS_FOLDED);
    beginPrinting();
    measureAll();
  });
  window.addEventListener('afterprint', () => {
    endPrinting();
    for (const details of opened) details.open = false;
    measureAll();
  });
}
