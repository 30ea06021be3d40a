/** Work that waits: what is in sight first, all else when the page has nothing better to do. */

type Task = () => Promise<void>;

const waiting: Task[] = [];
let running = false;

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
  workOff();
  return () => {
    begun ??= Promise.resolve();
    observer.disconnect();
  };
}
