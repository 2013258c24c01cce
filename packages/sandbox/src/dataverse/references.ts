import type { ODataResponse } from '../odata/index.js';
import { readJson } from '../odata/index.js';
import type { Navigation, StoredRow, Table } from '../store/index.js';
import { assignLookup, lookupTarget, resolveReference } from './binds.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { idOf } from './keys.js';
import { noRoute } from './refusals.js';
import { relinkRow } from './rows.js';
import { entityUrl } from './writes.js';

/** `/{set}({key})/{nav}/$ref`: which row a lookup points at, read and changed by its address alone. */
export function reference(call: Call, table: Table, row: StoredRow, navigation: Navigation): ODataResponse {
  const { method } = call.request;
  if (navigation.kind === 'many') {
    if (method !== 'POST') throw noRoute(call.request.url);
    const child = call.store.tableOf(navigation.target);
    const id = resolveReference(readJson(call.request.body)['@odata.id'], navigation.target, table.schema, call);
    const childRow = child?.byKey(id);
    if (child && childRow) {
      const back = { ...navigation, kind: 'one', target: table.schema } as const;
      relinkRow(child, childRow, (values) => assignLookup(values, back, idOf(table, row)), call);
    }
    return noContent();
  }
  switch (method) {
    case 'GET': {
      const found = lookupTarget(row, navigation, call);
      if (!found) return noContent();
      const context = `${call.root}$metadata#$ref`;
      return json(
        call,
        200,
        JSON.stringify({ '@odata.context': context, '@odata.id': entityUrl(call, found.table, found.row) }),
      );
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
