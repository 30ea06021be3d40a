/** Work that waits: what is in sight first, all else when the page has nothing better to do. */

type Task = () => Promise<void>;

const waiting: Task[] = [];
let running = false;
let printing = false;

const idle: (callback: () => void) => void =
  typeof requestIdleCallback === 'function'
    ? (callback) => void requestIdleCallback(callback, { timeout: 500 })
    : (callback) => void setTimeout(callback, 50);

async function next(): Promise<void> {
  const task = waiting.shift();
  if (task === undefined) {
    running = false;
    // Told to whoever has to wait until the page is whole, such as a printer.
    document.documentElement.dataset.drawn = 'all';
    return;
  }
  await task();
  idle(() => void next());
}

/** Sees to what waits; a page on which nothing waits is whole. */
export function workOff(): void {
  if (running) return;
  running = true;
  idle(() => void next());
}

/**
 * Begins all that waits, and all that is given in until `endPrinting` is called, at once. What needs no timer, no frame and
 * no file is done when the browser goes on, since promises are seen to before that.
 */
export function beginPrinting(): void {
  printing = true;
  for (const task of waiting) void task();
}

export function endPrinting(): void {
  printing = false;
}

/** Whether the page is for a printer, so that nothing may wait. */
export const isPrinting = (): boolean => printing;

/** Does the task once: as soon as the element comes near the window, or when its turn has come. Returns what calls it off. */
export function whenSeen(element: HTMLElement, task: Task): () => void {
  let begun: Promise<void> | undefined;
  // The queue waits for what was begun when it was seen, too.
  const once: Task = () => {
    if (begun === undefined) {
      observer.disconnect();
      begun = task();
    }
    return begun;
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void once();
    },
    { rootMargin: '300px' },
  );
  observer.observe(element);
  waiting.push(once);
  if (printing) void once();
  workOff();
  return () => {
    begun ??= Promise.resolve();
    observer.disconnect();
  };
}
