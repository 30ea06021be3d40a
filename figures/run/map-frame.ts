/** From a layout in ms to a picture in pixels: where each node and its name stand. */
import type { NodeLayout } from './node-layout.js';

export interface MapFrame {
  readonly width: number;
  readonly height: number;
  readonly msPerPixel: number;
  /** A point a node in pixels, y downwards. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Where the text of a node begins or ends, seen from its point. */
export interface LabelPlace {
  readonly dx: number;
  readonly dy: number;
  readonly align: 'left' | 'right' | 'center';
}

/** Pixels at the borders for marks and names. */
const MARGIN = { x: 70, y: 34 };
const HEIGHTS = { least: 200, most: 480 };

/** A picture narrower than this is turned, since layouts spread along x most. */
const NARROW = 480;

/** The picture of a layout, a ms as long along x as along y. */
export function mapFrame(layout: NodeLayout, width: number): MapFrame {
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

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Height of a line of text, and mean width of a letter, at 11 pixels. */
const LINE = 13;
const LETTER = 6;
const GAP = 4;

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/**
 * A place for the text of each node: right, left, above or below it, the first that covers least of other nodes, of
 * names that stand already, and of what is beyond the border.
 * @param radius in pixels. @param letters of the text; both have one entry a node.
 */
export function labelPlaces(
  { x, y, width, height }: MapFrame,
  radius: readonly number[],
  letters: readonly number[],
): readonly LabelPlace[] {
  const taken: Box[] = x.map((center, node) => ({
    left: center - radius[node]!,
    right: center + radius[node]!,
    top: y[node]! - radius[node]!,
    bottom: y[node]! + radius[node]!,
  }));
  return x.map((center, node) => {
    const away = radius[node]! + GAP;
    const long = LETTER * letters[node]!;
    const choices: readonly LabelPlace[] = [
      { dx: away, dy: 0, align: 'left' },
      { dx: -away, dy: 0, align: 'right' },
      { dx: 0, dy: -away - LINE / 2, align: 'center' },
      { dx: 0, dy: away + LINE / 2, align: 'center' },
    ];
    const scored = choices.map((place) => {
      const begin = { left: 0, right: -long, center: -long / 2 }[place.align];
      const left = center + place.dx + begin;
      const top = y[node]! + place.dy - LINE / 2;
      const box: Box = { left, right: left + long, top, bottom: top + LINE };
      const inside = overlap(box, { left: 0, right: width, top: 0, bottom: height });
      const covered = taken.reduce((sum, other, i) => sum + (i === node ? 0 : overlap(box, other)), 0);
      return { place, box, cost: covered + 2 * (long * LINE - inside) };
    });
    const best = scored.reduce((least, each) => (each.cost < least.cost - 1e-6 ? each : least));
    taken.push(best.box);
    return best.place;
  });
}
