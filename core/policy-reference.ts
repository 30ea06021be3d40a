/**
 * How a run names a policy: its name, or the path of its file, and after it what is set of its own parameters,
 * as in `skippy:dataWeight=2:prefer=cloud`. A reference is plain text, so that it can stand wherever the name of a
 * policy can: on the command line, in an axis of an experiment, in a column of a CSV.
 */
import type { ParameterKind, ParameterValue } from './parameters.js';
import type { OwnValues, PolicyInfo } from './policy.js';

export interface PolicyReference {
  /** The name of a policy, or the path of a file. */
  readonly name: string;
  /** What is set of its own parameters, as text, in the order given. */
  readonly settings: readonly (readonly [parameter: string, value: string])[];
}

const NEXT_SETTING = /:(?=[A-Za-z][A-Za-z0-9_-]*=)/;

/** Takes a reference apart; whatever text it is, since what it names is checked elsewhere. */
export function parseReference(text: string): PolicyReference {
  const [name = '', ...settings] = text.split(NEXT_SETTING);
  return {
    name,
    settings: settings.map((setting) => {
      const equals = setting.indexOf('=');
      return [setting.slice(0, equals), setting.slice(equals + 1)];
    }),
  };
}

/** The text of a reference; of two settings of one parameter the later one counts. */
export function formatReference({ name, settings }: PolicyReference): string {
  return [name, ...[...new Map(settings)].map(([parameter, value]) => `${parameter}=${value}`)].join(':');
}

/** Text as a number, or the text itself where it is none, for checks to complain about. */
function numberOrText(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

function listFromText(text: string): unknown {
  if (!text.trim().startsWith('[')) return text.split(',').map(numberOrText);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What `text` means for a parameter of this kind; not checked. Lists: `1,2,3` or JSON. */
export function valueFromText(kind: ParameterKind, text: string): unknown {
  switch (kind.type) {
    case 'number':
    case 'integer':
      return numberOrText(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'numbers':
      return listFromText(text);
    default:
      return text;
  }
}

/**
 * The values of the policy's own parameters under a reference to it.
 * @throws RangeError where the reference sets a parameter that the policy does not have.
 */
export function ownValues(policy: PolicyInfo, { settings }: PolicyReference): OwnValues {
  const rows = policy.parameters ?? {};
  const values: Record<string, ParameterValue> = {};
  for (const [name, row] of Object.entries(rows)) values[name] = row.default;
  for (const [name, text] of settings) {
    const row = rows[name];
    if (row === undefined) throw new RangeError(`The policy "${policy.name}" has no parameter "${name}".`);
    values[name] = valueFromText(row.kind, text) as ParameterValue;
  }
  return values;
}
