import type { Condition, Value } from '@isthmus/core';
import { fieldOf, LEGAL_ENTITY, resolvePath, type Entity } from '../entities/index.js';

export interface ServerFilter {
  /** OData filter; undefined where everything is wanted. */
  readonly text: string | undefined;
  /** Every condition is in it; otherwise the reader has to test them. */
  readonly complete: boolean;
}

/** Conditions and legal entity as a filter, as far as the server takes them for what they say. */
export function serverFilter(entity: Entity, conditions: readonly Condition[], legalEntity?: string): ServerFilter {
  const tests = conditions.map((condition) => testOf(entity, condition));
  const company = entity.perLegalEntity && legalEntity ? inLegalEntity(entity, legalEntity) : undefined;
  const sent = [company, ...tests].filter((test) => test !== undefined);
  return { text: sent.length > 0 ? sent.join(' and ') : undefined, complete: !tests.includes(undefined) };
}

export const inLegalEntity = (entity: Entity, legalEntity: string): string =>
  `${LEGAL_ENTITY} eq ${fieldOf(entity, LEGAL_ENTITY).literal(legalEntity.toLowerCase())}`;

function testOf(entity: Entity, condition: Condition): string | undefined {
  const { field, lookup } = resolvePath(entity, condition.path);
  const operand = lookup ? `${lookup.navigation}/${field.name}` : field.name;
  const literal = (value: Value): string | undefined => (isWild(value) ? undefined : field.literal(value));
  if (condition.is !== 'in') {
    const value = literal(condition.value);
    return value === undefined ? undefined : `${operand} ${condition.is} ${value}`;
  }
  const values = condition.values.map(literal);
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return `(${values.map((value) => `${operand} eq ${value}`).join(' or ')})`;
}

/** `*` inside a text compares as a wildcard. */
const isWild = (value: Value): boolean => typeof value === 'string' && value.includes('*');
