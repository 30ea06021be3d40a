/** Places for the names of nodes: beside their own node and no nearer to another one, or at the end of a line to it. */
import { type Box, boxAbout, gapBetween, type Line, lengthInside, type Point, sharedArea } from './boxes.js';
import type { MapFrame } from './map-frame.js';

/** Where the text of a node begins or ends, seen from its point. */
export interface LabelPlace {
  readonly dx: number;
  readonly dy: number;
  readonly align: 'left' | 'right' | 'center';
  /** A line from the mark to the text, in pixels of the picture, where the text does not stand beside its node. */
  readonly leader?: Line;
}

/** What names of nodes keep clear of, in pixels. */
export interface MapObstacles {
  readonly lines?: readonly Line[];
  /** Middles of other texts. */
  readonly texts?: readonly Point[];
}

/** A name to be placed. */
export interface NodeLabel {
  /** Index of the node in the frame. */
  readonly node: number;
  readonly text: string;
}

/** Height of a line of text, and mean width of a letter, at 11 pixels. */
const LINE = 13;
const LETTER = 6;
/** Between a mark and its name, and so much farther is every other mark. */
const GAP = 4;
const NEARER = 2;
/** Other marks that are nearer to a name than this make one think, and what a pixel less is worth in square pixels of a text. */
const CLOSE = 20;
const CLOSE_COST = 12;
/** What a name that begins above or below its mark, and aside, costs beyond one that is level with it or in line. */
const OBLIQUE_COST = 60;
/** Half of a text that is an obstacle. */
const HALF_TEXT = { x: 17, y: LINE / 2 };
/** Lengths of lines to names, of which the shortest that is possible is taken, and how many directions they have. */
const LEADERS = [14, 24, 36, 50, 70, 95, 125, 160];
const DIRECTIONS = 24;
/** Times that names that found no place are given the first choice. */
const ROUNDS = 3;

/** The room that a text takes at a place. */
export function labelBox({ x, y }: MapFrame, { node, text }: NodeLabel, { dx, dy, align }: LabelPlace): Box {
  const long = LETTER * text.length;
  const left = x[node]! + dx + { left: 0, right: -long, center: -long / 2 }[align];
  const top = y[node]! + dy - LINE / 2;
  return { left, right: left + long, top, bottom: top + LINE };
}

/** Beside the mark, the best places first. */
function nearPlaces(radius: number): readonly LabelPlace[] {
  const away = radius + GAP;
  return [
    { dx: away, dy: 0, align: 'left' },
    { dx: -away, dy: 0, align: 'right' },
    { dx: 0, dy: -away - LINE / 2, align: 'center' },
    { dx: 0, dy: away + LINE / 2, align: 'center' },
    { dx: away, dy: -LINE, align: 'left' },
    { dx: away, dy: LINE, align: 'left' },
    { dx: -away, dy: -LINE, align: 'right' },
    { dx: -away, dy: LINE, align: 'right' },
  ];
}

/** At the ends of lines of a length from the mark. */
const farPlaces = (center: Point, radius: number, length: number): readonly LabelPlace[] =>
  Array.from({ length: DIRECTIONS }, (_, i): LabelPlace => {
    const angle = (2 * Math.PI * i) / DIRECTIONS;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const at = (distance: number): Point => [center[0] + distance * cosine, center[1] + distance * sine];
    const end = at(radius + length);
    const isAside = Math.abs(cosine) > 0.3;
    return {
      dx: end[0] - center[0] + (isAside ? 2 * Math.sign(cosine) : 0),
      dy: end[1] - center[1] + (isAside ? 0 : (Math.sign(sine) * LINE) / 2),
      align: !isAside ? 'center' : cosine > 0 ? 'left' : 'right',
      leader: [at(radius), end],
    };
  });

interface Placed {
  readonly label: NodeLabel;
  readonly place: LabelPlace;
  readonly box: Box;
}

/**
 * A place for each name, in the order of `labels`; undefined where it would cover another node or text, reach beyond the
 * border, or be nearer to another node than to its own.
 * @param radius of the mark of each node of the frame, in pixels.
 */
export function labelPlaces(
  frame: MapFrame,
  radius: readonly number[],
  labels: readonly NodeLabel[],
  { lines = [], texts = [] }: MapObstacles = {},
): readonly (LabelPlace | undefined)[] {
  const picture: Box = { left: 0, right: frame.width, top: 0, bottom: frame.height };
  const others = texts.map((middle) => boxAbout(middle, HALF_TEXT.x, HALF_TEXT.y));
  const centers = frame.x.map((x, node): Point => [x, frame.y[node]!]);
  const marks = centers.map((center, node) => boxAbout(center, radius[node]!));

  const isPossible = ({ label, place, box }: Placed, placed: readonly Placed[]): boolean => {
    const { leader } = place;
    const own = gapBetween(box, marks[label.node]!);
    const { left, right, top, bottom } = box;
    if (left < 0 || top < 0 || right > picture.right || bottom > picture.bottom) return false;
    const isClear = (mark: Box, node: number): boolean => {
      if (node === label.node) return true;
      const gap = gapBetween(box, mark);
      if (leader === undefined) return gap > own + NEARER;
      // A line out of a heap of marks has to cross some of them.
      return gap > NEARER && (lengthInside(leader, mark) === 0 || sharedArea(mark, marks[label.node]!) > 0);
    };
    return (
      marks.every(isClear) &&
      others.every((other) => sharedArea(box, other) === 0) &&
      placed.every(
        (each) =>
          sharedArea(box, each.box) === 0 &&
          (leader === undefined || lengthInside(leader, each.box) === 0) &&
          (each.place.leader === undefined || lengthInside(each.place.leader, box) === 0),
      )
    );
  };
  const costOf = ({ label, place, box }: Placed): number => {
    // A line through a text spoils about as much as a strip of a third of its height.
    const crossed = lines.reduce((sum, line) => sum + lengthInside(line, box), 0);
    const close = marks.reduce(
      (sum, mark, node) => sum + (node === label.node ? 0 : Math.max(0, CLOSE - gapBetween(box, mark))),
      0,
    );
    const isOblique = place.leader === undefined && place.align !== 'center' && place.dy !== 0;
    return (LINE / 3) * crossed + CLOSE_COST * close + (isOblique ? OBLIQUE_COST : 0);
  };
  const bestOf = (label: NodeLabel, places: readonly LabelPlace[], placed: readonly Placed[]) => {
    let best: Placed | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const place of places) {
      const each = { label, place, box: labelBox(frame, label, place) };
      if (!isPossible(each, placed)) continue;
      const cost = costOf(each);
      if (cost < least - 1e-6) [best, least] = [each, cost];
    }
    return best;
  };
  const placeOf = (label: NodeLabel, placed: readonly Placed[]): Placed | undefined => {
    const own = radius[label.node]!;
    let best = bestOf(label, nearPlaces(own), placed);
    for (let i = 0; best === undefined && i < LEADERS.length; i++)
      best = bestOf(label, farPlaces(centers[label.node]!, own, LEADERS[i]!), placed);
    return best;
  };
  const placeAll = (order: readonly NodeLabel[]): readonly Placed[] => {
    const placed: Placed[] = [];
    for (const label of order) {
      const place = placeOf(label, placed);
      if (place !== undefined) placed.push(place);
    }
    return placed;
  };
  const importance = (placed: readonly Placed[]): number =>
    placed.reduce((sum, { label }) => sum + labels.length - labels.indexOf(label), 0);
  let order = labels;
  let best = placeAll(order);
  for (let round = 1; round < ROUNDS && best.length < labels.length; round++) {
    const without = order.filter((label) => !best.some((each) => each.label === label));
    order = [...without, ...order.filter((label) => !without.includes(label))];
    const next = placeAll(order);
    if (importance(next) <= importance(best)) break;
    best = next;
  }
  return labels.map((label) => best.find((each) => each.label === label)?.place);
}
