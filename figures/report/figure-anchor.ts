/** Addresses of figures within a page. */

/** Between the name of a figure and the metric that it is to show: no name has it. */
const SEPARATOR = '.';

/** The address of a figure, or of the figure set to a metric. */
export const figureAnchor = (id: string, metric?: string): string =>
  `figure-${id}${metric === undefined ? '' : `${SEPARATOR}${metric}`}`;

/** The metric to which the address after a "#" sets the figure; undefined where it sets none, or is another one. */
export function metricOfHash(hash: string, id: string): string | undefined {
  const start = `#${figureAnchor(id)}${SEPARATOR}`;
  return hash.startsWith(start) ? hash.slice(start.length) : undefined;
}
