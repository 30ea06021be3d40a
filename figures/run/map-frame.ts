/** From a layout in ms to a picture in pixels: where each node and its name stand. */
import type { NodePoints } from './node-layout.js';

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

type Point = readonly [x: number, y: number];

/** What names of nodes keep clear of, in pixels. */
export interface MapObstacles {
  readonly lines?: readonly (readonly [from: Point, to: Point])[];
  /** Middles of other texts. */
  readonly texts?: readonly Point[];
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
/** Half of a text that is an obstacle. */
const HALF_TEXT = { x: 20, y: LINE / 2 };

/** Pixels of the line from `a` to `b` that are inside of a box. */
function lengthInside([ax, ay]: Point, [bx, by]: Point, { left, right, top, bottom }: Box): number {
  let [begin, end] = [0, 1];
  for (const [from, to, low, high] of [
    [ax, bx, left, right],
    [ay, by, top, bottom],
  ] as const) {
    if (from === to) {
      if (from < low || from > high) return 0;
      continue;
    }
    const [first, last] = [(low - from) / (to - from), (high - from) / (to - from)].sort((p, q) => p - q);
    begin = Math.max(begin, first!);
    end = Math.min(end, last!);
  }
  return Math.max(0, end - begin) * Math.hypot(bx - ax, by - ay);
}

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/**
 * A place for the text of each node: right, left, above or below it or between these, the first that covers least of other nodes, of lines,
 * of texts that stand already, and of what is beyond the border.
 * @param radius in pixels. @param letters of the text; both have one entry a node.
 */
export function labelPlaces(
  { x, y, width, height }: MapFrame,
  radius: readonly number[],
  letters: readonly number[],
  { lines = [], texts = [] }: MapObstacles = {},
): readonly LabelPlace[] {
  const others = texts.map(([left, top]): Box => {
    const { x: wide, y: high } = HALF_TEXT;
    return { left: left - wide, right: left + wide, top: top - high, bottom: top + high };
  });
  const nodes = x.map(
    (center, node): Box => ({
      left: center - radius[node]!,
      right: center + radius[node]!,
      top: y[node]! - radius[node]!,
      bottom: y[node]! + radius[node]!,
    }),
  );
  const taken = [...nodes, ...others];
  return x.map((center, node) => {
    const away = radius[node]! + GAP;
    const long = LETTER * letters[node]!;
    const choices: readonly LabelPlace[] = [
      { dx: away, dy: 0, align: 'left' },
      { dx: -away, dy: 0, align: 'right' },
      { dx: 0, dy: -away - LINE / 2, align: 'center' },
      { dx: 0, dy: away + LINE / 2, align: 'center' },
      { dx: away, dy: -LINE, align: 'left' },
      { dx: away, dy: LINE, align: 'left' },
      { dx: -away, dy: -LINE, align: 'right' },
      { dx: -away, dy: LINE, align: 'right' },
    ];
    const scored = choices.map((place) => {
      const begin = { left: 0, right: -long, center: -long / 2 }[place.align];
      const left = center + place.dx + begin;
      const top = y[node]! + place.dy - LINE / 2;
      const box: Box = { left, right: left + long, top, bottom: top + LINE };
      const inside = overlap(box, { left: 0, right: width, top: 0, bottom: height });
      const covered = taken.reduce((sum, other, i) => sum + (i === node ? 0 : overlap(box, other)), 0);
      // A line through a text spoils about as much as a strip of a third of its height.
      const crossed = lines.reduce((sum, [from, to]) => sum + lengthInside(from, to, box), 0);
      return { place, box, cost: covered + (LINE / 3) * crossed + 2 * (long * LINE - inside) };
    });
    const best = scored.reduce((least, each) => (each.cost < least.cost - 1e-6 ? each : least));
    taken.push(best.box);
    return best.place;
  });
}
