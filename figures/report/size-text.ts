/** The size of a system in words. */
import { counted } from '../../experiments/harness/words.js';
import type { ScenarioSize } from './facts.js';

/**
 * "10 nodes, 5 functions". A scenario has nodes and functions of its own, which parameters do not tell: those that
 * are not known from its file are said to be the scenario's.
 */
export function sizeText(nodes: number, functions: number, size: ScenarioSize | undefined): string {
  if (size === undefined) return `${counted(nodes, 'node')}, ${counted(functions, 'function')}`;
  if (!size.isKnown) return 'as the scenario has';
  return `${counted(size.nodes ?? nodes, 'node')}, ${counted(size.functions ?? functions, 'function')} (of the scenario)`;
}
