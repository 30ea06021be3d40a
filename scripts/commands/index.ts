/** The commands, in the order of the help. */
import type { CommandSpec } from '../command.js';
import { compareCommand } from './compare.js';
import { experimentCommand } from './experiment.js';
import { figuresCommand } from './figures.js';
import { importCommand } from './import.js';
import { listCommand } from './list.js';
import { newCommand } from './new.js';
import { reproduceCommand } from './reproduce.js';
import { runCommand } from './run.js';
import { scalabilityCommand } from './scalability.js';
import { solveCommand } from './solve.js';

export const COMMANDS: readonly CommandSpec[] = [
  reproduceCommand,
  runCommand,
  experimentCommand,
  compareCommand,
  newCommand,
  listCommand,
  figuresCommand,
  importCommand,
  solveCommand,
  scalabilityCommand,
];
