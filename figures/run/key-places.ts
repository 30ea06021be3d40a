/** Where each key lives over time: a strip a key, in the colour of the node that holds it, with a tick at each move. */
import type { Recording } from '../../core/recording.js';
import { DATA_NAME, SCHEMA, type TopLevelSpec } from '../figure.js';
import { distinct, type FigureRow } from '../rows.js';
import { OKABE_ITO, THEME } from '../theme.js';
import { keyStays, movesOfKeys } from './key-stays.js';
import { balancedColumns, nodeColors } from './node-colors.js';
import { STRIP_MARK, stripChannel, stripsHeight } from './strips.js';
import {
  CURSOR_PARAM,
  cursorLayer,
  DEFAULT_WIDTH,
  endOf,
  type RunFigureView,
  secondsText,
  timeChannel,
} from './time-axis.js';

/** Which keys are shown: `busy` are those that functions access and those that moved. */
export type KeyChoice = 'all' | 'busy' | 'moved' | 'accessed' | { readonly function: number };

/** More strips than this nobody tells apart, and more marks than this make a page slow. */
const MOST_KEYS = 150;
const MOST_MARKS = 6000;

/** The keys in which something can be seen; all of them where that is none. */
export const firstChoice = ({ accesses, moves }: Recording): KeyChoice =>
  accesses.key.length > 0 || moves.key.length > 0 ? 'busy' : 'all';

/** A function that accesses a key, and how likely. */
interface Accessor {
  readonly function: number;
  readonly probability: number;
}

/** The functions that access each key, the likeliest first. */
export function accessorsOfKeys({ keys, accesses }: Recording): readonly (readonly Accessor[])[] {
  const accessors: Accessor[][] = keys.name.map(() => []);
  accesses.key.forEach((key, row) => {
    accessors[key]!.push({ function: accesses.function[row]!, probability: accesses.probability[row]! });
  });
  for (const list of accessors) list.sort((a, b) => b.probability - a.probability);
  return accessors;
}

export interface ChosenKeys {
  /** Indices, in the order in which they are drawn. */
  readonly keys: readonly number[];
  /** Keys of the choice for which there is no room. */
  readonly leftOut: number;
  /** Keys of the recording that were not chosen. */
  readonly notChosen: number;
}

/**
 * The keys to draw: by the function that accesses them most, the likeliest first; keys that nobody accesses come last.
 * Where there is no room for all, those stay that are accessed or moved most.
 */
export function chooseKeys(recording: Recording, choice: KeyChoice): ChosenKeys {
  const accessors = accessorsOfKeys(recording);
  const moves = movesOfKeys(recording);
  const isChosen = (key: number): boolean => {
    if (choice === 'all') return true;
    if (choice === 'moved') return moves[key]!.length > 0;
    if (choice === 'accessed') return accessors[key]!.length > 0;
    if (choice === 'busy') return accessors[key]!.length > 0 || moves[key]!.length > 0;
    return accessors[key]!.some((accessor) => accessor.function === choice.function);
  };
  const chosen = recording.keys.name.map((_, key) => key).filter(isChosen);
  const accessed = (key: number): number => (accessors[key]!.length > 0 ? 1 : 0);
  const byImportance = [...chosen].sort(
    (a, b) =>
      (choice === 'moved' ? 0 : accessed(b) - accessed(a)) || moves[b]!.length - moves[a]!.length || a - b,
  );
  const kept: number[] = [];
  let marks = 0;
  for (const key of byImportance) {
    marks += 1 + 2 * moves[key]!.length;
    if (kept.length === MOST_KEYS || (marks > MOST_MARKS && kept.length > 0)) break;
    kept.push(key);
  }
  const first = (key: number): Accessor =>
    accessors[key]![0] ?? { function: Number.POSITIVE_INFINITY, probability: 0 };
  // The order of functions that are both infinite is not a number, and so decides nothing.
  kept.sort(
    (a, b) => first(a).function - first(b).function || first(b).probability - first(a).probability || a - b,
  );
  return {
    keys: kept,
    leftOut: chosen.length - kept.length,
    notChosen: recording.keys.name.length - chosen.length,
  };
}

/**
 * A row a stay of a key at a node, from `begin_s` to `end_s`; `moved` is 1 where it begins with a move, and `legend` the
 * entry of the legend that tells of the node.
 */
export function keyPlaceRows(recording: Recording, keys: readonly number[]): readonly FigureRow[] {
  const nodeNames = recording.nodes.name;
  const accessors = accessorsOfKeys(recording);
  const stays = keyStays(recording);
  const { label } = nodeColors(recording);
  return keys.flatMap((key) => {
    const accessed = accessors[key]!.map(
      (accessor) => `${recording.functions.name[accessor.function]} (p = ${accessor.probability})`,
    );
    return stays[key]!.map(({ node, begin, end, from }) => ({
      key: recording.keys.name[key]!,
      node: nodeNames[node]!,
      legend: label[node]!,
      begin_s: begin,
      end_s: end,
      moved: from === undefined ? 0 : 1,
      accessed_by: accessed.length === 0 ? 'no function' : accessed.join(', '),
      during: `${secondsText(begin)} to ${secondsText(end)}`,
      came_from: from === undefined ? 'there from the start' : nodeNames[from]!,
    }));
  });
}

/** Heights of a strip and of its name; where there are many, both are smaller, and still each has its name. */
const ROOMY = { keys: 60, step: 14, font: 10 };
const COMPACT = { step: 11, font: 9 };
/** Pixels that an entry takes in the legend: a node, or several. */
const LEGEND_COLUMN = { node: 92, nodes: 150 };

/** The strips of the keys in `rows`, in their order. */
export function keyPlacesSpec(
  recording: Recording,
  rows: readonly FigureRow[],
  { width = DEFAULT_WIDTH }: RunFigureView = {},
): TopLevelSpec {
  const keys = distinct(rows, 'key').map(String);
  const { step, font } = keys.length <= ROOMY.keys ? ROOMY : COMPACT;
  const { legend, isShared } = nodeColors(recording);
  const column = isShared ? LEGEND_COLUMN.nodes : LEGEND_COLUMN.node;
  const labels = { labelLimit: 70, labelFontSize: font, labelOverlap: false } as const;
  const y = stripChannel('key', keys, step, labels);
  const x = timeChannel('begin_s', endOf(recording));
  return {
    $schema: SCHEMA,
    config: THEME,
    title: {
      text: 'Where each key lives over time',
      subtitle: [
        'A strip a key, in the colour of the node that holds it; a tick at each move.',
        ...(isShared ? ['Nodes that hold least share a pale colour with others of their kind.'] : []),
      ],
    },
    params: [CURSOR_PARAM],
    data: { name: DATA_NAME },
    width,
    height: stripsHeight(keys.length, step),
    layer: [
      {
        mark: STRIP_MARK,
        encoding: {
          x,
          x2: { field: 'end_s' },
          y,
          color: {
            field: 'legend',
            type: 'nominal',
            scale: {
              domain: legend.map((entry) => entry.label),
              range: legend.map((entry) => entry.color),
            },
            title: 'Node',
            legend: {
              columns: balancedColumns(legend.length, Math.max(2, Math.floor(width / column))),
              symbolType: 'square',
              titleOrient: 'top',
            },
          },
          tooltip: [
            { field: 'key', type: 'nominal', title: 'Key' },
            { field: 'node', type: 'nominal', title: 'At' },
            { field: 'during', type: 'nominal', title: 'From' },
            { field: 'came_from', type: 'nominal', title: 'Came from' },
            { field: 'accessed_by', type: 'nominal', title: 'Accessed by' },
          ],
        },
      },
      {
        transform: [{ filter: 'datum.moved === 1' }],
        mark: {
          type: 'tick',
          color: OKABE_ITO.black,
          thickness: 1,
          height: { band: 1 },
          tooltip: null,
          aria: false,
        },
        encoding: { x: { ...x, field: 'begin_s' }, y },
      },
      cursorLayer(),
    ],
  };
}
