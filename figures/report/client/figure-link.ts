/** Links to a figure, which show it as it starts, but for the metric and the choices that they name. */
import { useEffect, useRef } from 'preact/hooks';
import { type FigureLink, linkOfHash } from '../figure-anchor.js';

/**
 * Calls `show` with each link to figure `id` that is followed, and once with the address of the page itself.
 * A link is told of when it is used and not when the address changes, since that of a link that is used again does not.
 */
export function useFigureLink(id: string, show: (link: FigureLink) => void): void {
  const showNow = useRef(show);
  showNow.current = show;
  useEffect(() => {
    const follow = (hash: string) => {
      const link = linkOfHash(hash, id);
      if (link !== undefined) showNow.current(link);
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
