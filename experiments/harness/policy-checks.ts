/** Is what a file exports a policy? Every field is looked at, and all problems are told at once. */
import type { ParameterKind } from '../../core/index.js';
import { didYouMean, type Problem, sentences, shown } from './errors.js';
import { type AnyPolicy, policiesOfProduct } from './policy-registry.js';
import { checkValue } from './values.js';

const REQUIRED = ['name', 'kind', 'doc', 'source', 'make'] as const;
const FIELDS = [...REQUIRED, 'reads', 'parameters', 'explain'] as const;
const ROW_FIELDS = ['unit', 'kind', 'default', 'doc'] as const;
/** Lower case, words joined by hyphens. */
export const POLICY_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const OWN_NAME = /^[A-Za-z][A-Za-z0-9]*$/;

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isNumber = (value: unknown): boolean => value === undefined || typeof value === 'number';

/** What is wrong with the `kind` of a parameter of a policy's own; undefined where nothing is. */
function kindFault(kind: unknown): string | undefined {
  if (!isObject(kind)) return `${shown(kind)} is no kind`;
  const types: readonly ParameterKind['type'][] = ['number', 'integer', 'boolean', 'choice', 'numbers'];
  if (!types.includes(kind.type as never)) return `${shown(kind.type)} is no type of a parameter`;
  if (![kind.min, kind.max, kind.above].every(isNumber)) return 'a bound is not a number';
  if (kind.type === 'integer' && (typeof kind.min !== 'number' || typeof kind.max !== 'number'))
    return 'an integer needs min and max';
  if (kind.type === 'numbers' && typeof kind.minLength !== 'number') return 'a list needs minLength';
  if (
    kind.type === 'choice' &&
    !(Array.isArray(kind.choices) && kind.choices.length > 0 && kind.choices.every(isText))
  )
    return 'a choice needs choices';
  return undefined;
}

class PolicyChecker {
  readonly problems: Problem[] = [];

  /** @param at `file:line` of a field. */
  constructor(private readonly at: (field: string) => string) {}

  report(field: string, fact: string, remedy: string): void {
    this.problems.push({ path: this.at(field), fact, remedy });
  }

  unknown(fields: Fields, known: readonly string[], where: string): void {
    for (const name of Object.keys(fields))
      if (!known.includes(name))
        this.report(
          name,
          `${shown(name)} is not a field of ${where}.`,
          sentences(didYouMean(name, known), `Known: ${known.join(', ')}.`),
        );
  }

  name(name: unknown, groups: ReadonlySet<string>): void {
    if (typeof name !== 'string' || !POLICY_NAME.test(name)) {
      this.report(
        'name',
        `${shown(name)} is not a name of a policy.`,
        'Write lower case with hyphens: "my-idea".',
      );
      return;
    }
    const taken = [...policiesOfProduct('offloading'), ...policiesOfProduct('migration')];
    if (taken.some((policy) => policy.name === name) || groups.has(name)) {
      const what = groups.has(name) ? 'a group of parameters' : 'a policy of the product';
      this.report('name', `${shown(name)} is the name of ${what}.`, 'Give the policy a name of its own.');
    }
  }

  parameters(parameters: unknown): void {
    if (parameters === undefined) return;
    if (!isObject(parameters)) {
      const remedy = "Write { alpha: { unit: '-', kind: { type: 'number' }, default: 1, doc: '...' } }.";
      this.report('parameters', `${shown(parameters)} is no table of parameters.`, remedy);
      return;
    }
    for (const [name, row] of Object.entries(parameters)) this.row(name, row);
  }

  private row(name: string, row: unknown): void {
    if (!OWN_NAME.test(name))
      this.report(
        name,
        `${shown(name)} is not a name of a parameter.`,
        'Use letters and digits only: "dataWeight".',
      );
    if (!isObject(row)) {
      this.report(name, `${shown(row)} is no parameter.`, `Write an object with ${ROW_FIELDS.join(', ')}.`);
      return;
    }
    this.unknown(row, ROW_FIELDS, `the parameter ${name}`);
    const missing = ROW_FIELDS.filter((field) => row[field] === undefined);
    for (const field of missing)
      this.report(name, `the parameter ${name} lacks "${field}".`, `Add it: ${ROW_FIELDS.join(', ')}.`);
    if (missing.length > 0) return;
    const fault = kindFault(row.kind);
    if (fault !== undefined) {
      this.report(
        name,
        `kind of ${name}: ${fault}.`,
        "Write for example { type: 'number', min: 0, max: 1 }.",
      );
      return;
    }
    const parameter = {
      name,
      unit: String(row.unit),
      kind: row.kind as ParameterKind,
      default: 0,
      doc: '',
      source: '',
    };
    for (const problem of checkValue(parameter, row.default, `${this.at(name)}: default`))
      this.problems.push(problem);
  }
}

/** The policy, or what keeps `value` from being one. @param at `file:line` of a field, or of where it should be. */
export function checkPolicy(
  value: unknown,
  at: (field: string) => string,
  groups: ReadonlySet<string>,
): { readonly policy: AnyPolicy } | { readonly problems: readonly Problem[] } {
  const checker = new PolicyChecker(at);
  if (!isObject(value)) {
    checker.report(
      'export',
      `the export is ${shown(value)}, not a policy.`,
      `Export an object with ${REQUIRED.join(', ')}.`,
    );
    return checker;
  }
  checker.unknown(value, FIELDS, 'a policy');
  for (const field of REQUIRED)
    if (value[field] === undefined)
      checker.report(field, `the policy lacks "${field}".`, `A policy has ${REQUIRED.join(', ')}.`);
  if (value.name !== undefined) checker.name(value.name, groups);
  const { kind, doc, source, make, explain, reads } = value;
  if (kind !== undefined && kind !== 'offloading' && kind !== 'migration')
    checker.report(
      'kind',
      `${shown(kind)} is not a kind of policy.`,
      sentences(didYouMean(String(kind), ['offloading', 'migration']), 'Write "offloading" or "migration".'),
    );
  for (const [field, text] of Object.entries({ doc, source }))
    if (text !== undefined && !isText(text))
      checker.report(field, `${shown(text)} is not a text.`, `Write one line as the ${field} of the policy.`);
  if (make !== undefined && typeof make !== 'function')
    checker.report(
      'make',
      `${shown(make)} is not a function.`,
      'Write make(context) { return (request) => node; }.',
    );
  if (explain !== undefined && (typeof explain !== 'function' || kind === 'migration'))
    checker.report(
      'explain',
      kind === 'migration'
        ? 'only an offloading policy explains itself.'
        : `${shown(explain)} is not a function.`,
      'Write explain(context) { return (request, decision) => explanation; } or leave it out.',
    );
  if (reads !== undefined && !(Array.isArray(reads) && reads.every(isText)))
    checker.report('reads', `${shown(reads)} is not a list of names.`, 'Write ["slo.tMax"] or leave it out.');
  checker.parameters(value.parameters);
  return checker.problems.length > 0 ? checker : { policy: value as unknown as AnyPolicy };
}
