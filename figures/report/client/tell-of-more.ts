/** Parts of a page that scroll sideways tell where there is more of them: at that edge they fade (controls.css). */

const SIDEWAYS = '.scroll, nav.contents ul';

function moreOf(element: Element): string | undefined {
  // Sizes are whole pixels, places are not.
  const left = element.scrollLeft > 1;
  const right = element.scrollLeft + element.clientWidth < element.scrollWidth - 1;
  if (left) return right ? 'both' : 'left';
  return right ? 'right' : undefined;
}

function tell(element: HTMLElement): void {
  const more = moreOf(element);
  if (element.dataset.more === more) return;
  if (more === undefined) delete element.dataset.more;
  else element.dataset.more = more;
}

/** Tells how high the caption of a table is, which stays while the table scrolls below it. */
function tellCaption(element: HTMLElement): void {
  const caption = element.querySelector('caption');
  if (caption !== null) element.style.setProperty('--caption-height', `${caption.offsetHeight}px`);
}

/**
 * Tells it from now on. A page is long, and asking for a size in the middle of its changes would lay all of it out: an
 * observer of sizes is told when that has been done anyway.
 */
export function tellOfMore(): void {
  const watched = new Set<Element>();
  const sizes = new ResizeObserver((entries) => {
    const parts = new Set(entries.flatMap(({ target }) => target.closest<HTMLElement>(SIDEWAYS) ?? []));
    for (const part of parts) {
      tell(part);
      tellCaption(part);
    }
  });
  const watch = () => {
    for (const part of watched)
      if (!part.isConnected) {
        sizes.unobserve(part);
        watched.delete(part);
      }
    // What is in a part may grow without it.
    for (const part of document.querySelectorAll(SIDEWAYS))
      for (const each of [part, ...part.children])
        if (!watched.has(each)) {
          watched.add(each);
          sizes.observe(each);
        }
  };
  // The event does not rise from where it happens.
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (target instanceof HTMLElement && target.matches(SIDEWAYS)) tell(target);
    },
    { capture: true, passive: true },
  );
  new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
  watch();
}
