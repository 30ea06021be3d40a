/** The parameters that a sweep sets, as a crate tells of them. */
import { PARAMETER_LIST } from '../core/index.js';
import type { Entity } from './crate.js';

const FORMAL_PARAMETER = 'https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE';
const reference = (id: string) => ({ '@id': id });

/** Parameters that the sweep sets, each with the values that it visits. */
function visited(definition: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  const take = (set: unknown) => {
    if (isObject(set)) for (const [name, value] of Object.entries(set)) values.set(name, value);
  };
  take(definition.fixed);
  for (const set of Array.isArray(definition.cases) ? definition.cases : [])
    if (isObject(set))
      for (const [name, value] of Object.entries(set)) {
        const before = values.get(name);
        values.set(name, [...(Array.isArray(before) ? before : []), value]);
      }
  for (const group of Array.isArray(definition.zip) ? definition.zip : [definition.zip]) take(group);
  take(definition.axes);
  for (const name of ['presets', 'replications', 'duration', 'seed', 'constraints'])
    if (definition[name] !== undefined) values.set(name, definition[name]);
  return values;
}

/** Parameters as inputs of the workflow, and the values that this sweep gave them. */
export function parameterEntities(definition: Readonly<Record<string, unknown>>): {
  readonly formal: Entity[];
  readonly values: Entity[];
} {
  const all = [...visited(definition)];
  const docs = new Map<string, string>(PARAMETER_LIST.map(({ name, doc }) => [name, doc]));
  return {
    formal: all.map(([name]) => ({
      '@id': `#parameter/${name}`,
      '@type': 'FormalParameter',
      additionalType: 'Text',
      conformsTo: reference(FORMAL_PARAMETER),
      name,
      ...(docs.has(name) ? { description: docs.get(name) } : {}),
      workExample: reference(`#value/${name}`),
    })),
    values: all.map(([name, value]) => ({
      '@id': `#value/${name}`,
      '@type': 'PropertyValue',
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
      exampleOfWork: reference(`#parameter/${name}`),
    })),
  };
}
