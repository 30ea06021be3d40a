/** The experiments of the product, in the order in which `reproduce` reports them. */
import type { Experiment } from './experiment.js';
import { fig3 } from './fig3.js';
import { fig4 } from './fig4.js';
import { heuristics } from './heuristics.js';
import { load } from './load.js';
import { nodes } from './nodes.js';
import { overnight } from './overnight.js';
import { popularity } from './popularity.js';
import { scenario } from './scenario.js';
import { tMax } from './t-max.js';
import { table3 } from './table3.js';
import { uniform } from './uniform.js';

export const EXPERIMENTS: readonly Experiment[] = [
  table3,
  fig3,
  uniform,
  fig4,
  tMax,
  nodes,
  popularity,
  load,
  heuristics,
  scenario,
  overnight,
];

export type { Experiment } from './experiment.js';
export type { ExperimentFile } from './harness/experiment-file.js';
