import { keyText, type FindQuery, type SourceRow, type Value } from '@isthmus/core';
import { queryString, type ODataClient } from '@isthmus/odata';
import { fieldOf, readValue, type Entity, type Field } from '../entities/index.js';
import { anyOf } from './any-of.js';
import { rowReader } from './row-reader.js';
import { columnsOf, expandsOf, selectionOf } from './selection.js';

/** Looks up many keys at a time. The primary key comes along. */
export async function findRows(client: ODataClient, entity: Entity, query: FindQuery): Promise<Map<string, SourceRow>> {
  const key = query.key.map((name) => fieldOf(entity, name));
  const selection = selectionOf(entity, [...new Set([entity.id, ...query.key, ...query.fields])]);
  const read = rowReader(selection);
  const options = { select: columnsOf(selection), expand: expandsOf(selection) };

  const asked = new Map(query.values.map((values) => [canonicalText(key, values), keyText(values)]));
  const found = new Map<string, SourceRow>();
  const search = async (filter: string): Promise<void> => {
    for await (const { value } of client.pages(entity.set + queryString({ ...options, filter }))) {
      for (const json of value) {
        const text = asked.get(
          canonicalText(
            key,
            key.map(({ column }) => readValue(json[column])),
          ),
        );
        if (text !== undefined) found.set(text, read(json));
      }
    }
  };
  await Promise.all(anyOf(entity, query.key, query.values).map(search));
  return found;
}

/** The service may spell a value in another way than it was asked for. */
const canonicalText = (key: readonly Field[], values: readonly Value[]): string =>
  keyText(key.map(({ canonical }, i) => canonical(values[i] ?? null)));
