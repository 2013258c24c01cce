import type { KeyPart, ODataResponse } from '../odata/index.js';
import { collector, columnMember, readSegment, unknownProperty } from '../odata/index.js';
import type { Navigation, Schema, StoredRow, Table } from '../store/index.js';
import { keyOf } from '../store/index.js';
import { lookupTarget } from './binds.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { NAMESPACE } from './dialect.js';
import { idOf } from './keys.js';
import { queryOptions, readRow } from './reads.js';
import { noRoute, noSuchKeyValues } from './refusals.js';
import { reference } from './references.js';
import { relatedRows, rowWriter, shapeOf } from './row-writer.js';
import { writeProperty } from './writes.js';

/** What lies behind `/{set}({key})/`: a property, a lookup, a collection. */
export function member(call: Call, table: Table, row: StoredRow): ODataResponse {
  const [segment = '', tail, ...more] = call.target.rest;
  const { name, key } = readSegment(segment);
  const { method, url } = call.request;
  if (more.length > 0) throw noRoute(url);
  const navigation = table.schema.navigations.get(name);
  if (navigation && tail === '$ref') return reference(call, table, row, navigation, key?.[0]?.text);
  if (navigation && method === 'GET' && (tail === undefined || tail.startsWith(`${NAMESPACE}.`))) {
    return readNavigation(call, table, row, navigation, key, tail);
  }
  if (key) throw noRoute(url);
  const column = table.schema.byName.get(name);
  if (!column) throw unknownProperty(name, table.schema, call.scope);
  if (tail === undefined && (method === 'PUT' || method === 'DELETE')) return writeProperty(call, table, row, name);
  if (method !== 'GET' || (tail !== undefined && tail !== '$value')) throw noRoute(url);
  const value = row.values[column.slot];
  if (value === null || value === undefined) return noContent();
  if (tail === '$value')
    return { status: 200, headers: { 'content-type': 'text/plain', 'odata-version': '4.0' }, body: String(value) };
  const context = `${call.root}$metadata#${table.schema.model.set}(${idOf(table, row)})/${name}`;
  const text = columnMember(column, call.exactAsText)(row);
  return json(call, 200, `{"@odata.context":${JSON.stringify(context)},"value":${text.slice(text.indexOf(':') + 1)}}`);
}

/** @param key of one row in the collection @param type the rows must be of, where a cast follows */
function readNavigation(
  call: Call,
  table: Table,
  row: StoredRow,
  navigation: Navigation,
  key: readonly KeyPart[] | undefined,
  type: string | undefined,
): ODataResponse {
  if (navigation.kind === 'one') {
    const found = lookupTarget(row, navigation, call);
    return found ? readRow(call, found.table, found.row) : noContent();
  }
  const { target } = navigation;
  const options = queryOptions(call);
  const related = relatedRows(collector(navigation, table.schema, call), target, options, call)(row);
  const rows = type === undefined ? related : related.filter((each) => isOfType(each, type, target));
  if (key) {
    const one = rows.find((each) => key.every((part) => hasKeyPart(each, part, target)));
    const targetTable = call.store.tableOf(target);
    if (!one || !targetTable) throw noSuchKeyValues(target);
    return readRow(call, targetTable, one);
  }
  const first = Number(call.target.parameters.get('$skiptoken') ?? 0);
  const context = JSON.stringify(`${call.root}$metadata#${shapeOf(target, options)}`);
  const count = options.count ? `,"@odata.count":${rows.length}` : '';
  const page = rows.slice(first, first + call.maxPageSize).map(rowWriter(target, options, call));
  return json(call, 200, `{"@odata.context":${context}${count},"value":[${page.join(',')}]}`);
}

const isOfType = ({ values }: StoredRow, type: string, { byName }: Schema): boolean =>
  values[byName.get('@odata.type')?.slot ?? -1] === `#${type}`;

function hasKeyPart({ values }: StoredRow, { name, text }: KeyPart, { byName, key }: Schema): boolean {
  const column = name === undefined ? key[0] : byName.get(name);
  return column !== undefined && keyOf([values[column.slot] ?? null]) === keyOf([text]);
}
