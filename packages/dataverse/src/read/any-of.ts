import { isIsthmusError, type Value } from '@isthmus/core';
import { fieldOf, type Entity, type Field } from '../entities/index.js';

/** Characters of a filter, of the 32,768 that a URL may have; the rest is for the other options. */
const MAX_LENGTH = 24_000;
/** Each test is a condition of its own to the server; a list of values is one, however long. */
const MAX_TESTS = 100;

/**
 * Filters that together find the rows whose key is one of `values`, each short enough for a URL. They may find more:
 * in comparisons the service takes `%`, `_` and brackets as wildcards. A key that no row can have is left out.
 */
export function anyOf(entity: Entity, key: readonly string[], values: readonly (readonly Value[])[]): string[] {
  const fields = key.map((name) => fieldOf(entity, name));
  const [field, second] = fields;
  const listed = field && !second && LISTABLE.has(field.type);
  const plain: string[] = [];
  const tests: string[] = [];
  for (const tuple of values) {
    const [value] = tuple;
    const test = testOf(fields, tuple);
    if (test === undefined) continue;
    if (listed && isPlain(String(value))) plain.push(JSON.stringify(String(value)));
    else tests.push(test);
  }
  const lists = chunks(plain, Infinity, (item) => item.length + QUOTES_ESCAPED).map(
    (chunk) => `Microsoft.Dynamics.CRM.In(PropertyName='${field?.column}',PropertyValues=[${chunk.join(',')}])`,
  );
  return [...lists, ...chunks(tests, MAX_TESTS, escapedLength).map((chunk) => chunk.join(' or '))];
}

/** What escaping adds to a plain value in quotes, and the comma. */
const QUOTES_ESCAPED = 5;

/** At the most: every byte may become three characters. */
const escapedLength = (text: string): number => 3 * Buffer.byteLength(text);

const LISTABLE = new Set(['text', 'guid', 'integer']);

/** Nothing in it that needs escaping inside the list. */
const isPlain = (text: string): boolean => PLAIN.test(text);
const PLAIN = /^[\w .-]*$/;

function testOf(fields: readonly Field[], values: readonly Value[]): string | undefined {
  const tests: string[] = [];
  for (const [i, field] of fields.entries()) {
    const literal = literalOf(field, values[i] ?? null);
    if (literal === undefined) return undefined;
    tests.push(`${field.column} eq ${literal}`);
  }
  return tests.length === 1 ? tests[0] : `(${tests.join(' and ')})`;
}

function literalOf(field: Field, value: Value): string | undefined {
  if (value === null) return 'null';
  try {
    return field.literal(value);
  } catch (thrown) {
    if (isIsthmusError(thrown) && thrown.code === 'ODATA_LITERAL_INVALID') return undefined;
    throw thrown;
  }
}

function chunks(items: readonly string[], maxCount: number, lengthOf: (item: string) => number): string[][] {
  const finished: string[][] = [];
  let length = 0;
  for (const item of items) {
    const open = finished.at(-1);
    length += lengthOf(item);
    if (open && open.length < maxCount && length <= MAX_LENGTH) {
      open.push(item);
    } else {
      finished.push([item]);
      length = lengthOf(item);
    }
  }
  return finished;
}
