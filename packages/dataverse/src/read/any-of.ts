import type { Value } from '@isthmus/core';
import { divide, keyCondition, type FilterBounds, type KeyProperty } from '@isthmus/odata';
import { fieldOf, type Entity, type Field } from '../entities/index.js';

/** Characters of a filter, of the 32,768 that a URL may have; the rest is for the other options. */
const MAX_LENGTH = 24_000;

/**
 * Filters that together find the rows whose key is one of `values`, each short enough for a URL. They may find more:
 * in comparisons the service takes `%`, `_` and brackets as wildcards. A key that no row can have is left out.
 */
export function anyOf(entity: Entity, key: readonly string[], values: readonly (readonly Value[])[]): string[] {
  const fields = key.map((name) => fieldOf(entity, name));
  const [field, second] = fields;
  const listed = field && !second && LISTABLE.has(field.type);
  const properties = fields.map(keyProperty);
  const plain: string[] = [];
  const tests: string[] = [];
  for (const tuple of values) {
    const [value] = tuple;
    const test = keyCondition(properties, tuple);
    if (test === undefined) continue;
    if (listed && isPlain(String(value))) plain.push(JSON.stringify(String(value)));
    else tests.push(test);
  }
  const lists = divide(plain, LIST_BOUNDS).map(
    (items) => `Microsoft.Dynamics.CRM.In(PropertyName='${field?.column}',PropertyValues=[${items.join(',')}])`,
  );
  return [...lists, ...divide(tests, CHAIN_BOUNDS).map((chain) => chain.join(' or '))];
}

const keyProperty = ({ column, literal }: Field): KeyProperty => ({
  name: column,
  literal: (value) => (value === null ? 'null' : literal(value)),
});

/** What escaping adds to a plain value in quotes, and the comma. */
const QUOTES_ESCAPED = 5;

/** A list of values is one condition to the server, however long. */
const LIST_BOUNDS: FilterBounds = {
  count: Infinity,
  length: MAX_LENGTH,
  lengthOf: (item) => item.length + QUOTES_ESCAPED,
};

/** Each test is a condition of its own. Escaping makes at the most three characters of every byte. */
const CHAIN_BOUNDS: FilterBounds = {
  count: 100,
  length: MAX_LENGTH,
  lengthOf: (text) => 3 * Buffer.byteLength(text),
};

const LISTABLE = new Set(['text', 'guid', 'integer']);

/** Nothing in it that needs escaping inside the list. */
const isPlain = (text: string): boolean => PLAIN.test(text);
const PLAIN = /^[\w .-]*$/;
