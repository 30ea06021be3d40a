/** The commands, in the order of the help. */
import type { CommandSpec } from '../command.js';
import { bundleCommand } from './bundle.js';
import { compareCommand } from './compare.js';
import { completionCommand } from './completion.js';
import { experimentCommand } from './experiment.js';
import { explainCommand } from './explain.js';
import { figuresCommand } from './figures.js';
import { importCommand } from './import.js';
import { inspectCommand } from './inspect.js';
import { listCommand } from './list.js';
import { mergeCommand } from './merge.js';
import { newCommand } from './new.js';
import { reportCommand } from './report.js';
import { reproduceCommand } from './reproduce.js';
import { runCommand } from './run.js';
import { scalabilityCommand } from './scalability.js';
import { slurmCommand } from './slurm.js';
import { solveCommand } from './solve.js';
import { statusCommand } from './status.js';

export const COMMANDS: readonly CommandSpec[] = [
  reproduceCommand,
  runCommand,
  inspectCommand,
  explainCommand,
  experimentCommand,
  compareCommand,
  newCommand,
  listCommand,
  statusCommand,
  figuresCommand,
  reportCommand,
  bundleCommand,
  importCommand,
  solveCommand,
  scalabilityCommand,
  mergeCommand,
  slurmCommand,
  completionCommand,
];
