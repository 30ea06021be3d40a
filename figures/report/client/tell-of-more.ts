/** Parts of a page that scroll sideways tell where there is more of them: at that edge they fade (controls.css). */

const SIDEWAYS = '.scroll, nav.contents ul';

function moreOf(element: Element): string | undefined {
  // Sizes are whole pixels, places are not.
  const left = element.scrollLeft > 1;
  const right = element.scrollLeft + element.clientWidth < element.scrollWidth - 1;
  if (left) return right ? 'both' : 'left';
  return right ? 'right' : undefined;
}

function tell(): void {
  // All is measured before anything is set, so that the page is laid out once.
  const parts = [...document.querySelectorAll<HTMLElement>(SIDEWAYS)].map(
    (element) => [element, moreOf(element)] as const,
  );
  for (const [element, more] of parts) {
    if (element.dataset.more === more) continue;
    if (more === undefined) delete element.dataset.more;
    else element.dataset.more = more;
  }
}

/** Tells it from now on, at most once a frame. */
export function tellOfMore(): void {
  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      tell();
    });
  };
  // Neither event rises from where it happens.
  for (const event of ['scroll', 'toggle'])
    document.addEventListener(event, soon, { capture: true, passive: true });
  window.addEventListener('resize', soon);
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  soon();
}
