import type { ODataResponse } from '../odata/index.js';
import { collector, readJson } from '../odata/index.js';
import type { Collection, Navigation, StoredRow, Table, ToOne } from '../store/index.js';
import { associate, disassociate } from './associations.js';
import { assignLookup, lookupTarget, resolveReference } from './binds.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { demandPrivilege } from './caller.js';
import { relinkRow } from './keep-row.js';
import { demandAccess } from './ownership.js';
import { notAllowed } from './refusals.js';
import { entityUrl } from './writes.js';

/**
 * `/{set}({key})/{nav}/$ref`: which rows a row is associated with, read and changed by their addresses alone.
 *
 * @param memberId key in `/{nav}({key})/$ref`, which takes one row out of a collection
 */
export function reference(
  call: Call,
  table: Table,
  row: StoredRow,
  navigation: Navigation,
  memberId?: string,
): ODataResponse {
  if (call.request.method !== 'GET') {
    demandPrivilege('Write', table.schema.model.name, call.switches);
    demandAccess(table, row, call);
  }
  return navigation.kind === 'one'
    ? ofLookup(call, table, row, navigation)
    : ofCollection(call, table, row, navigation, memberId);
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
      throw notAllowed(call.request);
  }
}

function ofCollection(
  call: Call,
  table: Table,
  row: StoredRow,
  navigation: Collection,
  memberId: string | undefined,
): ODataResponse {
  const { method } = call.request;
  const { target } = navigation;
  if (method === 'GET') {
    const members = call.store.tableOf(target);
    const value = collector(
      navigation,
      table.schema,
      call,
    )(row).flatMap((member) => (members ? [{ '@odata.id': entityUrl(call, members, member) }] : []));
    return json(call, 200, JSON.stringify({ '@odata.context': `${call.root}$metadata#Collection($ref)`, value }));
  }
  const idOfMember = (named: unknown) => resolveReference(named, target, table.schema, call);
  switch (method) {
    case 'POST':
      associate(call, table, row, navigation, idOfMember(readJson(call.request.body)['@odata.id']));
      return noContent();
    case 'DELETE': {
      const named = call.target.parameters.get('$id') ?? `${target.model.set}(${memberId ?? ''})`;
      disassociate(call, table, row, navigation, idOfMember(named));
      return noContent();
    }
    default:
      throw notAllowed(call.request);
  }
}
