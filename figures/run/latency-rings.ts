/** Rings about the chosen node of a map, at round latencies. */
import type { FigureRow } from '../rows.js';
import type { MapFrame } from './map-frame.js';

/** Pixels of the smallest ring, and between the border and the name of a ring. */
const SMALLEST = 30;
const INSET = { x: 24, y: 10 };

/** 1, 2 and 5 times powers of ten, from `least` on. */
function* roundNumbers(least: number): Generator<number> {
  for (let power = Math.floor(Math.log10(least)); ; power++)
    for (const factor of [1, 2, 5]) {
      const value = Number(`${factor}e${power}`);
      if (value >= least) yield value;
    }
}

/**
 * Where a ring of `radius` pixels is named: the end of the axis across the one along which nodes spread, or where the ring
 * leaves the picture; undefined where no such place is inside.
 */
function namePlace(
  frame: MapFrame,
  node: number,
  radius: number,
): readonly [x: number, y: number] | undefined {
  const { width, height } = frame;
  const [x, y] = [frame.x[node]!, frame.y[node]!];
  const isWide = width >= height;
  // Seen along the axis across: from the node to the border.
  const room = isWide ? y - INSET.y : width - INSET.x - x;
  const across = Math.min(radius, room);
  const along = Math.sqrt(radius ** 2 - across ** 2);
  const isLater = isWide ? x < width / 2 : y < height / 2;
  const away = isLater ? along : -along;
  const place: [number, number] = isWide ? [x + away, y - across] : [x + across, y + away];
  const isInside =
    place[0] >= INSET.x && place[0] <= width - INSET.x && place[1] >= INSET.y && place[1] <= height - INSET.y;
  return isInside ? place : undefined;
}

/** A row a ring about node `selected` with the place of its name in pixels, the smallest first. */
export function ringRows(frame: MapFrame, selected: number): readonly FigureRow[] {
  const rows: FigureRow[] = [];
  // Beyond the corners of the picture there is no ring.
  const longest = Math.hypot(frame.width, frame.height);
  for (const latency of roundNumbers(SMALLEST * frame.msPerPixel)) {
    const radius = latency / frame.msPerPixel;
    const place = namePlace(frame, selected, radius);
    if (place === undefined || radius > longest) return rows;
    rows.push({
      ring_x_px: frame.x[selected]!,
      ring_y_px: frame.y[selected]!,
      ring_radius_px: radius,
      ring_name_x_px: place[0],
      ring_name_y_px: place[1],
      ring_name: `${latency} ms`,
    });
  }
  return rows;
}
