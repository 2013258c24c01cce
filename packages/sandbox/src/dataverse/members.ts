import type { ODataResponse } from '../odata/index.js';
import { collector, columnMember, readSegment, unknownProperty } from '../odata/index.js';
import type { Navigation, StoredRow, Table } from '../store/index.js';
import { lookupTarget } from './binds.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { idOf } from './keys.js';
import { queryOptions, readRow } from './reads.js';
import { noRoute } from './refusals.js';
import { reference } from './references.js';
import { rowWriter, shapeOf } from './row-writer.js';
import { writeProperty } from './writes.js';

/** What lies behind `/{set}({key})/`: a property, a lookup, a collection. */
export function member(call: Call, table: Table, row: StoredRow): ODataResponse {
  const [segment = '', tail, ...more] = call.target.rest;
  const { name, key } = readSegment(segment);
  const { method, url } = call.request;
  if (more.length > 0) throw noRoute(url);
  const navigation = table.schema.navigations.get(name);
  if (navigation && tail === '$ref') return reference(call, table, row, navigation, key?.[0]?.text);
  if (key) throw noRoute(url);
  if (navigation && tail === undefined && method === 'GET') return readNavigation(call, table, row, navigation);
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

function readNavigation(call: Call, table: Table, row: StoredRow, navigation: Navigation): ODataResponse {
  if (navigation.kind === 'one') {
    const found = lookupTarget(row, navigation, call);
    return found ? readRow(call, found.table, found.row) : noContent();
  }
  const options = queryOptions(call);
  const first = Number(call.target.parameters.get('$skiptoken') ?? 0);
  const rows = collector(navigation, table.schema, call)(row).slice(first, first + call.maxPageSize);
  const context = `${call.root}$metadata#${shapeOf(navigation.target, options)}`;
  const write = rowWriter(navigation.target, options, call);
  return json(call, 200, `{"@odata.context":${JSON.stringify(context)},"value":[${rows.map(write).join(',')}]}`);
}
