/** From a layout in ms to a picture in pixels: where each node stands. */
import type { NodePoints } from './node-layout.js';

export interface MapFrame {
  readonly width: number;
  readonly height: number;
  readonly msPerPixel: number;
  /** A point a node in pixels, y downwards. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Pixels at the borders for marks and names. */
const MARGIN = { x: 70, y: 34 };
const HEIGHTS = { least: 200, most: 480 };

/** A picture narrower than this is turned, since layouts spread along x most. */
const NARROW = 480;

/** The picture of a layout, a ms as long along x as along y. */
export function mapFrame(layout: NodePoints, width: number): MapFrame {
  const { x, y } = width < NARROW ? { x: layout.y, y: layout.x } : layout;
  const [left, right] = [Math.min(...x), Math.max(...x)];
  const [top, bottom] = [Math.min(...y), Math.max(...y)];
  const msPerPixel = Math.max(
    (right - left) / (width - 2 * MARGIN.x),
    (bottom - top) / (HEIGHTS.most - 2 * MARGIN.y),
    1e-3,
  );
  const height = Math.max(HEIGHTS.least, Math.round((bottom - top) / msPerPixel) + 2 * MARGIN.y);
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return {
    width,
    height,
    msPerPixel,
    x: x.map((value) => width / 2 + (value - middle.x) / msPerPixel),
    y: y.map((value) => height / 2 + (value - middle.y) / msPerPixel),
  };
}
