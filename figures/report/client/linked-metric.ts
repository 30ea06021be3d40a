/** Links to a figure that name a metric: they set the figure to it. */
import { useEffect } from 'preact/hooks';
import { metricOfHash } from '../figure-anchor.js';

/**
 * Calls `show` with the metric of each address that is followed to figure `id`, and once with that of the page itself.
 * A link is told of when it is used and not when the address changes, since that of a link that is used again does not.
 */
export function useLinkedMetric(id: string, show: (metric: string) => void): void {
  useEffect(() => {
    const follow = (hash: string) => {
      const metric = metricOfHash(hash, id);
      if (metric !== undefined) show(metric);
    };
    const onHash = () => follow(location.hash);
    // A keyboard's Enter on a link is a click, too.
    const onClick = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
      if (link !== null) follow(link.hash);
    };
    onHash();
    addEventListener('hashchange', onHash);
    document.addEventListener('click', onClick);
    return () => {
      removeEventListener('hashchange', onHash);
      document.removeEventListener('click', onClick);
    };
  }, [id]);
}
