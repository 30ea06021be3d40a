/** Rectangles in a picture, in pixels with y downwards, and what they have to do with each other and with lines. */

export type Point = readonly [x: number, y: number];
export type Line = readonly [from: Point, to: Point];

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The box about a point, `wide` pixels to either side of it and `high` above and below. */
export const boxAbout = ([x, y]: Point, wide: number, high = wide): Box => ({
  left: x - wide,
  right: x + wide,
  top: y - high,
  bottom: y + high,
});

/** Square pixels that two boxes share. */
export const sharedArea = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/** Pixels between two boxes; 0 where they touch. */
export const gapBetween = (a: Box, b: Box): number =>
  Math.hypot(
    Math.max(0, a.left - b.right, b.left - a.right),
    Math.max(0, a.top - b.bottom, b.top - a.bottom),
  );

/** Pixels of a line that are inside of a box. Asked thousands of times a picture, it makes no lists. */
export function lengthInside([[ax, ay], [bx, by]]: Line, { left, right, top, bottom }: Box): number {
  if (Math.max(ax, bx) < left || Math.min(ax, bx) > right) return 0;
  if (Math.max(ay, by) < top || Math.min(ay, by) > bottom) return 0;
  const [wide, high] = [bx - ax, by - ay];
  let begin = 0;
  let end = 1;
  if (wide !== 0) {
    const [atLeft, atRight] = [(left - ax) / wide, (right - ax) / wide];
    begin = Math.max(begin, Math.min(atLeft, atRight));
    end = Math.min(end, Math.max(atLeft, atRight));
  }
  if (high !== 0) {
    const [atTop, atBottom] = [(top - ay) / high, (bottom - ay) / high];
    begin = Math.max(begin, Math.min(atTop, atBottom));
    end = Math.min(end, Math.max(atTop, atBottom));
  }
  return Math.max(0, end - begin) * Math.hypot(wide, high);
}
