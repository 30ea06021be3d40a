/** What the paper says of times, in panels of ours: hollow triangles that point down, or a line where it holds for all of a panel. */
import type { Layer } from './figure.js';
import { HALO, OKABE_ITO } from './theme.js';

/**
 * Layers for the rows to which `filter` applies, whose column `text` says the limit.
 * @param x the channel of the numbers of nodes; absent where the limit is a line.
 * @param y the channel of the limit. @param words where the words stand beside it.
 */
export function paperLimits(
  filter: string,
  x: object | undefined,
  y: object,
  words: Readonly<Record<string, unknown>>,
): Layer[] {
  const ofPaper = { transform: [{ filter }] };
  const place = { ...(x === undefined ? {} : { x }), y };
  const text = { type: 'text', fontSize: 10, ...words };
  const told = { ...place, text: { field: 'text' } };
  return [
    {
      ...ofPaper,
      mark:
        x === undefined
          ? { type: 'rule', strokeDash: [4, 3], color: OKABE_ITO.black }
          : {
              type: 'point',
              shape: 'triangle-down',
              size: 70,
              opacity: 1,
              color: OKABE_ITO.black,
              strokeWidth: 1.3,
            },
      encoding: place,
    },
    // Lines and bars that cross the words keep away from their letters.
    { ...ofPaper, mark: { ...text, ...HALO }, encoding: told },
    { ...ofPaper, mark: text, encoding: told },
  ] as Layer[];
}
