/** Measuring on a noisy machine: CPU time, in repetitions that take turns, of which the least and the median count. */
import { median, min } from 'simple-statistics';

/** Something to measure. */
export interface Case {
  readonly group: string;
  readonly name: string;
  /** What one operation is, such as `request`; the result is in ns of CPU an operation. */
  readonly operation: string;
  /** Does repetition `r` (from 0) and returns how many operations it did. */
  run(r: number): number;
}

/** CPU time of one case in ns an operation, over all repetitions that count. */
export interface Measured {
  readonly group: string;
  readonly name: string;
  readonly operation: string;
  readonly repetitions: number;
  readonly leastNs: number;
  readonly medianNs: number;
  /** In the order in which they were made, so that those of two cases can be paired. */
  readonly allNs: readonly number[];
}

export interface MeasureOptions {
  readonly repetitions: number;
  /** Repetitions before those that count, in which code is compiled. */
  readonly warmUps: number;
  readonly onRepetition: () => void;
  readonly signal: AbortSignal;
}

/** CPU time of the process in ns: V8 compiles and collects on threads of its own, which count as well. */
function cpuNanoseconds(): number {
  const { user, system } = process.cpuUsage();
  return 1000 * (user + system);
}

/**
 * Measures cases in turn: one repetition of each, then the next, so that a slow minute of the machine meets all
 * alike. Every second round goes backwards. Stops early, with what there is, when the signal is aborted.
 */
export async function measure(cases: readonly Case[], options: MeasureOptions): Promise<readonly Measured[]> {
  const times = cases.map((): number[] => []);
  const order = cases.map((_, i) => i);
  for (let round = -options.warmUps; round < options.repetitions; round++) {
    for (const i of round % 2 === 0 ? order : order.toReversed()) {
      if (options.signal.aborted) break;
      const begun = cpuNanoseconds();
      const operations = cases[i].run(Math.max(round, 0));
      const spent = cpuNanoseconds() - begun;
      if (round >= 0) times[i].push(spent / operations);
      options.onRepetition();
      // Signals are heard between repetitions.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return cases.flatMap(({ group, name, operation }, i) => {
    const allNs = times[i];
    if (allNs.length === 0) return [];
    const repetitions = allNs.length;
    return [{ group, name, operation, repetitions, leastNs: min(allNs), medianNs: median(allNs), allNs }];
  });
}
