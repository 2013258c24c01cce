import type { Schema, StoredRow, Value } from '../store/index.js';
import type { Scope } from './dialect.js';
import type { Arithmetic, Comparison, Expression, LiteralType } from './expression.js';
import { operandsOf } from './expression.js';
import { isArithmetic, isComparison } from './filter-parser.js';
import { toDecimal } from './decimal.js';
import { toMoment } from './literals.js';
import type { Kind, Operand, Predicate } from './operand.js';
import { fromText, kindOf, orderOf, readAs } from './operand.js';
import { resolveCollection, resolvePath } from './path.js';
import { Refusal } from './refusal.js';
import { globMatcher } from './wildcards.js';

/** Compiles an expression into a test of one row. */
export function compileFilter(expression: Expression, schema: Schema, scope: Scope): Predicate {
  switch (expression.kind) {
    case 'not': {
      const inner = compileFilter(expression.operand, schema, scope);
      return (row) => !inner(row);
    }
    case 'binary':
      return binary(expression, schema, scope);
    case 'call': {
      const compile = scope.dialect.functions.get(expression.name);
      if (!compile) throw invalid(`An unknown function with name '${expression.name}' was found.`);
      return compile(expression, (argument) => operandOf(argument, schema, scope), { schema, scope });
    }
    case 'lambda':
      return lambda(expression, schema, scope);
    default: {
      const { kind, read } = operandOf(expression, schema, scope);
      if (kind !== 'boolean') throw invalid('The $filter expression must evaluate to a single boolean value.');
      return (row) => read(row) === true;
    }
  }
}

type Binary = Extract<Expression, { kind: 'binary' }>;

function binary(expression: Binary, schema: Schema, scope: Scope): Predicate {
  const { operator, left, right } = expression;
  if (!scope.dialect.operators.has(operator)) throw invalid(`The operator '${operator}' is not supported.`);
  if (operator === 'and' || operator === 'or') {
    const tests = operandsOf(operator, expression).map((part) => compileFilter(part, schema, scope));
    return operator === 'and' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
  }
  if (!isComparison(operator)) throw invalid('The $filter expression must evaluate to a single boolean value.');
  return compare(operator, operandOf(left, schema, scope), operandOf(right, schema, scope), scope);
}

/** Whether the operand's value is among these, written as texts. */
export function oneOf({ kind, read }: Operand, texts: readonly string[]): Predicate {
  const plain = (value: Value) => (typeof value === 'string' ? value.toLowerCase() : value);
  const values = new Set(texts.map((text) => plain(fromText(kind, text) ?? null)));
  return (row) => {
    const value = read(row);
    return value !== null && values.has(plain(value));
  };
}

const TESTS: Record<Comparison, (order: number) => boolean> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

const OPERATOR_KINDS: Record<Comparison, string> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

/** Null equals null only, and is neither above nor below anything. */
export function compare(
  operator: Comparison,
  left: Operand,
  right: Operand,
  { dialect }: Pick<Scope, 'dialect'>,
): Predicate {
  const common = commonKind(left, right);
  const [readLeft, readRight] = [readAs(common, left), readAs(common, right)];
  const ordered = operator === 'eq' || operator === 'ne' || common !== 'enum';
  if (dialect.columnsOfOneRow && (left.lookups ?? 0) + (right.lookups ?? 0) > 0 && areColumns(left, right)) {
    throw invalid('Columns of other tables cannot be compared with each other.');
  }
  const unlike = dialect.columnsOfOneRow === true && areColumns(left, right) && left.typeName !== right.typeName;
  const bareGuid =
    dialect.bareGuidsOnly === true && common === 'guid' && [left, right].some(({ kind }) => kind === 'text');
  if (!readLeft || !readRight || !ordered || bareGuid || unlike) {
    throw invalid(
      'A binary operator with incompatible types was detected. Found operand types ' +
        `'${left.typeName}' and '${right.typeName}' for operator kind '${OPERATOR_KINDS[operator]}'.`,
    );
  }
  if (
    dialect.starWildcard &&
    common === 'text' &&
    right.literal?.includes('*') &&
    (operator === 'eq' || operator === 'ne')
  ) {
    const matches = globMatcher(right.literal);
    return (row) => matches(String(readLeft(row) ?? '')) === (operator === 'eq');
  }
  const [order, test] = [orderOf(common), TESTS[operator]];
  return (row) => {
    const [a, b] = [readLeft(row), readRight(row)];
    if (a === null || b === null) return operator === 'eq' ? a === b : operator === 'ne' && a !== b;
    return test(order(a, b));
  };
}

const areColumns = (...sides: readonly Operand[]): boolean => sides.every(({ lookups }) => lookups !== undefined);

/** Literals take the kind of what they are compared with. */
function commonKind(left: Operand, right: Operand): Kind {
  if (left.literal !== undefined || left.kind === 'null') return right.kind;
  return left.kind === 'number' && right.kind === 'digits' && right.literal === undefined ? 'digits' : left.kind;
}

/** Binds a value expression. */
export function operandOf(expression: Expression, schema: Schema, scope: Scope): Operand {
  switch (expression.kind) {
    case 'literal':
      return literal(expression.type, expression.text);
    case 'enum':
      return enumMember(expression.enumType, expression.member, scope);
    case 'path': {
      const { column, read, lookups } = resolvePath(expression.segments, schema, scope);
      const typeName = column.type === 'Enum' ? `${scope.dialect.namespace}.${column.enumType}` : column.type;
      return { typeName, kind: kindOf(column), read, lookups };
    }
    case 'binary':
      return { typeName: 'Edm.Decimal', kind: 'number', read: calculation(expression, schema, scope) };
    case 'list':
      throw invalid('A list of values is not expected here.');
    default: {
      const test = compileFilter(expression, schema, scope);
      return { typeName: 'Edm.Boolean', kind: 'boolean', read: test };
    }
  }
}

const LITERAL_TYPES = {
  null: 'null',
  boolean: 'Edm.Boolean',
  number: 'Edm.Int32',
  string: 'Edm.String',
  guid: 'Edm.Guid',
  date: 'Edm.DateTimeOffset',
} as const satisfies Record<LiteralType, string>;

function literal(type: LiteralType, text: string): Operand {
  const typeName = LITERAL_TYPES[type];
  switch (type) {
    case 'null':
      return { typeName, kind: 'null', read: () => null };
    case 'boolean':
      return { typeName, kind: 'boolean', read: () => text === 'true' };
    case 'number': {
      const digits = toDecimal(text) ?? '0';
      return {
        typeName: digits.includes('.') ? 'Edm.Decimal' : typeName,
        kind: 'digits',
        read: () => digits,
        literal: digits,
      };
    }
    case 'guid':
      return { typeName, kind: 'guid', read: () => text.toLowerCase(), literal: text };
    case 'date': {
      const moment = toMoment(text);
      if (moment === undefined) throw invalid(`The date '${text}' does not exist.`);
      return { typeName, kind: 'moment', read: () => moment, literal: text };
    }
    case 'string':
      return { typeName, kind: 'text', read: () => text, literal: text };
  }
}

function enumMember(enumType: string, member: string, { dialect, enums }: Scope): Operand {
  const name = enumType.startsWith(`${dialect.namespace}.`) ? enumType.slice(dialect.namespace.length + 1) : enumType;
  if (!enums.get(name)?.includes(member)) throw invalid(`'${member}' is not a member of the type '${enumType}'.`);
  return { typeName: enumType, kind: 'enum', read: () => member };
}

/** A calculation goes from left to right; its tree is as deep as the chain is long, and is walked without recursion. */
function calculation(expression: Binary, schema: Schema, scope: Scope): Operand['read'] {
  const steps: { calculate: (typeof CALCULATIONS)[Arithmetic]; operand: Expression }[] = [];
  let first: Expression = expression;
  for (; first.kind === 'binary'; first = first.left) {
    const { operator, right } = first;
    if (!isArithmetic(operator) || !scope.dialect.operators.has(operator)) {
      throw invalid(`The operator '${operator}' is not supported here.`);
    }
    steps.push({ calculate: CALCULATIONS[operator], operand: right });
  }
  const start = operandOf(first, schema, scope);
  const bound = steps
    .reverse()
    .map(({ calculate, operand }) => ({ calculate, read: operandOf(operand, schema, scope).read }));
  return (row) => {
    let result = start.read(row);
    for (const { calculate, read } of bound) {
      const value = read(row);
      if (result === null || value === null) return null;
      result = calculate(Number(result), Number(value));
    }
    return result;
  };
}

const CALCULATIONS: Record<Arithmetic, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => (Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) : a / b),
  divby: (a, b) => a / b,
  mod: (a, b) => a % b,
};

function lambda(expression: Extract<Expression, { kind: 'lambda' }>, schema: Schema, scope: Scope): Predicate {
  const { path, quantifier, variable, body } = expression;
  const { target, rowsOf } = resolveCollection(path, schema, scope);
  const test = body ? compileFilter(body, target, { ...scope, variable }) : () => true;
  return (row: StoredRow) => (quantifier === 'any' ? rowsOf(row).some(test) : rowsOf(row).every(test));
}

const invalid = (message: string) => new Refusal(400, '0x80060888', message);
