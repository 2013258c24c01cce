import { keyText, type FindQuery, type SourceRow, type Value } from '@isthmus/core';
import {
  divide,
  isJsonObject,
  keyCondition,
  queryString,
  type BatchOperation,
  type FilterBounds,
  type JsonObject,
  type JsonValue,
  type ODataClient,
} from '@isthmus/odata';
import { fieldOf, type Entity, type Field } from '../entities/index.js';
import { refusalOf } from '../refusal/index.js';
import { inLegalEntity } from './filter.js';
import { ACROSS_COMPANIES } from './read.js';
import { queryOf, rowReader, selectionOf } from './selection.js';

/** Bounds of one question: what parsers of filters stand, and what URLs may hold. */
const QUESTION_BOUNDS: FilterBounds = { count: 40, length: 6000 };

/** Looks up many keys at a time: chains of `or`, several of them in one batch. */
export async function findRows(
  client: ODataClient,
  entity: Entity,
  query: FindQuery,
  company: string | undefined,
): Promise<Map<string, SourceRow>> {
  const key = query.key.map((name) => fieldOf(entity, name));
  const wanted = wantedKeys(key, query.values);
  if (wanted.size === 0) return new Map();

  const selection = selectionOf(entity, [...query.key, ...query.fields]);
  const read = rowReader(selection);
  const within = company === undefined ? '' : `${inLegalEntity(entity, company)} and `;
  const questions = divide(
    [...wanted.values()].map(({ test }) => test),
    QUESTION_BOUNDS,
  ).map((tests): BatchOperation => {
    const options = { ...queryOf(selection), filter: `${within}(${tests.join(' or ')})`, custom: ACROSS_COMPANIES };
    return { method: 'GET', path: entity.set + queryString(options) };
  });

  const found = new Map<string, SourceRow>();
  for (const answer of await client.batch(questions)) {
    if (answer.status !== 200) throw refusalOf(answer);
    for (const json of rowsOf(answer.json())) {
      const row = read(json);
      const asked = wanted.get(
        canonicalText(
          key,
          key.map((field) => field.read(json[field.name])),
        ),
      )?.asked;
      if (asked !== undefined) found.set(asked, row);
    }
  }
  return found;
}

interface WantedKey {
  /** `keyText` of the key as asked for. */
  readonly asked: string;
  readonly test: string;
}

/**
 * By canonical text: the service may spell a value in another way than it was asked for. `*` acts as a wildcard in
 * tests, which finds too much, never too little.
 */
function wantedKeys(key: readonly Field[], values: FindQuery['values']): Map<string, WantedKey> {
  const wanted = new Map<string, WantedKey>();
  for (const tuple of values) {
    const test = keyCondition(key, tuple);
    if (test !== undefined) wanted.set(canonicalText(key, tuple), { asked: keyText(tuple), test });
  }
  return wanted;
}

const canonicalText = (key: readonly Field[], values: readonly Value[]): string =>
  keyText(key.map((field, i) => field.canonical(values[i] ?? null)));

/** The rows of an answer to a query. */
function rowsOf(body: JsonValue): JsonObject[] {
  const value = isJsonObject(body) ? body['value'] : undefined;
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
