import { isIsthmusError, keyText, type FindQuery, type SourceRow, type Value } from '@isthmus/core';
import { queryString, type BatchOperation, type ODataClient } from '@isthmus/odata';
import { fieldOf, type Entity, type Field } from '../entities/index.js';
import { rowsOf } from '../json.js';
import { refusalOf } from '../refusal/index.js';
import { inLegalEntity } from './filter.js';
import { ACROSS_COMPANIES } from './read.js';
import { queryOf, rowReader, selectionOf } from './selection.js';

/** Bounds of one question: what parsers of filters stand, and what URLs may hold. */
const MAX_KEYS = 40;
const MAX_FILTER_LENGTH = 6000;

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
  const questions = chains([...wanted.values()].map(({ test }) => test)).map((chain): BatchOperation => {
    const options = { ...queryOf(selection), filter: `${within}(${chain})`, custom: ACROSS_COMPANIES };
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

/** By canonical text: the service may spell a value in another way than it was asked for. */
function wantedKeys(key: readonly Field[], values: FindQuery['values']): Map<string, WantedKey> {
  const wanted = new Map<string, WantedKey>();
  for (const tuple of values) {
    const test = testOf(key, tuple);
    if (test !== undefined) wanted.set(canonicalText(key, tuple), { asked: keyText(tuple), test });
  }
  return wanted;
}

/** `*` acts as a wildcard here, which finds too much, never too little. Undefined for what no row can have. */
function testOf(key: readonly Field[], values: readonly Value[]): string | undefined {
  const tests: string[] = [];
  for (const [i, field] of key.entries()) {
    const literal = literalOf(field, values[i] ?? null);
    if (literal === undefined) return undefined;
    tests.push(`${field.name} eq ${literal}`);
  }
  return tests.length === 1 ? tests[0] : `(${tests.join(' and ')})`;
}

function literalOf(field: Field, value: Value): string | undefined {
  try {
    return field.literal(value);
  } catch (thrown) {
    if (isIsthmusError(thrown) && thrown.code === 'ODATA_LITERAL_INVALID') return undefined;
    throw thrown;
  }
}

const canonicalText = (key: readonly Field[], values: readonly Value[]): string =>
  keyText(key.map((field, i) => field.canonical(values[i] ?? null)));

function chains(tests: readonly string[]): string[] {
  const finished: string[] = [];
  let chain: string[] = [];
  let length = 0;
  for (const test of tests) {
    if (chain.length === MAX_KEYS || length + test.length > MAX_FILTER_LENGTH) {
      finished.push(chain.join(' or '));
      chain = [];
      length = 0;
    }
    chain.push(test);
    length += test.length;
  }
  return [...finished, chain.join(' or ')];
}
