/** Values under the pointer in figures of lines over time: a band that nobody sees for each interval, which tells them. */
import type { Layer } from '../figure.js';

interface Told {
  readonly field: string;
  readonly type: 'nominal' | 'quantitative';
  readonly title: string;
}

/**
 * A band a row from `begin_s` to the column `end`, as high as the view; it is the last layer, so that it lies above the lines.
 * Lines hold their value over an interval, so that each instant has one band, and nothing has to be searched or drawn anew.
 * @param x the axis of time of the view. The page darkens a band under the pointer (run-view.css).
 */
export const toldBands = (x: object, end: string, told: readonly Told[]): Layer =>
  ({
    mark: { type: 'rect', color: '#888888', opacity: 0, aria: false },
    encoding: { x: { ...x, field: 'begin_s' }, x2: { field: end }, tooltip: [...told] },
  }) as Layer;
