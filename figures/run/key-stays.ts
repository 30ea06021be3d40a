/** The stays of keys at nodes. */
import type { Recording } from '../../core/recording.js';
import { endOf } from './time-axis.js';

export interface KeyStay {
  /** Index of the node. */
  readonly node: number;
  /** Instants in s. */
  readonly begin: number;
  readonly end: number;
  /** Index of the node from which the key moved here; undefined where it was here from the start. */
  readonly from?: number;
}

/** Indices of the moves of each key, in the order of time. */
export function movesOfKeys({ keys, moves }: Recording): readonly (readonly number[])[] {
  const own: number[][] = keys.name.map(() => []);
  moves.key.forEach((key, move) => {
    own[key]!.push(move);
  });
  return own;
}

/** The stays of each key, one after the other; one that a move at the same instant ends is none. */
export function keyStays(recording: Recording): readonly (readonly KeyStay[])[] {
  const { keys, moves } = recording;
  const last = endOf(recording);
  return movesOfKeys(recording).map((own, key) => {
    const begins = [0, ...own.map((move) => moves.time_s[move]!)];
    const places = [keys.place[key]!, ...own.map((move) => moves.to[move]!)];
    return begins.flatMap((begin, i): readonly KeyStay[] => {
      const end = begins[i + 1] ?? last;
      if (end === begin && i + 1 < begins.length) return [];
      const stay = { node: places[i]!, begin, end };
      return [i === 0 ? stay : { ...stay, from: places[i - 1]! }];
    });
  });
}
