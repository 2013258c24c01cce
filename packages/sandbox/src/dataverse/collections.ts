import type { KeyPart, ODataResponse } from '../odata/index.js';
import { collector, listBody, pageSize } from '../odata/index.js';
import type { Collection, Schema, StoredRow, Table } from '../store/index.js';
import { keyOf } from '../store/index.js';
import type { Call } from './call.js';
import { applied, json, pageLink, plain } from './call.js';
import { NAMESPACE } from './dialect.js';
import { idOf } from './keys.js';
import { COUNT_LIMIT, counts, queryOptions, readRow } from './reads.js';
import { badQuery, noRoute, noSuchKeyValues } from './refusals.js';
import { relatedRows, rowWriter, shapeOf } from './row-writer.js';

/** What a URL asks of a collection: one row by its key, how many there are, or those of a type. */
interface Asked {
  readonly key: readonly KeyPart[] | undefined;
  /** Behind the collection: nothing, `$count`, or a type that the rows must be of. */
  readonly tail: string | undefined;
}

/** `GET /{set}({key})/{collection}`: a page of the rows in it. */
export function readMembers(
  call: Call,
  owner: Table,
  row: StoredRow,
  navigation: Collection,
  { key, tail }: Asked,
): ODataResponse {
  const { target } = navigation;
  const { parameters } = call.target;
  const { top, ...options } = queryOptions(call, target);
  call.scope.enter?.(target);
  // As of a table: beside a page size, $top is ignored.
  const bounded = { ...options, ...(top !== undefined && !call.preferences.has('odata.maxpagesize') && { top }) };
  const related = relatedRows(collector(navigation, owner.schema, call), target, bounded, call, parameters)(row);
  if (tail === '$count') return plain(Math.min(related.length, COUNT_LIMIT));
  if (tail !== undefined && !tail.startsWith(`${NAMESPACE}.`)) throw noRoute(call.request.url);
  const rows = tail === undefined ? related : related.filter((each) => isOfType(each, tail, target));
  if (key) {
    const one = rows.find((each) => key.every((part) => hasKeyPart(each, part, target)));
    const targetTable = call.store.tableOf(target);
    if (!one || !targetTable) throw noSuchKeyValues(target);
    return readRow(call, targetTable, one);
  }
  const token = parameters.get('$skiptoken') ?? '0';
  if (!/^\d{1,9}$/.test(token)) throw badQuery('The $skiptoken is malformed.');
  const first = Number(token);
  const end = first + pageSize(call.preferences, call.maxPageSize);
  const context = `${call.root}$metadata#${shapeOf(target, options)}`;
  const before = [`"@odata.context":${JSON.stringify(context)}`, ...counts(call, options, () => rows.length)];
  const after: string[] = [];
  if (end < rows.length) {
    const path = `${owner.schema.model.set}(${idOf(owner, row)})/${navigation.name}`;
    after.push(`"@odata.nextLink":${JSON.stringify(pageLink(call, path, String(end)))}`);
  }
  const body = listBody(before, rows.slice(first, end).map(rowWriter(target, options, call)), after);
  return json(call, 200, body, applied(call, 'odata.maxpagesize', 'odata.include-annotations'));
}

const isOfType = ({ values }: StoredRow, type: string, { byName }: Schema): boolean =>
  values[byName.get('@odata.type')?.slot ?? -1] === `#${type}`;

function hasKeyPart({ values }: StoredRow, { name, text }: KeyPart, { byName, key }: Schema): boolean {
  const column = name === undefined ? key[0] : byName.get(name);
  return column !== undefined && keyOf([values[column.slot] ?? null]) === keyOf([text]);
}
