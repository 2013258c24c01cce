import type { Condition, Value } from '@isthmus/core';
import { fieldOf, lookupOf, type Entity, type Field } from '../entities/index.js';

export interface ServerFilter {
  /** OData filter; undefined where everything is wanted. */
  readonly text: string | undefined;
  /** It lets through exactly what the conditions do; otherwise it may let through more, and the reader has to test. */
  readonly exact: boolean;
}

/** Conditions as a filter, as far as the server takes them for what they say. It never holds back what they want. */
export function serverFilter(entity: Entity, conditions: readonly Condition[]): ServerFilter {
  const tests = conditions.map((condition) => testOf(entity, condition));
  const sent = tests.flatMap(({ text }) => text ?? []);
  return { text: sent.length > 0 ? sent.join(' and ') : undefined, exact: tests.every(({ exact }) => exact) };
}

const NOT_SENT: ServerFilter = { text: undefined, exact: false };

function testOf(entity: Entity, condition: Condition): ServerFilter {
  const values = condition.is === 'in' ? condition.values : [condition.value];
  const { operand, field, followed } = ownColumn(entity, condition, values) ?? operandOf(entity, condition.path);
  const wild = values.some(isWild);
  // Whether emptiness behind an empty lookup counts as empty is not known.
  const uncertain = followed && (condition.is === 'ne' || values.includes(null));
  if (uncertain || values.length === 0 || (wild && condition.is === 'ne')) return NOT_SENT;
  const literals = values.map((value) => (value === null ? 'null' : field.literal(value)));
  return { text: condition.is === 'ne' ? differs(operand, literals) : equalsAny(operand, literals), exact: !wild };
}

/** In the database null neither equals nor differs; here it differs from every value. */
const differs = (operand: string, [literal = 'null']: readonly string[]): string =>
  literal === 'null' ? `${operand} ne null` : `(${operand} ne ${literal} or ${operand} eq null)`;

function equalsAny(operand: string, literals: readonly string[]): string {
  const tests = literals.map((literal) => `${operand} eq ${literal}`).join(' or ');
  return literals.length === 1 ? tests : `(${tests})`;
}

/** In comparisons the service takes these as wildcards. */
const WILDCARDS = /[%_[\]]/;
const isWild = (value: Value): boolean => typeof value === 'string' && WILDCARDS.test(value);

interface Operand {
  readonly operand: string;
  readonly field: Field;
  readonly followed: boolean;
}

/** The primary key behind a lookup is the lookup's own value: no join, and an index that every lookup column has. */
function ownColumn(entity: Entity, { path, is }: Condition, values: readonly Value[]): Operand | undefined {
  const [hop = '', key, ...deeper] = path.split('.');
  if (key === undefined || deeper.length > 0 || is === 'ne' || values.includes(null)) return undefined;
  const { column, target } = lookupOf(entity, hop);
  const sole = entity.lookups.filter((each) => each.column === column).length === 1;
  if (!sole || key !== target.id) return undefined;
  return { operand: column, field: fieldOf(target, key), followed: false };
}

function operandOf(entity: Entity, path: string): Operand {
  const dot = path.indexOf('.');
  if (dot < 0) {
    const field = fieldOf(entity, path);
    return { operand: field.column, field, followed: false };
  }
  const { navigation, target } = lookupOf(entity, path.slice(0, dot));
  const { operand, field } = operandOf(target, path.slice(dot + 1));
  return { operand: `${navigation}/${operand}`, field, followed: true };
}
