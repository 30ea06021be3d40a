/** Tooltips for fingers: Vega shows them under a pointer that moves, and one that taps does not. */

/** What Vega keeps with the elements that it draws: an item, or the items of a line. */
interface Drawn {
  readonly __data__?: Item | readonly Item[];
}

interface Item {
  readonly tooltip?: unknown;
}

/** Pixels around a finger in which a mark is meant, the nearest first: points are smaller than fingers. */
const REACH = [0, 5, 10, 15];
const DIRECTIONS = 8;

const TOOLTIP = 'vg-tooltip-element';

/** The mark that tells something of itself at a place of the window. */
function toldAt(x: number, y: number): Element | undefined {
  const element = document.elementFromPoint(x, y);
  if (element?.closest('.chart svg') == null) return undefined;
  const item = [(element as Element & Drawn).__data__].flat()[0] as Item | undefined;
  return item?.tooltip == null ? undefined : element;
}

function toldNear(x: number, y: number): Element | undefined {
  for (const distance of REACH)
    for (let i = 0; i < DIRECTIONS; i++) {
      const angle = (2 * Math.PI * i) / DIRECTIONS;
      const found = toldAt(x + distance * Math.cos(angle), y + distance * Math.sin(angle));
      if (found !== undefined) return found;
    }
  return undefined;
}

/** Shows from now on the tooltip of a mark that is tapped, until the page is touched elsewhere. */
export function tellTouched(): void {
  let told: Element | undefined;
  let byFinger = false;
  const pass = (element: Element, type: 'pointermove' | 'mouseout', { clientX, clientY }: MouseEvent) =>
    element.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX, clientY }));
  document.addEventListener('pointerdown', (event) => {
    byFinger = event.pointerType === 'touch';
    const isTooltip = event.target instanceof Element && event.target.closest(`#${TOOLTIP}`) !== null;
    if (told !== undefined && !isTooltip) pass(told, 'mouseout', event);
    if (!isTooltip) told = undefined;
  });
  // A finger that scrolls does not click.
  document.addEventListener('click', (event) => {
    if (!byFinger || !(event.target instanceof Element) || event.target.closest('.chart svg') === null)
      return;
    told = toldNear(event.clientX, event.clientY);
    if (told !== undefined) pass(told, 'pointermove', event);
  });
}
