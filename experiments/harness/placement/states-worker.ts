/** What a worker thread does to get placement problems: it generates them, or runs the simulator and copies those of its states. */
import { type MigrationPolicy, type Parameters, simulate } from '../../../core/index.js';
import { placementProblems } from '../../../core/migration/placement-problems.js';
import { type FormulationName, formulationNamed } from '../../../core/placement/formulations/index.js';
import { generateProblem } from '../../../core/placement/generate.js';
import type { PlacementProblem } from '../../../core/placement/problem.js';
import { loadPlacementSolvers, solvePlacement } from '../../../core/placement/solve.js';
import { buildWorld } from '../../../core/simulate.js';
import { type Capacity, edgeNodes, type Size, type Source, simulatedParameters } from './scalability-plan.js';

export interface StatesTask extends Size {
  readonly source: Source;
  readonly seed: number;
  /** How many decisions are looked at: the state after 120 s, 240 s, ...; or how many problems are generated. */
  readonly states: number;
  /** Seeds of generated problems of one task are this far apart. */
  readonly stride: number;
  readonly capacity: Capacity;
  readonly formulations: readonly FormulationName[];
}

/** The problem of one moment, under each formulation that was asked for. */
export interface State {
  /** Simulated time, s; NaN of a generated problem. */
  readonly time: number;
  readonly problems: Readonly<Partial<Record<FormulationName, PlacementProblem>>>;
}

/** Tight nodes hold this part of the bytes that functions use, divided by the number of edge nodes. */
const TIGHT_PART = 0.3;

await loadPlacementSolvers();

/**
 * Simulates preset as-published at the size of the task. At each decision the problems are copied; what moves are the keys
 * as the sound reading places them by local search, which is quick at every size, so that later states
 * are states of a system that migrates.
 */
function capture(task: StatesTask): readonly State[] {
  const { nodes, seed, states } = task;
  const loose = simulatedParameters(task, states);
  const parameters = {
    ...loose,
    ...(task.capacity === 'tight' ? tightStorage(loose, seed, edgeNodes(nodes)) : {}),
  };
  const captured: State[] = [];
  const migration: MigrationPolicy = {
    kind: 'migration',
    name: 'capture',
    doc: 'copies the placement problem of each decision',
    source: 'this project',
    parameters: {},
    make(context) {
      const { view } = context;
      const accessed = view.accessedKeys;
      const sound = placementProblems(context, formulationNamed('sound'));
      const readings = task.formulations.map(
        (name) => [name, placementProblems(context, formulationNamed(name))] as const,
      );
      return () => {
        const problems = readings.map(([name, problemNow]) => [name, structuredClone(problemNow())]);
        captured.push({ time: view.now, problems: Object.fromEntries(problems) });
        const { placement } = solvePlacement(sound(), { solver: 'local-search' });
        return { moves: Array.from(placement, (to, k) => ({ key: accessed[k], to })) };
      };
    },
  };
  simulate({ parameters, seed }, { migration });
  return captured;
}

function generate({ nodes, functions, keys, seed, states, stride, capacity, formulations }: StatesTask) {
  return Array.from({ length: states }, (_, i): State => {
    const options = { nodes, functions, keys, capacity, edge: edgeNodes(nodes), seed: seed + i * stride };
    const problems = formulations.map((formulation) => [
      formulation,
      generateProblem({ ...options, formulation }),
    ]);
    return { time: Number.NaN, problems: Object.fromEntries(problems) };
  });
}

export default function problemsOf(task: StatesTask): readonly State[] {
  return task.source === 'generated' ? generate(task) : capture(task);
}

/** Storage of every compute node such that not all can be where they are read; the store may keep keys. */
function tightStorage(parameters: Parameters, seed: number, edges: number) {
  const { accessedKeys, keySize } = buildWorld({ parameters, seed }).application;
  const inUse = accessedKeys.reduce((sum, key) => sum + keySize[key], 0);
  const storage = (TIGHT_PART * inUse) / edges / 1e6;
  return { edgeStorage: storage, cloudStorage: storage, storeMayHost: true };
}
