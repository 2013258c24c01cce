import { collectionOf } from '../model/index.js';
import type { ODataResponse } from '../odata/index.js';
import { columnMember } from '../odata/index.js';
import type { Column, Navigation, StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { json, noContent, requestUri } from './call.js';
import { related } from './expand.js';
import { allOf, equals } from './companies.js';
import { readCollection, readRow } from './reads.js';
import { NoRoute, rowNotFound } from './refusals.js';
import { requireAccess } from './security.js';

/** `GET /{set}({key})/{member}`: a value, a row or a list of rows. */
export function readMember(call: Call, table: Table, row: StoredRow | undefined, name: string): ODataResponse {
  const { method, url } = call.request;
  const [column, navigation] = [table.schema.byName.get(name), table.schema.navigations.get(name)];
  const known = column ?? navigation;
  if (method !== 'GET' || !known) throw new NoRoute(requestUri(call));
  if (!row) throw rowNotFound(url, call.switches.missingOnReadStatus);
  return 'slot' in known ? readValue(call, table, row, known) : readRelated(call, table, row, known);
}

function readValue(call: Call, { schema }: Table, row: StoredRow, column: Column): ODataResponse {
  const text = columnMember(column, call.exactAsText)(row);
  const context = JSON.stringify(`${call.root}$metadata#${collectionOf(schema.model)}/${column.name}`);
  return json(call, 200, `{"@odata.context":${context},"value":${text.slice(text.indexOf(':') + 1)}}`);
}

function readRelated(call: Call, { schema }: Table, row: StoredRow, navigation: Navigation): ODataResponse {
  const target = call.store.tableOf(navigation.target);
  if (!target) throw new NoRoute(requestUri(call));
  requireAccess(call, target.schema);
  if (navigation.kind === 'one') {
    const [found] = related(navigation, schema, call)(row);
    return found ? readRow(call, target, found) : noContent();
  }
  if (navigation.kind === 'pairs') throw new NoRoute(requestUri(call));
  const { column, company } = navigation;
  const [area = '', key = ''] = [schema.key[0], schema.key.at(-1)].map((part) => String(row.values[part?.slot ?? -1]));
  const own = equals(column.name, key, column.type === 'Edm.Guid' ? 'guid' : 'string');
  return readCollection(call, target, allOf([company && equals(company.name, area), own]));
}
