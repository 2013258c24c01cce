import type { ODataResponse } from '../odata/index.js';
import { collector, readJson } from '../odata/index.js';
import type { Navigation, StoredRow, Table, ToMany, ToOne } from '../store/index.js';
import { assignLookup, lookupTarget, resolveReference } from './binds.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { idOf } from './keys.js';
import { noRoute } from './refusals.js';
import { relinkRow } from './rows.js';
import { entityUrl } from './writes.js';

/**
 * `/{set}({key})/{nav}/$ref`: which rows a row is associated with, read and changed by their addresses alone.
 *
 * @param childId key in `/{nav}({key})/$ref`, which takes one row out of a collection
 */
export function reference(
  call: Call,
  table: Table,
  row: StoredRow,
  navigation: Navigation,
  childId?: string,
): ODataResponse {
  return navigation.kind === 'one'
    ? ofLookup(call, table, row, navigation)
    : ofCollection(call, table, row, navigation, childId);
}

function ofLookup(call: Call, table: Table, row: StoredRow, navigation: ToOne): ODataResponse {
  switch (call.request.method) {
    case 'GET': {
      const found = lookupTarget(row, navigation, call);
      if (!found) return noContent();
      const address = { '@odata.id': entityUrl(call, found.table, found.row) };
      return json(call, 200, JSON.stringify({ '@odata.context': `${call.root}$metadata#$ref`, ...address }));
    }
    case 'PUT': {
      const id = resolveReference(readJson(call.request.body)['@odata.id'], navigation.target, table.schema, call);
      relinkRow(table, row, (values) => assignLookup(values, navigation, id), call);
      return noContent();
    }
    case 'DELETE':
      relinkRow(table, row, (values) => assignLookup(values, navigation, null), call);
      return noContent();
    default:
      throw noRoute(call.request.url);
  }
}

function ofCollection(
  call: Call,
  table: Table,
  row: StoredRow,
  navigation: ToMany,
  childId: string | undefined,
): ODataResponse {
  const { method } = call.request;
  const children = call.store.tableOf(navigation.target);
  if (method === 'GET') {
    const value = collector(
      navigation,
      table.schema,
      call,
    )(row).flatMap((child) => (children ? [{ '@odata.id': entityUrl(call, children, child) }] : []));
    return json(call, 200, JSON.stringify({ '@odata.context': `${call.root}$metadata#Collection($ref)`, value }));
  }
  if (method !== 'POST' && method !== 'DELETE') throw noRoute(call.request.url);
  const named =
    method === 'POST'
      ? readJson(call.request.body)['@odata.id']
      : (call.target.parameters.get('$id') ?? `${navigation.target.model.set}(${childId ?? ''})`);
  const child = children?.byKey(resolveReference(named, navigation.target, table.schema, call));
  const own = idOf(table, row);
  // Who belongs to another row is not in this collection, and cannot be taken out of it.
  const isMember = method === 'POST' || child?.values[navigation.column.slot] === own;
  if (children && child && isMember) {
    const back: ToOne = { ...navigation, kind: 'one', target: table.schema };
    relinkRow(children, child, (values) => assignLookup(values, back, method === 'POST' ? own : null), call);
  }
  return noContent();
}
