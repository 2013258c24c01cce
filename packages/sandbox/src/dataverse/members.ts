import type { ODataResponse } from '../odata/index.js';
import { columnMember, readSegment, unknownProperty } from '../odata/index.js';
import type { StoredRow, Table, ToOne } from '../store/index.js';
import { lookupTarget } from './binds.js';
import type { Call } from './call.js';
import { json, noContent, plain } from './call.js';
import { readMembers } from './collections.js';
import { idOf } from './keys.js';
import { demandAccess } from './ownership.js';
import { readRow } from './reads.js';
import { noRoute, notAllowed, withStatus } from './refusals.js';
import { reference } from './references.js';
import { writeProperty } from './writes.js';

/** What lies behind `/{set}({key})/`: a property, a lookup, a collection. */
export function member(call: Call, table: Table, row: StoredRow): ODataResponse {
  const [segment = '', tail, ...more] = call.target.rest;
  const { name, key } = readSegment(segment);
  const { method, url } = call.request;
  if (more.length > 0) throw noRoute(url);
  const navigation = table.schema.navigations.get(name);
  if (navigation && tail === '$ref') return reference(call, table, row, navigation, key?.[0]?.text);
  if (navigation) {
    if (method !== 'GET') throw notAllowed(call.request);
    if (navigation.kind !== 'one') return readMembers(call, table, row, navigation, { key, tail });
    if (key || tail !== undefined) throw noRoute(url);
    return readLookup(call, row, navigation);
  }
  if (key) throw noRoute(url);
  const column = table.schema.byName.get(name);
  if (!column) throw withStatus(unknownProperty(name, table.schema, call.scope), call.switches.badPathStatus);
  if (tail !== undefined && tail !== '$value') throw noRoute(url);
  if (tail === undefined && (method === 'PUT' || method === 'DELETE')) return writeProperty(call, table, row, name);
  if (method !== 'GET') throw notAllowed(call.request);
  const value = row.values[column.slot];
  if (value === null || value === undefined) return noContent();
  if (tail === '$value') return plain(String(value));
  const context = `${call.root}$metadata#${table.schema.model.set}(${idOf(table, row)})/${name}`;
  const text = columnMember(column, call.exactAsText)(row);
  return json(call, 200, `{"@odata.context":${JSON.stringify(context)},"value":${text.slice(text.indexOf(':') + 1)}}`);
}

/** A row that a lookup points at. */
function readLookup(call: Call, row: StoredRow, navigation: ToOne): ODataResponse {
  call.scope.enter?.(navigation.target);
  const found = lookupTarget(row, navigation, call);
  if (found) demandAccess(found.table, found.row, call);
  return found ? readRow(call, found.table, found.row) : noContent();
}
