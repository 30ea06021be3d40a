/** Conditions on parameters, as an experiment states them: "nodes.edge <= nodes.cloud". */
import jsep, {
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Literal,
  type MemberExpression,
  type UnaryExpression,
} from 'jsep';
import { PARAMETER_LIST, type Parameter, type Parameters } from '../../core/index.js';
import { didYouMean, type Problem, sentences, shown, unknownName } from './errors.js';
import { policyNames } from './values.js';

export type Condition = (parameters: Parameters) => boolean;

type Value = number | string | boolean;
type Type = 'number' | 'string' | 'boolean';

/** A part of a condition: its type is known before any run, its value for one set of parameters. */
interface Term {
  readonly type: Type;
  readonly value: (parameters: Parameters) => Value;
  /** The parameter that it is, where it is one. */
  readonly parameter?: Parameter;
  /** The text that it is, where it is one. */
  readonly literal?: Value;
}

class ConstraintError extends Error {
  constructor(
    readonly fact: string,
    readonly remedy: string,
  ) {
    super(fact);
  }
}

/** What is no parameter of its own but may be asked for. */
const DERIVED: Readonly<Record<string, Term>> = {
  nodes: { type: 'number', value: (p) => p.edgeNodes + p.cloudNodes },
};

const OPERATORS = '<, <=, >, >=, ==, !=, +, -, *, /, %, &&, ||, !';

function parameterTerm(name: string): Term {
  const parameter = PARAMETER_LIST.find((p) => p.name === name || p.id === name);
  if (parameter === undefined) {
    if (Object.hasOwn(DERIVED, name)) return DERIVED[name];
    const known = [...PARAMETER_LIST.map((p) => p.name), ...Object.keys(DERIVED)];
    throw new ConstraintError(
      `${shown(name)} is not a parameter.`,
      sentences(didYouMean(name, known), 'See "ds2p list" for all parameters.'),
    );
  }
  const { kind, id } = parameter;
  if (kind.type === 'numbers')
    throw new ConstraintError(
      `${shown(name)} is a list.`,
      'Compare parameters that are numbers, words or switches.',
    );
  const type =
    kind.type === 'boolean'
      ? 'boolean'
      : kind.type === 'choice' || kind.type === 'policy'
        ? 'string'
        : 'number';
  return { type, value: (p) => p[id] as Value, parameter };
}

/** "nodes.edge" is parsed as the member "edge" of "nodes". */
function nameOf(node: Expression): string {
  if (node.type === 'Identifier') return (node as Identifier).name;
  const { object, property, computed } = node as MemberExpression;
  if (node.type !== 'MemberExpression' || computed)
    throw new ConstraintError(
      'it is none that can be understood.',
      'Write names of parameters, as in "nodes.edge".',
    );
  return `${nameOf(object)}.${nameOf(property)}`;
}

const NUMERIC: Readonly<Record<string, (a: number, b: number) => Value>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function expectType(term: Term, type: Type, operator: string): void {
  if (term.type === type) return;
  const words = { number: 'a number', string: 'a word', boolean: 'true or false' };
  throw new ConstraintError(
    `"${operator}" needs ${words[type]} on each side, and one is ${words[term.type]}.`,
    'Compare what is of one kind; words stand in quotes.',
  );
}

/** A word that is compared with a choice has to be one of its values, or the condition would never hold. */
function checkChoice(word: Term, other: Term): void {
  const kind = other.parameter?.kind;
  if (typeof word.literal !== 'string' || (kind?.type !== 'choice' && kind?.type !== 'policy')) return;
  const known = kind.type === 'choice' ? kind.choices : policyNames(kind.registry);
  if (known.includes(word.literal)) return;
  const { fact, remedy } = unknownName('', `a value of ${other.parameter!.name}`, word.literal, known);
  throw new ConstraintError(fact, remedy);
}

function binary(node: BinaryExpression): Term {
  const { operator } = node;
  const left = term(node.left);
  const right = term(node.right);
  const numeric = NUMERIC[operator];
  if (numeric !== undefined) {
    for (const side of [left, right]) expectType(side, 'number', operator);
    const type = '+-*/%'.includes(operator) ? 'number' : 'boolean';
    return { type, value: (p) => numeric(left.value(p) as number, right.value(p) as number) };
  }
  if (operator === '&&' || operator === '||') {
    for (const side of [left, right]) expectType(side, 'boolean', operator);
    const isAnd = operator === '&&';
    return {
      type: 'boolean',
      value: (p) => (isAnd ? left.value(p) && right.value(p) : left.value(p) || right.value(p)),
    };
  }
  if (['==', '===', '!=', '!=='].includes(operator)) {
    expectType(right, left.type, operator);
    checkChoice(left, right);
    checkChoice(right, left);
    const wanted = operator.startsWith('=');
    return { type: 'boolean', value: (p) => (left.value(p) === right.value(p)) === wanted };
  }
  throw new ConstraintError(`"${operator}" is no operator of conditions.`, `Known: ${OPERATORS}.`);
}

function unary({ operator, argument }: UnaryExpression): Term {
  const inner = term(argument);
  if (operator === '!') {
    expectType(inner, 'boolean', operator);
    return { type: 'boolean', value: (p) => !inner.value(p) };
  }
  if (operator !== '-' && operator !== '+')
    throw new ConstraintError(`"${operator}" is no operator of conditions.`, `Known: ${OPERATORS}.`);
  expectType(inner, 'number', operator);
  const sign = operator === '-' ? -1 : 1;
  return { type: 'number', value: (p) => sign * (inner.value(p) as number) };
}

function term(node: Expression): Term {
  switch (node.type) {
    case 'Literal': {
      const { value } = node as Literal;
      if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean') break;
      return { type: typeof value as Type, value: () => value, literal: value };
    }
    case 'Identifier':
    case 'MemberExpression':
      return parameterTerm(nameOf(node));
    case 'BinaryExpression':
    case 'LogicalExpression':
      return binary(node as BinaryExpression);
    case 'UnaryExpression':
      return unary(node as UnaryExpression);
  }
  throw new ConstraintError(
    'it is none that can be understood.',
    `Write a comparison of parameters with ${OPERATORS}.`,
  );
}

function parse(text: string): Expression {
  try {
    return jsep(text);
  } catch (error) {
    throw new ConstraintError(
      `it cannot be read (${(error as Error).message}).`,
      'Write for example "nodes.edge <= nodes.cloud".',
    );
  }
}

/** The condition that a text states; its problem is added to `problems`, and undefined returned, where it states none. */
export function parseConstraint(text: unknown, path: string, problems: Problem[]): Condition | undefined {
  try {
    if (typeof text !== 'string')
      throw new ConstraintError('it is no text.', 'Write for example "nodes.edge <= 5".');
    const { type, value } = term(parse(text));
    if (type !== 'boolean')
      throw new ConstraintError(
        'it is not true or false.',
        'Write a comparison, as in "nodes.edge <= nodes.cloud".',
      );
    return (parameters) => value(parameters) as boolean;
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    problems.push({ path, fact: `the constraint ${shown(text)}: ${error.fact}`, remedy: error.remedy });
    return undefined;
  }
}
