/** One value of one parameter: its range in words, its check, and how it is read from text. */
import {
  MIGRATION_POLICIES,
  OFFLOADING_POLICIES,
  type Parameter,
  type ParameterKind,
  type ParameterValue,
  valueFromText as textToValue,
} from '../../core/index.js';
import { type Problem, shown, unknownName } from './errors.js';
import { checkReference } from './policy-registry.js';

type Bounds = { readonly min?: number; readonly max?: number; readonly above?: number };

/** Names of the policies of a registry. */
export function policyNames(registry: 'offloading' | 'migration'): readonly string[] {
  return (registry === 'offloading' ? OFFLOADING_POLICIES : MIGRATION_POLICIES).map(({ name }) => name);
}

/** Bounds in words: "> 0", "0 to 1", ">= 0", or nothing. */
function boundsText({ min, max, above }: Bounds): string {
  if (above !== undefined) return max === undefined ? `> ${above}` : `> ${above} and <= ${max}`;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `>= ${min}`;
  return max === undefined ? '' : `<= ${max}`;
}

/** The range of a parameter in words, as lists and messages show it. */
export function rangeText(kind: ParameterKind): string {
  switch (kind.type) {
    case 'number':
      return boundsText(kind) || 'any number';
    case 'integer':
      return `whole, ${boundsText(kind)}`;
    case 'boolean':
      return 'true, false';
    case 'choice':
      return kind.choices.join(', ');
    case 'policy':
      return `${policyNames(kind.registry).join(', ')}, or the path of a .ts or .js file`;
    case 'numbers':
      return `list, each ${boundsText(kind) || 'any number'}`;
  }
}

/** What to give instead, as a sentence. */
function remedy({ kind, unit }: Parameter): string {
  const inUnit = unit === '-' ? '' : `, in ${unit}`;
  switch (kind.type) {
    case 'number':
      return `Give a number ${boundsText(kind)}${inUnit}.`;
    case 'integer':
      return `Give a whole number, ${boundsText(kind)}${inUnit}.`;
    case 'numbers':
      return `Give a list of at least ${kind.minLength} number${kind.minLength === 1 ? '' : 's'}, each ${boundsText(kind)}${inUnit}.`;
    default:
      return `Give one of: ${rangeText(kind)}.`;
  }
}

function inBounds(value: number, { min, max, above }: Bounds): boolean {
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above)
  );
}

/** Every problem of `value` as a value of `parameter`; `path` names where it was found. */
export function checkValue(parameter: Parameter, value: unknown, path: string): readonly Problem[] {
  const { kind } = parameter;
  const wrong = (where: string, what: unknown, fact: string): Problem => ({
    path: where,
    fact: `${shown(what)} ${fact}.`,
    remedy: remedy(parameter),
  });
  const checkNumber = (what: unknown, where: string, bounds: Bounds): readonly Problem[] => {
    if (typeof what !== 'number' || !Number.isFinite(what)) return [wrong(where, what, 'is not a number')];
    return inBounds(what, bounds) ? [] : [wrong(where, what, 'is out of range')];
  };
  switch (kind.type) {
    case 'number':
      return checkNumber(value, path, kind);
    case 'integer':
      if (typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value))
        return [wrong(path, value, 'is not a whole number')];
      return checkNumber(value, path, kind);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrong(path, value, 'is neither true nor false')];
    case 'choice': {
      if (typeof value === 'string' && kind.choices.includes(value)) return [];
      const word = typeof value === 'string' ? value : shown(value);
      return [unknownName(path, `a value of ${parameter.name}`, word, kind.choices)];
    }
    case 'policy':
      return checkReference(kind.registry, typeof value === 'string' ? value : shown(value), path);
    case 'numbers':
      if (!Array.isArray(value)) return [wrong(path, value, 'is not a list')];
      if (value.length < kind.minLength) return [wrong(path, value, 'is too short')];
      return value.flatMap((element, i) => checkNumber(element, `${path}[${i}]`, kind));
  }
}

/** What `text` of the command line means for `parameter`; not checked. Lists: `1,2,3` or JSON. */
export function valueFromText({ kind }: Parameter, text: string): unknown {
  return textToValue(kind, text);
}

/** A value as tables show it. */
export function valueText(value: ParameterValue): string {
  return typeof value === 'object' ? value.join(', ') : String(value);
}
