/**
 * What an experiment is: a question, the parameters that stay fixed, and the axes along which the rest
 * varies. Experiments are data, so that one can be read at a glance and run, listed or documented alike.
 */
import type { PARAMETERS, ParameterId, Parameters, PresetName } from '../core/index.js';

/** Values of parameters by their dotted public names; a name or a value of the wrong type does not compile. */
export type ParameterValues = {
  readonly [Id in ParameterId as (typeof PARAMETERS)[Id]['name']]?: Parameters[Id];
};

/** Lists of values by dotted public name; an experiment visits their cartesian product. */
export type Axes = {
  readonly [Id in ParameterId as (typeof PARAMETERS)[Id]['name']]?: readonly Parameters[Id][];
};

/** What an experiment visits. The order of axes is the order of rows: the last one varies fastest. */
export interface Plan {
  /** Sets of parameters that vary together (lockstep); every set is crossed with all axes. */
  readonly cases?: readonly ParameterValues[];
  /** Lists of equal length whose values vary together, one group or several; each group is crossed with the rest. */
  readonly zip?: Axes | readonly Axes[];
  readonly axes?: Axes;
  /** Conditions on parameters, as in "nodes.edge <= nodes.cloud"; what does not meet them is left out. */
  readonly constraints?: readonly string[];
  readonly replications: number;
  /** Simulated seconds during which requests arrive. */
  readonly duration: number;
}

export interface Experiment extends Plan {
  /** Its name on the command line and the name of its folder of results. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** Where the paper asks it, or that it does not. */
  readonly section: string;
  /** Each preset is visited in full, the first one first. */
  readonly presets: readonly PresetName[];
  readonly fixed?: ParameterValues;
  /** What `reproduce --quick` does instead; by default 900 s of arrivals and 3 replications. */
  readonly quick?: Partial<Plan>;
  /** Seed of replication 0, unless the command line gives another; 1 where neither does. */
  readonly seed?: number;
  /** Whether it needs a scenario file; it is then no part of `reproduce`. */
  readonly needsScenario?: boolean;
  /** Whether `reproduce` leaves it out, since it says nothing about the paper or takes too long. */
  readonly apart?: boolean;
}

/** Replications and duration of section 5.1, which hold unless an experiment says otherwise. */
export const SECTION_5_1 = { replications: 10, duration: 3600 } as const;

/** The short form of every experiment under `reproduce --quick`. */
export const QUICK = { replications: 3, duration: 900 } as const;
