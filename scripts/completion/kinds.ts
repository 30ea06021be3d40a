/** Kinds of values of options and arguments, which a shell can complete. */
import type { ParameterKind } from '../../core/index.js';

/**
 * A kind of values: paths, names that the product knows, or a list of words.
 */
export type ValueKind =
  | 'file'
  | 'folder'
  | 'command'
  | 'experiment'
  | 'offloading'
  | 'migration'
  | 'pair'
  | 'parameter'
  | 'preset'
  | 'metric'
  | readonly string[];

/** Values of a parameter that can be told one by one. */
export function valuesOfKind(kind: ParameterKind): ValueKind | undefined {
  if (kind.type === 'policy') return kind.registry;
  if (kind.type === 'choice') return kind.choices;
  return kind.type === 'boolean' ? ['true', 'false'] : undefined;
}
